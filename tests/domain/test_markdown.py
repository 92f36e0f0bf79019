"""Markdown: foreign text stands in code, words of our own are escaped, and what says nothing is left out."""

from __future__ import annotations

import pytest

from console.domain.markdown import block, code, heading, item, plain, section


@pytest.mark.parametrize(
    ("text", "written"),
    [("a [b](c)", "`a [b](c)`"), ("a `b` c", "``a `b` c``"), ("`b`", "`` `b` ``"), (" ", ""), ("a\nb", "`a b`")],
)
def test_foreign_text_on_a_line_is_code(text: str, written: str) -> None:
    assert code(text) == written


def test_foreign_text_of_several_lines_is_a_block_that_nothing_in_it_ends() -> None:
    assert list(block("a\n```\n\n", "  ")) == ["  ````text", "  a", "  ```", "  ````"]
    assert list(block(" \n")) == []


def test_words_of_our_own_are_escaped() -> None:
    assert plain("a *b* | [c]") == "a \\*b\\* \\| \\[c\\]"


def test_points_and_sections_that_say_nothing_are_left_out() -> None:
    assert list(item("said", "hm")) == ["* said: `hm`"]
    assert list(item("said", " ")) == []
    assert list(section("It", ["x"])) == ["", "## It", "", "x"] == [*heading(2, "It"), "x"]
    assert list(section("It", [])) == []
