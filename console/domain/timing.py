"""What a policy says of time: targets of clocks, automatic rules, ladders, the ping-pong brake; as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Severity


class ClockName(StrEnum):
    """The clocks of domain section 1."""

    RESPONSE = "response"
    UPDATE = "update"
    RESOLUTION = "resolution"
    ACCEPTANCE = "acceptance"
    DECISION = "decision"
    CLOSURE = "closure"
    REVIEW = "review"


class Count(StrEnum):
    """Whether a delay counts opening hours or every second."""

    BUSINESS = "business"
    WALL = "wall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How long one clock may run, and in which calendar; empty criteria hold for every case.

    Of the targets of a clock the first in the policy whose criteria all hold counts; exceptions stand before the rest.
    `place` is where an exception stands in its list `[[clock.NAME.for]]`, counted from 0.
    """

    clock: ClockName
    within: timedelta
    calendar: str
    severity: Severity | None = None
    category: str = ""
    organisation: str = ""
    tier: int | None = None
    place: int | None = None


class RuleAct(StrEnum):
    """What an automatic rule can do; each is the act of a person, done under the rule's name.

    `escalate` sends the case up: to the place that is named, else along the matrix, past whoever cannot be asked.
    `remind` tells those who are named, else the handler, else the team, that it waits for them; `notify` tells them
    that the facts hold; neither changes the case. `reassign` gives it to the first of those named who is there, or
    moves it to the place. `raise` makes the severity one worse, `tag` adds tags. What would change nothing (S1 already,
    tagged already, there already, escalated and not yet accepted) is left undone; what is refused is told instead.
    """

    ESCALATE = "escalate"
    REMIND = "remind"
    NOTIFY = "notify"
    REASSIGN = "reassign"
    RAISE = "raise"
    TAG = "tag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When facts hold for a time, do something.

    `when` is a query of the query language. `held` is how long it must have held, counted as `count` says in
    `calendar`. `remind` is how long before an escalation the one who did not answer is gently reminded. `to` names
    whom (see `recipients`), for `reassign` one person or place, for `escalate` nothing (along the matrix) or a place.
    `times` is how often it fires while its facts go on holding, `every` the time between.
    """

    id: str
    says: str
    when: str
    do: RuleAct
    held: timedelta = timedelta(0)
    count: Count = Count.BUSINESS
    calendar: str = ALWAYS.id
    remind: timedelta = timedelta(0)
    to: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    every: timedelta = timedelta(0)
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    """One step: whom to engage, how long after the step before it, and what has to come of it.

    `skip_if_absent`: passed over where nobody of `to` is there, instead of asking deputies. `everyone`: it stops only
    when all of them have responded. `repeat` is how often it is said again, `every` the time between.
    """

    to: tuple[str, ...]
    after: timedelta
    count: Count = Count.BUSINESS
    skip_if_absent: bool = False
    everyone: bool = False
    repeat: int = 0
    every: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Who is engaged, one after another, until somebody responds to an escalation.

    It holds for the severities and categories named, or all. `gentle` is how long after the escalation was sent whoever
    was asked is reminded, before the first step; nothing: no reminder. When acceptance is out of time it starts again
    from step 1 against the roster of then, `rounds` times in all; after that it is exhausted.
    """

    id: str
    steps: tuple[LadderStep, ...]
    severities: frozenset[Severity] = frozenset()
    categories: frozenset[str] = frozenset()
    gentle: timedelta = timedelta(0)
    rounds: int = 1
    calendar: str = ALWAYS.id


@dataclass(frozen=True, slots=True)
class PingPong:
    """The brake: after so many returns between the same tiers within a time, peers cannot move a case any more."""

    bounces: int = 0
    within: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Everything a policy says of time. Empty for a policy that says nothing: then no clock has a target.

    `calendar` is the one that counts where nothing else is said; `warn` are the percents of a target at which is
    warned; `backlog`: a case that was created longer than this before it came in starts its clocks when it came in.
    `since` is when the policy came into force, where that is known: what nobody was late for before is not late for it.
    """

    calendars: Mapping[str, Calendar] = field(default_factory=lambda: {ALWAYS.id: ALWAYS})
    calendar: str = ALWAYS.id
    targets: tuple[Target, ...] = ()
    warn: tuple[int, ...] = (50, 75, 100)
    backlog: timedelta = timedelta(days=1)
    rules: tuple[Rule, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    ping_pong: PingPong = PingPong()
    since: datetime | None = None

    def calendar_of(self, calendar: str) -> Calendar:
        """Give a calendar by its id, or the one of the policy for an empty id."""
        return self.calendars[calendar or self.calendar]
