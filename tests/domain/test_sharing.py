"""Who takes what: examples of plans, and laws that hold for all of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.acts import is_in_hand
from console.domain.case import Case, CaseId, PersonId, Severity, Status
from console.domain.people import Person, Role
from console.domain.policy import Category, Team
from console.domain.sharing import fits, has_room, is_there, loads_then, plan_shares, skill_for
from tests.builders import a_case, a_person, a_policy, an_open_case, at

POLICY = a_policy(
    categories=(Category("checkout", "Checkout", ("basket", "502")), Category("network", "Network")),
    teams=(Team("database", "Databases", 2, ("reporting",)), Team("network", "Networks", 2, ("network",))),
)


def the_plan(cases: list[Case], people: list[Person], **loads: int) -> dict[int, str | None]:
    """Give who gets which case."""
    plan = plan_shares(cases, people, {PersonId(name): load for name, load in loads.items()}, POLICY)
    return {share.case: share.person for share in plan}


def cases_of(number: int, **facts: Any) -> list[Case]:  # noqa: ANN401 - any field of a case
    """Give cases 1 to `number`."""
    return [a_case(id=CaseId(n + 1), **facts) for n in range(number)]


def test_cases_are_spread_evenly_over_those_present() -> None:
    plan = the_plan(cases_of(6), [a_person("ada"), a_person("bo"), a_person("cy")])
    assert Counter(plan.values()) == {"ada": 2, "bo": 2, "cy": 2}


def test_whoever_carries_least_gets_more() -> None:
    plan = the_plan(cases_of(4), [a_person("ada"), a_person("bo")], ada=4)
    assert set(plan.values()) == {"bo"}


def test_a_load_counts_against_the_capacity_it_fills() -> None:
    people = [a_person("ada", capacity=20), a_person("bo", capacity=4)]
    plan = the_plan(cases_of(6), people, ada=6, bo=0)
    assert Counter(plan.values()) == {"bo": 2, "ada": 4}


def test_nobody_is_given_more_than_their_capacity_and_what_is_left_says_why() -> None:
    plan = plan_shares(cases_of(4), [a_person(capacity=3)], {PersonId("ada"): 1}, POLICY)
    assert [share.person for share in plan] == ["ada", "ada", None, None]
    assert plan[0].why == "2 of 3 then"
    assert plan[-1].why == "everybody it fits is full: ada has 3 of 3"


def test_a_case_goes_to_its_team_or_else_its_tier() -> None:
    people = [a_person("ada", tier=1), a_person("bo", tier=2), a_person("cy", tier=2, teams=("network",))]
    cases = [
        a_case(id=CaseId(1)),
        a_case(id=CaseId(2), tier=2, team="network"),
        a_case(id=CaseId(3), tier=2),
        a_case(id=CaseId(4), tier=2, team="database"),
        a_case(id=CaseId(5), tier=3),
    ]
    plan = plan_shares(cases, people, {}, POLICY)
    assert [share.person for share in plan] == ["ada", "cy", "bo", None, None]
    assert [share.why for share in plan[3:]] == ["nobody of tier 2 database is present", "nobody of tier 3 is present"]


def test_who_is_absent_or_off_duty_is_not_there() -> None:
    assert is_there(a_person(hours="mo-fr 08:00-17:00 UTC"), at())
    assert not is_there(a_person(hours="mo-fr 12:00-17:00 UTC"), at())
    assert not is_there(a_person(is_absent=True), at())
    assert is_there(a_person(is_absent=True, absent_from=at(hours=1)), at())


def test_an_auditor_is_given_nothing() -> None:
    assert not fits(a_case(), a_person("eve", Role.AUDITOR))


def test_a_confidential_case_fits_its_circle_only() -> None:
    secret = a_case(confidential=True, circle=(PersonId("ada"),))
    assert fits(secret, a_person("ada"))
    assert not fits(secret, a_person("bo"))


def test_a_skill_speaks_for_a_person_until_they_are_half_their_capacity_fuller() -> None:
    people = [a_person("ada"), a_person("bo", skills=("Basket",))]
    plan = plan_shares(cases_of(8, category="checkout"), people, {}, POLICY)
    assert [share.person for share in plan] == ["bo", "bo", "bo", "bo", "bo", "ada", "bo", "ada"]
    assert plan[0].why == "knows Basket; 1 then"


def test_a_skill_is_a_persons_own_or_their_teams_and_of_the_category_or_a_tag() -> None:
    bo = a_person("bo", tier=2, teams=("network",), skills=("vip",))
    assert skill_for(a_case(category="network"), bo, POLICY) == "network"
    assert skill_for(a_case(tags=("VIP",)), bo, POLICY) == "vip"
    assert skill_for(a_case(category="checkout"), bo, POLICY) == ""
    assert skill_for(a_case(category="odd"), bo, POLICY) == ""


def test_what_somebody_has_already_is_shared_out_anew() -> None:
    cases = [an_open_case(id=CaseId(n + 1)) for n in range(4)]
    plan = plan_shares(cases, [a_person("ada"), a_person("bo")], {PersonId("ada"): 4}, POLICY)
    assert Counter(share.person for share in plan) == {"ada": 2, "bo": 2}
    assert [share.is_new for share in plan if share.person == "ada"] == [False, False]
    assert [share.is_new for share in plan if share.person == "bo"] == [True, True]


def test_what_is_done_or_waits_to_be_accepted_is_left_where_it_is() -> None:
    cases = [
        an_open_case(id=CaseId(1), status=Status.RESOLVED),
        an_open_case(id=CaseId(2), escalation_state="sent", escalated_by=PersonId("bo")),
    ]
    plan = plan_shares(cases, [a_person("ada"), a_person("bo")], {PersonId("ada"): 1}, POLICY)
    assert [(share.person, share.why) for share in plan] == [
        (None, "it is resolved"),
        (None, "it was escalated by bo and waits to be accepted"),
    ]
    assert not any(share.is_new for share in plan)


def test_the_worst_and_first_due_is_given_first() -> None:
    cases = [
        a_case(id=CaseId(1), severity=Severity.S3),
        a_case(id=CaseId(2), severity=Severity.S3, due=at(hours=1)),
        a_case(id=CaseId(3), severity=Severity.S1),
    ]
    assert list(the_plan(cases, [a_person(capacity=1)]).items()) == [(3, "ada"), (2, None), (1, None)]


NAMES = st.sampled_from(["ada", "bo", "cy", "dee"]).map(PersonId)
PEOPLE = st.lists(
    st.builds(
        a_person, NAMES, st.sampled_from([Role.AGENT, Role.LEAD, Role.AUDITOR]), tier=st.integers(1, 2),
        teams=st.sampled_from([(), ("database",), ("network",)]), skills=st.sampled_from([(), ("basket",)]),
        capacity=st.one_of(st.none(), st.integers(0, 5)),
    ),
    unique_by=lambda person: person.id,
)  # fmt: skip
CASES = st.lists(
    st.builds(
        a_case, id=st.integers(1, 60).map(CaseId), tier=st.integers(1, 2),
        team=st.sampled_from(["", "", "database", "network"]), severity=st.sampled_from(Severity),
        category=st.sampled_from(["checkout", "network"]), handler=st.one_of(st.none(), NAMES),
        status=st.sampled_from([Status.NEW, Status.OPEN, Status.OPEN, Status.RESOLVED]),
        escalation_state=st.sampled_from(["", "", "sent"]),
    ),
    unique_by=lambda case: case.id, max_size=30,
)  # fmt: skip
LOADS = st.dictionaries(NAMES, st.integers(0, 6))


def carried(cases: list[Case], loads: dict[PersonId, int]) -> dict[PersonId, int]:
    """Give what people carry now, from what they carry besides the cases that are shared out."""
    now = Counter(loads)
    now.update(case.handler for case in cases if case.handler and is_in_hand(case))
    return dict(now)


@given(CASES, PEOPLE, LOADS)
def test_every_case_has_one_share_and_the_same_plan_comes_out_again(
    cases: list[Case], people: list[Person], loads: dict[PersonId, int]
) -> None:
    plan = plan_shares(cases, people, loads, POLICY)
    assert sorted(share.case for share in plan) == sorted(case.id for case in cases)
    assert plan == plan_shares(list(reversed(cases)), list(reversed(people)), loads, POLICY)
    assert all(share.why for share in plan)


@given(CASES, PEOPLE, LOADS)
def test_nobody_exceeds_their_capacity_and_nothing_is_left_while_somebody_it_fits_has_room(
    cases: list[Case], people: list[Person], loads: dict[PersonId, int]
) -> None:
    of_id = {case.id: case for case in cases}
    now = carried(cases, loads)
    plan = plan_shares(cases, people, now, POLICY)
    free = {share.case for share in plan if of_id[share.case].status.is_live and not of_id[share.case].escalation_state}
    after = {load.person.id: load.then for load in loads_then(plan, of_id, people, now)}

    for person in people:
        given_now = [share for share in plan if share.person == person.id]
        if given_now and person.capacity is not None:
            assert after[person.id] <= person.capacity
    for share in plan:
        own = share.now_with if is_in_hand(of_id[share.case]) else None
        able = [
            each
            for each in people
            if fits(of_id[share.case], each) and has_room(each, after[each.id] - (each.id == own))
        ]
        if share.person is None and share.case in free:
            assert able == []
        if share.person is not None:
            assert fits(of_id[share.case], next(each for each in people if each.id == share.person))


@given(st.integers(0, 40), st.integers(1, 5), st.integers(1, 9))
def test_equal_people_carry_equally_much(number: int, heads: int, capacity: int) -> None:
    people = [a_person(f"p{n}", capacity=capacity) for n in range(heads)]
    plan = plan_shares(cases_of(number), people, {}, POLICY)
    counts = Counter(share.person for share in plan)
    given_out = [counts[person.id] for person in people]
    assert max(given_out) - min(given_out) <= 1
    assert sum(given_out) == min(number, heads * capacity)
