"""Folding: quotations and signatures apart, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.folding import Part, folded, folded_away


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


HEADS = "From: Bo\nSent: Monday\nTo: Ada\nSubject: Printer\n\nWhich one?"


@pytest.mark.parametrize(
    "quoted",
    [
        HEADS,
        f"{'_' * 32}\n{HEADS}",
        "*Von:* Bo\n*Gesendet:* Montag\n*An:* Ada\n*Betreff:* Drucker\n\nWelcher?",
        "On Mon, 1 Jun 2026 at 09:00, Bo of the long name <bo@desk>\nwrote:\n> Which one?",
        "On Mon, 1 Jun 2026 at 09:00, Bo of the long name <bo@desk>\nwrote:\n\n> Which one?",
    ],
)
def test_what_mail_programs_quote_without_marks_or_over_two_lines_is_known(quoted: str) -> None:
    assert parts(f"The red one.\n\n{quoted}") == [("own", "The red one.\n\n"), ("quoted", quoted)]


@pytest.mark.parametrize(
    "own", ["From: here on it fails", "From: a\nplain\ntext\n", "_" * 32, "We wrote\nwrote:\n", "It fell\n\nwrote\n> x"]
)
def test_what_only_looks_like_it_is_ones_own(own: str) -> None:
    assert parts(own)[0][0] == "own"


def test_long_quotations_and_signatures_are_folded_away_for_a_screen() -> None:
    text = "Yes.\n> a\n> b\n> c\n> d\nNo.\n> e\nMaybe.\n-- \nBo\nDesk\nStreet"

    assert folded_away(text) == "Yes.\n[4 lines quoted]\nNo.\n> e\nMaybe.\n[4 lines of a signature]\n"
    assert folded_away("> a\n> b\n> c\n> d") == "> a\n> b\n> c\n> d"


def test_a_sentence_before_the_words_that_introduce_a_quotation_stays() -> None:
    assert parts("On it I am.\nOn Monday Ada wrote:\n> x")[0] == ("own", "On it I am.\n")
    assert parts("Ada wrote:\n> x") == [("quoted", "Ada wrote:\n> x")]
