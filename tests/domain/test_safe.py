"""Laws of what text from outside looks like when it is shown."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.safe import (
    BLOCK_LINES,
    FORBIDDEN,
    LINE_CELLS,
    MARKS_PER_BASE,
    clipped,
    padded,
    safe,
    safe_block,
    safe_line,
    width,
)

BAD = re.compile(f"[{FORBIDDEN}]")
HOSTILE = [
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b[2J\x1b[6n",
    "\x9b31m",
    "\x90q\x9c",
    "a\x00b",
    "name\u202egpj.exe",
    "\u2066hidden\u2069",
    "\u200e\u200f\u061c",
    "pay\u200bpal \u200c\u200d",
    "\U000e0041\U000e007f",
    "\ud800",
    "\u2028x\u2029",
    "\ufeffstart",
    "Z" + "\u0301" * 10_000,
    "\u3164\u115f\uffa0",
    "\x7f",
    "\r\n\x0b\x0c",
]
ANY_TEXT = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from("a \n\r\t\x1b\x9b\u202e\u200d\u0301\u20dd\U0001f469\u4e2d\u05d0\u3099\u034f"), max_size=400
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("show", [safe, safe_line, safe_block])
@pytest.mark.parametrize("ascii_only", [False, True])
def test_no_forbidden_character_comes_through(text: str, show: object, ascii_only: bool) -> None:  # noqa: FBT001
    shown = show(text, ascii_only=ascii_only)  # type: ignore[operator]

    assert not BAD.search(shown.replace("\n", "") if show is safe_block else shown)
    assert shown.isascii() or not ascii_only


@given(ANY_TEXT)
def test_whatever_the_text_nothing_forbidden_is_left(text: str) -> None:
    assert not BAD.search(safe(text))
    assert not BAD.search(safe_line(text))
    assert not BAD.search(safe_block(text).replace("\n", ""))


@given(ANY_TEXT)
def test_making_text_safe_twice_changes_nothing_more(text: str) -> None:
    for show in (safe, safe_line, safe_block):
        assert show(show(text)) == show(text)
        assert show(show(text, ascii_only=True), ascii_only=True) == show(text, ascii_only=True)


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=300))
def test_clean_text_comes_back_as_the_same_object(text: str) -> None:
    assert safe(text) is text
    assert safe(text, ascii_only=True) is text


@pytest.mark.parametrize(
    "text", ["Größe 5 – „gut“", "Ошибка входа", "注文できません", "κωδικός", "👍 done", "שלום", "สวัสดี"]
)
def test_ordinary_writing_of_any_language_is_unchanged(text: str) -> None:
    assert safe(text) == text
    assert safe_line(text) == text
    assert safe_block(text) == text


@given(ANY_TEXT)
def test_no_base_carries_more_than_four_marks(text: str) -> None:
    runs = groupby(safe(text), lambda c: unicodedata.category(c) in {"Mn", "Me"})

    assert all(len(list(run)) <= MARKS_PER_BASE for is_mark, run in runs if is_mark)


def test_the_marks_that_are_not_shown_are_counted() -> None:
    assert safe("Z" + "\u0301" * 10_000) == "Z" + "\u0301" * 4 + "<+9996 marks>"


def test_controls_are_named_by_their_pictures_and_others_by_code_point() -> None:
    assert safe("\x1b[2J\x00\x7f\x9b\u202e") == "␛[2J␀␡<U+009B><U+202E>"
    assert safe("\x1b\u202e", ascii_only=True) == "<U+001B><U+202E>"


def test_ascii_keeps_what_can_be_read() -> None:
    assert safe("Größe – „für 5 €“…", ascii_only=True) == 'Grosse - "fur 5 EUR"...'
    assert safe("中", ascii_only=True) == "?"


def test_a_line_is_one_line() -> None:
    assert safe_line("one\r\ntwo\tthree\n\u2028four") == "one two three  four"


def test_a_block_keeps_its_lines_and_its_columns() -> None:
    assert safe_block("a\tb\r\nc\rd\x85e") == "a       b\nc\nd\ne"


def test_a_long_line_is_shown_in_part_with_a_count() -> None:
    shown = safe_line("x" * 1_000_000)

    assert width(shown) <= LINE_CELLS
    kept = shown.count("x")
    assert shown.endswith(f" ... {1_000_000 - kept:,} more characters")


def test_wide_characters_count_two_cells() -> None:
    shown = safe_line("中" * 1_500)

    assert width("中a\u0301") == 3
    assert width(shown) <= LINE_CELLS
    assert shown.endswith("more characters")


def test_a_line_clipped_to_almost_nothing_still_says_how_much_is_missing() -> None:
    assert clipped("abcdefghij" * 10, 5) == " ... 100 more characters"


@given(st.integers(1, 30), st.text(st.characters(), max_size=5))
def test_many_lines_are_shown_in_part_with_a_count(beyond: int, line: str) -> None:
    line = safe_line(line)
    shown = safe_block("\n".join([line] * (BLOCK_LINES + beyond))).split("\n")

    assert len(shown) == BLOCK_LINES + 1
    assert shown[-1] == ("... 1 more line" if beyond == 1 else f"... {beyond} more lines")


def test_a_block_that_was_cut_before_is_left_as_it_is() -> None:
    once = safe_block("a\nb\nc", lines=2)
    assert once == "a\nb\n... 1 more line"
    assert safe_block(once, lines=2) == once


@pytest.mark.parametrize(("text", "cells"), [("abc", "abc  "), ("abcdef", "abcd…"), ("日本語", "日本…"), ("", "     ")])
def test_text_is_fitted_into_exactly_so_many_cells(text: str, cells: str) -> None:
    assert padded(text, 5) == cells
    assert width(cells) == 5
