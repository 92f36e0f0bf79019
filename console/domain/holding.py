"""Holding: since when the criteria of a rule hold for a case, and when time alone may change that.

A case stands still from one event to the next; within such a stretch a query can only turn at the times that it
compares with now. So the past is gone through piece by piece, backwards, until a piece in which the query does not
hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.case import Case
from console.domain.facts import Facts
from console.domain.past import Past, Stretch
from console.domain.policy import GuardKind, Policy
from console.domain.query import Asking, Finding, Query, explained
from console.domain.query.tree import All, Any, Clause, Node, Not, Word
from console.domain.roster import Roster
from console.domain.rule_query import NOBODY, Criteria, criteria
from console.domain.timing import Rule

MOMENT = timedelta(microseconds=1)
"""The shortest time there is: what is more than so long ago is so this much later."""

Leaf = Clause | Word


@dataclass(frozen=True, slots=True)
class Held:
    """How a rule's criteria stand to a case at a time.

    `since` is the start of the newest stretch without a gap in which they hold, or None where they do not; what holds
    from just after a time on (`late:yes`) holds since that time. `flips_at` is when they will cease to hold, or begin
    to, if nobody acts; None where time alone does not change it.
    """

    since: datetime | None = None
    flips_at: datetime | None = None


NOT_HELD = Held()


def held(rule: Rule, facts: Facts, policy: Policy, now: datetime) -> Held:
    """Give since when the criteria of a rule hold for a case. Never before the case was there, nor after now."""
    return held_in(Past(facts, policy), rule, now)


def held_in(past: Past, rule: Rule, now: datetime) -> Held:
    """Give the same from a past that is shared by several rules."""
    asked = criteria(rule.when)
    known = asked.settled(past.case, past.beside)
    if known is False:
        return NOT_HELD
    seen = _Seen(past, asked, now)
    return Held(seen.since(), None if known else seen.flips_at())


def lacking(rule: Rule, facts: Facts, policy: Policy, now: datetime) -> Finding | None:
    """Give the first condition, from left to right, for which a rule does not hold, with the value the case has.

    What must not be is written with a minus before it. None where the rule holds.
    """
    past = Past(facts, policy)
    return _Seen(past, criteria(rule.when), now).lacking()


class _Seen:
    """A past as one query sees it at one time."""

    def __init__(self, past: Past, asked: Criteria, now: datetime) -> None:
        self.past, self.asked, self.now = past, asked, now

    def since(self) -> datetime | None:
        """Go back through what was, as long as the query holds."""
        found = None
        for stretch in self.past.stretches():
            if stretch.end is not None and stretch.start >= min(stretch.end, self.now):
                continue
            known = self.asked.settled(stretch.case, self.past.beside_of(stretch))
            if known is False:
                return found
            if known is None:
                since, is_whole = self._within(stretch)
                found = since or found
                if not is_whole:
                    return found
            else:
                found = min(stretch.start, self.now)
        return found

    def flips_at(self) -> datetime | None:
        """Give the first time ahead at which the query answers otherwise than now."""
        newest = self.past.newest
        is_so = self._holds(newest, self.now)
        ahead = sorted({at for at, _ in self._turns(newest) if at > self.now})
        return next((at for at in ahead if self._holds(newest, at) is not is_so), None)

    def lacking(self) -> Finding | None:
        """Give the condition that decides it against the rule."""
        return self._against(self.asked.query.node, is_wanted=True)

    def _within(self, stretch: Stretch) -> tuple[datetime | None, bool]:
        """Give since when it holds at the end of a stretch, and whether it does from the beginning of that on.

        A stretch that begins the moment after a turn, as one does that an act at that moment began, tells of the turn.
        """
        start = min(stretch.start, self.now)
        turns = {start: start}
        for at, told in self._turns(stretch):
            if start <= at and self._is_over(at, stretch):
                turns[at] = min(told, turns.get(at, told))
        since = None
        for at in sorted(turns, reverse=True):
            if not self._holds(stretch, at):
                return since, False
            since = max(turns[at], self.past.started)
        return since, True

    def _is_over(self, at: datetime, stretch: Stretch) -> bool:
        return at <= self.now and (stretch.end is None or at < stretch.end)

    def _turns(self, stretch: Stretch) -> Iterator[tuple[datetime, datetime]]:
        """Give the times at which the answer may turn, and just after them, each with the time that is told of it."""
        case = self._full(stretch)
        found = {
            value - ahead
            for name, ahead in self.asked.turning
            if (value := getattr(case, name)) is not None
        } | ({*self._turns_of_advice(case.returned_at)} if self.asked.is_advised else set())  # fmt: skip
        for at in found:
            yield at + MOMENT, at
            yield at, at

    def _turns_of_advice(self, returned_at: datetime | None) -> Iterator[datetime]:
        """Give when a recommendation may turn besides: a guard against returns ends, people leave and are back."""
        for guard in self.past.policy.guards:
            if guard.kind is GuardKind.RETURNED and returned_at is not None:
                yield returned_at + guard.within
        for person in self.past.facts.people:
            if person.is_absent:
                yield from (at for at in (person.absent_from, person.absent_until) if at is not None)

    def _holds(self, stretch: Stretch, at: datetime) -> bool:
        return self.asked.found(self._full(stretch), self.past.beside_of(stretch), self._asking(at))

    def _full(self, stretch: Stretch) -> Case:
        looks_at = self.asked.looks_at
        return self.past.full(stretch, with_clocks=looks_at != {"updated"}) if looks_at else stretch.case

    def _asking(self, at: datetime) -> Asking:
        return Asking(NOBODY, at, self.past.policy, Roster(self.past.facts.people, at))

    def _against(self, node: Node[Leaf], *, is_wanted: bool) -> Finding | None:
        """Give the condition for which a part of the query is not as it is wanted; None where it is."""
        match node:
            case Not():
                return self._against(node.node, is_wanted=not is_wanted)
            case All() | Any():
                must_all = isinstance(node, All) is is_wanted
                found = [self._against(each, is_wanted=is_wanted) for each in node.nodes]
                against = [each for each in found if each is not None]
                is_against = bool(against) if must_all else len(against) == len(found)
                return against[0] if is_against and against else None
        finding = self._told(node)
        if finding.holds is is_wanted:
            return None
        return finding if is_wanted else Finding(f"-{finding.clause}", holds=False, value=finding.value)

    def _told(self, leaf: Leaf) -> Finding:
        newest = self.past.newest
        return explained(Query(leaf), self._full(newest), self.past.beside, self._asking(self.now))[0]
