"""Who is there, and where nobody could take a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.domain.case import PersonId
from console.domain.matrix import Matrix, Target
from console.domain.people import Person, Role
from console.domain.policy import Party, Policy, Team
from console.domain.recommendation import advise
from console.domain.roster import Roster, above, contact, unavailable
from tests.builders import MORNING, a_case, a_person, a_policy, at

DATABASE, VENDOR, LAB, BOARD = Target(2, "database"), Target(3, party="vendor"), Target(3, "lab"), Target(4, "board")
WHY = "a subject of the case would hear of it"


def policy(**changes: Any) -> Policy:  # noqa: ANN401 - any field of a policy
    """Give a policy whose teams have managers."""
    usual = a_policy()
    teams = (
        *(replace(team, manager="lena") for team in usual.teams if team.id != "lab"),
        Team("lab", "Laboratory", 3, manager="max"),
        Team("board", "Board", 4, manager="vera"),
    )
    cells = dict.fromkeys(usual.matrix.cells, (DATABASE, LAB, BOARD))
    given: dict[str, Any] = {"teams": teams, "stops": (), "matrix": Matrix(cells)} | changes
    return replace(usual, **given)


def people(*away: str, deputies: dict[str, str] | None = None) -> Roster:
    """Give the roster with some of them away."""
    known = [
        a_person("bo", tier=2, teams=("database",)), a_person("kim", tier=2, teams=("database",)),
        a_person("lena", Role.LEAD, tier=2, teams=("database",)), a_person("max", Role.LEAD, tier=3, teams=("lab",)),
        a_person("vera", Role.LEAD, tier=4, teams=("board",)), a_person("wim", tier=4, teams=("board",)),
    ]  # fmt: skip
    stand_ins = {name: PersonId(deputy) for name, deputy in (deputies or {}).items()}
    return Roster(
        tuple(replace(each, is_absent=each.id in away, deputy=stand_ins.get(each.id)) for each in known), MORNING
    )


def closed(roster: Roster, **facts: Any) -> dict[Target, str]:  # noqa: ANN401 - any field of a case
    """Give the targets a case cannot be sent to."""
    return dict(unavailable(a_case(**facts), policy(), roster))


def test_an_absence_holds_from_its_beginning_to_its_end() -> None:
    person: Person = a_person("bo", is_absent=True, absent_from=at(hours=1), absent_until=at(hours=3))
    assert [person.is_away(at(hours=hour)) for hour in (0, 1, 2, 3)] == [False, True, True, False]
    assert a_person("bo", is_absent=True).is_away(MORNING)
    assert not a_person("bo").is_away(MORNING)


def test_a_deputy_stands_in_while_they_are_there_themselves() -> None:
    assert people("bo", deputies={"bo": "kim"}).stand_in("bo") == "kim"
    assert people("bo", "kim", deputies={"bo": "kim"}).stand_in("bo") is None
    assert people(deputies={"bo": "kim"}).stand_in("bo") is None
    assert people("bo").stand_in("bo") is None
    assert Roster().stand_in("bo") is None


def test_a_team_is_closed_when_nobody_of_it_is_there() -> None:
    assert closed(people("bo", "lena")) == {}
    assert closed(people("bo", "kim", "lena")) == {DATABASE: "everybody there is absent"}
    assert closed(people("bo", "kim", "lena", deputies={"bo": "max"})) == {}
    assert closed(people("max")) == {LAB: "max is absent"}
    assert closed(Roster()) == {}


def test_authority_is_its_managers_alone() -> None:
    assert closed(people("vera")) == {BOARD: "vera is absent"}
    assert closed(people("vera", deputies={"vera": "wim"})) == {}


def test_a_case_goes_round_its_subjects_and_those_above_them() -> None:
    assert closed(people(), confidential=True, subjects=(PersonId("lena"),)) == {DATABASE: WHY}
    assert closed(people(), confidential=True, subjects=(PersonId("bo"),)) == {DATABASE: WHY}
    assert closed(people(), subjects=(PersonId("bo"),), named=(PersonId("lena"),)) == {}
    assert closed(people(), subjects=(PersonId("stranger"),)) == {}
    only = Roster((a_person("max", tier=3, teams=("lab",)),), MORNING)
    assert dict(unavailable(a_case(subjects=(PersonId("max"),)), policy(), only)) == {LAB: WHY}


def test_a_party_outside_whose_contact_is_a_subject_is_gone_round() -> None:
    cells = dict.fromkeys(a_policy().matrix.cells, (DATABASE, VENDOR))
    outside = policy(matrix=Matrix(cells), parties=(Party("vendor", "Oracle", contact="eve@oracle.example"),))
    roster = Roster((*people().people, a_person("eve", mail="eve@oracle.example")), MORNING)
    assert dict(unavailable(a_case(subjects=(PersonId("eve"),)), outside, roster)) == {VENDOR: WHY}


def test_the_way_up_skips_what_is_closed_and_says_why() -> None:
    case = a_case(subjects=(PersonId("lena"),), severity=1, answers=(3, 3, 3, 3))
    advice = advise(case, policy(skip_level=frozenset()), MORNING, closed(people(), subjects=case.subjects))
    assert (advice.target, advice.skipped) == (LAB, ((DATABASE, WHY),))


def test_those_above_are_the_managers_of_a_persons_teams() -> None:
    assert above([PersonId("bo")], policy(), people()) == {"lena"}
    assert above([PersonId("bo"), PersonId("lena")], policy(), people()) == frozenset()
    assert above([PersonId("stranger")], policy(), people()) == frozenset()


def test_the_contact_of_a_target_is_its_teams_manager() -> None:
    assert [contact(each, policy()) for each in (DATABASE, LAB, Target(2), VENDOR)] == ["lena", "max", None, None]
    assert contact(DATABASE, a_policy()) is None
