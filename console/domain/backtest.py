"""A back-test: what a policy would have done with many cases, counted as they come, in memory that stays bounded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from console.domain.measures import Measure, Ranking, share
from console.domain.policy import Policy
from console.domain.replay import Replay, Result, Would

NIGHT = (time(22), time(6))
"""When it is night where a policy does not say when people may be disturbed."""

SOON = timedelta(hours=1)
"""By how much sooner a case has to have gone up for that to be told."""


@dataclass(frozen=True, slots=True)
class Load:
    """What would have come to one team or party: how many in all, on a day on which any came, on the busiest day."""

    to: str
    number: int
    a_day: float
    most: int
    busiest: date


@dataclass
class Tally:
    """What one policy would have done.

    `ranking` goes by the first score of each case: what is known when it comes in, the same for those that went up and
    those that did not. `sooner` are those that would have gone up an hour sooner than they did, or more.
    """

    policy: Policy
    results: Counter[Result] = field(default_factory=Counter)
    asked: int = 0
    at_night: int = 0
    sooner: int = 0
    ranking: Ranking = field(default_factory=Ranking)
    days: Counter[tuple[str, date]] = field(default_factory=Counter)

    def add(self, found: Replay) -> None:
        """Count one case."""
        self.results[found.result] += 1
        if found.past.needed is not None:
            self.ranking.add(found.began.score, happened=found.past.needed)
            self.sooner += found.result is Result.FOUND and found.lead >= SOON
        self.asked += found.would is None and found.judged.advice.ask is not None
        if found.would is not None:
            self.days[self._place(found.would)] += 1
            self.at_night += is_night(self.policy, found.would.at)

    @property
    def cases(self) -> int:
        """Give how many cases were looked at."""
        return self.results.total()

    @property
    def precision(self) -> Measure | None:
        """Give how many of those it would have sent up needed it, so far as that is known."""
        right = self.results[Result.FOUND] + self.results[Result.LATE]
        return share(right, right + self.results[Result.UNNECESSARY])

    @property
    def recall(self) -> Measure | None:
        """Give how many of those that needed a higher tier it would have sent up by the time they went."""
        found = self.results[Result.FOUND]
        return share(found, found + self.results[Result.LATE] + self.results[Result.MISSED])

    @property
    def loads(self) -> list[Load]:
        """Give what would have come to each team, the most first."""
        of_team: dict[str, list[tuple[int, date]]] = {}
        for (to, day), number in self.days.items():
            of_team.setdefault(to, []).append((number, day))
        found = [_load(to, days) for to, days in of_team.items()]
        return sorted(found, key=lambda each: (-each.number, each.to))

    def _place(self, would: Would) -> tuple[str, date]:
        there = would.at.astimezone(ZoneInfo(self.policy.notify.zone))
        return str(would.target) if would.target else "", there.date()


def is_night(policy: Policy, at: datetime) -> bool:
    """Say whether people may not be disturbed at a time, by the policy's quiet hours, else at night."""
    notify = policy.notify
    if notify.hours or notify.calendar:
        return notify.quiet_until(at, policy.timing.calendars) is not None
    begins, ends = NIGHT
    there = at.astimezone(ZoneInfo(notify.zone)).time()
    return there >= begins or there < ends


def flips(one: Replay, other: Replay) -> bool:
    """Say whether two policies would have done another thing with a case: sent it up or not, or to somebody else."""
    first, second = one.would, other.would
    if first is None or second is None:
        return first is not second
    return first.target != second.target


def _load(to: str, days: list[tuple[int, date]]) -> Load:
    number = sum(each for each, _ in days)
    most, busiest = max(days, key=lambda each: (each[0], each[1]))
    return Load(to, number, number / len(days), most, busiest)
