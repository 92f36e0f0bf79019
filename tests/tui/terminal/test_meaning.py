"""Which events stand for what came from the terminal."""

from __future__ import annotations

import pytest
from textual.events import Key, Paste

from console.tui.terminal.keyboard import Escaped, Pasted, Sequence, Token, Typed
from console.tui.terminal.meaning import events_of


def keys(*tokens: Token) -> list[str]:
    """Give the names of the keys that come of the tokens."""
    return [event.key for event in events_of(tokens) if isinstance(event, Key)]


@pytest.mark.parametrize(
    ("token", "names"),
    [
        (Escaped(), ["escape"]),
        (Typed("jG?"), ["j", "G", "question_mark"]),
        (Typed("\r\t \x7f"), ["enter", "tab", "space", "backspace"]),
        (Typed("x", is_alt=True), ["alt+x"]),
        (Sequence("\x1b[A"), ["up"]),
        (Sequence("\x1bOA"), ["up"]),
        (Sequence("\x1b[5~"), ["pageup"]),
        (Sequence("\x1bOQ"), ["f2"]),
        (Sequence("\x1b[Z"), ["shift+tab"]),
        (Sequence("\x1b[?1;2c"), []),
        (Sequence("\x1b[99;99;99z"), []),
        (Sequence("\x1b[I"), []),
        (Sequence("\x1b[48;24;80;0;0t"), []),
    ],
)
def test_every_key_has_its_name_and_noise_has_none(token: Token, names: list[str]) -> None:
    assert keys(token) == names


def test_what_one_sequence_leaves_does_not_spoil_the_next_key() -> None:
    assert keys(Sequence("\x1b[99;99z"), Typed("j"), Typed("q", is_alt=True), Typed("k")) == ["j", "alt+q", "k"]


def test_a_paste_is_a_paste() -> None:
    (event,) = events_of([Pasted("two\nlines")])

    assert isinstance(event, Paste)
    assert event.text == "two\nlines"
