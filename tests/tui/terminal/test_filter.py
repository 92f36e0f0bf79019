"""The net: nothing acts, nothing hides, nothing moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color

from console.domain.safe import safe
from console.tui.terminal.filter import VisibleFilter

BLACK = Color.parse("black")
HOSTILE = st.text(st.sampled_from("ab \x1b\x9b\x07\u202e\u200d中é\u0301\ud800\U000e0041"), max_size=30)


def cells(segments: list[Segment]) -> int:
    """Count the cells of a line."""
    return sum(segment.cell_length for segment in segments)


@given(st.lists(HOSTILE, max_size=5))
def test_a_line_is_clean_and_keeps_its_width(texts: list[str]) -> None:
    line = [Segment(text, Style(bold=True)) for text in texts]
    for net in (VisibleFilter(), VisibleFilter(ascii_only=True)):
        shown = net.apply(line, BLACK)

        assert cells(shown) == cells(line)
        assert all(safe(segment.text) == segment.text for segment in shown)


@given(st.text(st.sampled_from("ab│─▌█▲…é中 \u0301"), max_size=30))
def test_an_ascii_line_takes_as_many_cells(text: str) -> None:
    shown = VisibleFilter(ascii_only=True).apply([Segment(text)], BLACK)

    assert "".join(segment.text for segment in shown).isascii()
    assert cells(shown) == cell_len(text)


def test_clean_lines_come_back_as_they_are() -> None:
    line = [Segment("Größe – ok", Style(bold=True)), Segment(" ")]

    assert VisibleFilter().apply(line, BLACK) is line


@pytest.mark.parametrize("ascii_only", [False, True])
def test_links_are_dropped_and_the_look_stays(ascii_only: bool) -> None:  # noqa: FBT001
    (shown,) = VisibleFilter(ascii_only=ascii_only).apply(
        [Segment("here", Style(bold=True, link="https://evil.example"))], BLACK
    )

    assert shown.style is not None
    assert shown.style.link is None
    assert shown.style.bold


def test_what_textual_itself_controls_is_left_alone() -> None:
    line = [Segment("\x1b[1;1H", None, [(ControlType.CURSOR_MOVE_TO, 0, 0)])]

    assert VisibleFilter().apply(line, BLACK) is line
