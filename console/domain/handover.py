"""Shift handover: what the outgoing shift tells the incoming one about a case, and its being taken on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from console.domain.case import Case, CaseId, PersonId, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import AWAITING
from console.domain.people import called


class State(StrEnum):
    """Where a handover stands; `withdrawn` is where an undone one ends."""

    PENDING = "pending"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Words:
    """What the outgoing shift writes about a case: what is open, what was promised until when, and what it asks.

    `meant_for` names the person it is for; empty is whoever takes over.
    """

    standing: str = ""
    promised: datetime | None = None
    asks: str = ""
    meant_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One case handed over: by whom, who handled it then, in which words, and who took it on.

    `version` is that of the case's event that says so.
    """

    case: CaseId
    version: int
    by: PersonId
    giver: PersonId
    meant_for: str = ""
    standing: str = ""
    promised: datetime | None = None
    asks: str = ""
    at: datetime
    state: State = State.PENDING
    taken_by: PersonId | None = None
    taken_at: datetime | None = None


def handed(case: Case, words: Words) -> Case:
    """Give the case as it is handed over: it stays with its handler until somebody takes it on.

    Refused: one that is done or that nobody handles, and words that do not say what is open.
    """
    if not case.status.is_live:
        raise Refused(f"Case {case.id} is {case.status}; there is nothing to hand over.")
    if case.handler is None:
        raise Refused(f"Nobody handles case {case.id}; it waits in its queue already.")
    if not words.standing.strip():
        raise Refused(f"Say what is open on case {case.id}.", RefusalCode.INCOMPLETE)
    return replace(case, promised_at=words.promised or case.promised_at)


def taken_on(case: Case, handover: Handover, person: PersonId) -> Case:
    """Give the case with the accepting person as handler; its owner stays.

    Refused: one that somebody took first, that is meant for another, or that has moved on.
    """
    if handover.state is State.TAKEN:
        who = handover.taken_by
        raise Refused(f"Case {case.id} was taken on by {who} already.", RefusalCode.CONFLICT, who)
    if handover.meant_for not in {"", person}:
        raise Refused(f"Case {case.id} is handed over to {handover.meant_for}.", RefusalCode.NOT_ALLOWED)
    if not case.status.is_live or case.handler != handover.giver:
        stands = f"with {case.handler or 'nobody'}" if case.status.is_live else case.status
        raise Refused(f"Case {case.id} has moved on: it is {stands}.", RefusalCode.CONFLICT, case.handler)
    if case.handler == person:
        raise Refused(f"Case {case.id} is yours already.")
    return replace(case, handler=person)


def drafted(case: Case, recommended: str) -> Words:
    """Give what can be said of a case without anybody writing it: how it stands, and what was promised."""
    if case.status is Status.WAITING:
        standing = f"waits for {case.waiting_for}"
    elif case.escalation_state in AWAITING:
        standing = f"escalated by {called(case.escalated_by)} to tier {case.tier}, waits to be accepted"
    else:
        standing = recommended
    return Words(standing, case.promised_at)
