"""Tests of what solved earlier cases like one: rare words count most, its category more, and each solution once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.domain.case import CaseId, CaseText, Status
from console.domain.solved import Ended, Solved, Sought, best, with_what_worked, words_sought
from console.domain.timeline import Attempt
from tests.builders import ADA, MORNING, a_case

TILL = a_case(title="Till prints no receipts", category="tills", organisation="Shop Ulm")
WORTH = {"till": 1.0, "prints": 1.0, "receipts": 1.0, "silent": 0.5}
SOUGHT = Sought(WORTH, {"till": 400, "prints": 60, "receipts": 30, "silent": 9}, 1000)


def ended(number: int, title: str, how: str, body: str = "", **facts: Any) -> Ended:  # noqa: ANN401 - any field of a case
    """Give a case that was solved so, in the same category."""
    given: dict[str, Any] = {"category": "tills", "status": Status.CLOSED, "resolution": how} | facts
    return Ended(a_case(id=CaseId(number), title=title, **given), CaseText(body))


def found(*cases: Ended) -> list[int]:
    """Give the numbers of those that are like the case at the till."""
    return [each.case.id for each in best(TILL, SOUGHT, cases)]


def tried(what: str, article: str, *, worked: bool) -> Attempt:
    """Give something that was tried."""
    return Attempt(MORNING, ADA, what, "", "", article, worked)


def test_words_of_the_title_are_sought_and_some_of_the_text() -> None:
    text = CaseText("The printer hums 12345 today, nothing comes. The printer again\n> quoted words\n--\nsignature")

    assert words_sought(TILL, text) == {
        "till": 1.0, "prints": 1.0, "receipts": 1.0, "printer": 0.5, "today": 0.5, "nothing": 0.5, "comes": 0.5,
    }  # fmt: skip


def test_what_says_more_of_it_and_what_is_rare_comes_first() -> None:
    most = ended(1, "Till 3 prints no receipts", "a new cable")
    rare = ended(2, "No receipts and silent", "another printer")
    little = ended(3, "Till prints twice", "taken apart", category="")

    assert found(little, rare, most) == [1, 2]
    assert found(little) == []


def test_a_word_in_the_title_counts_more_than_in_the_text_and_in_a_short_text_more_than_in_a_long_one() -> None:
    titled = ended(1, "Till prints no receipts", "a cable")
    short = ended(2, "Help", "a roll", "the till prints no receipts")
    long = ended(3, "Help", "a driver", "the till prints no receipts " + "and more besides " * 40)

    assert found(long, short, titled) == [1, 2, 3]


def test_the_own_category_counts_double_and_another_must_say_more_of_it() -> None:
    same = ended(1, "Till prints stripes", "cleaned")
    other = ended(2, "Till prints stripes", "changed", category="printing")
    every = ended(3, "Till prints no receipts", "a cable", category="printing")

    assert found(same, other) == [1]
    assert found(other, every) == [3]
    second, first = best(TILL, SOUGHT, [every, same])
    assert (first.same, first.reason) == ((), "both say receipts, prints and till")
    assert (second.same, second.reason) == (("category",), "same category; both say prints and till")


def test_the_same_item_counts_beside_the_category() -> None:
    till = replace(TILL, item="TM-88")
    plain = ended(1, "Till prints no receipts", "a cable")
    same = ended(2, "Till prints no receipts", "a roll", item="TM-88")
    other = ended(3, "Till prints stripes", "changed", category="printing", item="TM-88")

    assert [each.case.id for each in best(till, SOUGHT, [plain, same, other])] == [2, 1, 3]
    assert best(till, SOUGHT, [same])[0].reason == "same category and item; both say receipts, prints and till"
    assert best(till, SOUGHT, [other])[0].reason == "same item; both say prints and till"


def test_one_word_is_too_little() -> None:
    assert found(ended(1, "Receipts receipts", "a roll")) == []


def test_words_that_no_other_case_has_are_not_missed() -> None:
    alone = Sought(WORTH | {"zebra": 1.0}, {"till": 400, "prints": 60, "receipts": 30, "silent": 9, "zebra": 1}, 1000)

    assert best(TILL, alone, [ended(1, "Prints no receipts", "a roll")])


def test_the_own_organisation_decides_between_two_and_then_the_newest() -> None:
    there = ended(1, "Till prints no receipts", "a cable", organisation="Shop Bonn")
    here = ended(2, "Till prints no receipts", "a roll", organisation="Shop Ulm")
    newer = ended(3, "Till prints no receipts", "a driver", updated=MORNING.replace(hour=11))

    assert found(there, here, newer) == [2, 3, 1]


def test_each_solution_is_given_once_and_how_often_it_helped() -> None:
    first = ended(1, "Till prints no receipts", "Restarted the print service and fixed the cable")
    again = ended(2, "Till prints no receipts", "Restarted the print service, fixed the cable of till 4")
    other = ended(3, "Till prints no receipts", "Changed the printer by courier")
    wordless = ended(4, "Till prints no receipts", "...")

    told = best(TILL, SOUGHT, [first, again, other, wordless])

    assert {(each.case.id, each.times) for each in told} == {(1, 2), (3, 1), (4, 1)}
    assert len(best(TILL, SOUGHT, [first, other, wordless], most=2)) == 2


def test_nothing_is_like_it_where_there_is_nothing() -> None:
    assert best(TILL, SOUGHT, []) == ()


@pytest.mark.parametrize(
    ("attempts", "what", "article"),
    [
        ([], "", ""),
        ([tried("restart", "KB-1", worked=False)], "", ""),
        ([tried("restart", "", worked=True), tried("cable", "KB-2", worked=True)], "cable", "KB-2"),
    ],
)
def test_what_was_tried_last_that_worked_is_told(attempts: list[Attempt], what: str, article: str) -> None:
    (solved,) = best(TILL, SOUGHT, [ended(1, "Till prints no receipts", "a cable")])
    told: Solved = with_what_worked(solved, attempts)

    assert (told.what, told.article) == (what, article)
