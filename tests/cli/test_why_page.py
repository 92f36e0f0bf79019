"""The pages of why, why not and what next, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from console.cli import why_page
from console.cli.why_page import Page
from console.domain.actions import Action, Does
from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import EscalationId, PersonId
from console.domain.clock import Clock, Segment, SegmentKind
from console.domain.events import Event, Kind
from console.domain.firings import firings
from console.domain.forecast import Foreseen
from console.domain.intervals import Interval
from console.domain.ladder import Progress
from console.domain.matrix import Target
from console.domain.timing import ClockName, Ladder, LadderStep, Rule, RuleAct, Timing
from console.domain.why import Why
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_fired import Fired, fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from tests.builders import MORNING, a_policy, an_escalation, an_event, at

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


def test_what_comes_is_told_with_its_time_how_far_off_to_whom_and_why() -> None:
    assert (
        text(why_page.ahead_lines(AHEAD, PAGE))
        == """\
  Mon 23 Nov 10:24  now             the first response is late; bo is told
                                    15 min are used (clock response)
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


ENGAGED = an_event(
    Kind.ENGAGED, actor=PersonId("rule:ladder"), at=at(minutes=14),
    cause="ladder standard, policy 3f2a91c0…, 4 min late",
    detail={"source": "ladder:standard", "deadline": MORNING.isoformat(), "step": 1, "due": at(minutes=10).isoformat(),
            "late": 240, "to": ["kim"], "absent": [["lena", "absent"]], "policy": "3f2a91c0b7d1", "escalation": 7001},
)  # fmt: skip
IN_TIME = an_event(
    Kind.RESUMED, actor=PersonId("rule:clock"), at=at(minutes=20), cause="wait",
    detail={"source": "wait", "deadline": at(minutes=20).isoformat(), "due": at(minutes=20).isoformat()},
)  # fmt: skip


def firings_of(*events: Event) -> tuple[Fired, ...]:
    """Give what events say has fired."""
    return fired([*firings(events)])


def test_a_firing_says_what_asked_for_it_when_it_was_due_under_which_policy_and_who_was_told() -> None:
    (each,) = firings_of(ENGAGED)
    assert (
        text(why_page.firing(each, PAGE))
        == """\
  23 Nov 10:14  Rule 'ladder' engaged kim at step 1, lena was absent (ladder
                standard, policy 3f2a91c0…, 4 min late)
                ladder standard, due 10:10, 4 min late; policy 3f2a91c0b7d1;
                told kim; not told lena (absent)"""
    )


def test_a_firing_in_time_that_told_nobody_says_only_that() -> None:
    (each,) = firings_of(IN_TIME)
    assert (
        text(why_page.firing(each, PAGE))
        == """\
  23 Nov 10:20  Rule 'clock' resumed it (wait)
                wait, due 10:20, in time"""
    )


def a_rule(**facts: Any) -> Rule:  # noqa: ANN401 - any field of a rule
    """Give a rule that escalates what nobody has answered for 15 minutes, twice."""
    return Rule(id="s1-unanswered", says="S1 unanswered", when="severity:S1 status:new", do=RuleAct.ESCALATE, **facts)


@pytest.mark.parametrize(
    ("told", "page"),
    [
        (RuleTold(rule=a_rule(), lacks="severity is S3, not S1"), "  s1-unanswered: severity is S3, not S1"),
        (RuleTold(rule=a_rule()), "  s1-unanswered: does not hold"),
        (
            RuleTold(rule=a_rule(times=2), holds_since=MORNING, fired=2),
            "  s1-unanswered: has fired as often as it may: 2 times",
        ),
        (
            RuleTold(rule=a_rule(), holds_since=MORNING, at=at(minutes=30)),
            """\
  s1-unanswered: holds since Mon 23 Nov 10:00, fires Mon 23 Nov 10:30 if it goes
                 on holding""",
        ),
        (
            RuleTold(rule=a_rule(), holds_since=MORNING, lacks="it was escalated already"),
            "  s1-unanswered: holds since Mon 23 Nov 10:00, it was escalated already",
        ),
        (RuleTold(rule=a_rule(), holds_since=MORNING), "  s1-unanswered: holds since Mon 23 Nov 10:00"),
    ],
)
def test_a_rule_says_what_it_lacks_or_when_it_fires(told: RuleTold, page: str) -> None:
    assert text(why_page.idle(told, PAGE)) == page


STEPS = (LadderStep(to=("receiver",), after=minutes(10)), LadderStep(to=("manager",), after=minutes(10)))
SENT = an_escalation(id=EscalationId(7001))
BEGUN = Progress(base=MORNING, begun=MORNING, since=MORNING)
ANSWER = an_event(
    Kind.ACKNOWLEDGED, actor=PersonId("kim"), at=at(minutes=12), detail={"escalation": 7001}, version=9
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "page"),
    [
        (
            LadderTold(escalation=SENT, ladder=Ladder(id="standard", steps=STEPS), stands=BEGUN),
            """\
  ada to tier 2 database, sent Mon 23 Nov 10:00
    ladder standard: before the first step
    nobody has responded yet""",
        ),
        (
            LadderTold(
                escalation=SENT, ladder=Ladder(id="standard", steps=STEPS, rounds=2), stands=replace(BEGUN, step=1),
                fired=firings_of(ENGAGED), answers=(ANSWER,), stopped="kim acknowledged it",
            ),
            """\
  ada to tier 2 database, sent Mon 23 Nov 10:00
    ladder standard: step 1 of 2, round 1 of 2
    23 Nov 10:12  kim acknowledged it
    23 Nov 10:14  Rule 'ladder' engaged kim at step 1, lena was absent (ladder
                  standard, policy 3f2a91c0…, 4 min late)
    kim acknowledged it""",
        ),
        (
            LadderTold(escalation=SENT, ladder=None, stands=BEGUN, stopped="the policy has no ladder for it"),
            """\
  ada to tier 2 database, sent Mon 23 Nov 10:00
    the policy has no ladder for it""",
        ),
    ],
)  # fmt: skip
def test_a_ladder_says_where_it_stands_whom_it_engaged_and_why_it_stopped(told: LadderTold, page: str) -> None:
    assert text(why_page.ladder(told, PAGE)) == page


def test_a_page_has_a_section_for_each_thing_there_is_and_always_says_what_comes() -> None:
    told = Why(
        at=NOW, clocks=(LATE,), fired=firings_of(IN_TIME), rules=(RuleTold(rule=a_rule(), lacks="it is closed"),),
        ladders=(LadderTold(escalation=SENT, ladder=None, stands=BEGUN),), ahead=Ahead((), at(days=30), "nothing"),
    )  # fmt: skip
    heads = [line for line in why_page.why_lines(told, PAGE) if line and not line.startswith(" ")]
    assert heads == ["Clocks", "Fired", "Rules that did not fire", "Ladders", "Next, if nobody acts"]

    none = Why(at=NOW, clocks=(), fired=(), rules=(), ladders=(), ahead=AHEAD)
    assert [line for line in why_page.why_lines(none, PAGE) if line and not line.startswith(" ")] == heads[-1:]


def test_how_clocks_stand_is_told_in_one_line_each_but_for_those_that_are_over() -> None:
    over = ClockTold(clock=a_clock(CLOSED, due=None), intervals=())
    assert (
        text(why_page.standings([LATE, over, OVERNIGHT], PAGE))
        == """\
  response    2 min late, was due Mon 23 Nov 10:15
  resolution  7 h left, due Mon 23 Nov 18:00
"""
    )
    assert text(why_page.standings([over], PAGE)) == ""
