"""JSON documents taken apart as they come: the lists that hold records element by element, the rest as one object."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator

from console.domain.arrival import Arrival, Reject
from console.intake.json_reading import BadJsonError, Documents
from console.intake.native_fields import BadValueError
from console.intake.source import MAX_RECORD, Feed
from console.intake.text import one_line

Member = tuple[str, object]
"""The key of the list that a record stood in, or empty, and the record."""
_BROKEN = "This is not JSON: the object breaks off here."
_RAW = 1000


class Members(Documents):
    """The records of JSON documents, in pieces, so that memory does not grow with the file.

    In an object at the top, each list under one of `lists` is given element by element; the other keys follow as one
    object under an empty key, in which those lists are empty; `rest` is what of it has been read so far. Whatever else
    stands at the top is given as it is.
    """

    def __init__(self, text: io.TextIOWrapper, lists: frozenset[str]) -> None:
        super().__init__(text)
        self.rest: dict[str, object] = {}
        self._lists = lists

    def __iter__(self) -> Iterator[Member]:
        while (mark := self._next_mark()) and not self._lost:
            if mark == ",":
                self._at += 1
            elif mark == "{":
                yield from self._object()
            elif mark == "[":
                yield from self._array("")
            else:
                yield "", self._value()

    def _object(self) -> Iterator[Member]:
        """Give the members of the object that starts here."""
        self._at += 1
        rest = self.rest = {}
        fault: BadJsonError | None = None
        size = 0
        while (mark := self._next_mark()) != "}":
            if mark == ",":
                self._at += 1
                continue
            key = self._key(mark)
            starts_list = self._next_mark() == "["
            value: object = []
            if key in self._lists and starts_list:
                yield from self._array(key)
                if self._lost:
                    return
            else:
                value = self._value() if key is not None else None
                size += len(self.raw)
            if key is None or self._lost:
                self._lost = True
                yield "", value if isinstance(value, BadJsonError) else BadJsonError(_BROKEN)
                return
            fault = fault or self._fault(key, value, rest, size)
            if fault is None:
                rest[key] = value
        self._at += 1
        yield "", fault or rest

    def _key(self, mark: str) -> str | None:
        """Read the key that starts here and move behind its colon; None where there is none."""
        key = self._value() if mark == '"' else None
        if not isinstance(key, str) or self._next_mark() != ":":
            return None
        self._at += 1
        return key

    def _fault(self, key: str, value: object, rest: dict[str, object], size: int) -> BadJsonError | None:
        """Say what is wrong with a member, or nothing."""
        if isinstance(value, BadJsonError):
            return value
        if key in rest:
            return BadJsonError(f"The key '{one_line(key[:40])}' stands there twice; keep one.")
        return BadJsonError(f"The object is longer than {MAX_RECORD:,} characters.") if size > MAX_RECORD else None

    def _array(self, key: str) -> Iterator[Member]:
        """Give the elements of the array that starts here."""
        self._at += 1
        while (mark := self._next_mark()) != "]":
            if mark == ",":
                self._at += 1
                continue
            if mark:
                yield key, self._value()
            else:
                self._lost = True
                yield "", BadJsonError("The array is not closed: the file breaks off here.")
            if self._lost:
                return
        self._at += 1


def weight(value: object) -> int:
    """Give about how much memory a value takes, in characters."""
    total, stack = 0, [value]
    while stack:
        each = stack.pop()
        total += 50 + (len(each) if isinstance(each, str) else 0)
        if isinstance(each, dict):
            stack.extend(each.values())
        elif isinstance(each, list):
            stack.extend(each)
    return total


def members(feed: Feed, *lists: str) -> Iterator[Member]:
    """Give the records of a feed."""
    text = io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline="\n")
    return iter(Members(text, frozenset(lists)))


def arrivals_of(records: Iterator[Member], make: Callable[[Member], Arrival | None]) -> Iterator[Arrival | Reject]:
    """Give each record as an arrival, or as a reject with its place; what makes none is passed over."""
    for number, (key, value) in enumerate(records, 1):
        try:
            if isinstance(value, BadJsonError):
                raise BadValueError(str(value))  # noqa: TRY301 - one way out for every bad record
            arrival = make((key, value))
        except BadValueError as error:
            yield Reject("item", number, str(error), _raw(value))
        else:
            if arrival is not None:
                yield arrival


def _raw(value: object) -> str:
    """Give the beginning of a record for the rejects file."""
    if isinstance(value, BadJsonError):
        return ""
    shown = value if not isinstance(value, dict) else {key: value[key] for key in list(value)[:20]}
    try:
        return one_line(json.dumps(shown, default=str)[:_RAW])
    except (ValueError, RecursionError):
        return ""
