"""Each protection taken away in turn: the tests see what comes through, and either of the screen's two is enough."""

from __future__ import annotations

import pytest

from console.domain import safe
from tests.figures import figure
from tests.hostile.corpus import PAYLOADS
from tests.hostile.drawn import must_be_shown_safely, sections
from tests.hostile.givens import Hostile
from tests.hostile.test_commands import looking, on_terminal
from tests.hostile.tokens import PAGE, foreign
from tests.hostile.walk import walking


def through_screens(hostile: Hostile, without: str) -> list[str]:
    """Give what is foreign in the output of a console that lacks a protection."""
    with walking(hostile, without=without) as walk:
        walk.press("9", "j", "\r")
        walk.terminal.settle()
        return foreign(bytes(walk.terminal.raw), size=walk.size)


def test_without_safe_text_commands_let_it_through(hostile: Hostile) -> None:
    written = on_terminal(hostile, looking(hostile, hostile.deep[:1]), without="safe")

    found = foreign(written, PAGE)
    assert found
    figure(9, "commands without their protection", f"{len(found):,} foreign sequences found")


@pytest.mark.parametrize("without", ["safe", "net"])
def test_either_protection_of_the_screens_is_enough(without: str, hostile: Hostile) -> None:
    assert through_screens(hostile, without)[:5] == []


def test_without_both_the_screens_let_it_through(hostile: Hostile) -> None:
    found = through_screens(hostile, "safe,net")
    assert found
    figure(9, "screens without their two protections", f"{len(found):,} foreign sequences found")


def test_without_safe_text_widgets_let_it_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safe, "safe", lambda text, *, ascii_only=False: text)  # noqa: ARG005
    drawn = [p.text for section in sections(PAYLOADS[0].text) for row in section(200) for p in row]

    with pytest.raises(AssertionError):
        must_be_shown_safely(drawn)
