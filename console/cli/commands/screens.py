"""The console itself: what `triage` opens without a command."""

from __future__ import annotations

import argparse

from console.cli.call import Call
from console.cli.parser import add_looks
from console.domain.errors import RefusalCode, Refused
from console.log import Level

DESCRIPTION = """
Open the console: the queue, the checklist, the recommendation, and every act with one key. `?` in it shows the keys.
"""
EXAMPLES = ("triage", "triage --db team.db", "triage --readonly")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_looks(parser)


def run(call: Call) -> int:
    """Open the console."""
    if call.is_json:
        raise Refused("--json needs a command; `triage --help` lists them.", RefusalCode.BAD_INPUT)
    from console.cli.clocks import reading
    from console.tui.start import open_console

    who, behalf = call.actor.signature
    person = f"{who}{f' (for {behalf})' if behalf else ''}"
    call.log.note(Level.INFO, f"{person} opens a console{' that only reads' if call.options.is_readonly else ''}")
    try:
        return open_console(call.desk, call.actor, call.settings, is_readonly=call.options.is_readonly, clock=reading)
    finally:
        call.log.note(Level.INFO, f"the console of {person} has closed")
