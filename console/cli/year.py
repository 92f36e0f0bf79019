"""The year before the demonstration: made-up cases as a desk has them, with their whole history, the same each time.

How often cases go up, come back, skip a level, wait and are taken up again is what is known of a real desk of three
lines: a third go up, half of those within a quarter of an hour; nearly half of them come back.
"""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.cli.past_case import PastCase
from console.cli.past_life import Life, Trouble, capital
from console.desk.founding import Past
from console.domain.case import Case, CaseId, CaseText, SeverityFrom
from console.domain.facts import Facts
from console.domain.people import Person
from console.domain.policy import Policy
from console.settings import sample_data

SEED = 20261130
DAYS = 365
UNTIL = timedelta(days=11)
"""So long ago the year ends, where the sample cases begin."""

QUIET = timedelta(days=2)
"""So long ago the last thing was done on its cases."""

A_DAY = 7.0
"""How many cases come on a working day of the middle of the year."""

BY_WEEKDAY = (1.35, 1.1, 1.0, 0.95, 0.9, 0.3, 0.1)
BY_MONTH = (1.0, 0.9, 0.9, 0.95, 0.9, 0.9, 0.8, 0.8, 1.0, 1.05, 1.4, 1.35)
BY_HOUR = {7: 4, 8: 13, 9: 16, 10: 14, 11: 11, 12: 6, 13: 9, 14: 10, 15: 9, 16: 7, 17: 5, 18: 2, 20: 1, 22: 1, 4: 1}
CHANNELS = {"phone": 4, "mail": 5, "portal": 4, "chat": 2}


def year_before(policy: Policy, staff: Sequence[Person], now: datetime) -> list[Past]:
    """Give the cases of the year before, oldest first, numbered from 1, as that year has left them."""
    said = tomllib.loads((sample_data() / "year.toml").read_text(encoding="utf-8"))
    kinds = [Trouble(**_fixed(each)) for each in said["trouble"]]
    chance = random.Random(SEED)  # noqa: S311 - made up, the same each time
    found = []
    for number, at in enumerate(_moments(chance, now), 1):
        kind = chance.choices(kinds, [each.share for each in kinds])[0]
        shop = chance.choice(said["shops"])
        gaps = kind.gaps(chance, shop)
        case = _coming_in(policy, kind, chance, at)
        first, last = chance.choice(said["first_names"]), chance.choice(said["last_names"])
        case = replace(
            case, id=CaseId(number), ref=f"HY-{number:04d}", title=capital(chance.choice(kind.titles).format(**gaps)),
            requester=f"{first}.{last}@halden.example".casefold(), organisation=_place(said, kind.at, shop, chance),
        )  # fmt: skip
        body = f"{capital(chance.choice(kind.texts).format(**gaps))}\n{first}"
        facts = Facts(case=case, history=(), people=tuple(staff), text=CaseText(body))
        past = PastCase(policy, facts, now - QUIET)
        Life(past, kind, gaps, staff, chance).live()
        found.append(past.past)
    return found


def _fixed(words: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in words.items()}


def _moments(chance: random.Random, now: datetime) -> list[datetime]:
    """Give when cases came in, by the rhythm of the day, the week and the year."""
    zone = ZoneInfo("Europe/Berlin")
    last = (now - UNTIL).astimezone(zone).date()
    days = [last - timedelta(days=back) for back in range(DAYS)]
    return sorted(
        datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), zone).astimezone(UTC)
        for day in days
        for hour in chance.choices(list(BY_HOUR), list(BY_HOUR.values()), k=_count(chance, _mean(day)))
    )


def _mean(day: date) -> float:
    """Give how many cases come on such a day on average."""
    return A_DAY * BY_WEEKDAY[day.weekday()] * BY_MONTH[day.month - 1]


def _count(chance: random.Random, mean: float) -> int:
    """Give how many come where so many do on average (Poisson)."""
    left, found = math.exp(-mean), 0
    product = chance.random()
    while product > left:
        product *= chance.random()
        found += 1
    return found


def _coming_in(policy: Policy, kind: Trouble, chance: random.Random, at: datetime) -> Case:
    """Give a case with the facts it comes in with, but for whose it is."""
    impact, urgency = (min(4, max(1, rate + chance.choice((-1, 0, 0, 0, 1)))) for rate in kind.rates)
    return Case(
        title=kind.category, source="year", category=kind.category, item=kind.item, version=1,
        channel=chance.choices(list(CHANNELS), list(CHANNELS.values()))[0], impact=impact, urgency=urgency,
        severity=policy.severity(impact, urgency) or policy.default_severity, severity_from=SeverityFrom.MATRIX,
        affected=chance.randint(*kind.reach) if kind.reach else None, created=at, updated=at,
    )  # fmt: skip


def _place(said: Mapping[str, Any], kind: str, shop: str, chance: random.Random) -> str:
    """Give where a case comes from: a shop, a department, a warehouse."""
    departments: list[str] = {"offices": said["offices"], "warehouses": said["warehouses"]}.get(kind, [])
    places: list[str] = departments or [f"Shop {shop}", *([] if kind == "shops" else said["offices"])]
    return chance.choice(places)
