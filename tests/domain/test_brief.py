"""The brief: drafted, completed, read and written."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.brief import (
    PARTS,
    Brief,
    Option,
    as_text,
    completeness,
    drafted,
    from_words,
    missing_parts,
    options_as_lines,
    options_from_lines,
    to_words,
)
from console.domain.errors import RefusalCode, Refused
from tests.builders import MORNING, a_case

OPTIONS = (Option("restart", "quick", "loses carts"), Option("fail over", is_recommended=True))
FULL = Brief("the issue", "nobody can pay", OPTIONS, "a database administrator", "pay by phone", MORNING)
LINE = st.text(st.characters(exclude_characters="|\r\n", exclude_categories=["C", "Z"]), min_size=1).filter(
    lambda text: not text.startswith("*")
)
BRIEFS = st.builds(
    Brief,
    issue=st.text(),
    consequences=st.text(),
    options=st.lists(st.builds(Option, st.text(min_size=1), st.text(), st.text(), st.booleans())).map(tuple),
    help=st.text(),
    workaround=st.text(),
    decide_by=st.sampled_from([None, MORNING]),
)


def test_missing_parts_are_named_in_reading_order() -> None:
    assert missing_parts(Brief(issue=" "), ("help", "issue", "options")) == ("issue", "options", "help")
    assert missing_parts(FULL, PARTS) == ()
    assert missing_parts(Brief(options=(Option(" ", "cheap"),)), ("options",)) == ("options",)


def test_completeness_counts_what_is_filled() -> None:
    assert completeness(Brief()) == (0, 6)
    assert completeness(Brief(issue="x", decide_by=MORNING)) == (2, 6)
    assert completeness(FULL) == (6, 6)


def test_a_draft_says_what_the_case_says_and_leaves_to_people_what_only_they_know() -> None:
    brief = drafted(a_case(due=MORNING), "It fails.\n\nBadly.", ["ada: restart, no effect"], "Impact: stopped")
    assert brief.issue == "Checkout returns 502\nThey write: It fails. Badly.\nTried: ada: restart, no effect"
    assert (brief.consequences, brief.decide_by, brief.help) == ("Impact: stopped", MORNING, "")
    assert drafted(a_case(), " ", [], "").issue == "Checkout returns 502"
    assert len(drafted(a_case(), "x" * 9_000, [], "").issue) < 500


@given(BRIEFS)
def test_a_brief_is_read_as_it_is_written(brief: Brief) -> None:
    assert from_words(to_words(brief)) == brief


@given(st.lists(st.builds(Option, LINE, st.just("") | LINE, st.just("") | LINE, st.booleans())))
def test_options_are_read_from_lines_as_they_are_written(options: list[Option]) -> None:
    assert options_from_lines(options_as_lines(options)) == tuple(options)


def test_options_may_be_written_in_any_of_the_usual_ways() -> None:
    as_lists = [
        {"option": "restart", "pros": ["quick", "easy"], "cons": None, "recommended": True},
        " * fail over | - slow",
    ]
    assert from_words({"options": as_lists}).options == (
        Option("restart", "quick; easy", "", is_recommended=True),
        Option("fail over", cons="slow", is_recommended=True),
    )
    assert from_words({"options": "a\n\n* b | + c"}).options == (Option("a"), Option("b", "c", is_recommended=True))


def test_times_without_a_zone_are_utc() -> None:
    assert from_words({"decide_by": "2026-11-23T09:00"}).decide_by == MORNING
    assert from_words({"decide_by": MORNING}).decide_by == MORNING
    assert from_words({"decide_by": date(2026, 11, 23)}).decide_by == MORNING.replace(hour=0)
    assert from_words({"decide_by": ""}).decide_by is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"isue": "x"}, "A brief has no part 'isue'; its parts are issue, consequences"),
        ({"issue": 3}, "The brief's 'issue' must be text, not int"),
        ({"decide_by": "soon"}, "The brief's 'decide_by' is 'soon'; write a time such as"),
        ({"options": 3}, "The brief's 'options' is a list"),
        ({"options": [3]}, "An option of a brief is text"),
    ],
)
def test_words_that_make_no_brief_are_refused(words: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        from_words(words)
    assert refused.value.code is RefusalCode.BAD_INPUT


def test_a_brief_is_copied_as_text_without_its_empty_parts() -> None:
    assert as_text(Brief(issue="a\nb", options=FULL.options, decide_by=MORNING), a_case()) == (
        "Brief for case 7: Checkout returns 502\n\n"
        "The issue and where it is stuck\n  a\n  b\n\n"
        "Options considered, with pros and cons and the one recommended\n"
        "  restart | + quick | - loses carts\n  * fail over\n\n"
        "Decision needed by when\n  2026-11-23 09:00 UTC\n"
    )
