"""Clocks, actions and a page of eighty columns in Berlin, for the tests of why and next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from console.cli.why_page import Page
from console.domain.actions import Action, Does
from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import PersonId
from console.domain.clock import Clock, Segment, SegmentKind
from console.domain.forecast import Foreseen
from console.domain.intervals import Interval
from console.domain.matrix import Target
from console.domain.timing import ClockName, Timing
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from tests.builders import MORNING, a_policy, at

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar("office", "Europe/Berlin", (((480, 1020),),) * 5 + ((), ()), holidays=frozenset({date(2026, 12, 25)}))
POLICY = a_policy(
    version="3f2a91c0b7d1", timing=Timing(calendars={"always": ALWAYS, "office": OFFICE}, calendar="office")
)
NOW = at(minutes=24)
PAGE = Page(POLICY, NOW, BERLIN, 80)
RUN, PAUSE, CLOSED = SegmentKind.RUN, SegmentKind.PAUSE, SegmentKind.CLOSED


def minutes(number: float) -> timedelta:
    """Give so many minutes."""
    return timedelta(minutes=number)


def a_clock(kind: SegmentKind = RUN, **facts: Any) -> Clock:  # noqa: ANN401 - any field of a clock
    """Give a response clock of case 7 that began at nine and is due at 9:15."""
    given: dict[str, Any] = {
        "name": ClockName.RESPONSE, "key": "1", "calendar": "always", "within": minutes(15), "elapsed": minutes(10),
        "segments": (Segment(kind, MORNING, None, "opened", 1, "always"),), "due": at(minutes=15), "left": minutes(5),
    }  # fmt: skip
    return Clock(**(given | facts))


def an_action(does: Does, source: str = "rule:s1-unanswered", **facts: Any) -> Action:  # noqa: ANN401 - any field
    """Give an action that is due at half past nine."""
    given: dict[str, Any] = {
        "does": does, "source": source, "says": "S1 unanswered for 15 min", "deadline": MORNING, "due": at(minutes=30),
        "why": "nobody answered for 15 min",
    }  # fmt: skip
    return Action(**(given | facts))


def text(lines: Iterable[str]) -> str:
    """Give lines as one text, as a page shows them; none is wider than the page."""
    found = list(lines)
    assert [line for line in found if len(line) > PAGE.wide] == []
    return "\n".join(line.rstrip() for line in found)


LATE = ClockTold(
    clock=a_clock(left=minutes(-2), elapsed=minutes(17), breached_at=at(minutes=15),
                  warned=frozenset({(50, at(minutes=15)), (75, at(minutes=15))})),
    rule="[clock.response] S1, line 212", found_at=at(minutes=19), warned=((50, at(minutes=15)), (75, at(minutes=15))),
    intervals=(
        Interval(MORNING, at(minutes=10)), Interval(at(minutes=10), at(minutes=17), "waiting for customer"),
        Interval(at(minutes=17), None),
    ),
)  # fmt: skip
OVERNIGHT = ClockTold(
    clock=a_clock(
        name=ClockName.RESOLUTION, calendar="office", within=timedelta(hours=9), elapsed=timedelta(hours=2),
        left=timedelta(hours=7), due=at(hours=8),
    ),
    intervals=(
        Interval(at(days=-3, hours=6), at(days=-3, hours=7)),
        Interval(at(days=-3, hours=7), at(hours=-2), "closed: Saturday, Sunday"), Interval(at(hours=-2), None),
    ),
)  # fmt: skip


AHEAD = Ahead(
    (
        Foreseen(at(minutes=20), an_action(Does.BREACH, "clock:response", why="15 min are used", to=(PersonId("bo"),))),
        Foreseen(at(minutes=30), an_action(Does.REMIND, to=(PersonId("bo"),), absent=(("lena", "absent"),))),
        Foreseen(
            at(minutes=45),
            an_action(Does.ENGAGE, "ladder:standard", step=2, steps=3, target=Target(2, "database"), why="",
                      to=(PersonId("kim"), PersonId("max")), outside=("Oracle",)),
        ),
        Foreseen(at(days=1), an_action(Does.ESCALATE, target=Target(3, party="vendor"))),
    ),
    at(days=30), "after that nothing more is planned",
)  # fmt: skip
