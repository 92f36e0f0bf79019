"""No cell of a table is one that a spreadsheet runs, and the text it was made of comes back as it was."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.cells import harmless, original

RUN = (
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example")', "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)",
    "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u00a0=1+1", "'=1+1", '"=1+1"', "\u200b=1+1", "\ufeff=1+1", "\uff1d1+1",
    "\uff0b1", "\uff0d1", "\uff20SUM(1)", "\u2019=1", "\\=1", "'\\=1", "''=1", "\u202e=1", "\t", "=", "-", "\x00=1",
)  # fmt: skip
"""Cells that some spreadsheet runs, or would once it has left out what stands in front."""
WITHIN = ("a;=1+1", "a,=1+1", "a\t=1+1", "a\n=1+1", "a|=1+1", 'a";=1+1', 'a"=1+1', "a; '=1+1", "a\u2028=1+1")
HARMLESS = ("", "a", "Till 4 freezes", "a = b", "1 - 2", "e-mail", "ada@example.org", "'quoted'", "a\nb", "C:\\temp")
BREAKS = re.compile('["\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029,;|]')
WORTHLESS = " '`\u200b\u00a0\ufeff\x00\u2019\u202e"
RUNNABLE = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
texts = st.text(
    st.sampled_from([*"=+-@\t\n\r,;|\"' \\a'\uff1d\u200b\u2028\u00a0"]) | st.characters(codec="utf-8"), max_size=30
)


def is_run(cell: str) -> bool:
    """Say whether a spreadsheet, with whatever separator, finds a formula in a cell."""
    return any(part.strip(WORTHLESS).startswith(RUNNABLE) for part in BREAKS.split(cell)) or cell[:1] in set("\t\r\n")


@pytest.mark.parametrize("text", RUN + WITHIN)
def test_what_would_be_run_is_text(text: str) -> None:
    assert is_run(text) or "\\" in text
    assert not is_run(harmless(text))
    assert harmless(text) != text
    assert original(harmless(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text == original(text)


def test_a_spreadsheet_that_drops_the_apostrophe_runs_nothing_and_the_text_still_comes_back() -> None:
    saved = harmless("=1+1").removeprefix("'")
    assert not is_run(saved)
    assert original(saved) == "=1+1"


@given(texts)
@settings(max_examples=500)
def test_any_text_comes_back_and_none_is_run(text: str) -> None:
    cell = harmless(text)
    assert not is_run(cell)
    assert original(cell) == text
    assert original(harmless(cell)) == cell
