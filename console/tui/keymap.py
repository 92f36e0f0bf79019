"""A person's own keys: a TOML file of ids and keys, refused with its line when it cannot be meant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from console.domain.errors import RefusalCode, Refused
from console.domain.safe import safe_line
from console.tui.keys import KEYS, NAMES, Key, Keymap, Where, at

BY_SIGN = {written.lower(): name for name, written in NAMES.items() if name != "ctrl+p"}
FUNCTION_KEYS = frozenset(f"f{number}" for number in range(1, 13))
FAMILIES = {key.id for key in KEYS if "{key}" in key.action}
"""Ids whose keys say which of several things is meant; they stay where they are."""


def read_keymap(text: str, source: str = "keymap") -> Keymap:
    """Read a keymap from the text of a TOML file: one `id = "key"` a line, or a list of keys.

    Refused: text that is not TOML, unknown ids, unknown keys, keys that a terminal cannot tell apart or takes itself,
    and one key with two meanings in one place.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _refused(source, 0, f'this is not TOML ({error}). Write one `id = "key"` a line') from None
    keymap = {name: _keys_of(name, value, _Place(text, source)) for name, value in table.items()}
    _must_not_clash(keymap, _Place(text, source))
    return keymap


class _Place:
    """Says where in the file something stands."""

    def __init__(self, text: str, source: str) -> None:
        self._lines = text.splitlines()
        self._source = source

    def refused(self, name: str, sentence: str) -> Refused:
        """Make the refusal for one id."""
        written = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=|\s*\[{re.escape(name)}\]")
        line = next((number for number, line in enumerate(self._lines, 1) if written.match(line)), 0)
        return _refused(self._source, line, sentence)


def _refused(source: str, line: int, sentence: str) -> Refused:
    where = f"{source}:{line}" if line else source
    return Refused(f"{where}: {safe_line(sentence)}.", RefusalCode.BAD_INPUT)


def _keys_of(name: str, value: object, place: _Place) -> tuple[str, ...]:
    """Give Textual's names for the keys of one id."""
    if name not in {key.id for key in KEYS}:
        raise place.refused(name, f"there is no key called {name!r}; the ids are in the README's table of keys")
    if name in FAMILIES:
        raise place.refused(name, f"the digits of {name!r} cannot be given other keys; leave the line out")
    written = [value] if isinstance(value, str) else value
    if not isinstance(written, list) or not written or not all(isinstance(key, str) for key in written):
        raise place.refused(name, f'{name!r} needs a key in quotes, as in {name} = "x", or a list of them')
    return tuple(_named(name, key, place) for key in written)


def _named(name: str, written: str, place: _Place) -> str:
    """Give Textual's name for a key as a person writes it."""
    if len(written) == 1 and written.isascii() and written.isalnum():
        return written
    lower = written.lower()
    if lower in BY_SIGN or lower in FUNCTION_KEYS:
        return BY_SIGN.get(lower, lower)
    if "+" in written and len(written) > 1:
        raise place.refused(name, f"{written!r} cannot be used: terminals keep such keys for themselves. Use one key")
    raise place.refused(
        name, f"{written!r} is no key; use a letter, a digit, F1 to F12, or one of {', '.join(sorted(NAMES.values()))}"
    )


def _must_not_clash(keymap: Keymap, place: _Place) -> None:
    for where in Where:
        for first, second, pressed in clashes(where, keymap):
            at_fault, other = (second, first) if second.id in keymap else (first, second)
            sign = NAMES.get(pressed, pressed)
            raise place.refused(
                at_fault.id,
                f"{sign!r} is already {other.words!r} ({other.id}) in {where}; give one of them another key",
            )


def clashes(where: Where, keymap: Keymap | None = None) -> Iterator[tuple[Key, Key, str]]:
    """Give each pair of keys that want the same press in one place."""
    taken: dict[str, Key] = {}
    for key in at(where, keymap):
        for pressed in key.keys:
            if pressed in taken and taken[pressed].id != key.id:
                yield taken[pressed], key, pressed
            taken.setdefault(pressed, key)
