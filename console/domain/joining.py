"""Joining: how an arrival changes when it belongs to a case that is there already, or begins one beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Case, CaseId, PersonId, Status
from console.domain.circle import confided, confided_as

HEARD = "the requester wrote again"
"""Why a case is taken up again when its requester replies."""


def hears(arrival: Arrival) -> bool:
    """Say whether a case may go on when its requester writes: not where the source says that it waits, or is over."""
    return arrival.status.casefold() in {"", Status.NEW, Status.OPEN}


def written_in(arrival: Arrival, now: datetime) -> list[Message]:
    """Give what an arrival adds to a case that exists: its own text, and its messages."""
    at = arrival.created or now
    own = Message(arrival.requester, at, arrival.body, arrival.voice, arrival.ref, arrival.envelope)
    return [own, *arrival.messages]


def begun_anew(arrival: Arrival, fresh: Sequence[Message], closed: Case) -> Arrival:
    """Give what is new in an arrival as an arrival of its own, for a new case beside one that is closed.

    It is as confidential as that.
    """
    first, *others = fresh
    return replace(
        arrival, ref=first.ref, body=first.text, requester=first.by, created=first.at, voice=first.voice,
        envelope=first.envelope, messages=tuple(others), follows=(), derived=arrival.derived,
        updated=max(message.at for message in fresh), confidential=closed.confidential,
    )  # fmt: skip


def as_confidential(case: Case, arrival: Arrival, by: PersonId, closed: Case | None = None) -> Case:
    """Give a new case as confidential as its arrival, or the closed one that it goes on from; `by` takes it in."""
    if closed is not None and closed.confidential:
        return confided_as(case, closed)
    if not arrival.confidential:
        return case
    circle = arrival.own.circle if arrival.own else ()
    return confided(case, map(PersonId, circle or (by,)))


def leads_to(sees: CaseId | None, closed: Case | None) -> str:
    """Say in a new case that it goes on from one that is closed, or names one that it has nothing to do with."""
    if closed is not None:
        return f"This answers case #{closed.id}, which is closed."
    return (
        f"This mail names case #{sees}, and whoever sent it has no part in that; so it did not join it." if sees else ""
    )


def bridge(sees: CaseId, fresh: Sequence[Message]) -> Message:
    """Give the note that says in a case that the mail in it answers another one as well."""
    told = f"The mail before this answers case #{sees} as well; if both are about the same, merge them."
    return Message("triage", max(each.at for each in fresh), told, Voice.INTERNAL)


def asked_first(case: Case, arrival: Arrival) -> Case:
    """Give a case that a reply opened, now that the mail replied to has come: whoever wrote that is the requester.

    Unless a person has said who it is.
    """
    is_open_to_it = "requester" in case.derived and arrival.voice is Voice.REQUESTER and bool(arrival.requester)
    return replace(case, requester=arrival.requester) if is_open_to_it else case
