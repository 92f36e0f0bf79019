"""How queries are read, and what their errors say."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from console.domain.errors import RefusalCode, Refused
from console.domain.query import lowered, parse
from console.domain.query.tree import All, Any, Clause, Not, Op, Who, Word
from tests.domain.query.strategies import ASKING, NOISE, QUERIES

ERRORS = {
    "ower:me": 'Column 1: there is no field ower; did you mean owner? To search for the text, put it in "…".',
    "tier:2 sev:S1": 'Column 8: there is no field sev; did you mean severity? To search for the text, put it in "…".',
    "http://x": 'Column 1: there is no field http. To search for the text, put it in "…".',
    "tier:x": "Column 6: tier does not take 'x'; a whole number belongs there, such as 50.",
    "status:opne": "Column 8: status does not take 'opne'; did you mean open?",
    "late:maybe": "Column 6: late does not take 'maybe'; it is one of yes, no.",
    "severity>high": "Column 10: severity does not take 'high'; it is one of S1, S2, S3, S4.",
    "status<new": "Column 7: status takes : = and !=, not <.",
    "due>=none": "Column 4: due takes : = and !=, not >=.",
    "age:3d": "Column 4: with a length of time age takes < <= > and >=, not :.",
    "age!=3d": "Column 4: with a length of time age takes < <= > and >=, not !=.",
    "age>9999w": "Column 5: age does not take '9999w'; that is longer than a hundred years.",
    "tier:": "Column 6: tier needs a value: on which rung it stands.",
    "(tier:1": "Column 1: this bracket is not closed.",
    "(tier:1 (disk)": "Column 1: this bracket is not closed.",
    "tier:1)": "Column 7: this bracket closes nothing.",
    ")": "Column 1: this bracket closes nothing.",
    "()": "Column 2: a condition is missing here.",
    "disk or": "Column 8: a condition is missing here.",
    "or disk": "Column 1: a condition is missing here.",
    "-or disk": "Column 2: a condition is missing after the minus.",
    'disk "full': "Column 6: this quotation mark is not closed.",
    "has:notes": "Column 5: has does not take 'notes'; did you mean note?",
    "has:x": (
        "Column 5: has does not take 'x'; it is one of draft, note, attempt, brief, due, owner, handler, team, tag,"
        " fix, affected."
    ),
    "advice:none": "Column 8: advice does not take 'none'; it is one of escalate, handle, ask.",
    "tier:2 in:late": "Column 11: there is no view 'late'; `triage view` lists them.",
    "in>late": "Column 3: in takes : = and !=, not >.",
    "disk ***": "Column 6: '***' has no letter or digit that could be searched for.",
}


@pytest.mark.parametrize(("text", "sentence"), ERRORS.items())
def test_an_error_names_the_column_and_what_was_meant(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text)
    assert refused.value.sentence == sentence
    assert refused.value.code is RefusalCode.BAD_INPUT


def test_an_unknown_time_says_how_times_are_written() -> None:
    with pytest.raises(Refused, match="2026-12-01T14:00"):
        parse("due<tomorrow")


def test_the_last_day_of_all_has_an_end_too() -> None:
    assert parse("due<9999-12-31 due=9999-12-31T23:59:59").text


def test_the_example_of_the_manual_reads_as_it_says() -> None:
    query = parse('tier:2 owner:me "disk full" -status:closed (tag:vip or affected>50)')
    assert isinstance(query.node, All)
    tier, owner, text, closed, either = query.node.nodes
    assert tier == Clause("tier", Op.IS, 2, "tier:2")
    assert owner == Clause("owner", Op.IS, Who.ME, "owner:me")
    assert text == Word("disk full")
    assert closed == Not(Clause("status", Op.IS, "closed", "status:closed"))
    assert isinstance(either, Any)
    assert len(either.nodes) == 2


def test_only_the_last_bare_word_is_taken_as_begun() -> None:
    assert parse("disk fu tier:1").node == All((Word("disk"), Word("fu", is_begun=True), parse("tier:1").node))
    assert parse('"disk"').node == Word("disk")


def test_two_minuses_undo_each_other() -> None:
    assert parse("--tier:1").node == parse("tier:1").node


def test_an_empty_query_finds_everything() -> None:
    assert parse("  ").node == All()


def test_a_quotation_mark_inside_quotes_is_written_twice() -> None:
    assert parse('"say ""no"""').node == Word('say "no"')


def test_a_query_that_cannot_be_meant_is_refused() -> None:
    for text in ("x " * 1_001, "x " * 101, "(" * 21 + "x" + ")" * 21):
        with pytest.raises(Refused) as refused:
            parse(text)
        assert refused.value.code is RefusalCode.BAD_INPUT


@given(QUERIES)
def test_every_query_of_the_language_is_read(text: str) -> None:
    assert parse(text).text == text


@given(NOISE)
@example("(" * 1_999)
@example("-" * 1_999 + "x")
@example('tier:"2"')
@example("due:9999-12-31")
def test_no_input_does_anything_but_parse_or_be_refused_with_a_column(text: str) -> None:
    try:
        lowered(parse(text), ASKING)
    except Refused as refused:
        assert refused.code is RefusalCode.BAD_INPUT  # noqa: PT017 - either outcome is right
        assert refused.sentence.startswith("Column ")  # noqa: PT017


VIEWS = {
    "Late": "late:yes -status:waiting", "4": "late:yes", "Mine too": "in:late owner:me", "broken": "tier:2 sev:S1",
    "a": "tier:1 or in:b", "b": "-in:A", "c": "in:c",
    **{f"deep{place}": f"in:deep{place + 1}" for place in range(5)}, "deep5": "tier:1",
    **{f"wide{place}": " ".join([f"in:wide{place + 1}"] * 20) for place in range(3)}, "wide3": "tier:1",
}  # fmt: skip


def views() -> dict[str, str]:
    """Give some saved views."""
    return VIEWS


def test_a_view_stands_for_its_conditions() -> None:
    late = parse("late:yes -status:waiting").node
    assert parse("in:LATE", views).node == late
    assert parse('in:"mine too"', views).node == All((late, parse("owner:me").node))
    assert parse("tier:2 in!=4", views).node == parse("tier:2 -late:yes").node


@pytest.mark.parametrize(
    ("text", "sentence"),
    {
        "in:lat": "Column 4: there is no view 'lat'; did you mean late?",
        "in:c": "Column 4: the view 'c' cannot be read. Column 4: the view 'c' would hold itself.",
        "in:broken": "Column 4: the view 'broken' cannot be read. Column 8: there is no field sev",
        "x in:deep0": "views may stand 5 deep in one another.",
        "in:wide0": "with those of its views a query may have 500 conditions.",
        "in:a": "Column 5: the view 'A' would hold itself.",
    }.items(),
)
def test_a_view_that_cannot_be_read_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(text, views)
    assert sentence in refused.value.sentence
    assert refused.value.code is RefusalCode.BAD_INPUT


def test_a_query_with_words_in_it_searches_for_text() -> None:
    assert parse("tier:1 -(disk or tier:2)").finds_text
    assert not parse("tier:1 -tier:2").finds_text
