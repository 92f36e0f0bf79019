"""Tests of knowledge articles: which fit a case, which fix is known by what it solved, and what names one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.articles import Article, Fix, fitting, followed, heard, is_meant, known_fix, named_in, words_of
from console.domain.case import Severity
from console.domain.evidence import Local
from console.domain.explanation import explain, headline
from console.domain.kin import Kin
from console.domain.policy import Policy
from console.domain.recommendation import Verdict, advise
from tests.builders import MORNING, a_case, a_policy, an_open_case

RESTART = Article("KB-1", "Restart the pool", ("checkout",), words=("502", "gateway time-out"), file="kb/1.md")
CARDS = Article("KB-2", "Cards", ("checkout", "network"), url="https://kb/2")
ANY = Article("KB-3", "Anything", tier=2, file="kb/3.md")
ALL = (RESTART, CARDS, ANY)
WORST = (3, 3, 3, 3)


def a_desk_with(*articles: Article) -> Policy:
    """Give a policy with these articles."""
    return a_policy(articles=articles)


def known(*fixes: Fix) -> Local:
    """Give what is known of articles alone."""
    return Local(fixes=fixes)


def test_articles_fit_by_category_and_tier_and_those_the_title_asks_for_come_first() -> None:
    case = a_case(title="Checkout answers 502", category="checkout")
    found = fitting(case, ALL, [Fix("KB-2", 31, 40, "checkout"), Fix("KB-1", 3, 9, "checkout")])

    assert [(each.article.id, each.fix.worked, each.is_meant) for each in found] == [
        ("KB-2", 31, True), ("KB-1", 3, True),
    ]  # fmt: skip
    other = fitting(replace(case, title="Something else"), ALL, [Fix("KB-1", 9, 9, "checkout")])
    assert [each.article.id for each in other] == ["KB-2", "KB-1"]
    assert [each.article.id for each in fitting(an_open_case(tier=2, category="mail"), ALL, ())] == ["KB-3"]


def test_an_article_about_an_item_is_for_cases_about_it() -> None:
    till = Article("KB-4", "Till 4", items=("Till 4",), file="kb/4.md")
    assert [each.article.id for each in fitting(a_case(item="till 4"), [till], ())] == ["KB-4"]
    assert fitting(a_case(item="till 40"), [till], ()) == ()


def test_what_was_tried_comes_last() -> None:
    case = a_case(title="502", category="checkout", articles=("KB-2",))
    assert [(each.article.id, each.was_tried) for each in fitting(case, ALL, ())] == [("KB-1", False), ("KB-2", True)]


@pytest.mark.parametrize(
    ("title", "is_so"),
    [("It says 502", True), ("Gateway Time-Out again", True), ("5020 pieces", False), ("gateway", False)],
)
def test_an_article_is_meant_where_the_title_says_one_of_its_words_whole(title: str, is_so: bool) -> None:  # noqa: FBT001
    assert is_meant(RESTART, title) is is_so
    assert is_meant(RESTART, heard(words_of(ALL), title)) is is_so
    assert is_meant(CARDS, title)


def test_a_fix_is_proven_by_what_it_solved() -> None:
    guard = a_policy().guards[0]
    enough, few, poor = Fix("KB-2", 6, 10), Fix("KB-2", 4, 4), Fix("KB-2", 5, 9)

    assert guard.proven([enough, few, poor]) == (enough,)
    assert replace(guard, solved=4, of_percent=55).proven([enough, few, poor]) == (enough, few, poor)
    assert replace(guard, solved=0).proven([enough, Fix("KB-1", 0, 0)]) == ()


def test_of_what_is_proven_the_best_is_known_that_is_for_the_case_and_untried_there() -> None:
    case = a_case(title="502", category="checkout")
    good, best = Fix("KB-2", 6, 10), Fix("KB-1", 9, 10)

    assert known_fix(case, ALL, [good, best]) == best
    assert known_fix(case, ALL, [Fix("KB-9", 90, 90)]) is None
    assert known_fix(replace(case, articles=("KB-1",)), ALL, [good, best]) == good
    assert known_fix(replace(case, title="else"), ALL, [best]) is None
    assert known_fix(replace(case, category="mail"), ALL, [good]) is None


def test_a_known_fix_holds_a_case_back_and_says_what_it_solved() -> None:
    policy, case = a_desk_with(CARDS), a_case(category="checkout", answers=WORST)
    local = known(Fix("KB-2", 1_031, 1_040, "checkout"))
    advice = advise(case, policy, MORNING, None, local)

    assert advice.verdict is Verdict.HANDLE
    assert headline(advice, policy) == "HANDLE: KB-2 solved 1,031 of 1,040 checkout cases; not tried here"
    assert advise(case, policy, MORNING).verdict is Verdict.ESCALATE
    assert advise(case, policy, MORNING, None, known()).verdict is Verdict.ESCALATE
    tried = replace(case, articles=("KB-2",), attempts=1)
    assert advise(tried, policy, MORNING, None, local).verdict is Verdict.ESCALATE
    urgent = replace(case, severity=Severity.S1)
    assert advise(urgent, policy, MORNING, None, local).verdict is Verdict.ESCALATE
    without = replace(policy, guards=policy.guards[1:])
    assert advise(case, without, MORNING, None, local).verdict is Verdict.ESCALATE


def test_why_it_is_held_and_what_would_lift_that_are_told() -> None:
    policy, case = a_desk_with(CARDS), a_case(category="checkout", answers=WORST)
    local = known(Fix("KB-2", 5, 5))
    held = explain(case, policy, MORNING, None, local)
    tried = explain(replace(case, articles=("KB-2",), attempts=1), policy, MORNING, None, local)

    assert held.why[0] == "guard known-fix: KB-2 solved 5 of 5 cases; not tried here"
    assert "with KB-2 tried to no avail: ESCALATE" in held.would_change
    assert "no guard holds: no known fix is left; KB-2 tried" in tried.why_not


def test_a_fix_that_somebody_set_is_told_as_before() -> None:
    policy, case = a_desk_with(CARDS), a_case(category="checkout", answers=WORST, known_fix="restart")
    advice = advise(case, policy, MORNING, None, known(Fix("KB-2", 5, 5)))
    assert headline(advice, policy) == "HANDLE: the fix is known"


def test_a_text_names_articles_whole_in_any_spelling() -> None:
    assert named_in(ALL, "Done by kb-1, and KB-22 did not help") == ("KB-1",)
    assert a_desk_with(*ALL).spelt(" kb-2 ") == "KB-2"
    assert a_desk_with(*ALL).spelt("my own; notes\n") == "my own, notes"
    assert followed(("KB-1",), ["", "KB-2", "KB-1"]) == ("KB-1", "KB-2")


def test_an_article_is_at_its_file_or_its_page() -> None:
    assert (RESTART.place, CARDS.place) == ("kb/1.md", "https://kb/2")


def test_what_came_of_an_article_is_said_in_few_words() -> None:
    case = a_case(title="502", category="checkout", articles=("KB-2",))
    first, second = fitting(case, ALL, [Fix("KB-2", 1_031, 1_040, "checkout")])
    assert (first.says, second.says) == ("not tried yet", "solved 1,031 of 1,040, tried here")
    assert Kin(articles=(first, second)).helpful == (first,)
