"""Heard: what a source says anew of a case that is here already, against what it said when it was last heard.

What it says as before changes nothing, so that what people decided here since then stands; what it says anew counts.
Each event that tells of it keeps it in its detail: `said` by field, and `heard`, how new it was at the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Step
from console.domain.case import Case, SeverityFrom, Status, altered
from console.domain.changes import plain
from console.domain.events import Event, Kind, Plain, as_written
from console.domain.joining import HEARD

FACTS = (
    "title", "requester", "organisation", "category", "item", "channel", "tags", "impact", "urgency", "severity",
    "affected", "due", "stops", "owner", "resolution",
)  # fmt: skip
"""What a source says of a case besides where it stands."""

STANDING = ("status", "waiting_for", "tier", "team", "handler")
"""Where a case stands; where the source tells its past, that follows from the past alone."""

OF_THE_PAST = frozenset({*STANDING, "owner", "resolution"})

LISTS = frozenset({"tags", "stops"})

Words = Mapping[str, Plain]
"""What a source said, by field."""


def stated(arrival: Arrival, wanted: Case) -> dict[str, Plain]:
    """Give what an arrival says of its case; `wanted` is the case that it would open.

    A title that only stands in for one that its source did not tell is not said.
    """
    names = [name for name in (*FACTS, *STANDING) if getattr(arrival, name) not in {None, "", ()}]
    if "title" in arrival.derived and arrival.own is None:
        names.remove("title")
    if wanted.severity_from is SeverityFrom.MATRIX:
        names.append("severity")
    if "team" in names:
        names.append("tier")
    if arrival.steps:
        told = OF_THE_PAST | {
            name for name in ("severity", "category", "item") if any(getattr(s, name) for s in arrival.steps)
        }
        names = [name for name in names if name not in told]
    return {name: plain(getattr(wanted, name)) for name in names}


def last_said(history: Iterable[Event], cause: str) -> dict[str, Plain]:
    """Give what a source has said of a case so far, by field."""
    found: dict[str, Plain] = {}
    for event in history:
        if as_written(event).cause != cause or event.kind is Kind.NOTED or event.reason_text == HEARD:
            continue
        said = event.detail.get("said")
        found |= said if isinstance(said, dict) else {name: new for name, (_, new) in event.changes.items()}
    return found


def last_heard(history: Iterable[Event], cause: str) -> datetime | None:
    """Give how new the newest is that a source told of a case, besides what people wrote."""
    dates: list[datetime] = []
    for event in history:
        if as_written(event).cause != cause or is_message(event) or event.reason_text == HEARD:
            continue
        heard = event.detail.get("heard")
        if isinstance(heard, str):
            dates.append(datetime.fromisoformat(heard))
        elif "said" not in event.detail:
            dates.append(event.at)
    return max(dates, default=None)


def as_of(arrival: Arrival) -> datetime | None:
    """Give how new it is what an arrival says, as far as it is known."""
    if arrival.updated is not None or not arrival.steps:
        return arrival.updated
    return max(step.at for step in arrival.steps)


def news(words: Words, before: Words) -> dict[str, Plain]:
    """Give what of these words was not said before."""
    return {name: value for name, value in words.items() if _differs(name, value, before.get(name))}


def standing(new: Words, arrival: Arrival, wanted: Case, case: Case, at: datetime) -> Step | None:
    """Give where a case stands anew as a step of its past, or None where nothing is said of that."""
    if not any(name in new for name in STANDING):
        return None
    status = _status(new, wanted, case)
    is_end = bool(status) and not Status(status).is_live and case.status.is_live
    return Step(
        at,
        tier=wanted.tier if "tier" in new else None,
        team=wanted.team if "team" in new else "",
        status=status,
        handler=arrival.handler.strip() if "handler" in new else None,
        waiting_for=arrival.waiting_for,
        text=(arrival.resolution or f"{wanted.status} at {arrival.source}") if is_end else "",
    )


def restated(case: Case, new: Words, before: Words, wanted: Case) -> Case:
    """Give a case with the facts that its source says anew; tags of people here stay, and so does who answers for it.

    An escalated case keeps its owner; how a case was solved says its source only where that is so here too.
    """
    values: dict[str, Any] = {}
    for name in FACTS:
        if name not in new or plain(getattr(case, name)) == new[name]:
            continue
        if name in LISTS:
            values[name] = _merged(getattr(case, name), getattr(wanted, name), before.get(name))
        elif not (name == "owner" and case.escalation_state) and not (name == "resolution" and case.status.is_live):
            values[name] = getattr(wanted, name)
    if "severity" in values:
        values["severity_from"] = wanted.severity_from
    return altered(case, **values)


def begun_again(step: Step, case: Case) -> Step:
    """Give what began anew at its source as a step of the case it belongs to: it takes up one that is over."""
    if step.kind is not Kind.OPENED:
        return step
    return replace(step, kind=None if case.status.is_live else Kind.REOPENED)


def stands_by(history: Iterable[Event], cause: str) -> bool:
    """Say whether a case stands as its source told, and nobody here has changed that since."""
    told = [event for event in history if "status" in event.changes]
    return bool(told) and as_written(told[-1]).cause == cause and told[-1].kind is not Kind.OPENED


def known_here(arrival: Arrival, staff: frozenset[str]) -> Arrival:
    """Give an arrival without people of its source who are none of this desk, where the desk knows its people."""
    if not staff:
        return arrival
    owner, handler = (name if name.strip() in staff else "" for name in (arrival.owner, arrival.handler))
    is_known = (owner, handler) == (arrival.owner, arrival.handler)
    return arrival if is_known else replace(arrival, owner=owner, handler=handler)


def is_message(event: Event) -> bool:
    """Say whether an event tells what somebody wrote in a thread, not what was done."""
    return event.kind is Kind.NOTED and "ref" in event.detail


def _status(new: Words, wanted: Case, case: Case) -> str:
    """Give the status that a source says anew; one that goes on there is open here, whoever has it."""
    if "status" in new:
        return Status.OPEN if wanted.status is Status.NEW and case.status is not Status.NEW else wanted.status
    is_other_wait = "waiting_for" in new and case.status is Status.WAITING
    return Status.WAITING if is_other_wait else ""


def _differs(name: str, value: Plain, before: Plain) -> bool:
    if name in LISTS:
        return {*_listed(value)} != {*_listed(before)}
    return value != before


def _merged(here: tuple[str, ...], wanted: tuple[str, ...], before: Plain) -> tuple[str, ...]:
    """Give a list with what its source added to it and took out of it; what was added here stays."""
    gone = {*_listed(before)} - {*wanted}
    return tuple(dict.fromkeys(each for each in (*here, *wanted) if each not in gone))


def _listed(value: Plain) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else []
