"""What may be typed next, and that it never spoils a query."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.errors import Refused
from console.domain.query import Completion, Vocabulary, completions, parse
from console.domain.query.lexer import PIECE
from tests.domain.query.strategies import NOISE, QUERIES

WORDS = Vocabulary(
    people=("ada", "bo", "none", "o'neil (x)"), tiers=(1, 2, 3), teams=("database", "network", "mine"),
    categories=("checkout", 'a "b"'), items=("checkout-api", "HP LaserJet"),
    tags=("vip", "very important"), views=("Late", "My own"),
)  # fmt: skip
ENDS = ("", "x", "me", "yes", "none", "1", "S1", "1h", "ask", "late", "note", "escalate", "sent", "new", "action")


def typed(text: str) -> list[str]:
    """Give what is offered where `|` stands."""
    cursor = text.index("|")
    text = text.replace("|", "")
    return [each.applied(text)[0] for each in completions(text, cursor, WORDS)]


def can_go_on(text: str) -> bool:
    """Say whether something makes a query of it that can be read."""
    groups = [piece.lastgroup for piece in PIECE.finditer(text)]
    closing = ")" * (groups.count("opens") - groups.count("closes"))
    quote = '"' if "unclosed" in groups else ""
    return any(is_read(f"{text}{end}{quote}{closing}") for end in ENDS)


def is_read(text: str) -> bool:
    """Say whether a query can be read, with the views of the vocabulary."""
    try:
        parse(text, lambda: dict.fromkeys(WORDS.views, ""))
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "offered"),
    {
        "sev|": ["severity:"],
        "tier:2 ow|": ["tier:2 owner:"],
        "-(ag|": ["-(age>"],
        "tier|": ["tier:", "tier=", "tier!=", "tier<", "tier<=", "tier>", "tier>="],
        "owner|": ["owner:", "owner=", "owner!="],
        "late:|": ["late:yes", "late:no"],
        "status:wa|": ["status:waiting"],
        "severity>=|": ["severity>=S1", "severity>=S2", "severity>=S3", "severity>=S4"],
        "owner:|": ["owner:me", "owner:ada", "owner:bo", 'owner:"none"', 'owner:"o\'neil (x)"', "owner:none"],
        "team!=m|": ["team!=mine", 'team!="mine"'],
        "tier>=|": ["tier>=mine", "tier>=1", "tier>=2", "tier>=3"],
        "item:la|": ['item:"HP LaserJet"'],
        "item=ch|": ["item=checkout-api"],
        "tag:im|": ['tag:"very important"'],
        'tag:"ver|': ['tag:"very important"'],
        'tag:"ver|x" tier:1': ['tag:"very important" tier:1'],
        "category:b|": ['category:"a ""b"""'],
        "in:m|": ['in:"My own"'],
        "has:d|": ["has:draft", "has:due", "has:handler", "has:affected"],
        "advice:|": ["advice:escalate", "advice:handle", "advice:ask"],
        "due<1|": ["due<1h", "due<1d", "due<1w", "due<15min"],
        "due:|": ["due:none"],
        "ow|:me": ["owner:me"],
        "tier:1 o|": ["tier:1 organisation:", "tier:1 owner:", "tier:1 or "],
        "o|": ["organisation:", "owner:"],
        "disk|": [], '"di|': [], '"disk"|': [], "nothing:x|": [], "(tier:1)|": [], "age>=|3d": [
            "age>=15min", "age>=1h", "age>=4h", "age>=1d", "age>=3d", "age>=1w",
        ],
        "tier>|=2": [],
    }.items(),
)  # fmt: skip
def test_what_is_offered_is_what_the_place_takes(text: str, offered: list[str]) -> None:
    found = typed(text)
    if text.startswith("due<1"):
        assert sorted(found) == sorted(offered)
    else:
        assert found == offered


def test_an_empty_place_offers_every_field_and_says_what_it_is() -> None:
    first = completions("", 0, WORDS)[0]
    assert first == Completion("id:", 0, 0, "its number")
    assert len(completions("tier:1 ", 7, WORDS)) == len(completions("", 0, WORDS)) + 1


@settings(deadline=None, max_examples=60)
@given(QUERIES, st.data())
def test_a_completion_never_spoils_what_could_become_a_query(text: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(text)))
    begun = text[:cursor]
    if not can_go_on(begun):
        return
    for each in completions(begun, cursor, WORDS):
        done, place = each.applied(begun)
        assert can_go_on(done), (begun, done)
        assert done[:place].endswith(each.text)


@settings(deadline=None, max_examples=60)
@given(QUERIES, st.data())
def test_a_value_completed_inside_a_query_leaves_it_readable(text: str, data: st.DataObject) -> None:
    cursor = data.draw(st.integers(0, len(text)))
    for each in completions(text, cursor, WORDS):
        if each.text[-1] not in ":=<> ":
            assert is_read(each.applied(text)[0]), (text, cursor, each)


@given(NOISE, st.data())
def test_no_input_makes_completion_fail(text: str, data: st.DataObject) -> None:
    for each in completions(text, data.draw(st.integers(0, len(text))), WORDS):
        assert each.start <= each.end <= len(text)
