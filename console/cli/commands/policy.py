"""policy: check or show the policy, or try it on what is recorded."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.cli.backtesting import add_words
from console.cli.call import Call
from console.cli.files import handed_text
from console.cli.output import document, say, tell
from console.cli.parser import add_options
from console.domain.words import counted
from console.visit import current

DESCRIPTION = """
The policy is one TOML file that says who is there to help, what counts as serious, and where a case goes. `check` names
everything that is wrong or doubtful in it, by line; errors give exit code 1. `show` prints the policy in force.

`backtest` replays the recorded cases that you may see: when the policy would have sent each one up, and to whom, held
against what happened. With a draft both are tried, and the cases named that would go another way. It reads only. With
--json it prints a line of JSON for each case and policy. With --suggest it fits weights to the earlier cases, holds
them against the later ones, and prints them as a change to the policy's text.
"""
EXAMPLES = (
    "triage policy check my-policy.toml",
    "triage policy show",
    "triage policy show --json",
    "triage policy backtest",
    "triage policy backtest draft.toml --since 90d",
    "triage policy backtest draft.toml --json > replayed.jsonl",
    "triage policy backtest --suggest",
)


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    deeds = parser.add_subparsers(dest="deed", metavar="check|show|backtest", title="what to do")
    check = deeds.add_parser("check", help="name every error and doubt, by line")
    check.add_argument("file", nargs="?", metavar="FILE", help="the file; without one, the policy in force")
    show = deeds.add_parser("show", help="print the policy in force (also without a word)")
    tried = deeds.add_parser("backtest", help="replay what is recorded under it, and under a draft")
    add_words(tried)
    for each in (check, show, tried):
        add_options(each)


def run(call: Call) -> int:
    """Check, show, or try."""
    if call.options.deed == "backtest":
        from console.cli.backtesting import backtest

        return backtest(call)
    return _check(call) if call.options.deed == "check" else _show(call)


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
    """Print the policy in force."""
    from console.cli.policy_page import form, page
    from console.domain.policy_file import read

    policy = read(*call.policy_file)
    if call.is_json:
        document(form(policy))
    else:
        say(*page(policy))
    return 0
