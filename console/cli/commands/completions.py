"""completions: what a shell needs to complete commands."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from console.cli.call import Call
from console.cli.catalogue import COMMANDS
from console.cli.parser import Parser, add_options

DESCRIPTION = """
Print the completions of all commands and options for a shell.
"""
EXAMPLES = (
    'eval "$(triage completions bash)"   # in ~/.bashrc',
    "triage completions zsh > ~/.zfunc/_triage",
)
SHELLS = ("bash", "zsh", "tcsh")


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("shell", choices=SHELLS, help="the shell")


def run(call: Call) -> int:
    """Print them."""
    import shtab

    sys.stdout.write(shtab.complete(whole_parser(), shell=call.options.shell) + "\n")
    return 0


def whole_parser() -> argparse.ArgumentParser:
    """Give one parser that knows every command."""
    parser = Parser(prog="triage")
    add_options(parser)
    commands = parser.add_subparsers(dest="command", parser_class=argparse.ArgumentParser)
    for command in COMMANDS.values():
        words_of = commands.add_parser(command.name, help=command.summary)
        import_module(command.place).words(words_of)
        add_options(words_of)
    return parser
