"""XML as it comes in: the records of a document one by one, in constant memory, and nothing in it is ever fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from console.intake.json_members import Member
from console.intake.json_reading import BadJsonError
from console.intake.source import MAX_RECORD, Feed, Head

_PIECE = 256 * 1024
_DEEPEST = 50
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def is_xml(head: Head) -> bool:
    """Say whether a file begins as XML does."""
    return head.text.lstrip().startswith("<")


def records(feed: Feed, is_record: Callable[[Element, int], bool]) -> Iterator[Member]:
    """Give each element that is a record, under its name; an element is asked with how deep it stands.

    A document that declares entities is not read: they could make it a thousand times as long. What is broken ends it,
    with what is wrong in its place.
    """
    try:
        yield from _Open(is_record).records(feed)
    except ParseError as error:
        line, column = error.position
        yield "", BadJsonError(f"This is not XML: it cannot be read at line {line}, column {column + 1}.")
    except (LookupError, ValueError):
        yield "", BadJsonError("This XML names an encoding that is not known; export it as UTF-8.")


class _Open:
    """The elements that are open, and the record among them."""

    def __init__(self, is_record: Callable[[Element, int], bool]) -> None:
        self._is_record = is_record
        self._open: list[Element] = []
        self._found: Element | None = None
        self._held = 0

    def records(self, feed: Feed) -> Iterator[Member]:
        """Give the records. Raises what the parser does."""
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        before = b""
        while piece := feed.stream.read(_PIECE):
            if _DECLARES.search(before + piece):
                yield "", BadJsonError("This XML declares a type or entities of its own; export it without them.")
                return
            before, self._held = piece[-20:], self._held + len(piece)
            parser.feed(piece)
            for event in parser.read_events():
                element = event[1] if len(event) > 1 else None
                if isinstance(element, Element):
                    yield from self._started(element) if event[0] == "start" else self._ended(element)
                if len(self._open) > _DEEPEST:
                    yield "", BadJsonError(f"This XML is nested more than {_DEEPEST} levels deep.")
                    return
            if self._held > MAX_RECORD:
                yield "", BadJsonError(f"A record is longer than {MAX_RECORD:,} characters.")
                return
        parser.close()

    def _started(self, element: Element) -> Iterator[Member]:
        """Note an element that opens; it holds nothing yet."""
        if self._found is None and self._is_record(element, len(self._open)):
            self._found = element
        self._open.append(element)
        yield from ()

    def _ended(self, element: Element) -> Iterator[Member]:
        """Give a record that is whole, and let go of it and of all that is none."""
        self._open.pop()
        if element is self._found:
            yield element.tag, element
        if element is self._found or self._found is None:
            self._found, self._held = None, 0
            element.clear()
            if self._open:
                self._open[-1].remove(element)


def text_of(element: Element, name: str) -> str:
    """Give the text of an element inside another, or nothing."""
    found = element.find(name)
    return "" if found is None else "".join(found.itertext()).strip()
