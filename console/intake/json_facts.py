"""Facts out of JSON records, whatever stands where a fact should be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from console.intake.moments import moment
from console.intake.native_fields import BadValueError, fault
from console.intake.text import shortened

_MILLISECONDS = 100_000_000_000
_NAMES = ("display_value", "displayName", "name", "value", "email", "id")


def mapping(value: object) -> dict[str, Any]:
    """Give a JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def word(value: object) -> str:
    """Give a short text, a number as its digits, an object by its name; nothing for anything else."""
    if isinstance(value, Mapping):
        return next((said for key in _NAMES if (said := word(value.get(key)))), "")
    if isinstance(value, str):
        return shortened(value)
    return str(value)[:40] if isinstance(value, int | float) and not isinstance(value, bool) else ""


def passage(value: object) -> str:
    """Give a long text; nothing for anything else."""
    return value if isinstance(value, str) else ""


def words(value: object) -> tuple[str, ...]:
    """Give each short text of a list once."""
    listed = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(said for each in listed[:1000] if (said := word(each))))


def instant(record: Mapping[str, Any], *keys: str) -> datetime | None:
    """Give the first of these times that is there, ISO 8601 or counted since 1970. Raises BadValueError."""
    for key in keys:
        said = record.get(key)
        if isinstance(said, bool) or said is None or said == "":
            continue
        try:
            return _instant(said)
        except (ValueError, OverflowError, OSError):
            raise fault(key, str(said)[:200], "an ISO 8601 time") from None
    return None


def _instant(said: object) -> datetime:
    if isinstance(said, str):
        return moment(said)
    if isinstance(said, int | float):
        return datetime.fromtimestamp(said / 1000 if abs(said) > _MILLISECONDS else said, UTC)
    raise ValueError


def needed(record: Mapping[str, Any], key: str, what: str) -> str:
    """Give a short text that a record must have. Raises BadValueError where it does not."""
    said = word(record.get(key))
    if not said:
        raise BadValueError(f"This is not {what}: it has no {key}.")
    return said
