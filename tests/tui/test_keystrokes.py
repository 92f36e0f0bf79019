"""How few keys the common tasks take: the table of the design, each row counted on the real keys of the queue."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from console.desk import queues, triage
from console.desk.desk import Desk
from console.domain.case import CaseId, Choice, PersonId
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.people import Actor
from console.tui import desk_app
from console.tui.screens import case_pages, share_out
from console.tui.screens.case import CaseScreen
from console.tui.screens.escalate import EscalateScreen
from console.tui.terminal import turns
from tests.tui.at_desk import Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue, some_people


async def keys(console: AtQueue, written: str, most: int) -> None:
    """Press keys that are written apart, which must not be more than so many."""
    pressed = written.split()
    assert len(pressed) <= most
    await console.press(*(key.lower() if len(key) > 1 else key for key in pressed))


def twelve_printers(at: Bench) -> list[CaseId]:
    """Bring in twelve cases about printers, between others."""
    a_small_queue(at)
    return [
        at.take_in(title=f"Printer {number} jams", severity="S3", ref=f"p{number}", body="", due=None)
        for number in range(12)
    ]


async def test_one_key_goes_to_the_next_case_and_one_takes_and_opens_it(at: Bench) -> None:
    ids = a_small_queue(at)
    async with at_queue(at) as console:
        await keys(console, "j", 1)
        await console.rest()
        assert console.cursor == ids[1]
        assert "Payroll export wrong for 3 sites" in console.text

        await keys(console, "t", 1)
        assert isinstance(console.app.screen, CaseScreen)
    assert at.case(ids[0]).handler == PersonId("ada")


async def test_six_keys_answer_the_checklist_and_decide(at: Bench) -> None:
    case_id = at.take_in(due=None)
    async with at_queue(at) as console:
        await keys(console, "d 1 1 2 3 Enter", 6)
        assert at.case(case_id).answers == (1, 1, 2, 3)
        assert isinstance(console.app.screen, EscalateScreen)

    other = at.take_in(title="Fewer where the outcome is decided already", ref="other", due=None)
    async with at_queue(at) as console:
        await console.press("G")
        await keys(console, "d 0 0 1 Enter", 5)
        assert at.case(other).decision is Choice.HANDLE
        assert at.history(other)[-1].kind is Kind.DECIDED


async def test_two_keys_escalate_with_the_brief_that_is_drafted(at: Bench) -> None:
    policy = replace(at.desk.policy, brief_requires=("issue",))
    at.desk = replace(at.desk, policy=policy)
    case_id = at.take_in(severity="S1", affected=12_000)
    triage.attempt(at.desk, at.ada, case_id, triage.Tried("a restart"))
    async with at_queue(at) as console:
        await keys(console, "e Enter", 2)

        assert at.case(case_id).escalation_state == State.SENT


async def test_two_keys_reassign_to_somebody_recent_and_five_by_name(at: Bench) -> None:
    ids = a_small_queue(at)
    some_people(at)
    async with at_queue(at) as console:
        await keys(console, "a k i m Enter", 5)
        assert at.case(ids[0]).handler == PersonId("kim")

        await console.press("j")
        await keys(console, "a 1", 2)
        assert at.case(ids[1]).handler == PersonId("kim")

        await console.press("j")
        await keys(console, "a j u Enter", 4)
        assert at.case(ids[2]).handler == PersonId("jun")


async def test_four_keys_move_twelve_filtered_cases_and_one_takes_them_back(at: Bench) -> None:
    ids = twelve_printers(at)
    others = [each for each in queues.every(at.desk, at.ada, "live:yes") if each not in ids]
    async with at_queue(at) as console:
        await console.press("slash", *"jams", "enter")
        assert sorted(console.shown_ids) == ids

        await keys(console, "V m 2 y", 4)
        assert {at.case(each).tier for each in ids} == {2}
        assert {at.case(each).tier for each in others} == {1}
        assert console.said == "12 cases done; u takes them back together."

        await keys(console, "u", 1)
        assert {at.case(each).tier for each in ids} == {1}


async def test_one_key_opens_a_saved_view_and_one_takes_the_last_act_back(at: Bench) -> None:
    ids = a_small_queue(at)
    triage.claim(at.desk, at.ada, ids[3])
    async with at_queue(at) as console:
        await keys(console, "1", 1)
        assert console.shown_ids == [ids[3]]

        await keys(console, "u", 1)
        assert at.case(ids[3]).handler is None


async def test_three_keys_share_marked_cases_out_and_three_hand_a_shift_over(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = a_small_queue(at)
    monkeypatch.setattr(share_out, "READ_AFTER", 0)
    async with at_queue(at) as console:
        await keys(console, "V O Enter", 3)
        assert {at.case(each).handler for each in ids} == {PersonId("ada")}

        await keys(console, "H H y", 3)
        assert {at.history(each)[-1].kind for each in ids} == {Kind.HANDED_OVER}


async def test_a_key_for_a_case_that_is_still_being_read_is_for_that_case(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, opened = threading.Event(), case_pages.opened

    def slowly(desk: Desk, actor: Actor, case_id: CaseId) -> case_pages.Opened:
        gate.wait(60)
        return opened(desk, actor, case_id)

    monkeypatch.setattr(case_pages, "opened", slowly)
    for module in (desk_app, turns):
        monkeypatch.setattr(module, "PATIENCE", 0.02)
    case_id = at.take_in(due=None)
    async with at_queue(at) as console:
        await console.press_meanwhile("enter", "i")
        await console.press_meanwhile(*"word", "f2")
        gate.set()
        await console.until(lambda: bool(console.said))

        assert console.said == f"Case {case_id}: ada noted: 'word'."
