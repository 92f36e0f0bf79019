"""Native JSON: one case a line, or whole JSON documents (an array of cases, or one case spread over lines)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.arrival import Arrival, Message, Reject, Voice
from console.intake.json_reading import BadJsonError, Documents, first_keys, json_value
from console.intake.moments import moment
from console.intake.native_fields import (
    FIELDS,
    HISTORY,
    BadValueError,
    References,
    fault,
    native_arrival,
    raw_text,
    tags,
)
from console.intake.native_own import own_facts
from console.intake.source import MAX_RECORD, Feed, Head
from console.intake.text import NOT_UTF8, capped, one_line, repaired, shortened

_LOOKED_AT = 20
_PIECE = 1024 * 1024
_MOST_MESSAGES = 100_000
_QUIET = "triage"
_KINDS = {bool: "true or false", list: "a list", dict: "an object"}


class NativeJsonLines:
    """Cases as JSON objects whose keys are the native fields; what `export` writes is read back."""

    format = "native-jsonl"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object, or one of the first lines, has a title and is no event of a history."""
        begins = [head.text, *(line for line in head.lines[:_LOOKED_AT] if line.startswith("{"))]
        if not begins[0].lstrip().startswith(("{", "[")):
            del begins[0]
        return any("title" in keys and not keys >= HISTORY for keys in map(first_keys, begins))

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read object by object; a line that is no object is a reject."""
        text = io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline="\n")
        if _is_lines(feed.head):
            return _from_lines(text, feed)
        return _from_documents(Documents(text), feed)


def _is_lines(head: Head) -> bool:
    """Say whether each line is an object: one is, or it is longer than the beginning."""
    if head.text.lstrip().startswith("["):
        return False
    whole = any(line.startswith("{") and line.rstrip().endswith("}") for line in head.lines)
    return whole or "\n" not in head.text or not head.text.lstrip().startswith("{")


def _from_lines(text: io.TextIOWrapper, feed: Feed) -> Iterator[Arrival | Reject]:
    """Give one item for each line that is not blank."""
    references, number = References(), 0
    while line := text.readline(MAX_RECORD + 1):
        number += 1
        if len(line) > MAX_RECORD:
            yield Reject("line", number, f"The line is longer than {MAX_RECORD:,} characters.", line[:1000])
            while line and not line.endswith("\n"):
                line = text.readline(_PIECE)
            continue
        line, count = repaired(line)
        if count:
            feed.warn(NOT_UTF8)
        if line.strip():
            try:
                yield _arrival(json_value(line), references, feed)
            except (BadJsonError, BadValueError) as error:
                yield Reject("line", number, str(error), raw_text(line))


def _from_documents(documents: Documents, feed: Feed) -> Iterator[Arrival | Reject]:
    """Give one item for each value of the documents."""
    references = References()
    for number, value in enumerate(documents, 1):
        try:
            if isinstance(value, BadJsonError):
                raise value
            yield _arrival(value, references, feed)
        except (BadJsonError, BadValueError) as error:
            yield Reject("item", number, str(error), raw_text(documents.raw))


def _arrival(value: object, references: References, feed: Feed) -> Arrival:
    """Give the arrival that a JSON value describes."""
    if not isinstance(value, dict):
        raise BadValueError("This is not a JSON object with a title.")
    texts = {field: _text(field, value[field]) for field in FIELDS if value.get(field) is not None and field != "tags"}
    words = value.get("tags")
    if words is not None:
        texts["tags"] = _tags(words)
    unknown = (
        [] if _QUIET in value else [key for key in value if key not in FIELDS and key not in {"messages", "notes"}]
    )
    if unknown:
        _warn_unknown(unknown, feed)
    arrival = native_arrival(texts, "jsonl", references, _messages(value))
    return own_facts(arrival, value)


def _warn_unknown(keys: list[str], feed: Feed) -> None:
    """Name the keys that are not read, once for the file."""
    if not any(sentence.startswith("Keys that are not read") for sentence in feed.warnings):
        feed.warn(f"Keys that are not read: {', '.join(shortened(key, 60) for key in keys[:10])}.")


def _text(field: str, value: object) -> str:
    """Give a JSON value as the text a table would hold."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValueError(f"{field} is {_KINDS.get(type(value), 'no text')}, but takes a text or a number.")
    return str(value)


def _tags(value: object) -> str:
    """Give tags, a list of texts or one text, as a table would hold them."""
    if isinstance(value, list):
        return ";".join(tags([_text("tags", word).replace(";", ",") for word in value if word is not None]))
    return _text("tags", value)


def _messages(value: Mapping[str, Any]) -> tuple[Message, ...]:
    """Give the messages of a record: `messages`, or the `notes` of an exported case."""
    listed = value.get("messages", value.get("notes") if _QUIET in value else None)
    if listed is None:
        return ()
    if not isinstance(listed, list) or len(listed) > _MOST_MESSAGES:
        raise BadValueError(f"messages takes a list of at most {_MOST_MESSAGES:,} objects with by, at and text.")
    return tuple(_message(item, number) for number, item in enumerate(listed, 1))


def _message(item: object, number: int) -> Message:
    """Give one message."""
    if not isinstance(item, dict):
        raise BadValueError(f"messages: number {number} is not an object with by, at and text.")
    said = {
        key: _text(f"messages {number} {key}", item[key])
        for key in ("by", "at", "text", "ref")
        if item.get(key) is not None
    }
    voice = item.get("voice", item.get("kind", Voice.INTERNAL.value))
    if voice not in tuple(Voice):
        voice = Voice.INTERNAL
    try:
        at = moment(said.get("at", ""))
    except ValueError:
        raise fault(f"messages {number} at", said.get("at", ""), "an ISO 8601 time") from None
    return Message(
        by=shortened(said.get("by", "")), at=at, text=capped(said.get("text", "")), voice=Voice(voice),
        ref=one_line(said.get("ref", ""))[:1000],
    )  # fmt: skip
