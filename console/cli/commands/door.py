"""door: let one person in over SSH, as sshd's ForceCommand."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Mapping

from console.cli.call import Call
from console.cli.coming_in import by_key, by_sudo, no_file, wants_elsewhere, words_of
from console.cli.output import tell
from console.cli.visiting import bounds, given
from console.domain.errors import RefusalCode, Refused
from console.host.confine import confine
from console.log import Level
from console.visit import Visit, allowed, begin

DESCRIPTION = """
What sshd starts, as its ForceCommand, for whoever comes in to the account that has the database: the console, or the
command they asked for. Who they are is what sshd says of their key (--key) or whom sudo was called by (--sudo), and
nothing that they send. See "Other ways in over SSH" in the README for the configurations.
"""
EXAMPLES = (
    "ForceCommand /usr/local/bin/triage door --key",
    "ForceCommand sudo -n -u triage /usr/local/bin/triage door --sudo",
    "ssh triage@server list status:new",
)
NO_TERMINAL = (
    "The console needs a terminal: `ssh -t` gives one. A command needs none, as in `ssh HOST list status:new`."
)
ONLY_TRIAGE = "Behind this door there are no files and no shell, only Triage: `ssh HOST --help` lists its commands."
WRONG_USAGE = 2


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument("--key", dest="way", action="store_const", const="key", help="they are whose key sshd checked")
    way.add_argument("--sudo", dest="way", action="store_const", const="sudo", help="they are who called sudo")


def run(call: Call) -> int:
    """Let them in. Refused: anybody of whom the system does not say who they are."""
    if call.options.person is not None:
        raise Refused("Who comes in is whom the system says; leave --as out.", RefusalCode.BAD_INPUT)
    sent = dict(os.environ)
    os.environ.clear()
    os.environ.update(allowed(sent))
    time.tzset()
    person = _person(call, sent)
    asked = words_of(sent.get("SSH_ORIGINAL_COMMAND", ""))
    if wants_elsewhere(asked):
        tell(ONLY_TRIAGE)
        return WRONG_USAGE
    if not asked and not (os.isatty(0) and os.isatty(1)):
        tell(NO_TERMINAL)
        return WRONG_USAGE
    call.log.note(Level.INFO, f"door: {person} came in by {call.options.way}")
    begin(Visit(person, is_owner=False, reach=no_file, given=given(call)))
    confine(bounds(call))
    from console.cli.program import run as run_triage

    return run_triage(asked)


def _person(call: Call, sent: Mapping[str, str]) -> str:
    """Find out who it is. Refused: where the system does not say, and a database that others could change."""
    from console.desk.layout_checkup import must_be_private

    if os.geteuid() == 0:
        told = "The door does not open for root: give the database an account of its own, and start the door under it."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    must_be_private(call.database)
    return by_sudo(sent) if call.options.way == "sudo" else by_key(sent, call.database)
