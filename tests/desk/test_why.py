"""Why and next at the desk: what one person may see, under the policy in force and those that cases were sent under."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from console.desk import closing, triage, why
from console.desk import escalation as escalating
from console.desk.facts import facts_of
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.matrix import Target
from console.store import cases, holidays
from console.store.sight import WHOLE
from tests.desk.givens import FULL
from tests.desk.timed_policies import PLACES
from tests.desk.timed_world import ACTORS, World, two_cases

CLOCKED = """
[clocks]
calendar = "always"
warn = []
[clock.response]
S1 = "1h"
S3 = "4h"
[ladder.first]
[[ladder.first.step]]
to = ["bo"]
after = "10min"
count = "wall"
"""
TEXT = PLACES + CLOCKED
CASE = CaseId(1)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Give a desk with an urgent case, under a policy with a clock and a ladder."""
    world = World(tmp_path, TEXT)
    two_cases(world)
    return world


def send(world: World) -> None:
    """Send the case up."""
    order = escalating.Order(brief=FULL, reason=triage.Reason("vip"))
    escalating.escalate(world.desk, ACTORS["ada"], CASE, order)


def test_a_later_policy_begins_nothing_for_what_had_ended_with_nothing_ahead_until_somebody_acts(world: World) -> None:
    send(world)
    closing.resolve(world.desk, ACTORS["bo"], CASE, "done")
    assert why.ahead(world.desk, ACTORS["ada"], CASE).ahead.foreseen == ()

    world.under(TEXT.replace("[ladder.first]", '[clock.review]\nS1 = "5min"\n[ladder.first]'))
    assert why.ahead(world.desk, ACTORS["ada"], CASE).ahead.foreseen == ()
    world.watch(world.clock.now + timedelta(days=1))
    triage.note(world.desk, ACTORS["ada"], CASE, triage.Said("it holds"))
    assert [each.action.source for each in why.ahead(world.desk, ACTORS["ada"], CASE).ahead.foreseen] == [
        "clock:review"
    ]


def test_the_line_of_the_policy_is_named(world: World) -> None:
    found = why.why(world.desk, ACTORS["ada"], CASE)
    line = TEXT.splitlines().index('S1 = "1h"') + 1
    assert found.why.clocks[-1].rule == f"[clock.response] S1, line {line}"


def test_an_open_escalation_climbs_the_ladder_of_the_policy_it_was_sent_under(world: World) -> None:
    send(world)
    world.under(TEXT.replace('to = ["bo"]', 'to = ["kim"]'))

    (ahead, *_) = why.ahead(world.desk, ACTORS["ada"], CASE).ahead.foreseen

    assert (ahead.action.to, ahead.at) == (("bo",), world.clock.now + timedelta(minutes=10))


def test_a_policy_that_is_not_read_any_more_gives_way_to_the_one_in_force(world: World) -> None:
    send(world)
    world.desk = replace(world.desk, policy=replace(world.desk.policy, version="another"), policy_text="another")
    with world.desk.store.jot() as tx:
        tx.driver.execute("UPDATE policy SET text = 'nothing that can be read'")

    with world.desk.store.read(WHOLE) as tx:
        assert facts_of(world.desk, tx, cases.get(tx, CASE)).frozen == {}


def test_the_calendars_of_a_policy_it_was_sent_under_close_on_the_holidays_that_are_kept(world: World) -> None:
    world.under(TEXT.replace('zone = "Europe/Berlin"', 'zone = "Europe/Berlin"\nholidays = "DE-HE"'))
    send(world)
    sent_under = world.desk.policy.version
    with world.desk.store.jot() as tx:
        holidays.put(tx, "DE-HE", [2026], {date(2026, 12, 25): "Erster Weihnachtstag"})
    world.under(TEXT)

    with world.desk.store.read(WHOLE) as tx:
        frozen = facts_of(world.desk, tx, cases.get(tx, CASE)).frozen

    assert frozen[sent_under].timing.calendars["office"].holidays == {date(2026, 12, 25)}


def test_one_line_tells_whom_the_ladder_would_engage(world: World) -> None:
    told = why.if_sent(world.desk, ACTORS["ada"], CASE, Target(2, "database"))
    assert told.endswith("if nobody answers")
    assert why.if_sent(world.desk, ACTORS["ada"], CASE, Target(1)) == ""
    world.under(PLACES)
    assert why.if_sent(world.desk, ACTORS["ada"], CASE, Target(2, "database")) == ""


def test_the_future_can_be_asked_for_until_a_time_and_in_one_line(world: World) -> None:
    send(world)
    until = world.clock.now + timedelta(minutes=5)
    outlook = why.ahead(world.desk, ACTORS["ada"], CASE, until)

    assert (outlook.ahead.foreseen, outlook.ahead.until, outlook.at) == ((), until, world.clock.now)
    assert "tier 2 database" in why.next_of(world.desk, ACTORS["ada"], CASE)


def test_a_case_as_it_will_stand_has_what_will_have_fired(world: World) -> None:
    send(world)
    later = why.why(world.desk, ACTORS["ada"], CASE, world.clock.now + timedelta(minutes=30))
    assert {each.firing.source for each in later.why.fired} == {"ladder:first"}
    assert later.case.version > why.why(world.desk, ACTORS["ada"], CASE).case.version


def test_nobody_outside_its_circle_and_no_subject_is_told_why(world: World) -> None:
    triage.change(world.desk, ACTORS["ina"], CASE, {"confidential": True})
    for name in ("kim", "max"):
        for ask in (why.why, why.ahead, why.next_of):
            with pytest.raises(Refused, match=r"There is no case 1\."):
                ask(world.desk, ACTORS[name], CASE)
    assert why.why(world.desk, ACTORS["ina"], CASE).case.id == CASE
