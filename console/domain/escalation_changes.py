"""What an act changed of an escalation, field by field, as the event tells it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from console.domain.brief import Brief, to_words
from console.domain.changes import plain
from console.domain.escalation import Escalation
from console.domain.events import Plain
from console.domain.matrix import Target


def escalation_changes(before: Escalation | None, after: Escalation) -> dict[str, tuple[Plain, Plain]]:
    """Give the fields of an escalation that differ, written `escalation.7.state`."""
    told: dict[str, tuple[Plain, Plain]] = {}
    for each in fields(Escalation):
        if each.name in {"id", "case"}:
            continue
        old = None if before is None else _written(getattr(before, each.name))
        new = _written(getattr(after, each.name))
        if old != new and not (before is None and new in (None, "", [])):
            told[f"escalation.{after.id}.{each.name}"] = (old, new)
    return told


def _written(value: Any) -> Plain:  # noqa: ANN401 - any field of an escalation
    if isinstance(value, Target):
        return str(value)
    if isinstance(value, Brief):
        words: Any = to_words(value)
        return words if any(words.values()) else ""
    if isinstance(value, tuple):
        return [each if isinstance(each, str) else [str(each[0]), each[1]] for each in value]
    return plain(value)
