"""What a command says about live sources: where is watched, how often, and what becomes of what was taken."""

from __future__ import annotations

import argparse

from console.cli.arguments import seconds
from console.cli.call import Call

USUAL, SHORTEST, LONGEST = 2.0, 0.1, 3600.0


def add_live(parser: argparse.ArgumentParser) -> None:
    """Add the options about live sources."""
    group = parser.add_argument_group("live sources")
    group.add_argument(
        "--watch", metavar="FOLDER", nargs="?", const="", action="append",
        help="take what is put into this folder or maildir, for ever; may be repeated; without one: go on with --imap",
    )  # fmt: skip
    group.add_argument("--imap", metavar="ADDRESS", help="take the mails of imaps://USER@HOST/FOLDER (%%40 is an @)")
    group.add_argument("--password-file", metavar="FILE", help="with --imap: the file, yours alone, with the password")
    group.add_argument("--certificates", metavar="FILE", help="with --imap: the authorities that are believed")
    group.add_argument(
        "--every", type=seconds(SHORTEST, LONGEST), default=USUAL, metavar="SECONDS",
        help=f"how long to sleep between two looks, {SHORTEST} to {LONGEST:.0f} ({USUAL:.0f})",
    )  # fmt: skip
    group.add_argument("--once", action="store_true", help="take what is there, and end")
    group.add_argument("--keep", action="store_true", help="keep files that were taken, in .done; else they go")


def is_live(call: Call) -> bool:
    """Say whether a command is about live sources."""
    return call.options.watch is not None or call.options.imap is not None
