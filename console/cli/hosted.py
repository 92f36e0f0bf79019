"""Whether a command goes to the shared server of this machine: it does where one listens and no database is named."""

from __future__ import annotations

import os
from pathlib import Path

from console.cli.catalogue import ALONE, COMMANDS, OPEN, OWNER
from console.cli.options import split
from console.domain.errors import RefusalCode, Refused
from console.settings import Settings, load

NAMED = ("--db", "--config")
"""Options that name a database of one's own; so do the variables and the config file."""
HELP = frozenset({"-h", "--help", "--version"})


def at_host(argv: list[str]) -> int | None:
    """Run a command at the host, and give its exit code; None where it is to run here.

    Refused: what only the account that owns the database does, and a socket that cannot be trusted.
    """
    if os.name != "posix" or _is_for_oneself(argv):
        return None
    from console.host import client

    settings = load({}, os.environ, Path.home())
    path = _socket(settings)
    if path is None or not client.is_there(path) or path.stat().st_uid == os.geteuid():
        return None
    name, _ = split(argv)
    if name and COMMANDS[name].runs == OWNER:
        owner = _owner(path)
        told = f"`{name}` is for the account that runs this server: sudo -u {owner} triage {name}"
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    return client.visit(path, [*argv, *_looks(settings, argv)] if name is None else argv, os.environ)


def _is_for_oneself(argv: list[str]) -> bool:
    """Say whether these words never go to a host: help, a command that is run alone, and words that are no command."""
    name, words = split(argv)
    command = OPEN if name is None else COMMANDS.get(name)
    if command is None or command.runs == ALONE:
        return True
    return any(word in HELP or word.partition("=")[0] in NAMED for word in words)


def _socket(settings: Settings) -> Path | None:
    """Give where a host would listen, or None where a database of one's own is set."""
    return None if settings.database.origin != "default" else Path(str(settings.socket.value))


def _looks(settings: Settings, argv: list[str]) -> list[str]:
    """Give the theme and keys that are one's own as words, since a session reads no config file of the person's."""
    found: list[str] = []
    for flag, setting in (("--theme", settings.theme), ("--keymap", settings.keymap)):
        if setting.value and not any(word.partition("=")[0] == flag for word in argv):
            found += [flag, setting.value]
    return found


def _owner(path: Path) -> str:
    import pwd

    try:
        return pwd.getpwuid(path.stat().st_uid).pw_name
    except KeyError:
        return f"'#{path.stat().st_uid}'"
