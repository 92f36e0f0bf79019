"""sshd-key: tell sshd whether a key is somebody's, as its AuthorizedKeysCommand."""

from __future__ import annotations

import argparse

from console.cli.call import Call
from console.cli.output import say

DESCRIPTION = """
Print the line of authorized_keys that lets a key in, when it is the key of somebody whom the desk knows, and nothing
otherwise. sshd asks this of every key that a person's program offers; see "Other ways in over SSH" in the README.
"""
EXAMPLES = ("triage sshd-key ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA...",)
LINE = "restrict,pty"
"""What such a key may: nothing of what sshd offers besides a terminal."""


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("type", metavar="TYPE", help="the key's type: %%t in sshd_config")
    parser.add_argument("key", metavar="KEY", help="the key in base64: %%k in sshd_config")


def run(call: Call) -> int:
    """Print one line, or nothing. Refused: a database that others could change, since it says who is let in."""
    from console.desk.key_owner import owner_of_all
    from console.desk.layout_checkup import must_be_private
    from console.domain.errors import Refused
    from console.domain.public_keys import public_keys

    must_be_private(call.database)
    try:
        keys = public_keys(f"{call.options.type} {call.options.key}")
    except Refused:
        return 0  # certificates and weak keys are offered, too; none of them was ever added
    if owner_of_all(call.database, keys):
        say(f"{LINE} {keys[0].type} {keys[0].body}")
    return 0
