"""policy: check or show the policy, turn another on, or try it on what is recorded."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from console.cli.backtesting import add_words
from console.cli.call import Call
from console.cli.files import handed_text
from console.cli.output import document, say, tell
from console.cli.parser import add_options
from console.cli.policy_turning import add_deeds
from console.domain.words import counted
from console.visit import current

if TYPE_CHECKING:
    from console.desk.policies import Standing

DESCRIPTION = """
The policy is one TOML file that says who is there to help, what counts as serious, and where a case goes. `check` names
everything that is wrong or doubtful in it, by line; errors give exit code 1. `show` prints the policy in force.

`use` turns a policy on for everybody at once, kept in the database in the place of the file, until the file is changed
or another is turned on; `back` turns on what was in force before, `history` tells who turned what on and why. `draft`
keeps a policy that you work on, for nobody else to see; without a file `use` turns that on.

`backtest` replays the recorded cases that you may see: when the policy would have sent each one up, and to whom, held
against what happened. With a draft both are tried, and the cases named that would go another way. It reads only. With
--json it prints a line of JSON for each case and policy. With --suggest it fits weights to the earlier cases, holds
them against the later ones, and prints them as a change to the policy's text.
"""
EXAMPLES = (
    "triage policy check my-policy.toml",
    "triage policy show",
    "triage policy show --json",
    "triage policy show --toml > draft.toml",
    "triage policy use draft.toml --why 'too much goes up at night'",
    "triage policy back --why 'too much waits'",
    "triage policy draft - < draft.toml",
    "triage policy backtest",
    "triage policy backtest draft.toml --since 90d",
    "triage policy backtest --draft",
    "triage policy backtest draft.toml --json > replayed.jsonl",
    "triage policy backtest --suggest",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="check|show|use|back|history|draft|backtest", title="what to do")
    check = deeds.add_parser("check", help="name every error and doubt, by line")
    check.add_argument("file", nargs="?", metavar="FILE", help="the file; without one, the policy's own")
    show = deeds.add_parser("show", help="print the policy in force (also without a word)")
    show.add_argument("--toml", action="store_true", help="as the text that it is")
    show.add_argument("--of", metavar="VERSION", help="one that was in force once, by its version")
    add_deeds(deeds)
    tried = deeds.add_parser("backtest", help="replay what is recorded under it, and under a draft")
    add_words(tried)
    for each in (check, show, tried):
        add_options(each)


def run(call: Call) -> int:
    """Check, show, turn on, or try."""
    match call.options.deed:
        case "backtest":
            from console.cli.backtesting import backtest

            return backtest(call)
        case "check":
            return _check(call)
        case None | "show":
            return _show(call)
        case _:
            from console.cli.policy_turning import run as turn

            return turn(call)


def _check(call: Call) -> int:
    """Name every fault; only errors make the policy unusable."""
    from console.desk.holiday_library import unknown
    from console.domain.policy_file import faults
    from console.domain.policy_finding import Grade

    named = call.options.file
    text, name = handed_text(named, "policy") if named else call.policy_file
    folder = call.articles if call.settings.articles.value or not named else Path(named).parent
    found = faults(text, name, unknown, lambda file: current() is not None or (folder / file).is_file())
    errors = sum(fault.grade is Grade.ERROR for fault in found)
    if call.is_json:
        document(
            [
                {"file": f.file, "line": f.line, "key": f.key, "grade": f.grade.value, "sentence": f.sentence}
                for f in found
            ]
        )
        return int(errors > 0)
    say(*(str(fault) if fault.grade is Grade.ERROR else f"{fault} ({fault.grade})" for fault in found))
    remarks = (
        f"{counted(errors, 'error')}, {counted(len(found) - errors, 'other remark')}" if found else "nothing to remark"
    )
    tell(f"{name}: {remarks}.")
    return int(errors > 0)


def _show(call: Call) -> int:
    """Print the policy in force, or one that was."""
    from console.cli.policy_page import form, page
    from console.cli.policy_turning import hand_out, standing_form
    from console.domain.policy_file import read

    said, standing = call.options, _standing(call)
    text = standing.text if standing else call.policy_file[0]
    if of := getattr(said, "of", None):
        from console.desk.policies import text_of

        text, standing = text_of(call.desk, of), None
    if getattr(said, "toml", False):
        hand_out(text)
        return 0
    policy = read(text, call.policy_file[1])
    if call.is_json:
        document({**form(policy), "in_force": standing_form(standing) if standing else None})
        return 0
    by = f"turned on by {standing.who}, because: {standing.why}" if standing and standing.by else ""
    say(*page(policy, by))
    return 0


def _standing(call: Call) -> Standing | None:
    """Give what is in force; None where there is no database that could say."""
    from console.desk.policies import in_force

    return in_force(call.desk) if call.database.exists() else None
