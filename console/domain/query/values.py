"""Values of a query: numbers, severities, ages such as `3h`, times such as `2026-12-01T14:00`, people, flags."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from console.domain.case import Severity
from console.domain.query.fields import Field, Kind, near
from console.domain.query.tree import Stretch, Value, Who

UNITS: Mapping[str, timedelta] = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
AGE = re.compile(r"([0-9]{1,6})(min|h|d|w)", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
TIMES: Mapping[str, timedelta] = {
    "%Y-%m-%d": timedelta(days=1),
    "%Y-%m-%dT%H:%M": timedelta(minutes=1),
    "%Y-%m-%dT%H:%M:%S": timedelta(seconds=1),
}
"""The ways a time may be written, each with how long it lasts."""

LATEST = datetime.max.replace(tzinfo=UTC)
LONGEST = timedelta(weeks=5_200)
"""A hundred years: the longest age that can be asked for."""


NEVER_NONE = frozenset({Kind.FLAG, Kind.SEVERITY, Kind.HAS, Kind.ADVICE, Kind.VIEW})
"""Kinds of which no case has none."""

MINE = frozenset({"tier", "team"})
"""Columns of which the person who asks has their own."""


class UnreadableError(ValueError):
    """A value that its field does not take; the text says what it does take."""


def read(field: Field, text: str, *, is_quoted: bool) -> Value:
    """Read a field's value. UnreadableError: what the field does not take, with the nearest word."""
    if text == Who.NONE and not is_quoted and field.kind not in NEVER_NONE:
        return Who.NONE
    if text == Who.MINE and not is_quoted and field.column in MINE:
        return Who.MINE
    if field.words:
        return _one_of(text, field.words)
    return READERS.get(field.kind, _text)(text)


def _text(text: str) -> Value:
    return text


def _one_of(text: str, words: tuple[str, ...]) -> str:
    if text.lower() in words:
        return text.lower()
    raise UnreadableError(near(text, words) or f"it is one of {', '.join(words)}.")


def _number(text: str) -> Value:
    if not NUMBER.fullmatch(text):
        raise UnreadableError("a whole number belongs there, such as 50.")
    return int(text)


def _severity(text: str) -> Value:
    known = tuple(severity.name for severity in Severity)
    if text.upper() not in known:
        raise UnreadableError(near(text, known))
    return int(Severity[text.upper()])


def _flag(text: str) -> Value:
    return int(_one_of(text, ("yes", "no")) == "yes")


def _person(text: str) -> Value:
    return Who.ME if text == Who.ME else text


def _time(text: str) -> Value:
    """Read an age or a length of time, or a time in UTC."""
    age = AGE.fullmatch(text)
    if age:
        span = int(age[1]) * UNITS[age[2]]
        if span > LONGEST:
            raise UnreadableError("that is longer than a hundred years.")
        return span
    for written, lasts in TIMES.items():
        try:
            start = datetime.strptime(text.removesuffix("Z"), written).replace(tzinfo=UTC)
        except ValueError:
            continue
        return Stretch(start, start + min(lasts, LATEST - start))
    raise UnreadableError("write an age such as 15min, 3h, 2d or 1w, or a time such as 2026-12-01 or 2026-12-01T14:00.")


READERS: Mapping[Kind, Callable[[str], Value]] = {
    Kind.NUMBER: _number,
    Kind.SEVERITY: _severity,
    Kind.FLAG: _flag,
    Kind.PERSON: _person,
    Kind.SENT: _person,
    Kind.AGE: _time,
    Kind.AHEAD: _time,
}
