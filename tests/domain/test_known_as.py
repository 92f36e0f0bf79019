"""Whom another system means by a name or an address."""

from __future__ import annotations

import pytest

from console.domain.case import PersonId
from console.domain.known_as import Names, names_of
from console.domain.people import Person

PEOPLE = (
    Person(id=PersonId("bo"), name="Bo Berg", mail="Bo@desk"),
    Person(id=PersonId("kw"), name="Kim Weber"),
    Person(id=PersonId("kim"), name="Kim Weber", mail="kim@desk"),
    Person(id=PersonId("olga"), name="bo"),
    Person(id=PersonId("ada")),
)


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("bo", "bo"),
        (" BO BERG ", "bo"),
        ("bo@DESK", "bo"),
        ("Bo of the desk <bo@desk>", "bo"),
        ("Bo Berg <bo@elsewhere>", "Bo Berg <bo@elsewhere>"),
        ("Kim Weber", "Kim Weber"),
        ("Kim", "kim"),
        ("Bo", "Bo"),
        ("ADA", "ada"),
        ("lee", "lee"),
        ("", ""),
    ],
)
def test_a_name_means_the_one_person_who_is_known_so(said: str, means: str) -> None:
    assert names_of(PEOPLE).id_of(said) == means


def test_where_nobody_is_known_every_name_stays() -> None:
    assert Names().id_of("Bo Berg") == "Bo Berg"
