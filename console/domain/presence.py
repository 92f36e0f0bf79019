"""Presence: who is at a console, what that shows, and how this is said to others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.case import CaseId, PersonId
from console.domain.words import listed

MOST_NAMED = 2
"""How many people are named at a case; of more it is said how many they are."""


class Doing(StrEnum):
    """What somebody does with a case that is open in front of them."""

    LOOKING = "looking"
    EDITING = "editing"


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody at a console, and what it shows: a case and what they do with it, or None."""

    person: PersonId
    session: str
    case: CaseId | None
    doing: Doing
    at: datetime | None


def company(here: Iterable[Here], me: PersonId, case_id: CaseId | None) -> str:
    """Say who else has a case in front of them: `bo is editing, kim is looking`."""
    found = [each for each in here if each.case == case_id and each.person != me] if case_id is not None else []
    editing = {each.person for each in found if each.doing is Doing.EDITING}
    looking = {each.person for each in found} - editing
    return ", ".join(part for part in (_told(editing, Doing.EDITING), _told(looking, Doing.LOOKING)) if part)


def beside(here: Iterable[Here], me: PersonId) -> str:
    """Say how many others are at a console: `+2 here`."""
    number = len({each.person for each in here} - {me})
    return f"+{number:,} here" if number else ""


def _told(people: set[PersonId], doing: Doing) -> str:
    if not people:
        return ""
    who = listed(sorted(people)) if len(people) <= MOST_NAMED else f"{len(people):,} others"
    return f"{who} {'is' if len(people) == 1 else 'are'} {doing}"
