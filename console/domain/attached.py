"""Attachments of a case as its history tells of them; an event of any shape is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from console.domain.case import CaseId
from console.domain.envelope import Attached
from console.domain.events import Event

NAME = re.compile(r"[0-9a-f]{64}")
"""The name that bytes are kept under: their digest."""


class Numbered(NamedTuple):
    """One attachment of a case: by which number it is called there, when it came, and what is told of it."""

    case: CaseId
    number: int
    at: datetime
    attached: Attached


def attached(history: Iterable[Event]) -> tuple[Numbered, ...]:
    """Give the attachments that a history tells of, in the order in which they came."""
    found = [(event, each) for event in history for each in attachments_in(event.detail.get("attached"))]
    return tuple(Numbered(event.case, number, event.at, each) for number, (event, each) in enumerate(found, 1))


def attachments_in(told: object) -> Iterator[Attached]:
    """Give what an event tells of attachments; one of another shape tells of none."""
    for each in told if isinstance(told, list) else ():
        said = each if isinstance(each, dict) else {}
        texts = {name: said.get(name, "") for name in ("name", "kind", "sha256", "kept", "why")}
        size, kept = said.get("size"), texts["kept"]
        if type(size) is not int or not all(isinstance(text, str) for text in texts.values()):
            continue
        if not kept or NAME.fullmatch(kept):
            yield Attached(size=size, **texts)
