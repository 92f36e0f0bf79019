"""The words of a desk that a query may name."""

from __future__ import annotations

from console.desk import people, views
from console.desk.desk import Desk
from console.desk.vocabulary import vocabulary
from console.domain.people import Actor, Role
from console.domain.query import completions
from console.domain.views import View
from tests.builders import a_person
from tests.desk.givens import ADA, BO, open_case

CHIEF = Actor(a_person("chief", Role.ADMIN))


def test_the_words_of_a_desk_are_its_people_teams_tags_and_views(desk: Desk) -> None:
    people.put(desk, CHIEF, CHIEF.person)
    people.put(desk, CHIEF, a_person("kim", tier=2, teams=("database",)))
    open_case(desk, tags=("vip", "eu"))
    open_case(desk, tags=("vip",), category="checkout", item="checkout-api")
    views.save(desk, BO, View("", "Disks", "disk"))

    words = vocabulary(desk, BO)

    assert words.people == ("chief", "kim")
    assert words.tags == ("eu", "vip")
    assert words.items == ("checkout-api",)
    assert "database" in words.teams
    assert set(words.tiers) == {tier.level for tier in desk.policy.tiers}
    assert "Disks" in words.views
    assert "Disks" not in vocabulary(desk, CHIEF).views
    assert [each.text for each in completions("tag:v", 5, words)] == ["vip"]


def test_what_a_confidential_case_is_about_is_offered_to_nobody_outside_its_circle(desk: Desk) -> None:
    open_case(desk, item="payroll-db", tags=("fraud",), confidential=True)

    assert (vocabulary(desk, BO).items, vocabulary(desk, BO).tags) == ((), ())
    assert vocabulary(desk, ADA).items == ("payroll-db",)
