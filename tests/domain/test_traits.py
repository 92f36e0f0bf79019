"""Traits: what of a case tells that another is about the same thing."""

from __future__ import annotations

from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseText
from console.domain.traits import (
    LONGEST_TEXT,
    MOST_MARKS,
    Traits,
    errors_of,
    marks_of,
    own_words,
    pieces,
    traits,
    words_of,
)
from tests.builders import a_case


def of(title: str = "Payroll export wrong", body: str = "", **facts: Any) -> Traits:  # noqa: ANN401
    return traits(a_case(title=title, **facts), CaseText(body))


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("ORA-01555 on db-03.example.com, order 47112-22", ("ora-01555", "db-03.example.com", "47112-22")),
        ("see https://x.example/a1b2c and ada99@example.com", ()),
        ("at 12:30 on 2026-11-23, or 23.11.2026, 100mb, 12%", ()),
        ("version 1.2.3 of 10.0.0.17", ("10.0.0.17",)),
        ("20261123T101500Z and 99887766", ("99887766",)),
        ("mail.corp.example is up, example.com is not", ("mail.corp.example",)),
        ("Re: it's a plain sentence.", ()),
        ("code-12345\x1b[2J99\x07", ("code-12345",)),
        ("x" * 90 + "1", ()),
    ],
)
def test_marks_are_codes_hosts_and_numbers(text: str, marks: tuple[str, ...]) -> None:
    assert marks_of(text) == marks


def test_there_are_only_so_many_marks() -> None:
    assert len(marks_of(" ".join(f"code-{n:05}" for n in range(99)))) == MOST_MARKS


def test_a_subject_is_known_behind_what_mail_programs_put_before_it() -> None:
    assert of("RE: [help] Fwd: Payroll export  wrong!").subject == of("payroll export wrong").subject
    assert of("Payroll export wrong #4711").subject == "payroll export wrong"


def test_words_that_say_nothing_are_left_out() -> None:
    assert words_of("Please help: the Büro printer is on 3 again again") == ("buro", "printer")


def test_what_is_quoted_or_signed_is_not_compared() -> None:
    assert own_words("It fails\n> code-12345\n| too\n-- \ncode-99999") == "It fails"


def test_errors_are_known_whatever_numbers_they_hold() -> None:
    assert errors_of("Error 17: cannot open file 3") == errors_of("error 4: cannot open file 12") != ()
    assert errors_of("an error\nall is well here today") == ()


def test_a_case_names_others_by_number_and_never_itself() -> None:
    found = traits(a_case(title="As in #4711"), CaseText("and #12, ##13, #1, a#14", "said #15; #7"))
    assert found.names == {4711, 12, 15}


def test_who_asks_is_known_by_address() -> None:
    assert of(requester="Ada Holm <ADA@x.example>").requester == of(requester="ada@X.example").requester
    assert of(requester="Ädà").requester == "ada"


def test_an_alert_is_known_by_its_fingerprint() -> None:
    assert of(source="alertmanager", ref="ab12@2026-11-23T09:00:00").alert == ("alertmanager", "ab12")
    assert of(source="mail", ref="ab12@x").alert is None
    assert of(source="alertmanager").alert is None


def test_a_mark_is_looked_up_by_its_longest_pieces_first() -> None:
    assert pieces("db_03.example-ORA") == ("example", "ora", "03", "db")


@given(st.text(max_size=400), st.text(max_size=6_000))
def test_only_the_beginning_counts(title: str, body: str) -> None:
    assert of(title or "?", body) == of(title or "?", body[:LONGEST_TEXT])


@pytest.mark.parametrize(
    "hostile", ["#1", "Re: ", "[", "a.", "1.", "-", "> ", "error ", "\u0301", "1:", "é" * 30, "\n", "#12 ", "a1b2c-"]
)
def test_hostile_texts_cost_no_more_than_others(hostile: str) -> None:
    begun = process_time()
    of(hostile * 2_000_000, hostile * 2_000_000)
    assert process_time() - begun < 1
