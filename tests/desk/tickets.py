"""Tickets of another system, as it tells them in the course of a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from console.desk import taking
from console.desk.desk import Desk
from console.desk.taking import Taken
from console.domain.arrival import Arrival
from console.domain.case import Case, CaseId
from console.domain.changes import differences, replayed
from console.domain.events import Event
from tests.builders import MORNING
from tests.desk.givens import ADA, is_whole, stored


def at(hours: float) -> datetime:
    """Give a time so many hours after the morning began, when the source had its say."""
    return MORNING - timedelta(hours=12) + timedelta(hours=hours)


def a_ticket(hours: float = 0, **facts: Any) -> Arrival:  # noqa: ANN401 - any field of an arrival
    """Give a ticket as its source tells it so many hours on."""
    given: dict[str, Any] = {
        "title": "It is down", "source": "jira", "ref": "A-1", "body": "Since nine.", "requester": "kim@x",
        "severity": "S3", "status": "open", "created": at(0), "updated": at(hours),
    }  # fmt: skip
    return Arrival(**(given | facts))


def take(desk: Desk, *arrivals: Arrival) -> list[Taken]:
    """Take each in by a delivery of its own."""
    return [taking.take_in(desk, ADA, [arrival])[0] for arrival in arrivals]


def the_case(desk: Desk, taken: Taken) -> tuple[Case, tuple[Event, ...]]:
    """Give a case and its history, which agree."""
    case, history, _ = stored(desk, CaseId(taken.case or 0))
    assert is_whole(desk)
    assert differences(case, replayed(history)) == []
    assert case.version == len(history)
    return case, history
