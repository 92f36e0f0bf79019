"""Folding: quotations and signatures apart, nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.intake.folding import Part, folded


def parts(text: str) -> list[tuple[str, str]]:
    """Give the stretches as plain pairs."""
    return [(stretch.part.value, stretch.text) for stretch in folded(text)]


def test_answers_between_quotations_keep_their_place() -> None:
    text = "Hi\n\nOn Monday Ada wrote:\n> Which printer?\nThe red one.\n> When?\nNow.\n-- \nBo\nDesk\n"

    assert parts(text) == [
        ("own", "Hi\n\n"),
        ("quoted", "On Monday Ada wrote:\n> Which printer?\n"),
        ("own", "The red one.\n"),
        ("quoted", "> When?\n"),
        ("own", "Now.\n"),
        ("signature", "-- \nBo\nDesk\n"),
    ]


def test_everything_behind_an_original_message_is_quoted() -> None:
    assert parts("See below\n-----Original Message-----\nFrom: x\n\nText")[1] == (
        "quoted",
        "-----Original Message-----\nFrom: x\n\nText",
    )


def test_a_signature_ends_where_a_quotation_begins() -> None:
    assert [part for part, _ in parts("Answer\n-- \nBo\n> question\n")] == ["own", "signature", "quoted"]


def test_a_line_of_dashes_high_above_much_text_is_no_signature() -> None:
    assert {part for part, _ in parts("a\n-- \n" + "text\n" * 50)} == {"own"}


@given(st.lists(st.sampled_from(["a", "> q", "", "-- ", "Ada wrote:", "-----Original Message-----", "\x0c", "x\r"])))
def test_the_stretches_joined_are_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)

    stretches = folded(text)

    assert "".join(stretch.text for stretch in stretches) == text
    assert all(stretch.part in Part for stretch in stretches)
