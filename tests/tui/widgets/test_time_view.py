"""The page of clocks: gauges, what comes, what was done and what rules lack, from values made by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from console.domain.actions import Does
from console.domain.case import PersonId
from console.domain.clock import SegmentKind
from console.domain.forecast import Foreseen
from console.domain.timing import Rule, RuleAct
from console.domain.why import Why
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_rules import RuleTold
from console.tui.terminal.glyphs import ASCII, UNICODE, Glyphs
from console.tui.widgets import ahead_rows, clock_rows
from console.tui.widgets.time_view import Timed, time
from tests.builders import MORNING, at
from tests.cli.why_givens import AHEAD, LATE, OVERNIGHT, POLICY, a_clock, an_action, minutes

NOW = at(minutes=24)
WIDE = 80
PAUSED = ClockTold(clock=a_clock(SegmentKind.PAUSE, due=None), intervals=())
OVER = ClockTold(clock=a_clock(SegmentKind.CLOSED, due=None), intervals=())
BARE = ClockTold(clock=a_clock(within=None, due=None, left=None), intervals=())


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    import time as clock

    monkeypatch.setenv("TZ", "UTC")
    clock.tzset()
    yield
    monkeypatch.undo()
    clock.tzset()


def a_why(*clocks: ClockTold, ahead: Ahead = AHEAD, rules: tuple[RuleTold, ...] = ()) -> Why:
    """Give what explains a case."""
    return Why(at=NOW, clocks=clocks, fired=(), rules=rules, ladders=(), ahead=ahead)


def page(why: Why, width: int = WIDE, glyphs: Glyphs = UNICODE, *, is_full: bool = False) -> str:
    """Give the page as text; no row of it is wider than the page."""
    timed = Timed(why, POLICY, NOW, glyphs, is_full=is_full)
    rows = ["".join(piece.text for piece in row).rstrip() for section in time(timed) for row in section(width)]
    assert [row for row in rows if len(row) > width] == []
    return "\n".join(rows)


def test_what_presses_most_stands_first_and_what_is_over_last() -> None:
    told = clock_rows.pressing_first([OVER, PAUSED, BARE, OVERNIGHT, LATE])
    assert told == [LATE, OVERNIGHT, BARE, PAUSED, OVER]


def test_a_clock_is_a_gauge_and_words() -> None:
    told = page(a_why(LATE, PAUSED, OVER, BARE))

    assert "response    ██████████ 2 min late, was due Mon 23 Nov 09:15" in told
    assert "response    ██████···· paused, 5 min left" in told
    assert "response    ██████···· over after 10 min" in told
    assert "response               runs for 10 min, without a target" in told


def test_a_paused_clock_has_no_date() -> None:
    assert "due" not in page(a_why(PAUSED)).partition("Next")[0]


def test_ascii_terminals_get_an_ascii_gauge() -> None:
    told = page(a_why(LATE, PAUSED), glyphs=ASCII)
    assert "######...." in told
    assert told.isascii()


@pytest.mark.parametrize(
    ("left", "used"), [(minutes(60), 0.0), (minutes(30), 0.5), (minutes(-5), 1.0), (None, 0.0), (minutes(90), 0.0)]
)
def test_the_gauge_of_a_date_is_the_way_to_it(left: timedelta | None, used: float) -> None:
    clock = a_clock(within=None, fixed=at(minutes=60), left=left)
    assert clock_rows.used(clock) == used
    assert len(clock_rows.drawn(clock, UNICODE)) == clock_rows.GAUGE


def test_a_date_that_was_past_at_the_start_is_used_up() -> None:
    assert clock_rows.used(a_clock(fixed=MORNING, left=minutes(1))) == 1


@pytest.mark.parametrize(
    ("told", "tone"),
    [(LATE, "late"), (PAUSED, "muted"), (OVER, "muted"), (OVERNIGHT, ""),
     (ClockTold(clock=a_clock(elapsed=minutes(12)), intervals=()), "escalate")],
)  # fmt: skip
def test_what_is_late_or_soon_stands_out(told: ClockTold, tone: str) -> None:
    assert clock_rows.tone(told) == tone


def test_all_of_it_tells_target_breach_and_every_interval() -> None:
    told = page(a_why(LATE), is_full=True)

    for words in (
        "target   15 min round the clock, by [clock.response] S1, line 212",
        "breach   Mon 23 Nov 09:15, found 09:19, 4 min later",
        "warned   50 % (due 09:15) and 75 % (due 09:15)",
        "counted  Mon 23 Nov 09:00 - 09:10, 10 min",
        "not      Mon 23 Nov 09:10 - 09:17, 7 min: waiting for customer",
        "counted  Mon 23 Nov 09:17 - now, 7 min",
    ):
        assert words in told
    assert "target" not in page(a_why(LATE))


def test_of_many_intervals_the_newest_are_told() -> None:
    told = page(a_why(replace(LATE, intervals=LATE.intervals * 10)), is_full=True)
    assert "18 earlier intervals; triage why --json gives all" in told


def test_what_comes_is_told_in_a_line_each_and_why_on_demand() -> None:
    short, full = page(a_why()), page(a_why(), is_full=True)

    assert "now              the first response is late; bo is told" in short
    assert "09:30            reminder to bo (rule s1-unanswered)" in short
    assert "not told" not in short
    assert "nobody answered for 15 min (rule s1-unanswered); not told lena (absent)" in " ".join(full.split())
    assert "After that nothing more is planned." in short


def coming(*times: datetime, does: Does = Does.REMIND) -> Ahead:
    """Give the same thing to come at several times."""
    return Ahead(tuple(Foreseen(when, an_action(does, to=(PersonId("bo"),))) for when in times), at(days=9), "and more")


def test_the_same_thing_is_told_once_with_its_later_times() -> None:
    told = page(a_why(ahead=coming(*(at(days=day) for day in range(1, 7)))))

    assert told.count("reminder to bo") == 1
    assert "again Wed 25 Nov 09:00, Thu 26 Nov 09:00, Fri 27 Nov 09:00 and 2 times more" in " ".join(told.split())


def test_warnings_stand_in_the_short_form_only_where_nothing_else_comes() -> None:
    both = Ahead(coming(at(hours=1), does=Does.WARN).foreseen + AHEAD.foreseen, at(days=9), "and more")
    assert "warning" not in page(a_why(ahead=both))
    assert "warning" in page(a_why(ahead=both), is_full=True)
    assert "warning" in page(a_why(ahead=coming(at(hours=1), does=Does.WARN)))
    warnings = (Foreseen(at(hours=number), an_action(Does.WARN, step=number)) for number in (1, 2))
    two = Ahead((*warnings, *AHEAD.foreseen), at(days=9), "and more")
    assert "2 warnings before are left out." in page(a_why(ahead=two))


def a_rule(id: str, **told: Any) -> RuleTold:  # noqa: A002, ANN401 - a name, any field
    """Give a rule and how it stands."""
    return replace(RuleTold(rule=Rule(id=id, says="x", when="y", do=RuleAct.NOTIFY)), **told)


def test_rules_that_will_fire_stand_first_and_long_names_have_a_line() -> None:
    rules = (
        a_rule("idle", lacks="severity:S1 is not so: it is S3"), a_rule("held", holds_since=MORNING, lacks="done"),
        a_rule("a-name-that-is-very-long-indeed", at=at(hours=1), holds_since=MORNING, does=Does.NOTIFY),
        a_rule("soon", flips_at=at(hours=2), lacks="age>3h is not so"),
    )  # fmt: skip
    told = page(a_why(rules=rules)).partition("what each lacks")[2].splitlines()

    assert [line.split()[0] for line in told if line[3:4].strip()] == [
        "a-name-that-is-very-long-indeed", "held", "soon", "idle",
    ]  # fmt: skip
    assert "severity:S1 is not so: it is S3" in told[-1]


def test_without_clocks_and_rules_it_says_so() -> None:
    told = page(a_why(ahead=Ahead((), NOW, "nothing will happen: it is closed")))
    assert "No clock runs" in told
    assert "Nothing will happen: it is closed." in told


@pytest.mark.parametrize("width", [20, 40, 60, 80, 140])
def test_every_width_holds_all_of_it(width: int) -> None:
    timed = Timed(a_why(LATE, OVERNIGHT, PAUSED), POLICY, NOW, UNICODE, is_full=True)
    rows = [row for section in time(timed) for row in section(width)]
    assert all(sum(len(piece.text) for piece in row) <= max(width, 40) for row in rows)


def test_gathering_keeps_the_order() -> None:
    told = ahead_rows.gathered(AHEAD.foreseen, POLICY, NOW)
    assert [each.at for each in told] == sorted(each.at for each in told)
    assert told[0].at == NOW
