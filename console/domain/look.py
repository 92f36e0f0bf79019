"""A look at one case at one time: its facts with the clocks and the people as they are then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.actions import Action, Does
from console.domain.case import Case
from console.domain.clock import Clock, clocks
from console.domain.facts import Facts
from console.domain.policy import Policy
from console.domain.recipients import Recipients, recipients
from console.domain.roster import Roster
from console.domain.timing import Count


@dataclass(frozen=True, slots=True)
class Look:
    """What every source of actions looks at."""

    facts: Facts
    policy: Policy
    now: datetime
    clocks: tuple[Clock, ...]
    there: Roster

    @property
    def case(self) -> Case:
        """Give the case."""
        return self.facts.case

    def told(self, *groups: Sequence[str], policy: Policy | None = None) -> Recipients:
        """Give whom the first group of words reaches anybody by, with those of all groups before it as absent."""
        absent: tuple[tuple[str, str], ...] = ()
        for words in groups:
            found = recipients(words, self.facts, policy or self.policy, self.there)
            absent = tuple(dict.fromkeys((*absent, *found.absent)))
            if found.people or found.outside:
                return replace(found, absent=absent)
        return Recipients(absent=absent)


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that is due at a time if nothing happens before; `act` gives what is to be done then.

    Without `act` there is only something to be looked at anew.
    """

    at: datetime
    does: Does | None = None
    act: Callable[[], Action | None] | None = None


def look(facts: Facts, policy: Policy, now: datetime) -> Look:
    """Look at a case at a time."""
    found = clocks(facts.case, facts.history, facts.escalations, policy, now)
    return Look(facts, policy, now, found, Roster(facts.people, now))


def later(at: datetime, span: timedelta, count: Count, calendar: str, policy: Policy) -> datetime:
    """Give the time so much later, in opening hours of a calendar of the policy or on the wall."""
    return at + span if count is Count.WALL else policy.timing.calendar_of(calendar).add(at, span)


def responsible(case: Case) -> tuple[tuple[str, ...], ...]:
    """Give whom a case is with, as groups of words: its handler, and where nobody is, its team."""
    return (("handler",), ("team",)) if case.handler else (("team",),)
