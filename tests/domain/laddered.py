"""Cases that were sent up a ladder, for tests of what becomes of them."""

from __future__ import annotations

from dataclasses import replace

from console.domain.facts import Facts
from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.timing import ClockName
from tests.domain.timed import (
    PEOPLE,
    claimed,
    escalated,
    facts_of,
    within,
)

QUIET = {"targets": (within(ClockName.ACCEPTANCE, 60),), "warn": ()}
"""A policy that warns of nothing, so that the ladder stands alone."""


def sent(policy: Policy, **facts: object) -> Facts:
    """Give a case that ada sent up at nine."""
    return escalated(claimed(facts_of(**facts)), policy)  # type: ignore[arg-type]


def away(*names: str, deputies: dict[str, str] | None = None) -> tuple[Person, ...]:
    """Give the people with some of them absent."""
    stand_ins = deputies or {}
    return tuple(replace(each, is_absent=each.id in names, deputy=stand_ins.get(each.id)) for each in PEOPLE)  # type: ignore[arg-type]
