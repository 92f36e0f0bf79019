"""The actions of a review: what is to be done about what it taught, by whom and until when, each a case of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.case import Case, CaseId, PersonId, Severity, SeverityFrom, Status
from console.domain.circle import confided_as
from console.domain.errors import RefusalCode, Refused
from console.domain.events import BY_THE_CLOCK, Event, Kind, annulled
from console.domain.people import Person, Role

CHANNEL = "review"
"""How such a case came to the desk."""

WITHDRAWN = "taken back with the review that asked for it"
"""How an action ends whose review was undone."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to be done: what, by whom, and until when."""

    what: str
    owner: PersonId
    due: datetime


def checked(action: Action, owner: Person | None, original: Case, now: datetime) -> Action:
    """Give an action that can be asked of its owner.

    Refused: one that says nothing or is due before now, an owner who changes nothing or may not know of the case.
    """
    who = action.owner
    if not action.what.strip():
        raise Refused("An action needs to say what is to be done.", RefusalCode.INCOMPLETE)
    if action.due <= now:
        raise Refused(f"The action '{action.what}' would be due before now; give a later date.", RefusalCode.BAD_INPUT)
    if owner is not None and owner.role is Role.AUDITOR:
        raise Refused(f"{who} is an auditor and changes nothing; choose somebody else for '{action.what}'.")
    if original.confidential and who not in original.circle:
        raise Refused(
            f"{who} is not in the circle of case {original.id}, and so cannot have an action of its review; choose"
            f" somebody else, or let them in first with `triage circle {original.id} add {who}`."
        )
    return action


@dataclass(frozen=True, slots=True)
class Asked:
    """What an action is asked for in: the case that was reviewed, by whom, when, and the tier it was sent up from."""

    original: Case
    by: PersonId
    at: datetime
    below: int


def case_of(action: Action, asked: Asked, number: CaseId, owner: Person | None) -> Case:
    """Give the case of an action, with its owner at work on it; as confidential as the case that was reviewed.

    It has no category: that says what kind of issue came in, and some oblige to notify somebody.
    """
    original = asked.original
    case = Case(
        id=number, title=" ".join(action.what.split()), requester=asked.by, channel=CHANNEL, severity=Severity.S4,
        severity_from=SeverityFrom.STATED, status=Status.OPEN, tier=owner.tier if owner else asked.below,
        owner=action.owner, handler=action.owner, due=action.due, action_of=original.id, created=asked.at,
        updated=asked.at, version=1,
    )  # fmt: skip
    return confided_as(case, original) if original.confidential else case


def told(asked: Asked, needs: str) -> str:
    """Write what the case of an action says, besides what is to be done."""
    why = f"\nNext time the tier below needs {needs}." if needs else ""
    return f"The review of the escalation of case {asked.original.id} asked for this.{why}"


def touched(history: Iterable[Event]) -> Event | None:
    """Give the first thing that somebody has done to an action since it was asked for, and that stands; or None."""
    every = tuple(history)
    gone = annulled(every)
    of_no_one = BY_THE_CLOCK | {Kind.OPENED, Kind.UNDONE}
    return next((event for event in every if event.kind not in of_no_one and event.version not in gone), None)


def taken_back(case: Case) -> Case:
    """Give the case of an action whose review was undone."""
    return replace(case, status=Status.CLOSED, resolution=WITHDRAWN)
