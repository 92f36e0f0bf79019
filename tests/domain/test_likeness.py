"""Likeness: how alike two cases are, why, and that nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseId, CaseText
from console.domain.likeness import LIKELY, MOST, SIMILAR, How, Likeness, likeness
from console.domain.traits import Traits, traits
from tests.builders import a_case, at

WITHIN = timedelta(days=14)
TITLE = "Payroll export wrong for 3 sites"
RARE = frozenset({"payroll", "export", "lyon", "db-03", "ora-01555", "run-77", "9988776", "unit-55"})


def one(number: int = 7, body: str = "", title: str = TITLE, minutes: float = 0, **facts: Any) -> Traits:  # noqa: ANN401
    return traits(a_case(id=CaseId(number), title=title, created=at(minutes=minutes), **facts), CaseText(body))


def between(first: Traits, second: Traits) -> Likeness:
    found = likeness(first, second, RARE, WITHIN)
    assert found is not None
    return found


ADA: dict[str, Any] = {"requester": "ada@x.example"}
BO: dict[str, Any] = {"requester": "bo@x.example"}
ACME: dict[str, Any] = {"organisation": "ACME", "category": "erp"}


@pytest.mark.parametrize(
    ("first", "second", "how", "is_likely", "reason"),
    [
        (one(8, **ADA), one(minutes=12, **ADA), How.SUBJECT, True, "same requester and subject, 12 min apart"),
        (one(8, **ADA), one(minutes=9000, **ADA), How.SUBJECT, True, "same requester and subject, 6 d 6 h apart"),
        (one(8, title="Printer", **ADA), one(title="re: printer", minutes=5, **ADA), How.SUBJECT, False, "same req"),
        (one(8, title="Printer", **ADA), one(title="printer", minutes=90, **ADA), How.SUBJECT, False, "same requester"),
        (one(8, **ADA, **ACME), one(**BO, **ACME), How.SUBJECT, True, "same organisation and subject, within a minute"),
        (one(8, **ADA, **ACME), one(minutes=3000, **BO, **ACME), How.SUBJECT, False, "same organisation and subject"),
        (one(8, **ADA), one(**BO), How.SUBJECT, False, "same subject"),
        (one(8, **ADA), one(minutes=3000, **BO), How.SUBJECT, False, "same subject"),
        (
            one(8, "run-77 gives ORA-01555", "Night run", **ADA),
            one(7, "ORA-01555 in run-77", "It stopped", **ADA),
            How.MARKS, True, "both say ora-01555 and run-77",
        ),
        (one(8, "9988776", "Night run", **ADA), one(7, "9988776", "Hm", **ADA), How.MARKS, False, "both say 9988776"),
        (
            one(8, "run-77 db-03 ora-01555 unit-55", "Night run"),
            one(7, "ora-01555, run-77, db-03: unit-55", "It"),
            How.MARKS, True, "both say 4 such things as db-03, ora-01555 and run-77",
        ),
        (
            one(8, title="Payroll export: Lyon", **ACME), one(title="Lyon has no payroll export", **ACME),
            How.TOPIC, False, "same organisation and category, both about export, lyon and payroll",
        ),
        (
            one(8, title="Payroll export: Lyon", item="pay-db"), one(title="Lyon has no payroll export", item="Pay-DB"),
            How.TOPIC, False, "same item, both about export, lyon and payroll",
        ),
        (
            one(8, title="Payroll: Lyon", item="pay-db", **ACME), one(title="No payroll, Lyon", item="pay-db", **ACME),
            How.TOPIC, False, "same organisation, category and item, both about lyon and payroll",
        ),
        (
            one(8, title="Payroll export Lyon", item="db"), one(title="Payroll export Lyon", item="db"),
            How.SUBJECT, True, "same item and subject",
        ),
        (one(8, title="Payroll export", **ADA), one(title="Our payroll export", **ADA), How.TOPIC, False, "same req"),
        (one(78, "as in #71", "It"), one(71, "", "Hm"), How.NAMED, False, "78 names 71"),
        (one(78, "as in #71", "It"), one(71, "", "Hm", 99_999), How.NAMED, False, "78 names 71"),
        (
            one(8, "Fatal error 12: cannot open the spool", "It"), one(7, "fatal ERROR 9: cannot open the spool", "Hm"),
            How.ERROR, False, "the same error",
        ),
        (
            one(8, source="alertmanager", ref="ab@1", title="Disk"), one(source="alertmanager", ref="ab@2", title="Hm"),
            How.ALERT, True, "the same alert",
        ),
        (
            one(8, "We cannot print since the move to floor two", "It"),
            one(7, "we cannot print, since the move to floor two!", "Hm"),
            How.TEXT, True, "the same text",
        ),
        (
            one(8, "We cannot print since the move to floor two", "It"),
            one(7, "we cannot print, since the move to floor two!", "Hm", 3000),
            How.TEXT, False, "the same text",
        ),
    ],
)  # fmt: skip
def test_what_makes_cases_alike(first: Traits, second: Traits, how: How, is_likely: bool, reason: str) -> None:  # noqa: FBT001
    found = between(first, second)
    assert (found.how, found.is_likely) == (how, is_likely)
    assert found.reason.startswith(reason)
    assert SIMILAR <= found.score <= MOST


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (one(8, title="Help!", **ADA), one(title="help", **ADA)),
        (one(8, title="Printer", **ADA), one(title="printer", minutes=3000, **ADA)),
        (one(8, title="Printer", **ADA), one(title="printer", **BO)),
        (one(8, "thanks", title="x", **ADA), one(7, "thanks", title="y", **ADA)),
        (one(8, **ADA), one(minutes=60 * 24 * 15, **ADA)),
        (one(8, "code-12345", "It"), one(7, "code-12345", "Hm")),
        (one(8, title="Payroll", **ACME), one(title="payroll again now", **ACME)),
        (one(8, title="Payroll export"), one(title="The payroll export of Lyon")),
        (one(71, "as in #78", "It"), one(78, "", "Hm")),
        (one(8, title="It"), one(title="?")),
    ],
)
def test_nothing_is_guessed_where_there_is_too_little(first: Traits, second: Traits) -> None:
    assert likeness(first, second, RARE, WITHIN) is None


def test_a_second_thing_counts_by_half() -> None:
    first, second = one(8, "ORA-01555", **ADA), one(7, "ORA-01555", minutes=2000, **ADA)
    assert between(first, second).score == MOST > LIKELY
    assert between(first, second).reason == "same requester and subject; both say ora-01555, 1 d 9 h apart"


WORDS = st.lists(st.sampled_from(["payroll", "export", "Lyon", "printer", "#71", "db-03", "error", "the"]), max_size=7)
SOME = st.builds(
    lambda number, title, body, minutes, who, org: one(
        number, " ".join(body), " ".join(title) or "?", minutes, requester=who, organisation=org
    ),
    st.sampled_from([7, 8, 71, 78]), WORDS, WORDS, st.integers(0, 40_000), st.sampled_from(["", "ada@x", "bo"]),
    st.sampled_from(["", "ACME"]),
)  # fmt: skip


@given(SOME, SOME)
def test_likeness_is_the_same_from_both_sides(first: Traits, second: Traits) -> None:
    assert likeness(first, second, RARE, WITHIN) == likeness(second, first, RARE, WITHIN)


@given(SOME, SOME)
def test_what_is_further_apart_is_never_more_alike(first: Traits, second: Traits) -> None:
    later = replace(second, created=max(first.created, second.created) + timedelta(days=20))
    near, far = (likeness(first, each, RARE, WITHIN) for each in (second, later))
    assert far is None or (near is not None and far.score <= near.score)


@given(SOME)
def test_a_case_is_most_like_itself_told_again(first: Traits) -> None:
    again = replace(first, id=CaseId(first.id + 1), names=frozenset())
    found = likeness(first, again, RARE, WITHIN)
    assert found is None or found.reason.endswith("within a minute")
