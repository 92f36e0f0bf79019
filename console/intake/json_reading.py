"""JSON as it comes in: values read with limits, in pieces where a file holds many, and no surprise raised."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from console.intake.source import MAX_RECORD
from console.intake.text import repaired

_PIECE = 256 * 1024
_BLANKS = re.compile(r"[ \t\r\n]*+")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:]|[^\s{}\[\]:,"]+', re.DOTALL)


class BadJsonError(ValueError):
    """What is not JSON that we take; its text is the sentence."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Give an object; one with the same key twice says two things at once."""
    made = dict(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise BadJsonError(f"The key '{twice[:40]}' stands there twice; keep one.")
    return made


def _constant(word: str) -> NoReturn:
    """Refuse NaN and the infinities, which are no JSON."""
    raise BadJsonError(f"{word} is not a JSON number; leave the key out.")


_SHAPE = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
_LENIENT = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, strict=False)


def json_value(text: str) -> object:
    """Give the one value a text holds. Raises BadJsonError with a sentence, and nothing else."""
    try:
        return _LENIENT.decode(text)
    except Exception as error:  # noqa: BLE001 - the decoder raises ValueError, RecursionError, MemoryError and its own
        raise _why(error) from None


def _why(error: Exception) -> BadJsonError:
    """Give the sentence for what the decoder ran into."""
    if isinstance(error, BadJsonError):
        return error
    if isinstance(error, json.JSONDecodeError):
        return BadJsonError(f"This is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.")
    if isinstance(error, RecursionError):
        return BadJsonError("This JSON is nested too deeply to read.")
    return BadJsonError("This JSON holds a number that is too long to read.")


class Documents:
    """The values of a text that holds JSON documents one after another; an array stands for its elements.

    Read in pieces, so that memory does not grow with the file. What cannot be read comes as a BadJsonError in its
    place; where the end of it cannot be found either, it is the last.
    """

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.raw = ""
        self._text = text
        self._lost = False
        self._held = ""
        self._at = 0
        self._ended = False
        self._piece = _PIECE

    def __iter__(self) -> Iterator[object]:
        in_array = self._next_mark() == "["
        self._at += in_array
        while mark := self._next_mark():
            if mark == "]" and in_array:
                return
            if mark == ",":
                self._at += 1
                continue
            value = self._value()
            yield value
            if isinstance(value, BadJsonError) and self._lost:
                return
        if in_array:
            yield BadJsonError("The array is not closed: the file breaks off here.")

    def _next_mark(self) -> str:
        """Move to the next character that is no blank and give it; empty at the end."""
        while True:
            blanks = _BLANKS.match(self._held, self._at)
            self._at = blanks.end() if blanks else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Take in the next piece, each larger than the last while one value goes on."""
        piece = "" if self._ended else repaired(self._text.read(self._piece))[0]
        self._ended = not piece
        self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)

    def _value(self) -> object:
        """Read the value that starts here; where its end cannot be found, nothing after it can be read either."""
        while True:
            value, end = self._decoded()
            if end is not None and (end < len(self._held) or self._ended):
                self.raw = self._held[self._at : end]
                self._at, self._piece = end, _PIECE
                return value
            self._lost = len(self._held) - self._at > MAX_RECORD or self._ended
            if self._lost:
                self.raw = self._held[self._at : self._at + _PIECE]
                return BadJsonError(f"{value if self._ended else 'It is too long.'} What follows it was not read.")
            self._piece *= 2
            self._more()

    def _decoded(self) -> tuple[object, int | None]:
        """Give the value and where it ends, as far as can be told from what is held."""
        try:
            return _LENIENT.raw_decode(self._held, self._at)
        except Exception as error:  # noqa: BLE001 - as in json_value
            return _why(error), self._end()

    def _end(self) -> int | None:
        """Find where a value ends whose content we do not take; None where even its shape is broken or goes on."""
        try:
            return int(_SHAPE.raw_decode(self._held, self._at)[1])
        except Exception:  # noqa: BLE001 - as in json_value
            return None


def first_keys(text: str) -> set[str]:
    """Give the keys of the first object in the beginning of a JSON text, which may break off anywhere."""
    keys: set[str] = set()
    depth, held = 0, ""
    for found in _TOKEN.finditer(text):
        mark = found[0]
        if mark == "[" and depth == 0:
            continue
        if mark in "{[":
            depth += 1
        elif mark in "}]":
            depth -= 1
            if depth <= 0:
                break
        elif mark == ":" and depth == 1:
            keys.add(held)
        elif depth == 0:
            break
        held = mark.strip('"')
    return keys
