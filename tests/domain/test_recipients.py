"""Whom the words of a policy stand for: a table of words, and who cannot be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.domain.case import EscalationId, PersonId, Severity
from console.domain.facts import Facts
from console.domain.matrix import Matrix, Target
from console.domain.people import Person, Role
from console.domain.policy import Party, Policy, Team
from console.domain.recipients import WORDS, Recipients, recipients
from console.domain.roster import Roster
from tests.builders import MORNING, a_person, a_policy, an_escalation, an_open_case

POLICY: Policy = a_policy(
    teams=(
        Team("desk", "Desk", 1, manager="lea"),
        Team("database", "Databases", 2, manager="max"),
        Team("network", "Networks", 2),
        Team("lab", "Laboratory", 3),
        Team("board", "Board", 4, manager="zoe"),
    ),
    parties=(
        Party("vendor", "Oracle", "support desk, help@vendor.example, day and night"),
        Party("mute", "M", "+49 1"),
    ),
    matrix=Matrix({("*", severity): (Target(2, "network"), Target(4, "board")) for severity in Severity}),
)
PEOPLE = (
    a_person("ada", teams=("desk",)), a_person("bo", teams=("desk",)), a_person("lea", Role.LEAD, teams=("desk",)),
    a_person("eve", Role.AUDITOR, tier=2, teams=("database",)),
    a_person("kim", tier=2, teams=("database",)), a_person("max", Role.LEAD, tier=2, teams=("database",)),
    a_person("net", tier=2, teams=("network",)), a_person("zoe", tier=4, teams=("board",)),
)  # fmt: skip
SENT = {"escalation": EscalationId(1), "escalation_state": "sent", "escalated_by": PersonId("bo")}


def asked(*to: str, people: tuple[Person, ...] = PEOPLE, target: Target | None = None, **facts: Any) -> Recipients:  # noqa: ANN401 - any field of a case
    """Give whom words stand for, for a case of the desk that ada handles and bo owns."""
    case = an_open_case(**({"team": "desk", "owner": PersonId("bo")} | facts | (SENT if target else {})))
    sent = (an_escalation(id=EscalationId(1), target=target),) if target else ()
    return recipients(to, Facts(case=case, history=(), escalations=sent), POLICY, Roster(people, MORNING))


def with_away(*away: str, **deputies: str) -> tuple[Person, ...]:
    """Give the people with some of them absent, and their deputies."""
    return tuple(
        replace(each, is_absent=each.id in away, deputy=PersonId(deputies[each.id]) if each.id in deputies else None)
        for each in PEOPLE
    )


MEANINGS = [
    ("handler", {}, ("ada",)),
    ("owner", {}, ("bo",)),
    ("team", {}, ("ada", "bo", "lea")),
    ("team", {"tier": 2, "team": "database"}, ("kim", "max")),
    ("team", {"tier": 2, "team": ""}, ("kim", "max", "net")),
    ("manager", {}, ("lea",)),
    ("manager", {"tier": 2, "team": "database"}, ("max",)),
    ("receiver", {"target": Target(2, "database")}, ("max",)),
    ("receiver", {"target": Target(2, "network")}, ("net",)),
    ("receiver", {"target": Target(2)}, ("kim", "max", "net")),
    ("escalated-by", {"target": Target(2, "database")}, ("bo",)),
    ("up", {}, ("net",)),
    ("up", {"tier": 2, "team": "network"}, ("zoe",)),
    ("kim", {}, ("kim",)),
    ("2/database", {}, ("kim", "max")),
    ("1", {}, ("ada", "bo", "lea")),
]


@pytest.mark.parametrize(("word", "facts", "people"), MEANINGS)
def test_what_a_word_means(word: str, facts: dict[str, Any], people: tuple[str, ...]) -> None:
    assert asked(word, **facts) == Recipients(people=tuple(map(PersonId, people)))


NOBODY = [
    ("handler", {"handler": None}, "nobody handles the case"),
    ("owner", {"owner": None}, "nobody owns the case"),
    ("team", {"tier": 3, "team": "lab"}, "nobody is known there"),
    ("manager", {"tier": 2, "team": "network"}, "the case is with no team that has one"),
    ("manager", {"team": ""}, "the case is with no team that has one"),
    ("receiver", {}, "no escalation is open"),
    ("escalated-by", {}, "no escalation is open"),
    ("up", {"tier": 4, "team": "board"}, "no level above can be reached"),
    ("3/lab", {}, "nobody is known there"),
    ("nemo", {}, "nobody of that name is known"),
    ("3@mute", {}, "has no mail address; its contact is +49 1"),
    ("3@unknown", {}, "has no mail address"),
]


@pytest.mark.parametrize(("word", "facts", "reason"), NOBODY)
def test_a_word_that_stands_for_nobody_says_why(word: str, facts: dict[str, Any], reason: str) -> None:
    named = "3/lab" if word == "team" else word
    assert asked(word, **facts) == Recipients(absent=((named, reason),))


def test_every_word_has_its_meaning_here() -> None:
    assert set(WORDS) <= {word for word, _, _ in MEANINGS}


def test_each_is_asked_once_in_the_order_of_the_words() -> None:
    assert asked("owner", "team", "handler", "bo", "3@vendor", "3@vendor") == Recipients(
        people=(PersonId("bo"), PersonId("ada"), PersonId("lea")), outside=("help@vendor.example",)
    )


def test_a_party_that_was_asked_is_told_outside() -> None:
    assert asked("receiver", target=Target(3, party="vendor")).outside == ("help@vendor.example",)


def test_a_deputy_stands_in_for_somebody_absent() -> None:
    assert asked("handler", people=with_away("ada", ada="lea")) == Recipients(
        people=(PersonId("lea"),), absent=(("ada", "is absent; lea stands in"),)
    )


def test_a_deputy_who_is_asked_anyway_is_asked_once() -> None:
    told = asked("team", people=with_away("ada", ada="bo"))
    assert told.people == ("bo", "lea")


@pytest.mark.parametrize("deputies", [{}, {"ada": "bo"}, {"ada": "ghost"}])
def test_nobody_is_asked_where_the_deputy_is_away_too(deputies: dict[str, str]) -> None:
    told = asked("handler", people=with_away("ada", "bo", **deputies))
    assert told == Recipients(absent=(("ada", "is absent, and nobody stands in"),))


def test_who_is_told_by_another_word_is_not_absent() -> None:
    assert asked("receiver", "handler").absent == (("receiver", "no escalation is open"),)
    assert asked("handler", "owner", people=with_away("ada", ada="bo")).absent == (("ada", "is absent; bo stands in"),)


def test_whoever_works_alone_is_told_without_a_roster() -> None:
    assert asked("handler", "manager", "team", people=()).people == ("ada", "lea")
    assert asked("3/lab", people=()) == Recipients(absent=(("3/lab", "nobody is known there"),))


def test_up_goes_past_those_who_are_away() -> None:
    assert asked("up", people=with_away("net")).people == ("zoe",)


def confidential(*to: str, people: tuple[Person, ...] = PEOPLE, **facts: Any) -> Recipients:  # noqa: ANN401 - any field
    """Give whom words stand for on a confidential case about kim, for ada, bo and lea."""
    circle = tuple(map(PersonId, ("ada", "bo", "lea")))
    secret: dict[str, Any] = {"confidential": True, "circle": circle, "subjects": (PersonId("kim"),)}
    return asked(*to, people=people, **(secret | facts))


def test_subjects_and_those_above_them_are_not_even_named() -> None:
    assert confidential("2/database", "kim", "max", "handler") == Recipients(people=(PersonId("ada"),))


def test_who_was_let_in_though_above_a_subject_is_told() -> None:
    circle = tuple(map(PersonId, ("ada", "max")))
    assert confidential("max", circle=circle, named=(PersonId("max"),)).people == ("max",)


def test_only_the_circle_hears_of_a_confidential_case() -> None:
    assert confidential("lea", "net") == Recipients(
        people=(PersonId("lea"),), absent=(("net", "is not in the circle of the case"),)
    )


def test_a_deputy_who_must_not_know_does_not_stand_in() -> None:
    assert confidential("handler", people=with_away("ada", ada="kim")) == Recipients()
    assert confidential("handler", people=with_away("ada", ada="net")) == Recipients(
        absent=(("ada", "is absent, and nobody in the circle stands in"),)
    )


def test_a_party_hears_of_a_confidential_case_only_where_it_was_sent_there() -> None:
    assert confidential("3@vendor") == Recipients(absent=(("3@vendor", "the case is confidential"),))
    assert confidential("3@vendor", target=Target(2, "network")).outside == ()
    assert confidential("receiver", target=Target(3, party="vendor")).outside == ("help@vendor.example",)


def test_a_party_that_is_the_subject_is_not_told() -> None:
    people = (*PEOPLE[:-1], a_person("tom", mail="help@vendor.example"))
    told = confidential("receiver", people=people, subjects=(PersonId("tom"),), target=Target(3, party="vendor"))
    assert told == Recipients()
