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

_SECRETS = re.compile(r"^\s*(?:(?:password|secret|urls|authorization|headers)\s*=|\[hook\..*headers\])", re.MULTILINE)
_IN_FILES = re.compile(r"""^\s*(?:password|secret|urls|authorization)_file\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_Read = TypeVar("_Read")
PORTS = {"tls": 465, "starttls": 587, "": 25}
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that a password may be sent to in plain."""


def channels(file: Path) -> Mapping[str, Setup]:
    """Give the channels that a file names in its `[channel.NAME]` tables; none where there is no such file.

    Refused: what cannot be read or used, naming file, line and key, but no secret.
    """
    return read_tables(file, "channel", lambda name, table: _channel(name, table, file.parent))


def read_tables(file: Path, group: str, read: Callable[[str, Table], _Read | None]) -> Mapping[str, _Read]:
    """Give what a file says in the tables of a group, by name; see `channels`."""
    try:
        text = file.read_text(encoding="utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _refused(f"{file}: the file of the {group}s cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _refused(f"{file}: not valid TOML: {error}. Correct that line.") from None
    wrong: list[Wrong] = []
    root = Table(values, (), wrong)
    found = {name: read(name, table) for name, table in root.tables(group, required=False)}
    if wrong:
        first = wrong[0]
        lines = lines_of(text)
        line = next((lines[first.path[:end]] for end in range(len(first.path), 0, -1) if first.path[:end] in lines), 1)
        raise _refused(f"{file}:{line}: {written(first.path)}: {first.sentence}")
    return {name: setup for name, setup in found.items() if setup is not None}


def exposed(file: Path) -> str:
    """Say in a sentence that others may read the secrets in a file, or in one it names; nothing where they may not."""
    try:
        text = file.read_text(encoding="utf-8")
        holding = [file] if _SECRETS.search(text) else []
        holding += [file.parent / name for name in _IN_FILES.findall(text)]
        found = [each for each in holding if os.name == "posix" and each.stat().st_mode & 0o077]
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{found[0]} holds secrets and others may read it; `chmod 600 {found[0]}` keeps them." if found else ""


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
        timeout=timeout_of(table),
    )
    if setup.sender and not is_address(setup.sender):
        table.note(f"'{setup.sender}' is not a mail address such as triage@desk.example.", "from")
    if setup.user and not (starttls or tls) and setup.host not in NEAR:
        table.note("A password is not sent in plain; say starttls = true or tls = true.", "user")
    return setup


def _webhook(table: Table, folder: Path) -> Webhook:
    setup = Webhook(table.text("url"), secret_of(table, "secret", folder), timeout_of(table))
    check_address(table, setup.url)
    return setup


def check_address(table: Table, url: str) -> None:
    """Note what is wrong with the address that a table names."""
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_sound = False
    if url and (not is_sound or not url.isascii() or not url.isprintable() or " " in url):
        table.note("This is not an address such as https://desk.example/hook.", "url")
    elif url and (parts.username or parts.password):
        table.note("A name or password in the address is not sent; give a secret instead, which signs what is.", "url")


def command_of(table: Table, _: Path) -> Command:
    """Read a program and its arguments."""
    argv = table.texts("argv", required=True)
    if "argv" in table.values and not (argv and argv[0].strip()):
        table.note('This must name a program and its arguments, as in ["/usr/local/bin/page", "--desk"].', "argv")
    return Command(argv, timeout_of(table))


def _apprise(table: Table, folder: Path) -> Apprise:
    named = table.table("people", required=False)
    people = {person: named.texts(person) for person in named.values}
    file = secret_of(table, "urls", folder, is_list=True)
    return Apprise((*table.texts("urls"), *file.split()), people, timeout_of(table))


KINDS: Mapping[str, Callable[[Table, Path], Setup]] = {
    "smtp": _mail,
    "webhook": _webhook,
    "command": command_of,
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


def timeout_of(table: Table) -> int:
    """Give how many seconds may be taken for one message."""
    said = table.whole("timeout", USUAL)
    if not SHORTEST <= said <= LONGEST:
        table.note(f"This is {said}; it must be from {SHORTEST} to {LONGEST} seconds.", "timeout")
    return said


def _refused(sentence: str) -> Refused:
    return Refused(sentence, RefusalCode.BAD_INPUT)
