"""Mails that come to a desk, and what its cases hold of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from console.desk import taking
from console.desk.desk import Desk
from console.desk.taking import Taken
from console.domain import timeline
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.envelope import Envelope
from tests.builders import MORNING
from tests.desk.givens import ADA, stored

KIM = "Kim <kim@x>"


def a_mail(ref: str, *, hours: float = 0, **facts: Any) -> Arrival:  # noqa: ANN401 - any field of an arrival
    """Give a mail of Kim's, so many hours after the morning."""
    given: dict[str, Any] = {
        "title": "It is down", "source": "mail", "ref": ref, "body": f"I am {ref}", "requester": KIM,
        "created": MORNING + timedelta(hours=hours), "envelope": Envelope(), "derived": frozenset({"requester"}),
    }  # fmt: skip
    return Arrival(**(given | facts))


def take(desk: Desk, *arrivals: Arrival) -> list[Taken]:
    """Take each in by a delivery of its own."""
    return [taking.take_in(desk, ADA, [arrival])[0] for arrival in arrivals]


def said(desk: Desk, case: CaseId | None) -> list[tuple[str, str]]:
    """Give what is said in the notes of a case, and by whose voice."""
    return [(note.text, note.voice.value) for note in timeline.notes(stored(desk, CaseId(case or 0))[1])]
