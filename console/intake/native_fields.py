"""The native case: its fields, how each is read, and a reference for those that bring none."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Message
from console.domain.case import Status
from console.intake.moments import moment
from console.intake.text import MAX_SHORT, capped, cleaned, one_line, titled

_WINDOW = 100_000
_MOST_AFFECTED = 2_000_000_000
_MOST_TIERS = 99
_SAID = 40


class BadValueError(ValueError):
    """A value that a field cannot take; its text is the sentence that says which and what fits."""


def fault(field: str, value: str, fits: str) -> BadValueError:
    """Give the fault for this value, shown in part."""
    said = one_line(value[: 4 * _SAID])
    said = said if len(said) <= _SAID else said[: _SAID - 1] + "…"
    return BadValueError(f"{field} is '{said}', but takes {fits}.")


def _short(field: str, value: str) -> str:
    """Read a short text."""
    if len(value) > MAX_SHORT:
        raise BadValueError(
            f"{field} has {len(value):,} characters, but takes at most {MAX_SHORT:,}; put the text into body."
        )
    return one_line(value)


def _long(_: str, value: str) -> str:
    """Read a long text."""
    return capped(value)


def _number(low: int, high: int, fits: str) -> Callable[[str, str], int | None]:
    """Give a reader of whole numbers between two bounds."""

    def number(field: str, value: str) -> int | None:
        digits = value.strip()
        if not digits:
            return None
        if len(digits) > _SAID or not digits.isascii() or not digits.isdigit() or not low <= int(digits) <= high:
            raise fault(field, value, fits)
        return int(digits)

    return number


def _time(field: str, value: str) -> datetime | None:
    """Read a time."""
    if not value.strip():
        return None
    try:
        return moment(value)
    except ValueError:
        raise fault(field, value, "an ISO 8601 time such as 2026-03-01T09:30:00Z") from None


def _word(words: tuple[str, ...], change: Callable[[str], str], fits: str) -> Callable[[str, str], str]:
    """Give a reader of one word out of a few."""

    def word(field: str, value: str) -> str:
        said = change(value.strip())
        if said and said not in words:
            raise fault(field, value, fits)
        return said

    return word


def _tags(_: str, value: str) -> tuple[str, ...]:
    """Read tags separated by `;`, each once."""
    return tags(value.split(";"))


def tags(words: list[str]) -> tuple[str, ...]:
    """Give each tag once, in order."""
    return tuple(dict.fromkeys(tag for word in words if (tag := _short("tags", word))))


_STATUSES = tuple(status.value for status in Status)
_GRADE = _number(1, 4, "1 (highest) to 4")
_READERS: dict[str, Callable[[str, str], object]] = {
    "source": _short,
    "ref": _short,
    "title": _long,
    "body": _long,
    "requester": _short,
    "organisation": _short,
    "category": _short,
    "item": _short,
    "channel": _short,
    "impact": _GRADE,
    "urgency": _GRADE,
    "severity": _word(("S1", "S2", "S3", "S4"), str.upper, "S1 to S4"),
    "affected": _number(0, _MOST_AFFECTED, f"a whole number from 0 to {_MOST_AFFECTED:,}"),
    "created": _time,
    "updated": _time,
    "status": _word(_STATUSES, str.lower, ", ".join(_STATUSES)),
    "tier": _number(1, _MOST_TIERS, "the number of a tier, 1 or more"),
    "team": _short,
    "owner": _short,
    "handler": _short,
    "waiting_for": _short,
    "due": _time,
    "resolution": _long,
    "tags": _tags,
}
FIELDS: tuple[str, ...] = tuple(_READERS)
"""Every field of the native case, in the documented order."""


def value_of(field: str, text: str, called: str = "") -> Any:  # noqa: ANN401 - what the field takes
    """Read one field, which may be called otherwise. Raises BadValueError for what it cannot take."""
    return _READERS[field](called or field, text)


HISTORY = frozenset({"case", "time", "event"})
"""The fields by which a table of events is known; it has titles too, but its rows are no cases."""


def field_name(heading: str) -> str:
    """Give the field a heading stands for: case, blanks and hyphens do not matter."""
    return "_".join(heading.replace("-", " ").lower().split())


class References:
    """References for records that bring none: a hash of what they say, numbered where it is said again.

    The same file gives the same references every time. Repeats are counted over the last 100,000 to 200,000 records,
    so that memory stays constant; an exact repeat farther apart counts as the same case.
    """

    def __init__(self) -> None:
        self._recent: dict[bytes, int] = {}
        self._before: dict[bytes, int] = {}

    def of(self, texts: Mapping[str, str]) -> str:
        """Give the reference of a record from its texts."""
        said = "\x1f".join([f"{field}={texts[field]}" for field in FIELDS if texts.get(field)])
        mark = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=10)
        key = mark.digest()
        times = self._recent.get(key, self._before.get(key, 0)) + 1
        if len(self._recent) >= _WINDOW:
            self._before, self._recent = self._recent, {}
        self._recent[key] = times
        return f"content-{mark.hexdigest()}" if times == 1 else f"content-{mark.hexdigest()}-{times}"


def native_arrival(
    texts: Mapping[str, str], source: str, references: References, messages: tuple[Message, ...] = ()
) -> Arrival:
    """Give the arrival that a record's texts describe. Raises BadValueError for the first that does not fit."""
    title, body = titled(texts.get("title", ""), texts.get("body", ""))
    if not title:
        raise BadValueError("title is empty; every case needs one.")
    facts: dict[str, Any] = {"title": title, "body": body}
    for field, value in texts.items():
        if value and field not in facts:
            facts[field] = _READERS[field](field, value)
    if not facts.get("source"):
        facts["source"] = source
    if not facts.get("ref"):
        facts["ref"] = references.of(texts)
    return Arrival(**facts, messages=messages)


def raw_text(record: str) -> str:
    """Give a record's own text for the rejects file."""
    return cleaned(record).rstrip("\n")
