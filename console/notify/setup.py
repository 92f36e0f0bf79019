"""Setup: which channels an installation has, read from its config; secrets stand there and never in the policy."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from console.domain.errors import RefusalCode, Refused
from console.domain.notify_tables import CHANNEL
from console.domain.toml_lines import lines_of, written
from console.domain.toml_table import Table, Wrong, nearest
from console.notify.addresses import is_address
from console.notify.channels import LONGEST, SHORTEST, USUAL, Apprise, Command, Mail, Setup, Webhook

_SECRETS = re.compile(r"^\s*(?:password|secret|urls)\s*=", re.MULTILINE)
_SECRET_FILES = re.compile(r"""^\s*(?:password|secret|urls)_file\s*=\s*["']([^"']+)["']""", re.MULTILINE)
_Made = TypeVar("_Made")
PORTS = {"tls": 465, "starttls": 587, "": 25}
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that a password may be sent to in plain."""


def channels(file: Path) -> Mapping[str, Setup]:
    """Give the channels that a file names in its `[channel.NAME]` tables; none where there is no such file.

    Refused: what cannot be read or used, naming file, line and key, but no secret.
    """
    return tables(file, "channel", _channel)


def tables(file: Path, group: str, read: Callable[[str, Table, Path], _Made | None]) -> Mapping[str, _Made]:
    """Give what is read of the `[group.NAME]` tables of a file, by name; paths in it start from its folder.

    Refused: what cannot be read or used, naming file, line and key, but no secret.
    """
    try:
        text = file.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _refused(f"{file}: the file of the {group} tables cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(f"{file}: not valid TOML: {error}. Correct that line.") from None
    wrong: list[Wrong] = []
    root = Table(values, (), wrong)
    found = {name: read(name, table, file.parent) for name, table in root.tables(group, required=False)}
    if wrong:
        first = wrong[0]
        line = lines_of(text).get(first.path) or lines_of(text).get(first.path[:-1], 1)
        raise _refused(f"{file}:{line}: {written(first.path)}: {first.sentence}")
    return {name: setup for name, setup in found.items() if setup is not None}


def exposed(file: Path) -> str:
    """Say in a sentence that others may read the secrets of a file, there or in a file it names; else nothing."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace") if os.name == "posix" else ""
        named = [file.parent / name for name in _SECRET_FILES.findall(text)]
        holding = [*([file] if _SECRETS.search(text) else []), *(each for each in named if each.exists())]
        is_open = next((each for each in holding if each.stat().st_mode & 0o077), None)
    except OSError:
        return ""
    return f"{is_open} holds secrets and others may read it; `chmod 600 {is_open}` keeps them." if is_open else ""


def _channel(name: str, table: Table, folder: Path) -> Setup | None:
    """Read one channel of whatever kind."""
    if not CHANNEL.fullmatch(name):
        table.note(f"'{name}' is not the name of a channel; use small letters, digits, '-' and '_'.")
    kind = table.text("kind")
    reader = KINDS.get(kind)
    if reader is None:
        if kind:
            table.note(f"'{kind}' is not a kind of channel; {nearest(kind, KINDS)}", "kind")
        return None
    setup = reader(table, folder)
    table.done()
    return setup


def _mail(table: Table, folder: Path) -> Mail:
    starttls, tls = table.flag("starttls"), table.flag("tls")
    setup = Mail(
        host=table.text("host"),
        sender=table.text("from"),
        port=table.whole("port", PORTS["tls" if tls else "starttls" if starttls else ""]),
        starttls=starttls,
        tls=tls,
        user=table.text("user", ""),
        password=secret_of(table, "password", folder),
        timeout=_timeout(table),
    )
    if setup.sender and not is_address(setup.sender):
        table.note(f"'{setup.sender}' is not a mail address such as triage@desk.example.", "from")
    if setup.user and not (starttls or tls) and setup.host not in NEAR:
        table.note("A password is not sent in plain; say starttls = true or tls = true.", "user")
    return setup


def _webhook(table: Table, folder: Path) -> Webhook:
    setup = Webhook(table.text("url"), secret_of(table, "secret", folder), _timeout(table))
    try:
        parts = urlsplit(setup.url)
        is_sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if setup.url and (not is_sound or not setup.url.isascii() or not setup.url.isprintable() or " " in setup.url):
        table.note("This is not an address such as https://desk.example/hook.", "url")
    elif setup.url and (parts.username or parts.password):
        table.note("A name or password in the address is not sent; give a secret instead, which signs what is.", "url")
    return setup


def _command(table: Table, _: Path) -> Command:
    argv = table.texts("argv", required=True)
    if "argv" in table.values and not (argv and argv[0].strip()):
        table.note('This must name a program and its arguments, as in ["/usr/local/bin/page", "--desk"].', "argv")
    return Command(argv, _timeout(table))


def _apprise(table: Table, folder: Path) -> Apprise:
    named = table.table("people", required=False)
    people = {person: named.texts(person) for person in named.values}
    file = secret_of(table, "urls", folder, is_list=True)
    return Apprise((*table.texts("urls"), *file.split()), people, _timeout(table))


KINDS: Mapping[str, Callable[[Table, Path], Setup]] = {
    "smtp": _mail,
    "webhook": _webhook,
    "command": _command,
    "apprise": _apprise,
}
"""How each kind of channel is read."""


def secret_of(table: Table, key: str, folder: Path, *, is_list: bool = False) -> str:
    """Give a secret as it stands there, or from the file that is named instead, without its line end."""
    said = "" if is_list else table.text(key, "")
    name = table.text(f"{key}_file", "")
    if not name:
        return said
    if said:
        table.note(f"Give {key} or {key}_file, not both.", f"{key}_file")
    try:
        return (folder / name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        table.note(
            f"{folder / name} cannot be read as text; check that it is there and who may read it.", f"{key}_file"
        )
        return ""


def _timeout(table: Table) -> int:
    said = table.whole("timeout", USUAL)
    if not SHORTEST <= said <= LONGEST:
        table.note(f"This is {said}; it must be from {SHORTEST} to {LONGEST} seconds.", "timeout")
    return said


def _refused(sentence: str) -> Refused:
    return Refused(sentence, RefusalCode.BAD_INPUT)
