"""Where each key of a TOML text stands: `tomllib` reads the values, this finds their lines."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

KeyPath = tuple[str | int, ...]
"""The way to a value: keys of tables, and places in arrays counted from 0."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_GAP = re.compile(r"[ \t]*")
_KEY = re.compile(r"""
    "(?:\\.|[^"\\\n])*"
    | '[^'\n]*'
    | [A-Za-z0-9_-]+
""", re.VERBOSE)  # fmt: skip
_STRING = re.compile(r'''
    """(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})
    | \'\'\'[\s\S]*?\'\'\'(?:'{0,2})
    | "(?:\\.|[^"\\\n])*"
    | '[^'\n]*'
''', re.VERBOSE)  # fmt: skip
_SCALAR = re.compile(r"[^,\]}#\n]+")


def lines_of(text: str) -> dict[KeyPath, int]:
    """Give the line, counted from 1, of every table, key and array item of a text that `tomllib` can read."""
    return _Scan(text).document()


def written(path: KeyPath) -> str:
    """Write a path as one would in TOML: `matrix."*".S1`, with places in arrays as `[0]`."""
    told = ""
    for part in path:
        if isinstance(part, int):
            told += f"[{part}]"
        else:
            told += ("." if told else "") + (part if re.fullmatch(r"[A-Za-z0-9_-]+", part) else f'"{part}"')
    return told


class _Scan:
    """One pass over a text; it trusts that the text is right, and so only has to know where things end."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.found: dict[KeyPath, int] = {}
        self.items: dict[KeyPath, int] = {}

    def document(self) -> dict[KeyPath, int]:
        """Go through all headers and pairs."""
        here: KeyPath = ()
        self._pass(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                here = self._header()
            else:
                self._pair(here)
            self._pass(_BLANK)
        return self.found

    def _header(self) -> KeyPath:
        """Pass `[table]` or `[[table]]` and give the path of the table it opens."""
        start = self.at
        brackets = 2 if self.text.startswith("[[", start) else 1
        self.at += brackets
        *above, last = self._key()
        self.at += brackets
        path: KeyPath = (*self._resolved(above), last)
        if brackets == 1:
            path = self._resolved([*above, last])
        else:
            self.items[path] = self.items.get(path, -1) + 1
            path = (*path, self.items[path])
        self._record(path, start)
        return path

    def _resolved(self, key: list[str]) -> KeyPath:
        """Give the path of a key in a header, where an array of tables stands for its latest table."""
        path: KeyPath = ()
        for part in key:
            path = (*path, part)
            if path in self.items:
                path = (*path, self.items[path])
        return path

    def _pair(self, here: KeyPath) -> None:
        """Pass `key = value`."""
        start = self.at
        path = (*here, *self._key())
        self._record(path, start)
        self.at += 1
        self._pass(_GAP)
        self._value(path)

    def _key(self) -> list[str]:
        """Pass a key, dotted or not, with the blanks around it."""
        parts: list[str] = []
        while not parts or self.text[self.at] == ".":
            self.at += bool(parts)
            self._pass(_GAP)
            parts.append(_unquoted(self._pass(_KEY)))
            self._pass(_GAP)
        return parts

    def _value(self, path: KeyPath) -> None:
        """Pass a value, noting what stands in it."""
        opening = self.text[self.at]
        if opening not in "[{":
            if not self._pass(_STRING):
                self._pass(_SCALAR)
            return
        self.at += 1
        self._pass(_BLANK)
        place = 0
        while self.text[self.at] not in "]}":
            if opening == "[":
                self._record((*path, place), self.at)
                self._value((*path, place))
            else:
                self._pair(path)
            place += 1
            self._pass(_BLANK)
            self.at += self.text[self.at] == ","
            self._pass(_BLANK)
        self.at += 1

    def _record(self, path: KeyPath, start: int) -> None:
        """Keep the line of a path, and of the tables above it that no header has named."""
        line = bisect_right(self.starts, start)
        for depth in range(1, len(path)):
            self.found.setdefault(path[:depth], line)
        self.found[path] = line

    def _pass(self, pattern: re.Pattern[str]) -> str:
        """Pass what the pattern matches here and give it; nothing where it does not match."""
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]


def _unquoted(key: str) -> str:
    """Give what a written key says."""
    if key.startswith('"'):
        return next(iter(tomllib.loads(f"{key} = 0")))
    return key[1:-1] if key.startswith("'") else key
