"""The next case that fits, and counting what was passed over."""

from __future__ import annotations

import pytest

from console.desk import triage
from console.desk.desk import Desk
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from tests.builders import a_person, a_policy, at
from tests.desk.givens import ADA, open_case, stored

BEA = Actor(a_person("bea"))
TEAM = Actor(a_person("dan", tier=2, teams=("database",)))


def test_the_worst_case_is_next_then_the_one_due_first(desk: Desk) -> None:
    later = open_case(desk, severity="S2", due=at(hours=5))
    first = open_case(desk, severity="S2", due=at(hours=1))
    worst = open_case(desk, severity="S1")
    last = open_case(desk, severity="S2")

    assert [triage.take_next(desk, ADA).case.id for _ in range(4)] == [worst, first, later, last]
    with pytest.raises(Refused, match="Nothing in tier 1") as refused:
        triage.take_next(desk, ADA)
    assert refused.value.code is RefusalCode.NOT_FOUND


def test_among_equally_bad_cases_the_one_they_know_about_is_next(desk: Desk) -> None:
    plain = open_case(desk, severity="S2")
    known = open_case(desk, severity="S2", category="network")
    bad = open_case(desk, severity="S1")
    eve = Actor(a_person("eve", skills=("network",)))
    assert [triage.take_next(desk, eve).case.id for _ in range(3)] == [bad, known, plain]


def test_the_next_case_is_of_ones_team_or_of_ones_tier_without_a_team(desk: Desk) -> None:
    other = open_case(desk, tier=2, team="network")
    own = open_case(desk, tier=2, team="database")
    loose = open_case(desk, tier=2)
    assert {triage.take_next(desk, TEAM).case.id for _ in range(2)} == {own, loose}
    with pytest.raises(Refused, match="Nothing in tier 2"):
        triage.take_next(desk, TEAM)
    assert stored(desk, other)[0].handler is None


def test_a_team_in_another_tier_has_cases_for_its_people_too(desk: Desk) -> None:
    open_case(desk, tier=3)
    lab = open_case(desk, tier=3, team="lab")
    visitor = Actor(a_person("vic", tier=2, teams=("lab",)))
    assert triage.take_next(desk, visitor).case.id == lab


def test_what_waits_or_is_handled_is_not_next(desk: Desk) -> None:
    waiting, taken, free = open_case(desk), open_case(desk), open_case(desk)
    triage.wait(desk, BEA, waiting, "customer")
    triage.claim(desk, BEA, taken)
    assert triage.take_next(desk, ADA).case.id == free


def test_nobody_takes_more_than_they_can_carry(desk: Desk) -> None:
    ids = [open_case(desk) for _ in range(3)]
    ben = Actor(a_person("ben", capacity=1))
    triage.take_next(desk, ben)
    with pytest.raises(Refused, match="You have 1 of 1 cases already"):
        triage.take_next(desk, ben)
    assert triage.claim(desk, ben, ids[2]).case.handler == "ben"
    triage.wait(desk, ben, ids[0], "customer")
    triage.wait(desk, ben, ids[2], "customer")
    assert triage.take_next(desk, ben).case.id == ids[1]


def test_a_case_chosen_by_hand_counts_the_more_urgent_ones_it_was_chosen_before(desk: Desk) -> None:
    old, new = open_case(desk, severity="S3"), open_case(desk, severity="S3")
    worse, handled = open_case(desk, severity="S1"), open_case(desk, severity="S1")
    triage.claim(desk, BEA, handled)
    open_case(desk, severity="S1", tier=2)
    open_case(desk, severity="S4")

    assert triage.claim(desk, ADA, new).event.detail == {"passed_over": 2}
    assert triage.claim(desk, ADA, worse).event.detail == {}
    assert triage.take_next(desk, BEA).event.detail == {}
    assert stored(desk, old)[0].handler == "bea"


def test_cases_of_teams_one_is_not_in_are_not_passed_over(desk: Desk) -> None:
    open_case(desk, severity="S1", tier=2, team="network")
    loose = open_case(desk, severity="S3", tier=2)
    open_case(desk, severity="S2", tier=2, team="database")
    assert triage.claim(desk, TEAM, loose).event.detail == {"passed_over": 1}


def test_the_policy_of_the_tests_has_the_teams_these_cases_name() -> None:
    assert {"database", "network", "lab"} <= {team.id for team in a_policy().teams}
