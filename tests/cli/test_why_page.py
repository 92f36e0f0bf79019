"""The pages of why and next: how clocks stand, what counted, and what comes, line by line."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from console.cli import why_page
from console.cli.why_page import Page
from console.domain.intervals import Interval
from console.domain.timing import ClockName
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from tests.builders import at
from tests.cli.why_givens import (
    AHEAD,
    CLOSED,
    LATE,
    NOW,
    OVERNIGHT,
    PAGE,
    PAUSE,
    POLICY,
    a_clock,
    minutes,
    text,
)


@pytest.mark.parametrize(
    ("told", "page"),
    [
        (
            LATE,
            """\
  response    2 min late, was due Mon 23 Nov 10:15
              target  15 min round the clock, by [clock.response] S1, line 212
              breach  Mon 23 Nov 10:15, found 10:19, 4 min later
              warned  50 % (due 10:15) and 75 % (due 10:15)
    Mon 23 Nov 10:00 - 10:10       10 min  counted
    Mon 23 Nov 10:10 - 10:17        7 min  waiting for customer
    Mon 23 Nov 10:17 - now          7 min  counted""",
        ),
        (
            OVERNIGHT,
            """\
  resolution  7 h left, due Mon 23 Nov 18:00
              target  9 h in the hours of office
    Fri 20 Nov 16:00 - 17:00                     1 h  counted
    Fri 20 Nov 17:00 - Mon 23 Nov 08:00     2 d 15 h  closed: Saturday, Sunday
    Mon 23 Nov 08:00 - now                2 h 24 min  counted""",
        ),
        (
            ClockTold(clock=a_clock(PAUSE, due=None, left=timedelta(hours=3)), intervals=()),
            "  response    paused, 3 h left\n              target  15 min round the clock",
        ),
        (
            ClockTold(clock=a_clock(PAUSE, due=None, left=minutes(-5)), intervals=()),
            "  response    paused, 5 min late\n              target  15 min round the clock",
        ),
        (
            ClockTold(clock=a_clock(PAUSE, due=None, left=None, within=None), intervals=()),
            "  response    paused\n              target  no target in the policy",
        ),
        (
            ClockTold(clock=a_clock(CLOSED, due=None), intervals=()),
            "  response    over after 10 min\n              target  15 min round the clock",
        ),
        (
            ClockTold(clock=a_clock(CLOSED, due=None, left=minutes(-3), breached_at=at(minutes=15)), intervals=()),
            """\
  response    over after 10 min, 3 min too late
              target  15 min round the clock
              breach  Mon 23 Nov 10:15""",
        ),
        (
            ClockTold(clock=a_clock(due=None, left=None, within=None), intervals=()),
            "  response    runs for 10 min, without a target\n              target  no target in the policy",
        ),
        (
            ClockTold(
                clock=a_clock(name=ClockName.DECISION, within=None, fixed=at(hours=2), due=at(hours=2), left=None),
                intervals=(),
            ),
            """\
  decision    1 h 36 min left, due Mon 23 Nov 12:00
              target  a fixed time, Mon 23 Nov 12:00, which no pause moves""",
        ),
    ],
)
def test_a_clock_says_how_it_stands_by_which_line_and_what_counted(told: ClockTold, page: str) -> None:
    assert text(why_page.clock(told, PAGE)) == page


def test_of_many_intervals_the_newest_are_shown() -> None:
    many = tuple(
        Interval(at(minutes=number), at(minutes=number + 1), "" if number % 2 else "x") for number in range(20)
    )
    lines = text(why_page.clock(ClockTold(clock=a_clock(), intervals=many), PAGE)).splitlines()
    assert lines[2] == "              … 8 earlier intervals; --json gives all"
    assert len(lines) == 3 + why_page.SHOWN


def test_the_heading_names_the_zone() -> None:
    assert PAGE.heading() == "Mon 23 Nov 10:24, times in Europe/Berlin (CET), policy 3f2a91c0b7d1"
    assert Page(POLICY, NOW, UTC, 80).heading() == "Mon 23 Nov 09:24, times in UTC, policy 3f2a91c0b7d1"


def test_what_comes_is_told_with_its_time_how_far_off_to_whom_and_why() -> None:
    assert (
        text(why_page.ahead_lines(AHEAD, PAGE))
        == """\
  Mon 23 Nov 10:24  now             the first response is late; bo is told
  Mon 23 Nov 10:30  in 6 min        reminder to bo
                                    nobody answered for 15 min (rule
                                    s1-unanswered); not told lena (absent)
  Mon 23 Nov 10:45  in 21 min       tier 2 database: kim, max and Oracle are
                                    engaged (step 2 of 3)
                                    ladder standard
  Tue 24 Nov 10:00  in 23 h 36 min  escalated to tier 3, Oracle
                                    nobody answered for 15 min (rule
                                    s1-unanswered)
  after that nothing more is planned"""
    )


def test_where_nothing_comes_it_says_why() -> None:
    nothing = Ahead((), at(days=30), "nothing will happen: it is closed, so no clock runs and no rule looks at it")
    assert (
        text(why_page.ahead_lines(nothing, PAGE))
        == """\
  nothing will happen: it is closed, so no clock runs and no rule looks at it"""
    )
