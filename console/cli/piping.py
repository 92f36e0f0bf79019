"""One mail through a pipe, as the alias of a mail server hands it over; the exit code says what the server shall do.

By sysexits.h: 0, it is taken or kept aside for somebody to look at, and will never be asked for again; 75, it is not,
and the server shall try later; 65, it is too large to be handled at all, and its sender shall hear so.
"""

from __future__ import annotations

import sys
from pathlib import Path

from console.cli.aside import set_aside
from console.cli.call import Call
from console.cli.mail_options import mailing_of
from console.cli.output import tell
from console.cli.rules import rules_of
from console.desk.taking import Outcome, take_in
from console.domain.arrival import Arrival, Reject
from console.domain.errors import Refused
from console.intake import derive
from console.intake.mail import alone, cases_in
from console.intake.mbox import MAX_MAIL
from console.log import Level
from console.visit import current

TAKEN, TOO_LARGE, TRY_AGAIN = 0, 65, 75
LARGEST = 2 * MAX_MAIL
"""Bytes of a mail that is kept aside."""


def pipe(call: Call) -> int:
    """Take the mail on standard input in; give the exit code. Nothing whatever leaves this but an exit code."""
    try:
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            tell(f"This mail is larger than {LARGEST:,} bytes; send what is attached to it in another way.")
            return TOO_LARGE
        return _taken(call, data)
    except Refused as refused:
        tell(refused.sentence)
    except Exception as error:  # noqa: BLE001 - a mail is never lost to a fault of ours: the server keeps it and tries again
        tell(call.failed(error))
    return TRY_AGAIN


def _taken(call: Call, data: bytes) -> int:
    """Take a mail in, or keep it aside. Refused: where neither can be done now."""
    if call.options.files != ["-"] or call.options.dry_run or current() is not None:
        raise Refused("With --pipe the mail comes from standard input, to the account that has the database: write -.")
    if not call.database.exists():
        raise Refused(f"There is no database at {call.database}; `triage migrate` makes one.")
    for item in cases_in([alone(data)], mailing_of(call)):
        if why := item.reason if isinstance(item, Reject) else _refused(call, item):
            keep_aside(call, data, why)
    return TAKEN


def _refused(call: Call, arrival: Arrival) -> str:
    """Take an arrival in; say why the desk does not take it, or nothing."""
    (taken,) = take_in(call.desk, call.actor, [derive(arrival, rules_of(call.policy))])
    return taken.reason if taken.outcome is Outcome.REJECTED else ""


def keep_aside(call: Call, data: bytes, why: str) -> None:
    """Keep a mail that is refused, with the reason. Refused: where it cannot be kept."""
    kept = set_aside(aside_of(call), data, ".eml", why)
    call.log.note(Level.WARNING, f"a mail was refused and is kept aside as {kept}")


def aside_of(call: Call) -> Path:
    """Give the folder in which refused mails are kept: the one that is named, else the one beside the database."""
    named = call.options.aside
    return Path(named) if named else call.database.parent / "refused-mail"
