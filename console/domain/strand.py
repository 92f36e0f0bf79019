"""A strand: one clock while the history of its case is folded, segment by segment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from console.domain.calendar import ALWAYS, Calendar
from console.domain.segments import Clock, Segment, SegmentKind
from console.domain.targets import calendar_of
from console.domain.timing import ClockName, Target, Timing

NOTHING = timedelta(0)
RUN, PAUSE, CLOSED = SegmentKind.RUN, SegmentKind.PAUSE, SegmentKind.CLOSED


class Step(NamedTuple):
    """What moves clocks: when, why in words, and the version of its event."""

    at: datetime
    cause: str
    event: int


class Goal(NamedTuple):
    """What a clock is to keep: a target, or the date it has instead."""

    target: Target | None = None
    fixed: datetime | None = None


NO_GOAL = Goal()


@dataclass(slots=True, eq=False)
class Strand:
    """One clock being folded; `began` is what started it, which may be before it could count.

    `elapsed` is what the segments before the one at hand have counted, `late_since` the due instant since which it is
    late, `missed` the first one that ever passed. A due time that falls into `blind`, in which nobody could see it
    come, is moved to its end.
    """

    name: ClockName
    key: str
    timing: Timing
    began: Step
    tier: int | None = None
    promise: datetime | None = None
    is_asked: bool = False

    kind: SegmentKind = CLOSED
    goal: Goal = NO_GOAL
    calendar: Calendar = ALWAYS
    since: datetime = field(init=False)
    step: Step = field(init=False)
    stopped: datetime = field(init=False)
    past: list[tuple[SegmentKind, datetime, datetime, str, int, str]] = field(default_factory=list)
    elapsed: timedelta = NOTHING
    late_since: datetime | None = None
    missed: datetime | None = None
    blind: tuple[datetime, datetime] | None = None
    breached_at: datetime | None = None
    warned: set[tuple[int, datetime]] = field(default_factory=set)
    is_kept: bool = False
    is_new: bool = True

    def __post_init__(self) -> None:
        """Begin where the clock was started."""
        self.since = self.stopped = self.began.at
        self.step = self.began

    def turn(self, kind: SegmentKind, goal: Goal, step: Step) -> None:
        """Let it run, pause or close from now on, with a goal; nothing happens where that is as it was."""
        if self.is_new:
            self.is_new, self.kind = False, kind
            self.step = self.began if kind is RUN else step
        elif kind is self.kind and goal == self.goal:
            return
        elif kind is RUN or kind is not self.kind:
            self._cut(kind, goal, step)
        self._aim(goal)

    def _cut(self, kind: SegmentKind, goal: Goal, step: Step) -> None:
        """End the segment at hand and begin another; a due time that passed while it stood still is due at its end."""
        at = max(step.at, self.since)
        self._leave(at)
        if kind is not RUN and self.kind is RUN:
            self.stopped = at
        elif kind is RUN and self.kind is not RUN:
            self.blind = (self.stopped, at)
        elif goal.fixed != self.goal.fixed:
            self.blind = None
        self.kind, self.since, self.step = kind, at, step

    def due(self) -> datetime | None:
        """Give the due time of the run segment at hand."""
        if self.goal.fixed is not None:
            return self._seen(self.goal.fixed)
        if self.goal.target is None:
            return None
        rest = self.goal.target.within - self.elapsed
        if rest <= NOTHING and self.late_since is not None:
            return self.late_since
        found = self.calendar.add(self.since, rest)
        seen = self._seen(found)
        return found if seen is found else self.calendar.opens(seen)

    def clock(self, now: datetime) -> Clock:
        """Give the clock as it stands."""
        due = self.pressing_at()
        elapsed = self.elapsed + (self.calendar.between(self.since, now) if self.kind is RUN else NOTHING)
        fixed, target = self.goal.fixed, self.goal.target
        at_hand = Segment(self.kind, self.since, None, self.step.cause, self.step.event, self.calendar.id)
        return Clock(
            name=self.name, key=self.key, segments=(*(Segment(*each) for each in self.past), at_hand),
            calendar=self.calendar.id, within=target.within if target and fixed is None else None, fixed=fixed,
            elapsed=elapsed, due=due, left=self._left(elapsed) if due is None or fixed is None else due - now,
            breached_at=self.breached_at, missed=self._missed() or (due if due is not None and due < now else None),
            warned=frozenset(self.warned),
        )  # fmt: skip

    def pressing_at(self) -> datetime | None:
        """Give the due time of a clock that runs."""
        return self._from_policy(self.due()) if self.kind is RUN else None

    def left(self) -> timedelta | None:
        """Give what is left of a clock that is paused."""
        return self._left(self.elapsed) if self.kind is PAUSE else None

    def _left(self, elapsed: timedelta) -> timedelta | None:
        """Give what is left of the target; or of the time until a date, as it was when the clock was stopped."""
        if self.goal.fixed is not None:
            return self.goal.fixed - self.stopped
        return None if self.goal.target is None else self.goal.target.within - elapsed

    def _leave(self, at: datetime) -> None:
        """End the segment at hand, counting it where it ran."""
        self.past.append((self.kind, self.since, at, self.step.cause, self.step.event, self.calendar.id))
        if self.kind is not RUN:
            return
        used = self.calendar.between(self.since, at)
        target = self.goal.target
        may_be_late = self.goal.fixed is not None or (target is not None and self.elapsed + used >= target.within)
        due = self.due() if may_be_late else None
        self.elapsed += used
        self.late_since = due if due is not None and due < at else None
        self.missed = self.missed or self.late_since

    def _aim(self, goal: Goal) -> None:
        self.goal = goal
        self.calendar = ALWAYS if goal.target is None and goal.fixed else calendar_of(self.timing, goal.target)
        self.is_kept = self.is_kept or goal.target is not None or goal.fixed is not None

    def _seen(self, due: datetime) -> datetime:
        """Give the due time, or the end of the stretch in which nobody could see it come."""
        return self.blind[1] if self.blind and self.blind[0] <= due < self.blind[1] else due

    def _from_policy(self, due: datetime | None) -> datetime | None:
        """Give the due time, not before the policy that makes it due came into force."""
        since = self.timing.since
        if due is None or since is None or self.breached_at or not self.began.at < since or due >= since:
            return due
        return since if self.goal.fixed is not None else self.calendar.opens(since)

    def _missed(self) -> datetime | None:
        """Give the first due instant that passed, unless that was before the policy came into force."""
        since = self.timing.since
        return None if self.missed and since and self.missed < since and not self.breached_at else self.missed
