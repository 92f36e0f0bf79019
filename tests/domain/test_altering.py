"""What is made or altered by a twin of its class is a value of the class like any other."""

from __future__ import annotations

from copy import copy
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from console.domain.altering import making
from console.domain.case import Case, Status, altered
from console.domain.events import Event
from tests.builders import a_case


def test_a_made_value_is_one_of_its_class() -> None:
    case = a_case(title="Checkout is down")
    named = {each.name: getattr(case, each.name) for each in fields(Case)}

    for made in (making(Case)(**named), making(Case)(*named.values())):
        assert type(made) is Case
        assert (made, hash(made), repr(made)) == (case, hash(case), repr(case))
        assert copy(made) == case
        with pytest.raises(FrozenInstanceError):
            made.title = "another"  # type: ignore[misc]


def test_all_fields_have_to_be_given() -> None:
    with pytest.raises(TypeError, match="missing"):
        making(Event)(seq=1)


def test_an_altered_value_differs_in_what_was_named() -> None:
    case = a_case(title="Checkout is down")

    assert altered(case, status=Status.OPEN, tier=2) == replace(case, status=Status.OPEN, tier=2)
    with pytest.raises(KeyError):
        altered(case, colour="red")
