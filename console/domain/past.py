"""A case's past: how it stood from each event to the next, newest first, folded back only as far as is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from console.domain.case import Case, CaseText
from console.domain.clock import pressed
from console.domain.contacts import seen
from console.domain.escalation import State
from console.domain.events import BY_THE_CLOCK, Event, Kind
from console.domain.facts import Facts
from console.domain.following import before
from console.domain.policy import Policy
from console.domain.query import Beside

ADDS_TEXT = frozenset({Kind.NOTED, Kind.ATTEMPTED})
"""Kinds of events that add to the text a case is found by."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A case as it stood from its first `events` events until the next one; `end` is None for the newest."""

    case: Case
    events: int
    start: datetime
    end: datetime | None


class Past:
    """The past of one case. Facts are not changed; make another for others.

    What was done counts in the order in which it was written down, at its own time or that of what was done before it,
    whichever is later: what a source tells late and a breach that is dated back change nothing of what was.
    """

    def __init__(self, facts: Facts, policy: Policy) -> None:
        """Keep what is looked back from; nothing is worked out yet."""
        self.facts, self.policy = facts, policy
        self.case, self.history = facts.case, facts.history
        self.beside = Beside(facts.text, has_brief=bool(facts.escalations) and _was_sent(facts, None))
        self.known: list[Stretch] = []
        self.filled: dict[tuple[int, bool], Case] = {}

    @property
    def newest(self) -> Stretch:
        """Give the case as it stands."""
        return next(self.stretches())

    def stretches(self) -> Iterator[Stretch]:
        """Give how it stood, newest first."""
        for place in range(max(len(self.history), 1)):
            if place == len(self.known):
                self.known.append(self._older())
            yield self.known[place]

    def beside_of(self, stretch: Stretch) -> Beside:
        """Give what lay beside the case then; of its text what its events hold, where something was added later."""
        later = self.history[stretch.events :]
        if not later:
            return self.beside
        text = self.facts.text
        if any(event.kind in ADDS_TEXT for event in later):
            text = CaseText(text.body, "\n".join(_texts(self.history[: stretch.events])))
        return Beside(text, has_brief=_was_sent(self.facts, stretch.start))

    def full(self, stretch: Stretch, *, with_clocks: bool) -> Case:
        """Give the case with what no event tells: when it last changed, and which of its clocks was due next.

        What the clock side merely says (a reminder, a warning) is no change, or it would keep a case from being quiet.
        """
        found = self.filled.get((stretch.events, with_clocks))
        if found is None:
            events = self.history[: stretch.events]
            told = [self.started, *(event.at for event in events if event.kind not in BY_THE_CLOCK)]
            found = replace(stretch.case, updated=max(told))
            found = self._with_clocks(stretch, found) if with_clocks else found
            self.filled[stretch.events, with_clocks] = found
        return found

    @cached_property
    def started(self) -> datetime:
        """Give since when it counts: when it was created, or when it came in where it was an old one then."""
        created = self.case.created
        came = (seen(self.history[0]) if self.history else None) or created
        return came if came - created > self.policy.timing.backlog else created

    def _with_clocks(self, stretch: Stretch, case: Case) -> Case:
        sent = tuple(each for each in self.facts.escalations if each.sent_at <= stretch.start)
        presses = pressed(case, self.history[: stretch.events], sent, self.policy)
        return replace(case, next_clock=presses.name, next_due=presses.due, time_left=presses.left)

    def _older(self) -> Stretch:
        """Give how it stood before what is known already."""
        if not self.known:
            return Stretch(self.case, len(self.history), self._begins(len(self.history)), None)
        newer = self.known[-1]
        was = before(newer.case, self.history[newer.events - 1 : newer.events])
        return Stretch(was, newer.events - 1, self._begins(newer.events - 1), newer.start)

    def _begins(self, events: int) -> datetime:
        """Give when so many events had happened."""
        return self.times[events - 1] if events else self.started

    @cached_property
    def times(self) -> list[datetime]:
        """Give when each event counts: never before the one before it."""
        found: list[datetime] = []
        last = self.started
        for place, event in enumerate(self.history):
            last = max(last, _written_at(event) if place else self.started)
            found.append(last)
        return found


def _written_at(event: Event) -> datetime:
    """Give when an event was written down: a breach is dated at its due time, and may have been found later."""
    found = event.detail.get("found")
    return datetime.fromisoformat(found) if isinstance(found, str) and found else event.at


def _texts(events: tuple[Event, ...]) -> Iterator[str]:
    """Give the texts that events hold."""
    for event in events:
        yield from (value for value in event.detail.values() if isinstance(value, str) and event.kind in ADDS_TEXT)


def _was_sent(facts: Facts, by: datetime | None) -> bool:
    """Say whether a brief had been sent by a time, or ever."""
    sent = [each for each in facts.escalations if by is None or each.sent_at <= by]
    return any(each.state is not State.WITHDRAWN for each in sent)
