"""The console itself: what `triage` opens without a command."""

from __future__ import annotations

import argparse

from console.cli.call import Call
from console.cli.parser import add_looks
from console.domain.errors import RefusalCode, Refused

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

    return open_console(call.desk, call.actor, call.settings, is_readonly=call.options.is_readonly, clock=reading)
