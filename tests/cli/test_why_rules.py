"""The page of why: what fired, what did not, how ladders stand, line by line."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.cli import why_page
from console.domain.actions import Does
from console.domain.case import EscalationId, PersonId
from console.domain.events import Event, Kind
from console.domain.firings import firings
from console.domain.ladder import Progress
from console.domain.timing import Ladder, LadderStep, Rule, RuleAct
from console.domain.why import Why
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_fired import Fired, fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from console.domain.why_words import idle_because
from tests.builders import MORNING, an_escalation, an_event, at
from tests.cli.why_givens import (
    AHEAD,
    BERLIN,
    CLOSED,
    LATE,
    NOW,
    OVERNIGHT,
    PAGE,
    a_clock,
    minutes,
    text,
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
  23 Nov 10:14  The ladder engaged kim, 4 min late
                ladder standard, due 10:10, 4 min late; policy 3f2a91c0b7d1;
                told kim; not told lena (absent)"""
    )


def test_a_firing_in_time_that_told_nobody_says_only_that() -> None:
    (each,) = firings_of(IN_TIME)
    assert (
        text(why_page.firing(each, PAGE))
        == """\
  23 Nov 10:20  The clock resumed it
                wait, due 10:20, in time"""
    )


def a_rule(**facts: Any) -> Rule:  # noqa: ANN401 - any field of a rule
    """Give a rule that escalates what nobody has answered for 15 minutes, twice."""
    return Rule(id="s1-unanswered", says="S1 unanswered", when="severity:S1 status:new", do=RuleAct.ESCALATE, **facts)


@pytest.mark.parametrize(
    ("told", "page"),
    [
        (RuleTold(rule=a_rule(), lacks="severity:S1 is not so: it is S3"), "severity:S1 is not so: it is S3"),
        (
            RuleTold(rule=a_rule(), lacks="late:yes is not so: it is no", flips_at=at(minutes=30)),
            "late:yes is not so: it is no, begins to hold at Mon 23 Nov 10:30 if nobody acts",
        ),
        (
            RuleTold(rule=a_rule(), holds_since=MORNING, lacks="it was escalated already", flips_at=at(minutes=30)),
            "holds since Mon 23 Nov 10:00, it was escalated already, stops holding at Mon 23 Nov 10:30 if nobody acts",
        ),
        (
            RuleTold(
                rule=a_rule(), holds_since=MORNING, lacks="for these facts it has fired as often as it may", fired=2
            ),
            "holds since Mon 23 Nov 10:00, for these facts it has fired as often as it may, has fired twice",
        ),
        (
            RuleTold(rule=a_rule(), holds_since=MORNING, at=at(minutes=30), does=Does.ESCALATE),
            "holds since Mon 23 Nov 10:00, fires at Mon 23 Nov 10:30 if it goes on holding",
        ),
        (
            RuleTold(rule=a_rule(), holds_since=MORNING, at=at(minutes=30), does=Does.REMIND),
            "holds since Mon 23 Nov 10:00, reminds at Mon 23 Nov 10:30 if it goes on holding",
        ),
        (
            RuleTold(rule=a_rule(), holds_since=MORNING, at=NOW, does=Does.ESCALATE, fired=1),
            "holds since Mon 23 Nov 10:00, fires now, has fired once",
        ),
    ],
)
def test_a_rule_says_what_it_lacks_or_when_it_fires(told: RuleTold, page: str) -> None:
    assert idle_because(told, NOW, BERLIN) == page
    assert text(why_page.rule(told, PAGE)).startswith("  s1-unanswered: ")


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
    23 Nov 10:12  kim acknowledged it and is on it
    23 Nov 10:14  step 1: kim, lena (absent)
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
    assert heads == ["Clocks", "Fired", "Rules", "Ladders", "Next, if nobody acts"]

    none = Why(at=NOW, clocks=(), fired=(), rules=(), ladders=(), ahead=AHEAD)
    assert [line for line in why_page.why_lines(none, PAGE) if line and not line.startswith(" ")] == heads[-1:]


def test_how_clocks_stand_is_told_in_one_line_each_but_for_those_that_are_over() -> None:
    over = ClockTold(clock=a_clock(CLOSED, due=None), intervals=())
    assert (
        text(why_page.standings([LATE, over, OVERNIGHT], PAGE))
        == """\
  response    2 min late, was due Mon 23 Nov 10:15
  resolution  7 h left, due Mon 23 Nov 18:00"""
    )
    assert text(why_page.standings([over], PAGE)) == ""
