"""The pictures of the README are screens of the program on the sample data."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.cli import demonstration
from console.desk import presence, triage
from console.desk.triage import Tried
from console.domain.presence import Doing
from tests.tui.at_desk import Bench, bench
from tests.tui.at_queue import at_queue
from tests.tui.golden import shown

README = Path(__file__).parents[2] / "README.md"
MORNING = datetime(2026, 11, 20, 9, 33, tzinfo=UTC)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Give a bench with the demonstration as ada sees it, on a morning that does not pass."""
    monkeypatch.setattr(demonstration, "now", lambda: MORNING)
    with bench(tmp_path) as given:
        desk = demonstration.build(tmp_path / "demo.db", "you", has_year=False)
        given.desk.store.close()
        given.desk = replace(desk, now=lambda: MORNING)
        yield given


def must_be_in_readme(name: str, screen: str) -> None:
    """Compare a screen with the picture of this name; `TRIAGE_GOLDEN=write` draws it anew."""
    text = README.read_text(encoding="utf-8")
    picture = re.compile(rf"(<!-- screen: {name} -->\n```text\n).*?(```\n)", re.DOTALL)
    assert picture.search(text), f"the README has no picture {name}"
    drawn = picture.sub(lambda match: match[1] + screen + match[2], text)
    if os.environ.get("TRIAGE_GOLDEN") == "write":
        README.write_text(drawn, encoding="utf-8")
        return
    assert drawn == text, f"the picture {name} is out of date; TRIAGE_GOLDEN=write draws it anew"


async def test_the_pictures_of_the_readme_are_true(demo: Bench) -> None:
    async with at_queue(demo) as console:
        await console.rest()
        must_be_in_readme("queue", shown(console.app))
        await console.press("j", "j", "d")
        must_be_in_readme("decide", shown(console.app))
        await console.press("escape", "e")
        must_be_in_readme("escalate", shown(console.app))


async def test_the_pictures_of_two_people_are_true(demo: Bench) -> None:
    bo, here = demo.bo, "the console of bo"
    async with at_queue(demo) as console:
        await console.press("j", "space", "space", "k")
        await console.hear()
        case = console.cursor
        assert case is not None
        presence.see(demo.desk, bo, here)
        triage.claim(demo.desk, bo, case)
        await console.hear()
        await console.rest()
        must_be_in_readme("two-queue", shown(console.app))
        await console.press("enter", "i")
        await console.write("the card network says it is on their side")
        presence.see(demo.desk, bo, here, case, Doing.EDITING)
        triage.attempt(demo.desk, bo, case, Tried("rang the card network", "they look at it"))
        await console.hear()
        must_be_in_readme("two-case", shown(console.app))


async def test_the_pictures_of_many_cases_are_true(demo: Bench) -> None:
    async with at_queue(demo) as console:
        await console.press("O", "y", "j", "space", "a", *"bo", "enter")
        must_be_in_readme("share-out", shown(console.app))
        await console.press("escape", "H", "enter", "end", *["backspace"] * 40)
        await console.write("payment links work again, mails do not")
        await console.press("tab", *"14:30", "tab")
        await console.write("ring the hotline before lunch")
        await console.press("tab", *"jun", "f2", "j", "space")
        must_be_in_readme("handover", shown(console.app))


async def test_the_picture_of_the_board_is_true(demo: Bench) -> None:
    async with at_queue(demo) as console:
        await console.press("b", "right", "l", "right")
        must_be_in_readme("board", shown(console.app))


async def test_the_picture_of_a_report_is_true(demo: Bench) -> None:
    async with at_queue(demo) as console:
        await console.press("F", "enter", "j", "right")
        must_be_in_readme("report", shown(console.app))
