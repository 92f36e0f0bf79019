"""Tags as people type them, and what they make of a case."""

from __future__ import annotations

import pytest

from console.domain.errors import Refused
from console.domain.tags import Tagging, retagged, typed_tags
from tests.builders import a_case


@pytest.mark.parametrize(
    ("text", "on", "off"),
    [
        ("vip", ("vip",), ()),
        ("+vip -eu", ("vip",), ("eu",)),
        ("vip, -eu", ("vip",), ("eu",)),
        ("call back; -eu west +vip", ("call back", "vip"), ("eu west",)),
        ("e-mail", ("e-mail",), ()),
        ("vip, vip,  ,", ("vip",), ()),
        ("- eu", (), ("eu",)),
    ],
)
def test_tags_are_read_as_people_type_them(text: str, on: tuple[str, ...], off: tuple[str, ...]) -> None:
    assert typed_tags(text) == Tagging(on, off)


@pytest.mark.parametrize(
    ("text", "why"), [("", "Name a tag"), (" , +, -", "Name a tag"), ("vip -vip", "at once"), (";", "Name a tag")]
)
def test_what_names_no_tag_is_refused(text: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        typed_tags(text)


def test_what_is_said_can_be_typed() -> None:
    wanted = Tagging(("vip", "call back"), ("eu",))
    assert typed_tags(str(wanted)) == wanted


def test_tags_are_put_on_and_taken_off_as_one() -> None:
    case = a_case(tags=("eu", "old"), derived=("tags",))
    after = retagged(case, Tagging(("vip", "old"), ("eu", "never")))
    assert (after.tags, after.derived) == (("old", "vip"), ())


@pytest.mark.parametrize(
    ("wanted", "why"),
    [(Tagging(("eu",)), "tagged eu already"), (Tagging((), ("x",)), "not tagged x"), (Tagging(("eu",), ("x",)), "eu")],
)
def test_what_changes_nothing_is_refused(wanted: Tagging, why: str) -> None:
    with pytest.raises(Refused, match=why):
        retagged(a_case(tags=("eu",)), wanted)
