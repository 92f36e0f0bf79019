"""Two people on one desk: what the queue makes of what somebody else does at the same time."""

from __future__ import annotations

import pytest

from console.desk import closing, presence, taking, triage
from console.desk.triage import Said
from console.domain.arrival import Arrival
from console.domain.case import Severity
from console.domain.presence import Doing
from console.tui.listening import Heard
from console.tui.screens.pick import QuickPick
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.header_line import HeaderLine
from tests.builders import an_actor
from tests.tui.at_desk import LARGE, Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue, some_people
from tests.tui.at_time import look, work_overdue
from tests.tui.golden import must_be_golden


def greyed(console: AtQueue) -> set[str]:
    """Give the ids of the keys that the queue's footer greys."""
    return {hint.id for hint in console.queue.query_one(KeyFooter).hints if hint.is_denied}


async def test_a_row_changes_where_it_stands_and_nothing_else_is_read(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("j", "j", "space")
        await console.hear()
        monkeypatch.setattr(console.queue, "read_again", lambda: pytest.fail("the view was read again"))
        triage.claim(at.desk, at.bo, ids[1])

        await console.hear()

        assert [line.case.handler for line in console.queue.table.window.lines][:2] == [None, "bo"]
        assert console.cursor == ids[3]
        assert console.queue.table.marks == {ids[2]}
        assert not console.said


async def test_what_changes_the_order_is_read_again_round_the_cursor(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("j", "j")
        await console.hear()
        triage.change(at.desk, at.bo, ids[4], {"severity": Severity.S1}, "the board")

        await console.hear()

        assert console.cursor == ids[2]
        assert console.shown_ids == [ids[0], ids[4], ids[1], ids[2], ids[3]]


async def test_a_case_that_comes_in_appears_and_is_counted(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.hear()
        new = at.take_in(title="Nobody can log in", severity="S2", ref="new", due=None)

        await console.hear()

        assert set(console.shown_ids) == {*ids, new}
        assert "3 Tier 6" in console.text


async def test_a_case_that_leaves_is_told_with_who_did_it(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("j")
        await console.hear()
        closing.resolve(at.desk, at.bo, ids[1], "a new export")

        await console.hear()

        assert console.cursor == ids[2]
        told = [saying.text for saying in console.app.sayings]
        assert told[0] == f"Case {ids[1]}: bo resolved it: 'a new export', 10:30."
        assert told[1] == f"Case {ids[1]} has left this view; the cursor is on the next one."


async def test_what_happens_to_the_case_under_the_cursor_is_said_and_previewed(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at, LARGE) as console:
        await console.hear()
        triage.note(at.desk, at.bo, ids[0], Said("Kim called"))
        triage.claim(at.desk, at.bo, ids[0])

        await console.hear()

        assert console.said == f"Case {ids[0]}: bo claimed it and became its owner, 10:30, after 1 more."


async def test_ones_own_acts_are_not_told_twice(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.hear()
        await console.press("c")
        said = len(console.app.sayings)

        await console.hear()

        assert len(console.app.sayings) == said
        assert at.case(ids[0]).handler == "ada"


async def test_what_is_heard_while_an_act_is_under_way_waits_for_it(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.hear()
        triage.claim(at.desk, at.bo, ids[1])
        console.app.begin_act()
        await console.hear()
        assert console.queue.table.window.lines[1].case.handler is None

        console.app.end_act(None)
        await console.settle()

        assert console.queue.table.window.lines[1].case.handler == "bo"


async def test_a_console_far_behind_reads_its_view_again(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.hear()
        for number in range(210):
            triage.note(at.desk, at.bo, ids[1], Said(f"note {number}"))
        closing.resolve(at.desk, at.bo, ids[1], "done")

        await console.hear()

        assert ids[1] not in console.shown_ids
        triage.claim(at.desk, at.bo, ids[2])
        await console.hear()
        assert console.queue.table.window.lines[1].case.handler == "bo"


async def test_a_case_that_is_hidden_from_this_person_goes(at: Bench) -> None:
    a_small_queue(at)
    case_id = taking.open_case(at.desk, at.bo, Arrival(title="About ada", severity="S2"))
    async with at_queue(at) as console:
        await console.hear()
        assert case_id in console.shown_ids
        triage.change(at.desk, at.bo, case_id, {"confidential": True})

        await console.hear()

        assert case_id not in console.shown_ids


async def test_the_case_a_dialog_was_opened_for_stays_under_the_cursor(at: Bench) -> None:
    some_people(at)
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.press("j")
        await console.hear()
        await console.press("a")
        closing.resolve(at.desk, at.bo, ids[1], "done")
        await console.hear()
        assert isinstance(console.app.screen, QuickPick)
        assert console.cursor == ids[1]

        await console.press("escape")

        assert console.cursor == ids[2]


async def test_who_else_is_here_stands_in_the_top_line(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        presence.see(at.desk, at.bo, "two", ids[0])
        presence.see(at.desk, an_actor("kim"), "three")
        presence.see(at.desk, at.ada, "four")
        await console.hear()
        must_be_golden(console.app, "queue-company-80x24")

        presence.leave(at.desk, "two")
        await console.hear()
        assert console.queue.query_one(HeaderLine).company == "+1 here"
        at.clock.forward(minutes=2)
        console.app.listener.beat_soon()
        await console.hear()
        assert "here" not in console.text


async def test_others_see_what_this_console_shows(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await console.hear()
        assert [(each.person, each.case) for each in presence.here(at.desk, at.bo)] == [("ada", None)]

        await console.press("enter")
        await console.hear()
        assert [each.doing for each in presence.who(at.desk, at.bo, ids[0])] == [Doing.LOOKING]

        await console.press("i")
        await console.hear()
        assert [each.doing for each in presence.who(at.desk, at.bo, ids[0])] == [Doing.EDITING]
    assert presence.here(at.desk, at.bo) == ()


async def test_a_read_only_console_says_nothing_of_itself_and_greys_every_deed(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at, is_readonly=True) as console:
        await console.hear()

        assert presence.here(at.desk, at.bo) == ()
        assert {"take", "claim", "decide", "note"} <= greyed(console)
        assert "find" not in greyed(console)


async def test_nothing_new_is_told_to_no_screen(at: Bench) -> None:
    a_small_queue(at)
    told: list[Heard] = []
    async with at_queue(at) as console:
        await console.hear()
        console.app.listener._tell = told.append  # noqa: SLF001 - nothing shows that a screen was left alone
        presence.see(at.desk, at.ada, console.app.desk.session)
        for _ in range(3):
            at.clock.forward(minutes=1)
            console.app.listener.beat_soon()
            await console.hear()

        assert told == []


async def test_an_alarm_of_the_clock_side_is_said_on_the_screen_on_top_and_stands_in_the_queues_top_line(
    at: Bench,
) -> None:
    work_overdue(at)
    async with at_queue(at) as console:
        await console.press("enter")
        await console.hear()
        assert console.said.startswith("1 case has work overdue since 10:37; nobody keeps watch: start `triage watch`")
        await console.press("q")
        assert "! clock" in console.text.splitlines()[0]
        look(at)
        console.app.listener.beat_soon()
        await console.hear()
        assert "! clock" not in console.text
        assert "What the clock does is done in time again." in [saying.text for saying in console.app.sayings]
        console.app.sayings.clear()
