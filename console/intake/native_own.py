"""What `export` wrote under its own key: facts that only this program knows of a case, read back as they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from console.domain.arrival import Arrival, Own
from console.domain.case import CaseId, Severity, SeverityFrom
from console.domain.checklist import FACTORS, WORST
from console.domain.chronicle import from_words, seal
from console.domain.events import Event
from console.intake.native_fields import BadValueError
from console.intake.text import MAX_SHORT, one_line

_DERIVABLE = frozenset({"title", "requester", "channel", "category", "stops", "severity", "affected", "urgency"})
"""The fields that intake derives, or a mail or a ticket concludes."""
_MOST = 1000
_PLAIN = "Export it anew, or take the key triage out to take it in as any other case."
_LARGEST = 2**62


def own_facts(arrival: Arrival, record: Mapping[str, Any]) -> Arrival:
    """Give the arrival with what stands under the key `triage`; one without such an object stays as it is.

    Raises BadValueError for what `export` does not write.
    """
    value = record.get("triage")
    if not isinstance(value, dict):
        return arrival
    own = Own(
        number=_number(value.get("id"), "id", 1, _LARGEST),
        severity=_word(value, "severity", [severity.name for severity in Severity]),
        severity_from=_word(value, "severity_from", [each.value for each in SeverityFrom]),
        answers=_answers(value.get("answers")),
        circle=_words(value, "circle"),
        subjects=_words(value, "subjects"),
        has_source=bool(record.get("source")),
        has_ref=bool(record.get("ref")),
        history=_history(record, value),
    )
    return replace(
        arrival, own=own, stops=_words(value, "stops"), derived=frozenset(_words(value, "derived")) & _DERIVABLE,
        confidential=value.get("confidential") is True,
    )  # fmt: skip


def _answers(value: object) -> tuple[int | None, ...]:
    """Read the answers by factor."""
    if value is None:
        return ()
    if not isinstance(value, dict):
        raise _wrong("answers", "an object of the four factors")
    return tuple(_number(value.get(factor.value), f"answers {factor.value}", 0, WORST) for factor in FACTORS)


def _history(record: Mapping[str, Any], value: Mapping[str, Any]) -> tuple[Event, ...]:
    """Read the history, where there is one; then everything has to be as it was written."""
    words = value.get("history")
    if words is None:
        return ()
    number = _number(value.get("id"), "id", 1, _LARGEST)
    if not isinstance(words, list) or number is None:
        raise _wrong("history", "a list of events, with the case's id")
    try:
        history = from_words(words, CaseId(number))
    except ValueError as error:
        raise BadValueError(f"triage: {error}. {_PLAIN}") from None
    if value.get("seal") != seal(record):
        raise BadValueError(f"triage: the case is not what was written: its seal is another. {_PLAIN}")
    return history


def _number(value: object, name: str, low: int, high: int) -> int | None:
    """Read a whole number between two bounds, or none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _wrong(name, f"a whole number of at least {low}" if high > WORST else f"a number from {low} to {high}")
    return value


def _word(value: Mapping[str, Any], name: str, words: list[str]) -> str:
    """Read one word out of a few, or none."""
    said = value.get(name)
    if said is not None and said not in words:
        raise _wrong(name, ", ".join(words))
    return said or ""


def _words(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Read a list of short texts, or none."""
    said = value.get(name) or []
    is_list = isinstance(said, list) and len(said) <= _MOST
    if not is_list or not all(isinstance(word, str) and len(word) <= MAX_SHORT for word in said):
        raise _wrong(name, "a list of short texts")
    return tuple(dict.fromkeys(one_line(word) for word in said if word.strip()))


def _wrong(name: str, fits: str) -> BadValueError:
    return BadValueError(f"triage: {name} takes {fits}; it is written by `triage export` and not by hand.")
