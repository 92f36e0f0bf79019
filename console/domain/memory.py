"""Memory: what was known of all cases at any minute, for whoever goes through what happened in whatever order."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from console.domain.events import Event
from console.domain.evidence import NOTHING, Count, Key, Local, counted_as, keys_of, local_of
from console.domain.stays import NOT_YET, Likes, Stay, Trail, followed

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

Told = tuple[Stay, ...]
"""The stays of a case of which something is known."""


class Memory:
    """The counts as they stood at each minute, by the histories of cases; each is heard once, in any order."""

    def __init__(self, handled_after: timedelta) -> None:
        """Begin knowing nothing."""
        self.handled_after = handled_after
        self._lines: dict[Key, _Line] = {}

    def hear(self, history: Iterable[Event]) -> None:
        """Take in what happened to one case."""
        before: Told = ()
        for at, told in turns(history, self.handled_after):
            if told != before:
                micros = (at - EPOCH) // MICROSECOND
                self._add(micros, before, -1)
                self._add(micros, told, 1)
                before = told

    def local(self, tier: int, likes: Likes, now: datetime, own: Stay | None = None) -> Local:
        """Give what was known by a time of cases like one; `own` is what it counted for itself by then."""
        micros, counts = (now - EPOCH) // MICROSECOND, {}
        for key in keys_of(tier, likes):
            if (line := self._lines.get(key)) is not None:
                counts[key] = line.count(micros)
        return local_of(counts, tier, likes, own)

    def known(self, now: datetime) -> Mapping[Key, Count]:
        """Give the counts that were not nothing at a time."""
        micros = (now - EPOCH) // MICROSECOND
        counts = {key: line.count(micros) for key, line in self._lines.items()}
        return {key: count for key, count in counts.items() if count != NOTHING}

    def _add(self, micros: int, told: Told, sign: int) -> None:
        for stay in told:
            for key, count in counted_as(stay):
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
        return Count(self._needed[place - 1], self._of[place - 1]) if place else NOTHING

    def _put_in_order(self) -> None:
        """Sort the changes by time, and work out what they come to."""
        self._changes = array("q", sorted(self._changes))
        self._needed = array("i", accumulate((each >> 2 & 3) - 1 for each in self._changes))
        self._of = array("i", accumulate((each & 3) - 1 for each in self._changes))


def turns(history: Iterable[Event], handled_after: timedelta) -> Iterator[tuple[datetime, Told]]:
    """Give what is known of a case's stays, each time that may have changed, by an event or by lasting long enough."""
    trail, at = NOT_YET, None
    for event in history:
        after = followed(trail, event, handled_after)
        if after is trail:
            continue
        now = event.at if at is None else max(at, event.at)
        if at is not None:
            yield from _settled(trail, at, now, handled_after)
        yield now, tuple(after.told(now, handled_after))
        trail, at = after, now
    if at is not None:
        yield from _settled(trail, at, None, handled_after)


def _settled(
    trail: Trail, start: datetime, end: datetime | None, handled_after: timedelta
) -> Iterator[tuple[datetime, Told]]:
    """Give what lasted long enough between two times."""
    dues = {stay.since + handled_after for stay in trail.stays if stay.came is None}
    yield from (
        (due, tuple(trail.told(due, handled_after)))
        for due in sorted(dues) if start < due and (end is None or due < end)
    )  # fmt: skip


def own(told: Iterable[tuple[datetime, Told]], tier: int, now: datetime) -> Stay | None:
    """Give what a case counted for itself in a tier by a time, of what `turns` gives of it."""
    found: Told = ()
    for at, stays in told:
        if at > now:
            break
        found = stays
    return next((stay for stay in found if stay.tier == tier), None)
