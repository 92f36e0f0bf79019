"""The keys by which an account is reached over SSH: what each line of its file lets whoever has the key do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPTION = re.compile(r'([A-Za-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?')
_OPTIONS = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*")+')
_KEY = re.compile(r"[ \t]*(?:ssh-|ecdsa-|sk-)\S+[ \t]+[A-Za-z0-9+/=]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with a key: its number, and its options in lower case, each with the values it is given."""

    number: int
    options: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """Give what an option is set to, each time it is."""
        return tuple(value for option, value in self.options if option == name)

    def has(self, name: str) -> bool:
        """Say whether an option is there."""
        return any(option == name for option, _ in self.options)

    @property
    def command(self) -> str:
        """Give the command that the key is bound to, or the empty word."""
        return next(iter(self.values("command")), "")


def lines(text: str) -> Iterator[Line]:
    """Give the lines of an `authorized_keys` file that hold a key, as sshd reads them."""
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip(" \t")
        options = None if _KEY.match(written) else _OPTIONS.match(written)
        if not written.startswith("#") and _KEY.match(written, options.end() if options else 0):
            yield Line(number, tuple(_options(options[0] if options else "")))


def _options(written: str) -> Iterator[tuple[str, str]]:
    """Give the options in front of a key."""
    for found in _OPTION.finditer(written):
        yield found[1].lower(), (found[2] or "").replace('\\"', '"')
