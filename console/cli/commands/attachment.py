"""attachment: list what came with a case, or hand one out."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from console.cli.arguments import add_case
from console.cli.call import Call, now
from console.cli.output import columns, document, say, tell
from console.domain.errors import RefusalCode, Refused
from console.domain.spans import dated
from console.visit import current

if TYPE_CHECKING:
    from console.domain.attached import Numbered

DESCRIPTION = """
List the attachments of a case: number, name, type, size, the beginning of the SHA-256, and why one is not kept. With a
number, write that one to a file that is not there yet and that you alone can read, or to standard output with `-`. It
is checked against its SHA-256 and never opened. What it is called came from outside: you name the file.
"""
EXAMPLES = (
    "triage attachment 4711",
    "triage attachment 4711 1 --to statement.pdf",
    "triage attachment 4711 2 --to - | less",
)

_MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_case(parser)
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="which one")
    parser.add_argument("--to", metavar="FILE", help="where it goes; - for standard output")


def run(call: Call) -> int:
    """List the attachments, or hand one out."""
    from console.desk.attachments import handed_out, of_case

    said = call.options
    if said.number is None:
        if said.to:
            raise Refused("Say which attachment; without a number they are listed.", RefusalCode.BAD_INPUT)
        return _list(call, of_case(call.desk, call.actor, said.case))
    if not said.to:
        raise Refused("Say where it goes with --to FILE, or --to - for standard output.", RefusalCode.BAD_INPUT)
    _must_be_ours(said.to)
    _write(said.to, handed_out(call.desk, call.actor, said.case, said.number, call.database))
    return 0


def _list(call: Call, found: tuple[Numbered, ...]) -> int:
    """List attachments."""
    from console.cli.table import fitted

    if call.is_json:
        from console.cli.case_forms import attached_form

        document([attached_form(each) for each in found])
    elif not found:
        tell(f"Case {call.options.case} has no attachments.")
    else:
        heads = ("n", "came", "name", "type", "bytes", "sha256", "not kept")
        rows = [
            (str(number), dated(at, now()), each.name, each.kind, f"{each.size:,}", each.sha256[:12], each.why)
            for _, number, at, each in found
        ]
        say(*fitted(heads, rows, columns(), 2))
    return 0


def _must_be_ours(to: str) -> None:
    """Refuse a place that is written for somebody else, or to be read by a terminal."""
    if to == "-" and sys.stdout.isatty():
        raise Refused("An attachment may hold anything; send it to a file or a program.", RefusalCode.BAD_INPUT)
    if to != "-" and current() is not None:
        told = "On a shared server an attachment goes to standard output; say --to - and > FILE."
        raise Refused(told, RefusalCode.NOT_ALLOWED)


def _write(to: str, data: bytes) -> None:
    """Write the bytes to a new file, or to standard output."""
    if to == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        with os.fdopen(os.open(to, _MAKING, 0o600), "wb") as file:
            file.write(data)
    except FileExistsError:
        raise Refused(f"{to} is there already; name a file that is not.", RefusalCode.BAD_INPUT) from None
    except OSError as error:
        told = f"It cannot be written to {to} ({error.strerror}); name another file."
        raise Refused(told, RefusalCode.BAD_INPUT) from None
    tell(f"Wrote {len(data):,} bytes to {to}.")
