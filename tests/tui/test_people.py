"""The people screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import people, triage
from console.domain.case import PersonId
from tests.builders import a_person
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_queue import a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_who_is_here_and_what_they_carry(at: Bench, size: tuple[int, int]) -> None:
    some_people(at)
    ids = a_small_queue(at)
    away = a_person("jun", is_absent=True, absent_until=at.clock.now + timedelta(days=2), deputy=PersonId("bo"))
    people.put(at.desk, at.ada, away)
    people.put(at.desk, at.ada, replace(at.bo.person, capacity=1))
    people.put(at.desk, at.ada, a_person("zoe", tier=3, hours="mo-fr 18:00-20:00 Europe/Berlin"))
    for case_id, who in ((ids[0], at.ada), (ids[1], at.bo)):
        triage.claim(at.desk, who, case_id)
    async with at_queue(at, size) as console:
        await console.press("P")
        must_be_golden(console.app, f"people-{size[0]}x{size[1]}")

        await console.press("R", "j", "q")
        assert console.app.screen is console.queue


async def test_a_desk_without_people_says_how_the_first_comes_in(at: Bench) -> None:
    async with at_queue(at) as console:
        await console.press("P")
        assert "`triage people add NAME` adds somebody" in console.text
