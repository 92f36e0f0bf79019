"""Who holds a case: claims bound to a console, taking over, and the keys that are greyed."""

from __future__ import annotations

from console.desk import assignment, leases, people, triage
from console.desk.desk import at as desk_at
from console.domain.people import Role
from console.tui.screens.take_over import TakeOverDialog
from console.tui.widgets.footer import KeyFooter
from tests.builders import a_person, an_actor
from tests.tui.at_desk import Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


def greyed(console: AtQueue) -> set[str]:
    """Give the ids of the keys that the queue's footer greys."""
    return {hint.id for hint in console.queue.query_one(KeyFooter).hints if hint.is_denied}


async def test_a_claim_is_bound_to_the_console_until_that_ends(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("c", "t")
        session = console.app.desk.session
        assert session
        assert [leases.holder(at.desk, at.ada, case_id) for case_id in ids[:2]] == [("ada", session)] * 2
    assert leases.holder(at.desk, at.ada, ids[0]) is None
    assert at.case(ids[0]).handler == "ada"


async def test_a_living_console_lets_the_claims_of_a_dead_one_go(at: Bench) -> None:
    ids = a_small_queue(at)
    triage.claim(desk_at(at.desk, "dead"), at.bo, ids[1])
    async with at_queue(at) as console:
        await console.press("c")
        await console.hear()
        for _ in range(4):
            at.clock.forward(minutes=1)
            console.app.listener.beat_soon()
            await console.hear()
        await console.hear()

        assert (at.case(ids[0]).handler, at.case(ids[1]).handler) == ("ada", None)
        assert console.queue.table.window.lines[1].case.handler is None
        await console.press("j", "h")
        told = " ".join(console.text.split())
        assert "Rule 'lease' released it from bo (lease of bo's session ran out)" in told


async def test_taking_somebodys_case_over_asks_for_the_reason(at: Bench) -> None:
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[0])
    async with at_queue(at) as console:
        await console.press("c")
        assert isinstance(console.app.screen, TakeOverDialog)
        await console.write("bo is ill")
        must_be_golden(console.app, "take-over-80x24")
        await console.press("escape")
        assert at.case(ids[0]).handler == "bo"

        await console.press("c")
        assert "bo is ill" in console.text
        await console.press("enter")

        assert (at.case(ids[0]).handler, at.case(ids[0]).owner) == ("ada", "bo")
        assert "ada took it over from bo" in console.said


async def test_the_reason_stays_where_somebody_else_was_first(at: Bench) -> None:
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[0])
    async with at_queue(at) as console:
        await console.press("c")
        await console.write("bo is ill")
        triage.release(at.desk, at.bo, ids[0])
        triage.claim(at.desk, an_actor("kim"), ids[0])
        await console.press("enter")

        assert "kim was first: handler" in console.said
        assert "bo is ill" in console.text
        await console.press("enter")
        assert at.case(ids[0]).handler == "ada"


async def test_who_may_not_take_a_case_over_is_told_who_could(at: Bench) -> None:
    for person in (a_person("ada", tier=1), a_person("bo", tier=1), a_person("root", Role.ADMIN)):
        people.put(at.desk, an_actor("root", Role.ADMIN), person)
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[0])
    async with at_queue(at) as console:
        await console.press("c")

        assert console.app.screen is console.queue
        assert "ask root to take it over" in console.said
        assert "claim" in greyed(console)


async def test_assigning_somebodys_case_to_oneself_is_taking_it_over(at: Bench) -> None:
    some_people(at)
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[0])
    async with at_queue(at) as console:
        await console.press("a")
        await console.write("ada")
        await console.press("enter")

        assert isinstance(console.app.screen, TakeOverDialog)


async def test_keys_are_greyed_for_the_case_under_the_cursor(at: Bench) -> None:
    for person in (a_person("ada", tier=1), a_person("root", Role.ADMIN)):
        people.put(at.desk, an_actor("root", Role.ADMIN), person)
    ids = a_small_queue(at)
    assignment.move(at.desk, an_actor("root", Role.ADMIN), ids[1], (2, "database"))
    async with at_queue(at) as console:
        await console.press("9", "g")
        here = console.cursor
        assert (here, "decide" in greyed(console)) == (ids[0], False)

        await console.press("j")
        assert "decide" in greyed(console)
        assert not {"take", "undo"} & greyed(console)
        await console.press("space")
        assert "decide" not in greyed(console)


async def test_a_claim_that_was_too_late_shows_who_was_first(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        triage.claim(at.desk, at.bo, ids[0])
        await console.press("c")

        assert "bo" in console.said
        assert console.queue.table.window.lines[0].case.handler == "bo"
