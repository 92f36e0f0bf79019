"""Text breaks at blanks where it can, and never grows or loses a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from console.domain.safe import safe_line
from console.tui.widgets.wrapping import cut, folded

JOINED = ("\U0001f1e9\U0001f1ea", "#\ufe0f\u20e3", "\U0001f3f3\ufe0f", "\U0001f469\U0001f3fd", "e\u0301", "a", " ")
"""Signs of several characters, which take other cells together than one by one."""
LINES = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=120),
    st.lists(st.sampled_from(JOINED), max_size=60).map("".join),
).map(safe_line)


def test_a_line_breaks_at_blanks() -> None:
    assert folded("the case goes up", 8) == ["the case", "goes up"]


def test_a_word_longer_than_the_line_is_broken_anywhere() -> None:
    assert folded("abcdefgh", 3) == ["abc", "def", "gh"]


def test_wide_characters_count_twice() -> None:
    assert folded("日本語", 4) == ["日本", "語"]
    assert cut("日本語", 5) == "日本…"


def test_what_fits_is_not_cut() -> None:
    assert cut("four", 4) == "four"
    assert cut("five!", 4) == "fiv…"
    assert cut("five!", 4, "...") == "f..."


@given(LINES, st.integers(2, 40))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = folded(text, width)

    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(LINES, st.integers(1, 40))
def test_what_is_cut_fits(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
