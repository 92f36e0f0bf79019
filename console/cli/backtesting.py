"""policy backtest: recorded history replayed under the policy in force, and under a draft beside it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from console.cli.arguments import ago
from console.cli.call import Call
from console.cli.files import handed_text
from console.cli.output import document, say, tell
from console.cli.progress import Progress

if TYPE_CHECKING:
    from console.desk.backtest import Replayed
    from console.domain.policy import Policy


def add_words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "file", nargs="?", metavar="DRAFT", help="a draft, to be held against the policy in force; also --policy DRAFT"
    )
    parser.add_argument(
        "--suggest", action="store_true", help="suggest weights from the earlier cases, held against the later ones"
    )
    parser.add_argument("--draft", action="store_true", help="the draft that you keep with `policy draft`")
    parser.add_argument("--since", type=ago, metavar="T", help="only cases created since: ISO 8601, or 90d ago")


def backtest(call: Call) -> int:
    """Replay what is recorded, and tell what each policy would have done; nothing is written or sent."""
    call.options.is_readonly = True
    if not call.options.file:
        call.options.file, call.options.policy = call.options.policy, None
    policies = _policies(call)
    found = _watched(call, policies)
    if call.options.suggest:
        return _suggest(call, policies[-1], found)
    return _lines(found) if call.is_json else _page(policies, found)


def _policies(call: Call) -> tuple[Policy, ...]:
    """Give the policy in force, and the draft where one is named that says something else. Refused: one with errors."""
    from console.desk.desk import tried

    if (drafted := _draft(call)) is None:
        return (call.policy,)
    draft = tried(call.desk, *drafted)
    if draft.version == call.policy.version:
        tell("The draft says what is in force, so that there is nothing to compare.")
        return (call.policy,)
    return call.policy, draft


def _draft(call: Call) -> tuple[str, str] | None:
    """Give text and name of the draft that is named, or kept. Refused: to try what is not kept."""
    if call.options.draft:
        from console.cli.policy_turning import kept

        return kept(call).text, "draft"
    named = call.options.file
    return handed_text(named, "policy") if named else None


def _watched(call: Call, policies: tuple[Policy, ...]) -> Iterator[Replayed]:
    """Give each case as it is replayed, and show how far that is: first what was known is read, then all are tried."""
    from console.desk.backtest import number, replays

    since = call.options.since
    reading, progress = Progress("history", number(call.desk, call.actor)), Progress("back-test", None)
    try:
        found = replays(call.desk, call.actor, policies, since, lambda count: reading.at(count, count))
        for done, each in enumerate(found, 1):
            progress.size = progress.size or number(call.desk, call.actor, since)
            progress.at(done, done)
            yield each
    finally:
        reading.end()
        progress.end()


def _lines(found: Iterator[Replayed]) -> int:
    """Write a line of JSON for each case and policy, as they come."""
    from console.cli.backtest_page import line

    written = json.JSONEncoder(separators=(",", ":")).encode
    for each in found:
        for one in each.replays:
            sys.stdout.write(f"{written(line(one))}\n")
    return 0


def _page(policies: tuple[Policy, ...], found: Iterator[Replayed]) -> int:
    """Count, and print what it comes to."""
    from console.cli.backtest_page import page
    from console.domain.backtest import Tally
    from console.domain.flipped import Flips

    tallies, flips = [Tally(policy) for policy in policies], Flips()
    for each in found:
        for tally, one in zip(tallies, each.replays, strict=True):
            tally.add(one)
        if len(each.replays) > 1:
            flips.add(each.case, *each.replays)
    if not tallies[0].cases:
        tell("There is no case to replay; `triage intake FILE` takes in a history.")
        return 0
    say(*page(tallies, flips))
    return 0


def _suggest(call: Call, policy: Policy, found: Iterator[Replayed]) -> int:
    """Print weights that rank the earlier cases better, as a change to the policy's text. Refused: too few cases."""
    from console.cli.backtest_page import suggested, suggestion
    from console.domain.fitting import History
    from console.domain.policy_diff import diff, reweighted

    history = History()
    for each in found:
        history.add_case(each.replays[-1], policy.checklist)
    fit = history.suggest(policy.checklist)
    text, name = _draft(call) or (call.desk.policy_text, call.policy_file[1])
    changed = [*diff(text, reweighted(text, policy.checklist, fit.then.weights, fit.then.threshold), name)]
    if call.is_json:
        document(suggested(fit, changed))
        return 0
    say(*suggestion(fit))
    if fit.is_better:
        say("", *changed)
        tell("Nothing is changed: put these lines into a draft, and try it with `triage policy backtest DRAFT`.")
    else:
        tell("They rank the later cases no better than the weights you have; keep those.")
    return 0
