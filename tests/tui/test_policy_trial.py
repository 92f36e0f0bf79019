"""A draft of the policy is tried in the console, what flips is opened, and weights are suggested."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from console.desk import backtest, triage
from console.domain import fitting
from console.domain.people import Role
from console.tui.screens import policy_trial
from console.tui.screens.backtest import BacktestScreen
from console.tui.screens.case import CaseScreen
from console.tui.screens.flips import FlipsScreen
from console.tui.screens.policy import PolicyScreen
from console.tui.screens.weigh import WeighScreen
from tests.desk.givens import escalate
from tests.desk.worlds import OUT, WORD, a_pair
from tests.tui.at_desk import LARGE, SMALL, Bench
from tests.tui.at_policy import ada_is, some_history, under_its_text
from tests.tui.golden import must_be_golden
from tests.tui.test_policy import at_policy
from tests.tui.test_secrecy import console_of


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_draft_is_held_against_the_policy_in_force_and_what_flips_is_opened(
    at: Bench, size: tuple[int, int]
) -> None:
    under_its_text(at)
    needed, looked_bad = some_history(at)
    async with at_policy(at, size) as console:
        await console.set_threshold(12)
        await console.press("t", "1")
        must_be_golden(console.app, f"backtest-{size[0]}x{size[1]}")
        await console.press("j", "k", "G", "g", "pagedown", "pageup", "enter")
        must_be_golden(console.app, f"flips-{size[0]}x{size[1]}")

        await console.press("j", "enter")
        assert isinstance(console.app.screen, CaseScreen)
        assert console.app.screen.case_id == looked_bad
        await console.press("q")
        assert isinstance(console.app.screen, FlipsScreen)
        assert "2 of 2" in console.text
        await console.press("tab")
        assert f"  {looked_bad}  Label" in console.text
        assert "Checkout" not in console.text
        await console.press("tab")
        assert f"  {needed}  Checkout" in console.text
        await console.press("tab", "enter")
        assert "No case turns this way; Tab shows the others." in console.text
        await console.press("shift+tab", "q", "q")
        assert isinstance(console.app.screen, PolicyScreen)
        assert "back-tested: 2 cases flip" in console.text

        await console.press("o", *"why", "enter")
        assert "Back-tested: 2 cases flip." in console.text
        await console.press("escape", "r")
        assert isinstance(console.app.screen, BacktestScreen)


async def test_without_a_draft_the_policy_in_force_is_tried_alone(at: Bench) -> None:
    under_its_text(at)
    some_history(at)
    async with at_policy(at) as console:
        await console.press("r")
        assert console.said == "Nothing is back-tested yet; t does it."
        await console.press("t", "escape", "t", "3")
        assert "2 cases, of 90 days" in console.text
        assert "draft" not in console.text
        await console.press("enter")
        assert console.said == "No case goes another way, so there is none to list."
        await console.press("q")
        await console.set_threshold(12)
        await console.press("r")
        assert "your draft has changed since" in console.text


async def test_a_period_without_a_case_has_nothing_to_replay(at: Bench) -> None:
    under_its_text(at)
    some_history(at)
    at.clock.forward(minutes=60 * 24 * 400)
    async with at_policy(at) as console:
        await console.press("t", "2")
        assert console.said == "There is no case to replay in that period."


async def test_a_draft_with_errors_is_not_tried(at: Bench) -> None:
    under_its_text(at)
    async with at_policy(at) as console:
        await console.go_to_threshold()
        await console.press("enter", *"up", "enter", "t", "1")
        assert console.said.startswith("draft:41: This is not TOML")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let a trial wait after its first case until this is set."""
    given, replays = Event(), backtest.replays

    def slow(*what: object) -> Iterator[backtest.Replayed]:
        for number, each in enumerate(replays(*what)):  # type: ignore[arg-type]
            if number:
                given.wait(60)
            yield each

    monkeypatch.setattr(backtest, "replays", slow)
    monkeypatch.setattr(policy_trial, "TOLD_EVERY", 0)
    yield given
    given.set()


async def test_keys_work_while_a_trial_is_under_way_and_escape_stops_it(at: Bench, held: Event) -> None:
    under_its_text(at)
    some_history(at)
    async with at_policy(at) as console:
        await console.press_meanwhile("t", "1", "j")
        await console.until(lambda: "Esc stops" in console.text and "2 of 70" in console.text)
        await console.press_meanwhile("t", "s")
        await console.until(lambda: console.said == "A trial is under way; Esc stops it.")
        await console.press_meanwhile("escape")
        await console.until(lambda: console.screen.trial is not None and console.screen.trial.is_stopped)
        held.set()
        await console.settle()
        assert console.said == "Stopped after 1 case."
        assert isinstance(console.app.screen, PolicyScreen)
        assert "Esc stops" not in console.text


