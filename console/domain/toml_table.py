"""A TOML table being read: values are asked for one by one, what is wrong is noted, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from console.domain.toml_lines import KeyPath

_Kind = TypeVar("_Kind")
_KINDS: Mapping[type, str] = {str: "a text in quotation marks", int: "a whole number", list: "a list", dict: "a table"}
_SPAN = re.compile(r"(\d{1,5}) ?(min|h|d|w)")
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")
_MINUTES = {"min": 1, "h": 60, "d": 24 * 60, "w": 7 * 24 * 60}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with the value at a path."""

    path: KeyPath
    sentence: str


class Table:
    """One table of the file; `wrong` is where all tables of one file note what does not fit."""

    def __init__(self, values: Mapping[str, object], path: KeyPath, wrong: list[Wrong]) -> None:
        self.values, self.path, self.wrong = values, path, wrong
        self.asked: dict[str, None] = {}

    def note(self, sentence: str, *below: str | int) -> None:
        """Note what is wrong with the table, or with the value at the path `below` it."""
        self.wrong.append(Wrong((*self.path, *below), sentence))

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text; it must say something unless its default says nothing, and be there unless it has a default."""
        found = self._value(key, str, default)
        if found is not None and default != "" and not found.strip():
            self.note("This must not be empty.", key)
        return found or default or ""

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        """Give a list of texts."""
        found = self._value(key, list, None if required else [])
        return tuple(self._items(key, found or [], str))

    def word(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """Give one of the words that are known here; where another stands there, its default or the first."""
        known = [*known]
        found = self.text(key, default)
        if found and found not in known:
            self.note(f"'{found}' is not known here; {nearest(found, known)}", key)
        return found if found in known else default or known[0]

    def words(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """Give a list of words that are all known here, without those that are not."""
        known, found = [*known], self.texts(key)
        for place, word in enumerate(found):
            if word not in known:
                self.note(f"'{word}' is not known here; {nearest(word, known)}", key, place)
        return tuple(word for word in found if word in known)

    def flag(self, key: str) -> bool:
        """Say whether something is so; what is not said is not."""
        self.asked[key] = None
        found = self.values.get(key, False)
        if not isinstance(found, bool):
            self.note("This must be true or false.", key)
        return found is True

    def whole(self, key: str, default: int | None = None, least: int = 0) -> int:
        """Give a whole number, at least so much."""
        found = self._value(key, int, default)
        if found is not None and found < least:
            self.note(f"This is {found}; it must be {least} or more.", key)
        return found or 0

    def wholes(self, key: str, length: int) -> tuple[int, ...]:
        """Give exactly so many whole numbers, 0 or more."""
        return self._exactly(key, length, int, -1)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Give a list of whole numbers."""
        return tuple(self._items(key, self._value(key, list, []) or [], int))

    def exactly(self, key: str, length: int) -> tuple[str, ...]:
        """Give exactly so many texts."""
        return self._exactly(key, length, str, "")

    def span(self, key: str, default: timedelta | None = None) -> timedelta:
        """Give a duration written as `30min`, `4h`, `3d` or `1w`; it must be there unless it has a default."""
        if default is not None and key not in self.values:
            self.asked[key] = None
            return default
        text = self.text(key)
        found = _SPAN.fullmatch(text.strip())
        if found is None or int(found[1]) == 0:
            if text:
                self.note(f"'{text}' is not a time such as 30min, 4h, 3d or 1w.", key)
            return timedelta(0)
        return timedelta(minutes=int(found[1]) * _MINUTES[found[2]])

    def rows(self, key: str, length: int) -> list[tuple[str, ...]]:
        """Give exactly so many lists of exactly so many texts; nothing where that is not what stands there."""
        rows = self._value(key, list, None)
        if rows is None:
            return []
        fits = len(rows) == length and all(isinstance(row, list) and len(row) == length for row in rows)
        if not fits:
            self.note(f"This must be {length} lists of {length}.", key)
            return []
        return [tuple(str(cell) for cell in row) for row in rows]

    def table(self, key: str, *, required: bool = True) -> Table:
        """Give a table; where it is missing, an empty one that notes nothing further."""
        found = self._value(key, dict, None if required else {})
        return Table(found or {}, (*self.path, key), self.wrong if found is not None and key in self.values else [])

    def tables(self, key: str, *, required: bool = True) -> list[tuple[str, Table]]:
        """Give the tables in a table, by their names."""
        group = self.table(key, required=required)
        if required and not group.values and key in self.values:
            self.note("This must not be empty.", key)
        return [(name, group.table(name)) for name in group.values]

    def named(self, key: str, *, required: bool = True) -> list[tuple[str, Table]]:
        """Give the tables in a table by their ids, noting ids that could not be written in a target or a query."""
        tables = self.tables(key, required=required)
        for name, table in tables:
            if not _ID.fullmatch(name):
                table.note(
                    f"'{name}' is not an id; use small letters a to z, digits, '-' and '_', and say the rest in name."
                )
        return tables

    def array(self, key: str) -> list[Table]:
        """Give the tables of an array, written `[[key]]`; none where there is no such array."""
        found = self._items(key, self._value(key, list, []) or [], dict)
        return [Table(values, (*self.path, key, place), self.wrong) for place, values in enumerate(found)]

    def done(self) -> None:
        """Note the keys that nobody asked for, with the nearest one that is known."""
        for key in self.values:
            if key not in self.asked:
                self.note(f"There is no key '{key}' here; {nearest(key, self.asked)}", key)

    def _value(self, key: str, kind: type[_Kind], default: _Kind | None) -> _Kind | None:
        """Give the value if it is of this kind, or its default, or None with the reason noted."""
        self.asked[key] = None
        if key not in self.values:
            if default is None:
                self.note(f"This is missing; it takes {_KINDS[kind]}.", key)
            return default
        found = self.values[key]
        if isinstance(found, kind) and not isinstance(found, bool):
            return found
        self.note(f"This must be {_KINDS[kind]}.", key)
        return default

    def _items(self, key: str, found: list[_Kind], kind: type[_Kind]) -> list[_Kind]:
        """Give those items that are of this kind, noting the others."""
        for place, item in enumerate(found):
            if not isinstance(item, kind) or isinstance(item, bool):
                self.note(f"This must be {_KINDS[kind]}.", key, place)
        return [item for item in found if isinstance(item, kind) and not isinstance(item, bool)]

    def _exactly(self, key: str, length: int, kind: type[_Kind], filler: _Kind) -> tuple[_Kind, ...]:
        """Give exactly so many items of this kind; fillers where there are not."""
        found = self._value(key, list, None)
        items = self._items(key, found or [], kind)
        if found is not None and len(found) != length:
            self.note(f"This must have {length} items; it has {len(found)}.", key)
        if any(isinstance(item, int) and item < 0 for item in items):
            self.note("These must be 0 or more.", key)
        return (*items, *[filler] * length)[:length]


def nearest(word: str, known: Iterable[str]) -> str:
    """Say which known word was probably meant, or which there are."""
    from difflib import get_close_matches

    known = [*known]
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"known are {', '.join(known) or 'none'}."
