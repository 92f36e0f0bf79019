"""The parser of one command: its own words, the options every command has, and its help."""

from __future__ import annotations

import argparse
import sys
import textwrap
from types import ModuleType
from typing import NoReturn

from console.cli.catalogue import Command
from console.cli.options import EXIT_CODES, LOOKS, SWITCHES, VALUES, WRONG_USAGE
from console.cli.output import columns, tell


class Parser(argparse.ArgumentParser):
    """argparse with whole option names only, and with foreign text made safe in what it says."""

    @property
    def has_deeds(self) -> bool:
        """Say whether the command is followed by what to do, as in `people add`; then words and options cannot mix."""
        return self._subparsers is not None

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words, and how help is found."""
        tell(f"{self.prog}: {message}", f"Try `{self.prog} --help`.")
        sys.exit(WRONG_USAGE)


def parser_for(command: Command, module: ModuleType) -> Parser:
    """Give the parser of one command, from its module's words."""
    parser = Parser(
        prog=f"triage {command.name}".rstrip(),
        description=textwrap.fill(module.DESCRIPTION.strip(), min(columns(), 100)),
        epilog="\n".join(["examples:", *(f"  {example}" for example in module.EXAMPLES), "", EXIT_CODES]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.words(parser)
    parser.usage = parser.format_usage().removeprefix("usage: ").strip()
    add_options(parser)
    return parser


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options every command has; unset ones leave no trace, so that they may stand at any level."""
    group = parser.add_argument_group("options of every command")
    for flag, (kept, value, told) in VALUES.items():
        group.add_argument(flag, dest=kept, metavar=value, default=argparse.SUPPRESS, help=told)
    for flag, (kept, told) in SWITCHES.items():
        group.add_argument(flag, dest=kept, action="store_true", default=argparse.SUPPRESS, help=told)


def add_looks(parser: argparse.ArgumentParser) -> None:
    """Add the options of commands that open the screen."""
    for flag, (kept, value, told) in LOOKS.items():
        parser.add_argument(flag, dest=kept, metavar=value, default=argparse.SUPPRESS, help=told)
