"""A console where somebody else turns another policy on: it says so, goes by it, and keeps what is typed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from console.desk import policies
from console.desk.desk import open_desk
from console.domain.policy_file import read
from console.settings import sample_data
from console.tui.screens.decide import DecideScreen
from tests.tui.at_desk import Bench, session
from tests.tui.at_queue import a_small_queue, at_queue
from tests.tui.golden import shown

TEXT = (sample_data() / "policy.toml").read_text(encoding="utf-8")
SAID = "bo turned on another policy: checklist.threshold 5 instead of 9. B shows it."


def with_threshold(number: int) -> str:
    """Give the policy with another threshold."""
    return TEXT.replace("threshold = 9", f"threshold = {number}")


@pytest.fixture
def office(at: Bench) -> Bench:
    """Give the bench under the policy of the sample data."""
    at.desk = replace(at.desk, policy=read(TEXT, "policy.toml"), policy_text=TEXT, filed="")
    return at


def turn_on(at: Bench, text: str) -> None:
    """Turn a policy on as bo, elsewhere."""
    desk = open_desk(at.desk.store.path, TEXT, "policy.toml", at.clock)
    policies.turn_on(desk, at.bo, text, "too much waits", policies.in_force(desk).version)
    desk.store.close()


async def test_the_queue_says_who_turned_another_policy_on_and_goes_by_it(office: Bench) -> None:
    a_small_queue(office)
    async with at_queue(office) as console:
        await console.hear()
        turn_on(office, with_threshold(5))

        await console.hear()

        assert console.said == SAID
        assert "threshold 5" in shown(console.app)

        await console.hear()
        assert len(console.app.sayings) == 1, "it is said once"


async def test_what_is_typed_stays_where_the_policy_changes_beneath_it(office: Bench) -> None:
    case_id = office.take_in(severity="S3", affected=1, due=None)
    async with session(office) as console:
        await console.open(DecideScreen(case_id))
        await console.press("2", "2")
        assert "threshold 9" in shown(console.app)

        turn_on(office, with_threshold(5))
        await console.hear()

        assert "threshold 5" in shown(console.app)
        assert console.said == SAID
        await console.press("enter")
        assert office.case(case_id).answers.count(2) == 2


async def test_a_policy_that_was_turned_on_here_is_not_told_again(office: Bench) -> None:
    a_small_queue(office)
    async with at_queue(office) as console:
        await console.hear()
        app = console.app
        seen = office.desk.policy.version
        await app.act(partial(policies.turn_on, app.desk, app.actor, with_threshold(5), "so", seen))

        await console.hear()

        assert not console.said
        assert "threshold 5" in shown(app)


async def test_a_file_that_was_changed_is_told_of_too(office: Bench, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(TEXT, encoding="utf-8")
    a_small_queue(office)
    office.desk = replace(office.desk, file=partial(file.read_text, encoding="utf-8"))
    async with at_queue(office) as console:
        await console.hear()
        file.write_text(with_threshold(5), encoding="utf-8")
        console.app.listener.beat_soon()

        await console.hear()

        assert console.said == "The policy's file was changed: checklist.threshold 5 instead of 9. B shows it."
