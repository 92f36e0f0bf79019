"""The queue's views as a person's own: opened, sorted, grouped, saved and dropped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import people, triage, views
from console.desk.desk import actor
from console.domain.case import CaseId
from console.domain.people import Role
from console.domain.views import Grouping, Order, Shared, View
from console.tui.screens.pick import QuickPick
from console.tui.screens.queue import QueueScreen
from console.tui.screens.save_view import SaveViewDialog
from tests.builders import a_person
from tests.tui.at_desk import Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


def a_shared_out_queue(at: Bench) -> list[CaseId]:
    """Bring five cases in; bo has the second, ada the third and fourth."""
    ids = a_small_queue(at)
    triage.claim(at.desk, at.bo, ids[1])
    for case_id in ids[2:4]:
        triage.claim(at.desk, at.ada, case_id)
    return ids


def own(at: Bench) -> dict[str, View]:
    """Give the saved views that ada sees, by name."""
    return {view.name: view for view in views.views_for(at.desk, at.ada) if view.shared is not Shared.BUILT_IN}


async def saved(console: AtQueue, name: str, key: str = "") -> None:
    """Save what is shown under a name and a key."""
    await console.press("S")
    await console.write(name)
    await console.press("tab", key or "delete", "f2")


async def test_the_order_is_chosen_and_said_where_it_is_not_the_views_own(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("s")
        assert isinstance(console.app.screen, QuickPick)
        assert "1  most urgent first    now" in console.text
        await console.press("3")

        assert console.shown_ids == ids[::-1]
        assert "newest first  5 of 5" in console.text
        await console.press("s")
        assert "Tier has it" in console.text
        await console.press("1")
        assert console.shown_ids == ids
        assert "first " not in console.text.splitlines()[-3]


async def test_each_order_can_be_chosen(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        for number, order in enumerate(Order, 1):
            await console.press("s", str(number))
            assert console.queue.view.order is order


async def test_an_order_is_forgotten_with_the_view(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("s", "3", "9", "3")
        assert console.shown_ids == ids


async def test_groups_stand_under_heads_with_their_counts(at: Bench) -> None:
    ids = a_shared_out_queue(at)
    async with at_queue(at) as console:
        await console.press("z", "5")
        await console.rest()

        assert console.shown_ids == [ids[0], ids[4], ids[2], ids[3], ids[1]]
        must_be_golden(console.app, "queue-grouped-80x24")


async def test_heads_are_no_places_to_stop_at(at: Bench) -> None:
    ids = a_shared_out_queue(at)
    async with at_queue(at) as console:
        await console.press("z", "5", "g")
        stops = [console.cursor]
        for _ in range(5):
            await console.press("j")
            stops.append(console.cursor)
        assert stops == [ids[0], ids[4], ids[2], ids[3], ids[1], ids[1]]


@pytest.mark.parametrize("number", range(1, 9))
async def test_every_grouping_has_heads_and_every_case(at: Bench, number: int) -> None:
    ids = a_shared_out_queue(at)
    async with at_queue(at) as console:
        await console.press("z", str(number))
        assert console.queue.view.grouping is list(Grouping)[number]
        assert sorted(console.shown_ids) == sorted(ids)
        assert "── " in console.text
        await console.press("z", "9")
        assert "── " not in console.text.replace("───", "")


async def test_a_case_that_somebody_takes_goes_to_their_group(at: Bench) -> None:
    ids = a_shared_out_queue(at)
    async with at_queue(at) as console:
        await console.press("z", "5", "g")
        assert "── no handler  2" in console.text
        triage.claim(at.desk, at.bo, ids[0])

        console.app.tell_screens()
        await console.settle()
        assert console.cursor == ids[0]
        assert "── bo  2" in console.text
        assert "── no handler  1" in console.text


async def test_pages_of_a_grouped_list_leave_no_case_out(at: Bench) -> None:
    for number in range(60):
        at.take_in(ref=str(number), organisation=f"Firm {number % 12:02}")
    async with at_queue(at) as console:
        await console.press("z", "8", "g")
        seen: set[int] = set()
        for _ in range(20):
            seen |= {int(line.split()[0].strip("▌!·")) for line in cases_in(console.text)}
            await console.press("pagedown")
        assert len(seen) == 60
        seen = set()
        for _ in range(20):
            seen |= {int(line.split()[0].strip("▌!·")) for line in cases_in(console.text)}
            await console.press("pageup")
        assert len(seen) == 60
        assert "── Firm 00  5" in console.text


def cases_in(text: str) -> list[str]:
    """Give what the lines of cases in sight say, from their number on."""
    rows = text.splitlines()[3:12]
    return [row.lstrip("▌!· ") for row in rows if row.strip() and "── " not in row]


async def test_what_is_shown_is_saved_under_a_key_and_opens_by_it(at: Bench) -> None:
    ids = a_shared_out_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"printer", "enter", "s", "4", "z", "1")
        await saved(console, "Printers", "2")

        assert own(at)["Printers"] == View(
            "2", "Printers", "printer", Order.OLDEST, Grouping.SEVERITY, Shared.PERSON, "ada"
        )  # fmt: skip
        assert console.said == "Saved Printers; 2 opens it."
        assert "2 Print" in console.text
        await console.press("3")
        assert len(console.shown_ids) == len(ids)
        await console.press("2")
        assert console.shown_ids == [ids[2]]
        assert "── S3  1" in console.text


async def test_the_view_that_is_open_offers_its_own_name_and_key(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("4", "s", "3", "S")
        must_be_golden(console.app, "save-view-80x24")

        await console.press("f2")
        assert own(at)["Late"] == View("4", "Late", "late:yes", Order.NEWEST, shared=Shared.PERSON, owner="ada")


async def test_a_refusal_is_said_and_what_was_typed_stays(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await saved(console, "Mine too", "0")

        assert isinstance(console.app.screen, SaveViewDialog)
        assert "! A view's key is one of 1 to 9, or none; '0' is not." in console.text
        assert "Mine too" in console.text
        await console.press("backspace", "9")
        assert "Key 9 opens Open now." in console.text
        await console.press("enter")
        if isinstance(console.app.screen, SaveViewDialog):
            await console.press("enter")
        assert own(at)["Mine too"].key == "9"


async def test_what_was_typed_is_there_again_after_esc_and_gone_after_f8(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("S", *"Half", "escape")
        assert isinstance(console.app.screen, QueueScreen)
        await console.press("S")
        assert "Half" in console.text
        await console.press("f8", "S")
        assert "Half" not in console.text


async def test_a_saved_view_is_dropped_after_one_question(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"printer", "enter")
        await saved(console, "Printers", "3")
        await console.press("S", "tab", "tab", "tab", "2", "f2")
        assert "Drop the view Printers? It cannot be taken back." in console.text
        await console.press("n")
        assert own(at)

        await console.press("f2", "y")
        assert not own(at)
        assert console.said == "Dropped the view Printers."
        assert console.shown_ids == ids


async def test_a_lead_saves_for_a_team_and_its_people_see_it(at: Bench) -> None:
    a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await console.press("slash", *"signature", "enter", "S")
        await console.write("Papers")
        await console.press("tab", "7", "tab")
        place = console.text.index("team database")
        digit = console.text[place - 2]
        await console.press(digit, "f2")

        assert own(at) == {}
        assert "for team database" in console.said
    kim = actor(at.desk, "kim")
    assert next(view for view in views.views_for(at.desk, kim) if view.key == "7").name == "Papers"


async def test_who_leads_no_team_is_offered_none(at: Bench) -> None:
    a_small_queue(at)
    some_people(at)
    people.put(at.desk, at.ada, a_person("olga", Role.ADMIN))
    people.put(at.desk, at.ada, replace(at.ada.person, role=Role.AGENT))
    async with at_queue(at) as console:
        await console.press("S")
        assert "[1 me]" not in console.text


async def test_a_readonly_console_saves_nothing(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at, is_readonly=True) as console:
        await console.press("S")
        assert isinstance(console.app.screen, QueueScreen)
        assert "read-only" in console.said


async def test_views_without_a_key_are_reached_by_brackets(at: Bench) -> None:
    a_small_queue(at)
    views.save(at.desk, at.ada, View("", "Worst", "severity:S1"))
    async with at_queue(at) as console:
        await console.press("9", "right_square_bracket", "right_square_bracket")
        assert console.queue.view.name == "Worst"
        assert "Worst 1" in console.text.splitlines()[1]
        await console.press("right_square_bracket")
        assert console.queue.view.name == "Mine"
        await console.press("left_square_bracket")
        assert console.queue.view.name == "Worst"


async def test_a_view_of_ones_own_goes_before_the_built_in_one_and_the_top_line_counts_as_before(at: Bench) -> None:
    a_small_queue(at)
    for key, name in (("2", "Worst"), ("4", "Printers"), ("8", "Nothing")):
        views.save(at.desk, at.ada, View(key, name, "severity:S1"))
    async with at_queue(at) as console:
        assert "4 new  5 open  1 late" in console.text.replace("5 new", "4 new")
        await console.press("8")
        assert console.queue.view.name == "Nothing"
        assert "8 Not… 1" in console.text


async def test_a_view_that_can_no_longer_be_read_has_no_count_and_says_why(at: Bench) -> None:
    a_small_queue(at)
    views.save(at.desk, at.ada, View("", "Gone", "severity:S1"))
    views.save(at.desk, at.ada, View("3", "Of it", "in:Gone"))
    views.drop(at.desk, at.ada, "Gone")
    async with at_queue(at) as console:
        assert console.queue.view.name == "Tier"
        assert "2 New 5" in console.text
        await console.press("3")
        assert "there is no view 'Gone'" in console.said
