"""What a program wrote to a terminal, taken apart: text, and control sequences by what they do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of output is."""

    TEXT = "text"
    STYLE = "style"
    MOVE = "move"
    MODE = "mode"
    POINTER = "pointer"
    CLIPBOARD = "clipboard"
    BREAK = "break"
    ERASE = "erase"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of output, where it begins, and what it is."""

    kind: Kind
    raw: str
    at: int


SCREEN = frozenset({Kind.TEXT, Kind.STYLE, Kind.MOVE, Kind.MODE, Kind.POINTER, Kind.BREAK})
"""What the console may send; breaks only outside of its screen."""
PAGE = frozenset({Kind.TEXT, Kind.BREAK})
"""What a command may print."""

MODES = frozenset(f"\x1b[?{number}{on}" for number in (1049, 25, 7, 2004) for on in "hl")
ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
STYLES = re.compile(r"(?:0|1|7|[34]8;2;\d{1,3};\d{1,3};\d{1,3})")
"""Every way to style text that the console's themes use in a terminal of many colours, as measured in a clean run."""
MOST_MARKS = 4
INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ud800-\udfff"
    "\ufdd0-\ufdef\ufffe\uffff]"
)
"""Controls, surrogates, what Unicode calls default ignorable but for variation selectors, and what is no character."""

PLACED = frozenset({Kind.BREAK, Kind.MOVE})
"""Breaks belong outside of the console's screen, moves inside."""

_SEQUENCE = re.compile(
    r"""
    \x1b\[ [0-?]* [ -/]* [@-~]                                # CSI
    | [\x1b][\]PX^_k] [^\x07\x1b\x9c]* (?:\x07|\x1b\\|\x9c)?  # strings
    | \x1b [ -/]* [0-~]                                       # other escapes
    | \r?\n | \r (?=\x1b\[K)
    | [^\x00-\x1f\x7f-\x9f]+                                  # text
    | .                                                       # any other control by itself
    """,
    re.VERBOSE | re.DOTALL,
)
_MOVE = re.compile(r"\x1b\[(\d+);(\d+)H")


def tokens(data: bytes, size: tuple[int, int] = (80, 24)) -> Iterator[Token]:
    """Take output apart; what is no UTF-8, and every sequence that the console does not know, is foreign."""
    for found in _SEQUENCE.finditer(data.decode("utf-8", "surrogateescape")):
        yield Token(_kind(found[0], size), found[0], found.start())


def foreign(data: bytes, allowed: Collection[Kind] = SCREEN, size: tuple[int, int] = (80, 24)) -> list[str]:
    """Give everything that may not be there, each with what stands before it."""
    wrong: list[str] = []
    before, is_on_screen = "", False
    for token in tokens(data, size):
        is_on_screen = (is_on_screen or token.raw == ENTER) and token.raw != LEAVE
        is_out_of_place = (token.kind is Kind.BREAK) == is_on_screen if token.kind in PLACED else False
        if token.kind not in allowed or is_out_of_place:
            wrong.append(f"{token.raw!r} at {token.at} after {before[-60:]!r}")
        elif token.kind is Kind.TEXT:
            wrong += [f"{each} at {token.at} in {token.raw[:200]!r}" for each in hidden(token.raw)]
        before = token.raw if token.kind is Kind.TEXT else before
    return wrong


def hidden(text: str) -> Iterator[str]:
    """Give what acts or hides in a text: forbidden characters, and marks that pile up."""
    yield from (f"U+{ord(found[0]):04X}" for found in INVISIBLE.finditer(text))
    marks = 0
    for character in "" if text.isascii() else text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks > MOST_MARKS:
            yield f"{marks} marks"


def _kind(raw: str, size: tuple[int, int]) -> Kind:
    if raw[0] not in "\x1b\r\n" and (len(raw) > 1 or not INVISIBLE.match(raw)):
        return Kind.TEXT
    if raw in {"\n", "\r\n"}:
        return Kind.BREAK
    if raw in {"\r", "\x1b[K"}:
        return Kind.ERASE
    if raw in MODES:
        return Kind.MODE
    if re.fullmatch(r"\x1b\]22;[a-z]+\x07", raw):
        return Kind.POINTER
    if re.fullmatch(r"\x1b\]52;c;[A-Za-z0-9+/=]*\x07", raw):
        return Kind.CLIPBOARD
    if move := _MOVE.fullmatch(raw):
        return Kind.MOVE if 0 < int(move[1]) <= size[1] and 0 < int(move[2]) <= size[0] else Kind.FOREIGN
    if re.fullmatch(rf"\x1b\[{STYLES.pattern}(?:;{STYLES.pattern})*m", raw):
        return Kind.STYLE
    return Kind.FOREIGN
