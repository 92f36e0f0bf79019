"""How it is said who else is here, and at which case."""

from __future__ import annotations

import pytest

from console.domain.case import CaseId, PersonId
from console.domain.presence import Doing, Here, beside, company

CASE, OTHER, ADA = CaseId(7), CaseId(8), PersonId("ada")


def seen(*said: tuple[str, Doing], case: CaseId | None = CASE) -> list[Here]:
    """Give consoles that show a case."""
    return [Here(PersonId(name), f"{name}{place}", case, doing, None) for place, (name, doing) in enumerate(said)]


EDIT, LOOK = Doing.EDITING, Doing.LOOKING


@pytest.mark.parametrize(
    ("here", "told"),
    [
        (seen(("bo", EDIT)), "bo is editing"),
        (seen(("bo", EDIT), ("kim", LOOK)), "bo is editing, kim is looking"),
        (seen(("kim", LOOK), ("bo", LOOK)), "bo and kim are looking"),
        (seen(("kim", LOOK), ("bo", LOOK), ("jun", LOOK)), "3 others are looking"),
        (seen(("bo", LOOK), ("bo", EDIT)), "bo is editing"),
        (seen(("ada", EDIT)), ""),
        (seen(("bo", EDIT), case=OTHER), ""),
        (seen(("bo", LOOK), case=None), ""),
    ],
)
def test_company_at_a_case_is_named(here: list[Here], told: str) -> None:
    assert company(here, ADA, CASE) == told
    assert company(here, ADA, None) == ""


def test_others_are_counted_once_however_many_consoles_they_have() -> None:
    assert beside(seen(("ada", LOOK), ("bo", LOOK), ("bo", EDIT), ("kim", LOOK), case=None), ADA) == "+2 here"
    assert beside(seen(("ada", LOOK)), ADA) == ""
