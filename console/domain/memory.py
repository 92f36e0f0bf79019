"""Memory: what was known of all cases at any minute, for whoever goes through what happened in whatever order."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from console.domain.articles import Fix
from console.domain.events import Event
from console.domain.evidence import NOTHING, Count, Key, Local, count_of, counted_as, keys_of, local_of
from console.domain.stays import FACTS, NOT_YET, Counting, Fact, Likes, Stay, Trail, followed, tells
from console.domain.tries import Try, tried

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
CATEGORY = FACTS.index(Fact.CATEGORY)

Told = tuple[Stay, ...]
"""The stays of a case of which something is known."""


class Memory:
    """The counts as they stood at each minute, by the histories of cases; each is heard once, in any order."""

    def __init__(self, counting: Counting) -> None:
        """Begin knowing nothing."""
        self.counting = counting
        self._lines: dict[Key, _Line] = {}
        self._solving: dict[tuple[str, int], dict[str, _Line]] = {}

    def hear(self, history: Iterable[Event]) -> None:
        """Take in what happened to one case."""
        history = tuple(history)
        self._hear_of_articles(history)
        before: Told = ()
        for at, told in turns(history, self.counting):
            if told != before:
                micros = (at - EPOCH) // MICROSECOND
                self._add(micros, before, -1)
                self._add(micros, told, 1)
                before = told

    def local(self, tier: int, likes: Likes, now: datetime, own: Stay | None = None) -> Local:
        """Give what was known by a time of cases like one; `own` is what it counted for itself by then."""
        micros, lines = (now - EPOCH) // MICROSECOND, self._lines
        counts = {key: lines[key].count(micros) for key in keys_of(tier, likes) if key in lines}
        known = local_of(counts, tier, likes, own)
        solving = self._solving.get((likes[CATEGORY], tier))
        if not solving:
            return known
        found = ((name, line.count(micros)) for name, line in sorted(solving.items()))
        fixes = tuple(Fix(name, count.needed, count.of, likes[CATEGORY]) for name, count in found if count.of)
        return Local(known.all, known.like, fixes)

    def known(self, now: datetime) -> Mapping[Key, Count]:
        """Give the counts that were not nothing at a time."""
        micros = (now - EPOCH) // MICROSECOND
        counts = {key: line.count(micros) for key, line in self._lines.items()}
        return {key: count for key, count in counts.items() if count != NOTHING}

    def _hear_of_articles(self, history: Sequence[Event]) -> None:
        """Take in which articles were followed on one case, and which worked."""
        before: tuple[Try, ...] = ()
        for at, now in tried(history):
            micros = (at - EPOCH) // MICROSECOND
            for sign, tries in ((-1, before), (1, now)):
                for each in tries:
                    lines = self._solving.setdefault((each.category, each.tier), {})
                    lines.setdefault(each.article, _Line()).add(micros, sign * each.has_worked, sign)
            before = now

    def _add(self, micros: int, told: Told, sign: int) -> None:
        for stay in told:
            for key, count in counted_as(stay).items():
                if (line := self._lines.get(key)) is None:
                    line = self._lines[key] = _Line()
                line.add(micros, sign * count.needed, sign * count.of)


class _Line:
    """One count in the course of time: its changes, each with its time in one number so that many take little room."""

    def __init__(self) -> None:
        self._changes, self._needed, self._of = array("q"), array("i"), array("i")

    def add(self, micros: int, needed: int, of: int) -> None:
        """Take in a change by one, up or down, at a time in microseconds since the epoch."""
        self._changes.append(micros << 4 | (needed + 1) << 2 | (of + 1))

    def count(self, micros: int) -> Count:
        """Give the count at a time."""
        if len(self._needed) < len(self._changes):
            self._put_in_order()
        place = bisect_right(self._changes, micros << 4 | 15)
        return count_of(self._needed[place - 1], self._of[place - 1]) if place else NOTHING

    def _put_in_order(self) -> None:
        """Sort the changes by time, and work out what they come to."""
        self._changes = array("q", sorted(self._changes))
        self._needed = array("i", accumulate((each >> 2 & 3) - 1 for each in self._changes))
        self._of = array("i", accumulate((each & 3) - 1 for each in self._changes))


def turns(history: Iterable[Event], counting: Counting) -> Iterator[tuple[datetime, Told]]:
    """Give what is known of a case's stays, each time that may have changed, by an event or by lasting long enough."""
    trail, at = NOT_YET, None
    for event in history:
        if at is None:
            trail, at = followed(trail, event, counting), event.at
        elif tells(event, counting):
            now = max(at, event.at)
            yield from _told(trail, at, now, counting)
            trail, at = followed(trail, event, counting), now
    if at is not None:
        yield from _told(trail, at, None, counting)


def _told(trail: Trail, start: datetime, end: datetime | None, counting: Counting) -> Iterator[tuple[datetime, Told]]:
    """Give what is known from a time on, until another one, and what is known once a stay has lasted long enough."""
    yield start, tuple(trail.told(start, counting))
    for stay in trail.stays:
        due = stay.since + counting.handled_after
        if stay.came is None and start < due and (end is None or due < end):
            yield due, tuple(trail.told(due, counting))


def own(told: Iterable[tuple[datetime, Told]], tier: int, now: datetime) -> Stay | None:
    """Give what a case counted for itself in a tier by a time, of what `turns` gives of it."""
    found: Told = ()
    for at, stays in told:
        if at > now:
            break
        found = stays
    return next((stay for stay in found if stay.tier == tier), None)