async def test_a_trial_that_ends_under_another_screen_waits_to_be_looked_at(at: Bench, held: Event) -> None:
    under_its_text(at)
    some_history(at)
    async with at_policy(at) as console:
        await console.press_meanwhile("t", "1", "h")
        await console.until(lambda: not isinstance(console.app.screen, PolicyScreen))
        held.set()
        await console.settle()
        assert console.said == "The back-test is done; r shows what it came to."


async def test_a_trial_ends_with_its_screen(at: Bench, held: Event) -> None:
    under_its_text(at)
    some_history(at)
    async with at_policy(at) as console:
        await console.press_meanwhile("t", "1")
        await console.until(lambda: console.screen.trial is not None)
        run = console.screen.trial
        assert run is not None
        console.app.pop_screen()
        held.set()
        await console.settle()
        assert run.is_stopped


async def test_too_little_history_is_refused_with_what_is_needed(at: Bench) -> None:
    under_its_text(at)
    some_history(at)
    async with at_policy(at) as console:
        await console.press("s")
        assert console.said.startswith("There is too little history to suggest weights: the earlier part needs 40")


async def test_suggested_weights_are_put_into_the_draft_and_nowhere_else(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_its_text(at)
    four_days(at)
    monkeypatch.setattr(fitting, "LEAST", 1)
    monkeypatch.setattr(fitting, "LEAST_LATER", 1)
    async with at_policy(at) as console:
        await console.press("s")
        assert isinstance(console.app.screen, WeighScreen), console.said
        must_be_golden(console.app, "suggest-80x24")
        await console.press("n")
        assert not console.screen.drafted.is_changed
        await console.press("s", "y")
        assert console.said == "The weights are in your draft, and nowhere else; t back-tests it."
        assert console.screen.drafted.is_changed
        assert at.desk.policy.checklist.weights == (1, 1, 1, 1)
        await console.press("s")
        assert console.said.startswith("Fitted weights rank the later cases no better")


def four_days(at: Bench) -> None:
    """Bring in cases on four days, of which those went up that stopped a few people; many were merely bothered."""
    for day in range(4):
        for place, (severity, affected) in enumerate((("S1", 1), ("S1", 1), ("S4", 60), ("S4", 60))):
            ref = f"{day} {place}"
            case_id = at.take_in(ref=ref, created=at.clock.now, due=None, severity=severity, affected=affected)
            if severity == "S1":
                escalate(at.desk, at.ada, case_id)
        at.clock.forward(minutes=24 * 60)


async def test_weights_that_were_fitted_to_another_draft_are_not_put_into_this_one(
    at: Bench, held: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_its_text(at)
    four_days(at)
    monkeypatch.setattr(fitting, "LEAST", 1)
    monkeypatch.setattr(fitting, "LEAST_LATER", 1)
    async with at_policy(at) as console:
        await console.press_meanwhile("s", "x")
        await console.until(lambda: console.screen.drafted.is_changed)
        held.set()
        await console.settle()
        assert console.said == "Your draft has changed meanwhile; s fits weights for it anew."


async def test_a_case_that_became_confidential_is_no_longer_among_the_flips(at: Bench) -> None:
    under_its_text(at)
    needed, _ = some_history(at)
    ada_is(at, Role.LEAD)
    async with at_policy(at) as console:
        console.app.actor = at.bo
        await console.set_threshold(12)
        await console.press("t", "1", "enter")
        assert "Checkout" in console.text

        triage.change(at.desk, at.ada, needed, {"confidential": True})
        console.app.tell_screens()
        await console.settle()

        assert "Checkout" not in console.text
        assert "All 1 " in console.text


async def test_an_outsider_is_shown_the_same_with_a_confidential_case_as_without(tmp_path: Path) -> None:
    shown = []
    desk, _, other = a_pair(tmp_path)
    for each in (desk, other):
        async with console_of(each, OUT["lead"]) as console:
            await console.press("B", "t", "1")
            assert isinstance(console.app.screen, BacktestScreen)
            shown.append(console.text)
            await console.press("q", "s")
            shown.append(console.said)

    assert shown[:2] == shown[2:]
    assert "3 cases, all that are recorded" in shown[0]
    assert WORD not in "".join(shown)
