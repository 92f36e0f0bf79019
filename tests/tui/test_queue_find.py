"""Finding: live while one types, with completion and past searches."""

from __future__ import annotations

from dataclasses import replace

from console.desk import views
from console.domain.views import Grouping, Order, View
from console.tui.screens.queue_find import QueueFind
from tests.tui.at_desk import Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue, some_people
from tests.tui.golden import must_be_golden


def typed(console: AtQueue) -> str:
    """Give what stands in the line."""
    entry = console.queue.entry
    return entry.value if entry else ""


async def found(console: AtQueue, *texts: str) -> None:
    """Search for each text, and go on with what it finds."""
    for text in texts:
        await console.press("slash", "ctrl+u")
        await console.write(text)
        await console.press("enter")


async def test_tab_completes_fields_and_then_their_values(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"seve", "tab")
        assert typed(console) == "severity:"
        assert "[severity:] - S1 is the worst; >=S2 is S2 or worse" in console.text

        await console.press("tab")
        await console.rest()
        assert typed(console) == "severity:S1"
        must_be_golden(console.app, "find-80x24")
        await console.press("tab")
        assert typed(console) == "severity:S2"
        await console.press("shift+tab", "shift+tab")
        assert typed(console) == "severity:S4"


async def test_tab_knows_people_and_views(at: Bench) -> None:
    a_small_queue(at)
    some_people(at)
    views.save(at.desk, at.ada, View("", "Big ones", "severity<=S2"))
    async with at_queue(at) as console:
        await console.press("slash", *"handler:k", "tab")
        assert typed(console) == "handler:kim"
        await console.press("space", *"in:bi", "tab")
        assert typed(console) == 'handler:kim in:"Big ones"'


async def test_tab_says_when_there_is_nothing_to_complete(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"printer", "tab")
        assert typed(console) == "printer"
        assert "Nothing can be completed here" in console.text
        await console.press("space", *"title:", "tab")
        assert typed(console).startswith("printer title:")


async def test_a_view_is_named_in_a_search(at: Bench) -> None:
    ids = a_small_queue(at)
    views.save(at.desk, at.ada, View("", "Big ones", "severity>=S2"))
    async with at_queue(at) as console:
        await found(console, 'in:"Big ones" in:tier')
        assert console.shown_ids == ids[:2]
        await console.press("slash", "ctrl+u", *"in:bog")
        await console.rest()
        assert "there is no view 'bog'" in console.text


async def test_up_and_down_walk_past_searches_and_back_to_what_was_typed(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await found(console, "printer", "token", "printer", "severity:S1")
        await console.press("escape", "slash", *"half a")
        shown = []
        for key in ("up", "up", "up", "up", "down", "down", "down", "down"):
            await console.press(key)
            shown.append(typed(console))
        assert shown == ["severity:S1", "printer", "token", "token", "printer", "severity:S1", "half a", "half a"]
    assert views.searches(at.desk, at.ada) == ("severity:S1", "printer", "token")


async def test_what_is_typed_over_a_past_search_is_kept_when_walking_on(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await found(console, "printer", "token")
        await console.press("escape", "slash", "up", *"s", "up")
        assert typed(console) == "token"
        await console.press("down")
        assert typed(console) == "tokens"


async def test_up_says_when_nothing_was_searched_for(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", "up")
        assert "There is no earlier search" in console.text


async def test_what_was_typed_when_one_left_comes_back_with_up(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"prin", "escape")
        assert console.queue.view.name == "Tier"
        await console.press("slash", "up")
        assert typed(console) == "prin"
    assert views.searches(at.desk, at.ada) == ()


async def test_past_searches_outlive_the_console(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await found(console, "printer")
    async with at_queue(at) as console:
        await console.press("slash", "up")
        assert typed(console) == "printer"


async def test_a_readonly_console_remembers_only_for_itself(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at, is_readonly=True) as console:
        await found(console, "printer")
        await console.press("escape", "slash", "up")
        assert typed(console) == "printer"
    assert views.searches(at.desk, at.ada) == ()


async def test_enter_keeps_a_search_that_cannot_be_read_to_be_typed_on(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"tear", "colon", "2", "enter")
        assert typed(console) == "tear:2"
        assert "! Column 1: there is no field tear; did you mean tier?" in console.text
        await console.press("escape")
        assert console.queue.view.name == "Tier"


async def test_words_are_found_newest_first_and_facts_most_urgent_first(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await found(console, "severity>=S4")
        assert console.shown_ids == ids
        await found(console, "o")
        assert console.shown_ids == sorted(console.shown_ids, reverse=True) != []


async def test_an_order_and_groups_chosen_for_a_search_hold_while_it_is_changed(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await found(console, "o")
        await console.press("s", "4", "z", "1")
        await found(console, "severity<=S4")
        assert (console.queue.view.order, console.queue.view.grouping) == (Order.OLDEST, Grouping.SEVERITY)
        assert console.queue.own.order is Order.URGENT
        await console.press("escape")
        assert console.queue.view.grouping is Grouping.NONE


async def test_the_view_behind_comes_back_in_the_order_and_groups_it_was_shown_in(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("s", "3", "z", "5")
        await found(console, "printer")
        await console.press("escape")
        assert console.queue.view == replace(console.queue.own, order=Order.NEWEST, grouping=Grouping.HANDLER)
        assert console.queue.own.name == "Tier"


async def test_an_empty_search_shows_the_view_behind(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", *"printer")
        await console.rest()
        await console.press("ctrl+u")
        await console.rest()
        assert console.shown_ids == ids
        await console.press("enter")
        assert console.queue.entry is None


async def test_help_says_what_the_keys_do_while_one_types(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("slash", "f1")
        assert console.said.startswith("Enter goes on with what is found, Tab completes")
        await console.press("escape", "question_mark")
        assert not isinstance(console.app.screen, QueueFind)
