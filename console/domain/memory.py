"""Memory: what was known of all cases at each minute, for whoever goes through a history in the order of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush

from console.domain.case import CaseId
from console.domain.events import Event
from console.domain.evidence import NOTHING, Count, Key, Local, counted_as, local_of
from console.domain.stays import FACTS, NOT_YET, Fact, Likes, Stay, Trail, followed
from console.domain.tries import Followed


class Memory:
    """The counts as they stand while events come in; what is due by the passing of time alone is counted in step."""

    def __init__(self, handled_after: timedelta) -> None:
        """Begin knowing nothing."""
        self.handled_after = handled_after
        self.counts: defaultdict[Key, Count] = defaultdict(Count)
        self._trails: dict[CaseId, Trail] = {}
        self._counted: dict[CaseId, tuple[Stay, ...]] = {}
        self._due: list[tuple[datetime, CaseId]] = []
        self._articles = Followed()

    def hear(self, event: Event) -> None:
        """Take in one more event, and what has become known by its time."""
        self.come_to(event.at)
        before = self._trails.get(event.case, NOT_YET)
        after = self._trails[event.case] = followed(before, event, self.handled_after)
        if after is not before:
            self._count(event.case, event.at)
            for stay in after.stays:
                if stay.came is None:
                    heappush(self._due, (stay.since + self.handled_after, event.case))
        self._articles.hear(event, after)

    def come_to(self, now: datetime) -> None:
        """Count what has lasted long enough by now."""
        while self._due and self._due[0][0] <= now:
            due, case = heappop(self._due)
            self._count(case, due)

    def local(self, case: CaseId, tier: int, likes: Likes, now: datetime) -> Local:
        """Give what is known by now of cases like one, without itself."""
        self.come_to(now)
        own = next((stay for stay in self._counted.get(case, ()) if stay.tier == tier), None)
        fixes = self._articles.fixes(likes[FACTS.index(Fact.CATEGORY)], tier)
        return replace(local_of(self.counts, tier, likes, own), fixes=fixes)

    def known(self) -> Mapping[Key, Count]:
        """Give the counts that are not nothing."""
        return {key: count for key, count in self.counts.items() if count != NOTHING}

    def _count(self, case: CaseId, now: datetime) -> None:
        """Count a case as it is known now instead of as it was before."""
        told = tuple(self._trails[case].told(now, self.handled_after))
        for stay in self._counted.get(case, ()):
            for key, count in counted_as(stay):
                self.counts[key] -= count
        for stay in told:
            for key, count in counted_as(stay):
                self.counts[key] += count
        self._counted[case] = told
