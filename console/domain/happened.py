"""What happened to a case: what became of each of its escalations, and whether it needed a higher tier in the end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.case import Case, Choice
from console.domain.escalation import Escalation, ReturnReason, State
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.matrix import Target
from console.domain.stays import Counting, ran_out

SETTLED = timedelta(hours=4)
"""How long a case has to have been there for it to count as handled so far where it has not gone up."""

UNNEEDED = frozenset({ReturnReason.SOLVABLE_BELOW, ReturnReason.DUPLICATE, ReturnReason.NOT_NEEDED})
"""Reasons of a return that say that it need not have gone up."""


class Fate(StrEnum):
    """What became of an escalation; `unsettled` is where it came back and nobody has solved the case yet."""

    NEEDED = "needed"
    RETURNED = "returned"
    SOLVED_BELOW = "solved-below"
    UNSETTLED = "unsettled"

    @property
    def is_unnecessary(self) -> bool:
        """Say whether it counts as unnecessary."""
        return self in {Fate.RETURNED, Fate.SOLVED_BELOW}


@dataclass(frozen=True, slots=True)
class Rise:
    """One escalation as it turned out."""

    at: datetime
    target: Target
    fate: Fate


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened to a case. `needed` says whether it needed a higher tier, None where that cannot be told yet.

    `shown` is when that was shown. `rise` is the escalation that showed it, or the first one that did not. `decided` is
    what somebody chose first, `late` when the time ran out in which it was to be solved.
    """

    needed: bool | None
    rise: Rise | None = None
    decided: Choice | None = None
    late: datetime | None = None
    shown: datetime | None = None

    @property
    def says(self) -> str:
        """Say it in one word."""
        if self.needed and self.shown == self.late:
            return "late"
        if self.rise is not None:
            return self.rise.fate.value
        return "unsettled" if self.needed is None else "handled"

    def counted(self, counting: Counting) -> Happened:
        """Give it as it counts: where running out of time counts, it showed that a higher tier was needed."""
        if not counting.late or self.late is None:
            return self
        return replace(self, needed=True, shown=min(filter(None, (self.shown, self.late))))


def happened(facts: Facts, now: datetime, settled: timedelta = SETTLED, since: datetime | None = None) -> Happened:
    """Give what happened to a case until now, from the first or since a time: its later escalations alone count then.

    An escalation shows that a higher tier was needed, unless it was undone, was returned as not needed, or came back
    before anybody above had taken it (or for want of something) and was solved below without going up again. One that
    a higher tier had taken and handed back without such a reason was needed: handing back what is done is everyday
    work. A case that has not gone up counts as handled once it is over, or has been there for a while. Merged into
    another it says nothing of its own, and nothing where it is an action of a review.
    """
    begun = facts.case.created if since is None else since
    rises = [each for each in _rises(facts) if since is None or each.at >= since]
    case, decided = facts.case, _decided(facts.history)
    is_none_of_its_own = case.duplicate_of is not None or case.action_of is not None
    late = None if is_none_of_its_own else _late(facts.history, begun)
    shows = next((each for each in rises if each.fate is Fate.NEEDED), None)
    if shows is not None:
        return Happened(needed=True, rise=shows, decided=decided, late=late, shown=shows.at)
    first = rises[0] if rises else None
    if is_none_of_its_own or any(each.fate is Fate.UNSETTLED for each in rises):
        return Happened(needed=None, rise=first, decided=decided, late=late)
    is_settled = not case.status.is_live or now - begun >= settled
    return Happened(needed=False if is_settled else None, rise=first, decided=decided, late=late)


def _late(history: tuple[Event, ...], since: datetime) -> datetime | None:
    """Give when the time ran out in which the case was to be solved."""
    return next((event.at for event in history if ran_out(event) and event.at >= since), None)


def _rises(facts: Facts) -> list[Rise]:
    """Give each escalation that stands, oldest first, with what became of it."""
    sent = [each for each in facts.escalations if each.state not in {State.PROPOSED, State.WITHDRAWN}]
    sent.sort(key=lambda each: (each.sent_at, each.id))
    found: list[Rise] = []
    for each in reversed(sent):
        fate = _fate(each, facts, found[-1].fate if found else None)
        found.append(Rise(each.sent_at, each.target, fate))
    return found[::-1]


def _fate(escalation: Escalation, facts: Facts, later: Fate | None) -> Fate:
    """Give what became of an escalation; one that was sent the wrong way at first shares the fate of the next."""
    if escalation.state is not State.RETURNED:
        return Fate.NEEDED
    if escalation.reason in UNNEEDED:
        return Fate.RETURNED
    if not escalation.reason and _was_taken(escalation, facts.history):
        return Fate.NEEDED
    return later or _below(facts.case, escalation)


def _below(case: Case, escalation: Escalation) -> Fate:
    """Give what became of what came back for want of something, and never went up again."""
    if case.status.is_live:
        return Fate.UNSETTLED
    return Fate.SOLVED_BELOW if case.tier <= escalation.from_tier else Fate.NEEDED


def _was_taken(escalation: Escalation, history: tuple[Event, ...]) -> bool:
    """Say whether somebody above had accepted it."""
    return any(event.kind is Kind.ACCEPTED and event.detail.get("escalation") == escalation.id for event in history)


def _decided(history: tuple[Event, ...]) -> Choice | None:
    """Give what was chosen first."""
    chosen = (event.changes["decision"][1] for event in history if "decision" in event.changes)
    return next((Choice(str(each)) for each in chosen if each), None)
