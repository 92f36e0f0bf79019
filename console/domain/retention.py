"""Which backups are kept: all of the last days, then one of each day, week and month, for as long as a rule says.

Of a day, a week (from Monday) and a month, in UTC, the newest stands for all. A backup is kept while any of these asks
for it, so that what is kept later never depends on when somebody last looked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONTH = timedelta(days=31)
"""What is counted as a month of the rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """For how many days all are kept, then one a day for so many days, one a week for so many weeks, one a month."""

    days: int = 2
    daily: int = 14
    weekly: int = 8
    monthly: int = 12

    @property
    def ends(self) -> tuple[timedelta, timedelta, timedelta, timedelta]:
        """How old a backup may be to be kept as one of all, of its day, its week and its month."""
        first = timedelta(days=self.days)
        second = first + timedelta(days=self.daily)
        third = second + timedelta(weeks=self.weekly)
        return first, second, third, third + self.monthly * MONTH


USUAL = Rule()


def rule(text: str) -> Rule | None:
    """Read a rule: four numbers as `2,14,8,12`, or `all` for None. Raises ValueError for anything else."""
    if text == "all":
        return None
    if not re.fullmatch(r"\d{1,4}(,\d{1,4}){3}", text, re.ASCII):
        message = f"'{text}' is no rule; write all, or days, daily, weekly and monthly as in 2,14,8,12"
        raise ValueError(message)
    return Rule(*map(int, text.split(",")))


def kept(times: Iterable[datetime], now: datetime, by: Rule = USUAL) -> frozenset[datetime]:
    """Give which of the backups made at these times are to be kept; the newest always is."""
    made = sorted(times)
    ends = dict(zip((_moment, _day, _week, _month), by.ends, strict=True))
    newest = {(period, period(at)): at for at in made for period in ends}
    stay = {at for (period, _), at in newest.items() if now - at < ends[period]}
    return frozenset(stay | set(made[-1:]))


Period = Callable[[datetime], Hashable]


def _moment(at: datetime) -> Hashable:
    return at


def _day(at: datetime) -> Hashable:
    return at.astimezone(UTC).date()


def _week(at: datetime) -> Hashable:
    return at.astimezone(UTC).isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    return at.astimezone(UTC).year, at.astimezone(UTC).month
