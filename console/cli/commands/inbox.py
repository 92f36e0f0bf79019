"""inbox: what concerns me."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.forms import Form, when
from console.cli.output import columns, document, say, tell
from console.cli.table import fitted
from console.domain.errors import RefusalCode, Refused
from console.domain.notice import TO_ME

if TYPE_CHECKING:
    from console.desk.inbox import Entry

DESCRIPTION = """
Show what concerns you, the newest first: cases that others gave you, what was escalated or returned to you, questions
and their answers, what came of what you escalated, reminders, and what is late. It leaves the inbox when you have seen
it, when you act on the case, or when somebody else has answered first. Nobody is told of their own acts.
"""
EXAMPLES = (
    "triage inbox",
    "triage inbox --seen",
    "triage inbox --all --limit 20",
    "triage inbox --json",
)
HEADS = ("", "id", "sev", "when", "why", "what happened")
TOLD = HEADS.index("what happened")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--all", action="store_true", help="also what you have seen, and what others have settled")
    parser.add_argument(
        "--seen", action="store_true", help="mark what is shown as seen; it is not sent to you any more"
    )
    parser.add_argument("--limit", type=int, default=200, metavar="N", help="at most so many (default 200)")


def run(call: Call) -> int:
    """Show the inbox, and mark it as seen where that is asked for."""
    from console.desk.inbox import entries, see

    if call.options.seen and call.options.is_readonly:
        raise Refused("With --readonly nothing is changed; leave --seen out.", RefusalCode.NOT_ALLOWED)
    if call.options.limit < 1:
        raise Refused("--limit must be 1 or more.", RefusalCode.BAD_INPUT)
    found = entries(call.desk, call.actor, is_all=call.options.all, limit=call.options.limit)
    if call.is_json:
        document([_form(entry) for entry in found])
    elif found:
        from console.cli.call import now
        from console.tui.widgets.moments import moment

        rows = [
            (
                "*" if entry.is_new else " ", str(entry.line.case.id), entry.line.case.severity.name,
                moment(entry.notice.at, now()), TO_ME[entry.notice.kind], entry.sentence,
            )
            for entry in found
        ]  # fmt: skip
        say(*fitted(HEADS, rows, columns(), TOLD))
    else:
        tell(
            "Nothing concerns you that you have not seen." if not call.options.all else "Nothing has concerned you yet."
        )
    if call.options.seen:
        see(call.desk, call.actor, [entry.key for entry in found if entry.is_new])
    return 0


def _form(entry: Entry) -> Form:
    """Give one notice as JSON."""
    case, notice = entry.line.case, entry.notice
    return {
        "case": case.id, "version": notice.version, "kind": notice.kind.value, "why": TO_ME[notice.kind],
        "at": when(notice.at), "state": notice.state.value, "urgent": notice.is_urgent, "title": case.title,
        "severity": case.severity.name, "status": case.status.value, "handler": case.handler,
        "sentence": entry.sentence,
    }  # fmt: skip
