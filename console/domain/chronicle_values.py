"""What the fields of a case and of an escalation can hold in a history that comes in from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from console.domain.brief import from_words
from console.domain.case import Choice, Severity, SeverityFrom, Status
from console.domain.changes import FIELDS
from console.domain.checklist import FACTORS, WORST
from console.domain.errors import Refused
from console.domain.escalation import Kind, State
from console.domain.matrix import target

MOST, LARGEST, DEEPEST = 2_000_000_000, 2**62, 8
FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST_ID = 19
"""Digits of the largest id."""


def fits(name: str, value: object) -> bool:
    """Say whether a changed field can hold this value; None stands for its empty one."""
    try:
        must_be_plain(value)
    except ValueError:
        return False
    if name.startswith("escalation."):
        _, number, field = [*name.split(".", 2), "", ""][:3]
        is_id = number.isascii() and number.isdecimal() and len(number) <= LONGEST_ID and field in ESCALATION
        return is_id and (value is None or ESCALATION[field](value))
    return name in FIELDS and (value is None or CASE.get(name, _is_text)(value))


def must_be_plain(value: object, depth: int = 0) -> None:
    """Raise ValueError for what JSON cannot hold here: fractions, half characters, too many levels, large numbers."""
    if isinstance(value, str):
        value.encode()  # half characters raise UnicodeEncodeError, which is a ValueError
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            message = "a number that is too large"
            raise ValueError(message)
    elif isinstance(value, list | dict) and depth < DEEPEST:
        for each in [*value, *value.values()] if isinstance(value, dict) else value:
            must_be_plain(each, depth + 1)
    else:
        message = "what is neither text nor number"
        raise ValueError(message)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def is_time(value: object) -> bool:
    """Say whether this is a time with its zone, in years in which there are calendars."""
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return at is not None and at.tzinfo is not None and FIRST_YEAR <= at.year <= LAST_YEAR


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and each and ";" not in each for each in value)


def _are_answers(value: object) -> bool:
    every = value if isinstance(value, list) else []
    return len(every) == len(FACTORS) and all(each is None or _number(0, WORST)(each) for each in every)


def _number(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _one_of(*words: str) -> Callable[[object], bool]:
    return lambda value: value in words


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_target(value: object) -> bool:
    try:
        return isinstance(value, str) and target(value).tier <= MOST
    except ValueError:
        return False


def _are_skipped(value: object) -> bool:
    every = value if isinstance(value, list) else [None]
    return all(
        isinstance(each, list) and [type(part) for part in each] == [str, str] and _is_target(each[0]) for each in every
    )


def _is_brief(value: object) -> bool:
    try:
        if not isinstance(value, dict):
            return value == ""
        return from_words(value) is not None and (value.get("decide_by") is None or is_time(value["decide_by"]))
    except Refused:
        return False


_COUNT, _GRADE, _ID = _number(0, MOST), _number(1, len(Severity)), _number(1, LARGEST)
CASE: Mapping[str, Callable[[object], bool]] = {
    **dict.fromkeys(("affected", "tier", "attempts", "tried_below", "manager_asks", "reopened"), _COUNT),
    **dict.fromkeys(("impact", "urgency"), _GRADE),
    **dict.fromkeys(("duplicate_of", "action_of", "escalation"), _ID),
    **dict.fromkeys(("tags", "derived", "stops", "articles", "circle", "named", "subjects"), _are_texts),
    **dict.fromkeys(("due", "resume_at", "promised_at", "returned_at", "created"), is_time),
    "answers": _are_answers,
    "confidential": _is_flag,
    "severity": _one_of(*(each.name for each in Severity)),
    "severity_from": _one_of(*(each.value for each in SeverityFrom)),
    "status": _one_of(*(each.value for each in Status)),
    "decision": _one_of(*(each.value for each in Choice)),
}
"""What fields of a case hold; those that are not named hold text."""
ESCALATION: Mapping[str, Callable[[object], bool]] = {
    "kind": _one_of(*(each.value for each in Kind)),
    "state": _one_of(*(each.value for each in State)),
    **dict.fromkeys(
        ("by", "from_team", "from_handler", "incomplete", "question", "answered_by", "reason", "reason_text", "outcome",
         "policy"), _is_text
    ),
    "from_tier": _COUNT,
    "target": _is_target,
    "skipped": _are_skipped,
    "brief": _is_brief,
    "acknowledged": _are_texts,
    **dict.fromkeys(("sent_at", "answered_at", "closed_at"), is_time),
    "previous": _ID,
}  # fmt: skip
"""What fields of an escalation hold."""
