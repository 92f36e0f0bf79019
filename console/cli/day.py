"""A day of a desk, played: cases come in, colleagues work on them, clocks run out and ladders climb, faster than life.

Everybody acts by the desk's own functions. The console and the process that plays the others share one made-up clock.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from console.cli.colleagues import colleagues, hand_over, leaving
from console.cli.demonstration import Clock, add_people, have_seen_all, let_pass, sample_arrivals
from console.cli.rules import rules_of
from console.desk import taking
from console.desk.desk import Desk, actor, open_desk
from console.desk.rounds import make_rounds
from console.domain.arrival import Arrival
from console.domain.errors import Refused
from console.intake import derive
from console.settings import sample_data

OPENS, LENGTH = time(7, 50), timedelta(hours=10, minutes=20)
"""When the day begins, where the desk's calendar counts, and how long it is: until it has closed."""

SPEED = 310.0
"""How many times faster than life the day is played where nobody says otherwise: two minutes for all of it."""

SHIFT = timedelta(hours=5)
"""How long after its start the early shift hands over and leaves."""

STEP = timedelta(minutes=2)
"""How often somebody acts, in the day's own time."""

BACKLOG = 24
"""So many of the sample cases are there from the day before; the others come in during the day."""

FRONT = "olga"
"""Under whose name cases come in."""

MOST_DAYS = 15
"""Within so many days the desk has worked on one, whatever the season."""

SEED = 4711


@dataclass(frozen=True, slots=True)
class Played:
    """The clock of a played day: it began at a moment of the real one, and runs so many times faster until its end.

    From then on it runs as the real one does.
    """

    begun: datetime
    start: datetime
    speed: float
    read: Callable[[], datetime] = field(compare=False)

    def __call__(self) -> datetime:
        """Give the time of the day."""
        return self.at(self.read())

    def at(self, real: datetime) -> datetime:
        """Give the time of the day at a moment of the real clock."""
        real_passed = max(real - self.begun, timedelta(0))
        passed = real_passed * self.speed
        return self.start + (passed if passed < LENGTH else LENGTH + real_passed - LENGTH / self.speed)

    @property
    def end(self) -> datetime:
        """Give when nothing more is played."""
        return self.start + LENGTH


def start_of(desk: Desk, now: datetime) -> datetime:
    """Give when the played day started: the last one that is over on which the desk worked, where its calendar counts.

    What has been played lies in the past then, for whoever opens the database afterwards.
    """
    calendar = desk.policy.timing.calendar_of("")
    zone = ZoneInfo(calendar.zone)
    today = (now - LENGTH).astimezone(zone).date()
    days = (today - timedelta(days=back) for back in range(MOST_DAYS))
    starts = (datetime.combine(day, OPENS, zone).astimezone(UTC) for day in days if calendar.hours(day))
    return next(start for start in starts if start + LENGTH <= now)


def begin(database: Path, user: str, now: datetime) -> tuple[Desk, Clock]:
    """Make the desk as it is in the morning: its people, and the cases of the day before."""
    policy = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    clock = Clock(now)
    desk = open_desk(database, policy, "policy.toml", clock)
    add_people(desk, user)
    morning = start_of(desk, now)
    clock.at = evening = morning - timedelta(hours=14)
    arrivals = _arrivals(desk)[:BACKLOG]
    spread = [replace(each, created=evening - timedelta(minutes=25 * n)) for n, each in enumerate(arrivals)]
    taking.take_in(desk, actor(desk, user), spread)
    let_pass(desk, clock, morning)
    have_seen_all(desk)
    return replace(desk, articles=sample_data()), clock


def play(desk: Desk, user: str, start: datetime, until: Callable[[datetime], bool]) -> None:
    """Play the day step by step; `until` waits for a moment of it, and says whether to go on."""
    chance = random.Random(SEED)  # noqa: S311 - a script, the same each time
    staff, coming, at = colleagues(desk, but=user), _coming(desk, start, chance), start
    early = leaving(staff)
    while at < start + LENGTH and until(at + STEP):
        at += STEP
        with suppress(Refused):  # whoever watches may be writing, or have changed what there is
            while coming and (coming[0].created or at) <= at:
                taking.take_in(desk, actor(desk, FRONT), [coming[0]])
                del coming[0]
            make_rounds(desk, between=lambda: True)
        if early and at >= start + SHIFT:
            hand_over(desk, early)
            staff, early = tuple(each for each in staff if each not in early), {}
        for each in chance.sample(staff, min(len(staff), 2)):
            each.act(desk, chance)


def play_through(desk: Desk, clock: Clock, user: str) -> None:
    """Play the whole day at once."""

    def move(at: datetime) -> bool:
        clock.at = at
        return True

    play(desk, user, clock.at, move)


def _arrivals(desk: Desk) -> list[Arrival]:
    """Give the sample cases, as intake would take them in."""
    rules = rules_of(desk.policy)
    return [derive(replace(each, due=None), rules) for each in sample_arrivals()]


def _coming(desk: Desk, start: datetime, chance: random.Random) -> list[Arrival]:
    """Give the cases of the day in order; more come in the morning, and none in the last hour."""
    arrivals = _arrivals(desk)[BACKLOG:]
    length = (LENGTH - timedelta(hours=1)).total_seconds()
    moments = sorted(chance.triangular(0, length, length / 4) for _ in arrivals)
    return [
        replace(each, created=start + timedelta(seconds=int(at)), updated=None, messages=())
        for each, at in zip(arrivals, moments, strict=True)
    ]
