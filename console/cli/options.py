"""The options every command has, where the command stands among them, and the help of the program as a whole."""

from __future__ import annotations

import textwrap

from console.cli.catalogue import GROUPS
from console.cli.output import columns, say

WRONG_USAGE = 2
"""The exit code for words that make no command."""

VALUES = {
    "--db": ("database", "URL|PATH", "the database: a path, or sqlite:///PATH (also TRIAGE_DB)"),
    "--config": ("config", "FILE", "the config file"),
    "--policy": ("policy", "FILE", "the policy file; without one, the policy that comes with Triage"),
    "--as": ("person", "PERSON", "act as this person instead of yourself"),
}
"""Options with a value: where it is kept, what the value is called, and help."""

SWITCHES = {
    "--json": ("is_json", "print one JSON document instead of text"),
    "--readonly": ("is_readonly", "change nothing: refuse every command that would"),
}

LOOKS = {
    "--theme": ("theme", "NAME", "how the screen looks: see Themes in the README"),
    "--keymap": ("keymap", "FILE", "a file that binds keys"),
    "--log": ("log", "FILE", "the log: what happened to the program, and nothing of any case"),
}
"""Options of those commands that open the screen."""

UNSET: dict[str, object] = {
    **{name: None for name, *_ in (*VALUES.values(), *LOOKS.values())},
    **{name: False for name, _ in SWITCHES.values()},
}

EXIT_CODES = "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 conflict (somebody else was first)."


def split(argv: list[str]) -> tuple[str | None, list[str]]:
    """Give the command's name and all other words; options with their values may stand before it."""
    place = 0
    while place < len(argv):
        word = argv[place]
        if not word.startswith("-") or word == "-":
            return word, argv[:place] + argv[place + 1 :]
        place += 2 if word in VALUES or word in LOOKS else 1
    return None, argv


def overview() -> None:
    """Print the help of the program as a whole."""
    say("usage: triage [options] [COMMAND ...]", "")
    said = (
        "Triage tells a support desk which issue to escalate, to whom, and why. Without a command it opens the console."
    )
    say(*textwrap.wrap(said, min(columns(), 100)))
    for title, commands in GROUPS:
        say("", f"{title}:", *(f"  {command.name:<13}{command.summary}" for command in commands))
    told = {f"{flag} {value}": text for flag, (_, value, text) in VALUES.items()}
    told |= {flag: text for flag, (_, text) in SWITCHES.items()}
    told |= {"--version": "print the version", "--help": "print this; `triage COMMAND --help` explains a command"}
    say("", "options, before or after the command:", *(f"  {flag:<18}{text}" for flag, text in told.items()))
    say("", EXIT_CODES)
