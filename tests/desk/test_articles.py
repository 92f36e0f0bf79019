"""Tests of knowledge articles at the desk: every act keeps what came of them in step; confidential cases count not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.desk import articles, closing, evidence, queues, triage, undo
from console.desk.backtest import memory
from console.desk.desk import Desk
from console.desk.taking import take_in
from console.desk.triage import Tried
from console.domain.arrival import Arrival
from console.domain.articles import Article, Fix
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.stays import likes_of
from console.store.sight import WHOLE
from tests.builders import a_policy, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case, stored
from tests.desk.remembered import FOUR_HOURS

KB = Article("KB-1", "Restart the pool", ("checkout",), file="kb/1.md")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Give a desk that has an article."""
    return replace(desk, policy=a_policy(articles=(KB,)))


def fixes(desk: Desk) -> dict[tuple[str, int, str], tuple[int, int]]:
    """Give by category, tier and article how many cases it solved, and on how many it was tried."""
    found = articles.solving(desk)
    return {(each.fix.category, each.tier, each.fix.article): (each.fix.worked, each.fix.of) for each in found}


def a_try(desk: Desk, case: CaseId, article: str = "KB-1", *, worked: bool = False) -> None:
    """Log an attempt by an article."""
    triage.attempt(desk, ADA, case, Tried("followed it", article=article, has_worked=worked))


def test_an_article_counts_once_for_each_case_and_worked_where_it_did(desk: Desk) -> None:
    first, second = open_case(desk, category="checkout"), open_case(desk, category="checkout")
    a_try(desk, first)
    a_try(desk, first, "kb-1", worked=True)
    a_try(desk, second, "my own notes")

    assert fixes(desk) == {("checkout", 1, "KB-1"): (1, 1), ("checkout", 1, "my own notes"): (0, 1)}
    assert stored(desk, first)[0].articles == ("KB-1",)


def test_an_article_that_is_named_in_the_resolution_solved_the_case(desk: Desk) -> None:
    case = open_case(desk, category="checkout")
    closing.resolve(desk, ADA, case, "Restarted it by kb-1.")

    assert fixes(desk) == {("checkout", 1, "KB-1"): (1, 1)}
    assert stored(desk, case)[0].articles == ("KB-1",)


def test_undo_takes_it_back_and_redo_counts_it_again(desk: Desk) -> None:
    case = open_case(desk, category="checkout")
    a_try(desk, case)
    undo.undo(desk, ADA, case)
    assert fixes(desk) == {}
    assert stored(desk, case)[0].articles == ()
    undo.redo(desk, ADA, case)
    assert fixes(desk) == {("checkout", 1, "KB-1"): (0, 1)}


def test_what_is_known_moves_with_the_category_and_is_of_the_tier_where_it_was_tried(desk: Desk) -> None:
    case = open_case(desk, category="checkout")
    a_try(desk, case)
    escalate(desk, ADA, case)
    triage.change(desk, ADA, case, {"category": "network"})
    assert fixes(desk) == {("network", 1, "KB-1"): (0, 1)}


def test_a_confidential_case_is_in_no_count(desk: Desk) -> None:
    case = open_case(desk, category="checkout", confidential=True)
    a_try(desk, case, worked=True)
    assert fixes(desk) == {}


def test_a_new_case_that_comes_in_tells_of_no_article(desk: Desk) -> None:
    take_in(desk, ADA, [Arrival("It is slow", "mail", "1", category="network")])
    assert fixes(desk) == {}


def test_a_fix_that_solved_enough_cases_holds_the_next_one_until_it_was_tried(desk: Desk) -> None:
    for _ in range(5):
        a_try(desk, open_case(desk, category="checkout"), worked=True)
    case = open_case(desk, category="checkout")
    standing = stored(desk, case)[0]
    with desk.store.read(WHOLE) as tx:
        local = evidence.local(desk, tx, standing)

    assert local is not None
    assert local.fixes == (Fix("KB-1", 5, 5, "checkout"),)
    (found,) = articles.for_case(desk, ADA, case)
    assert (found.article, found.fix, found.was_tried) == (KB, local.fixes[0], False)
    a_try(desk, case)
    assert [each.was_tried for each in articles.for_case(desk, ADA, case)] == [True]


def test_without_articles_in_the_policy_there_are_none_for_a_case(desk: Desk) -> None:
    bare = replace(desk, policy=a_policy())
    assert articles.for_case(bare, ADA, open_case(bare)) == ()
    assert queues.dossier(bare, ADA, CaseId(1)).case.articles == ()


def test_the_back_test_knows_of_articles_what_was_known_at_that_minute(desk: Desk, clock: Clock) -> None:
    for worked in (True, False, True):
        clock.forward(hours=1)
        a_try(desk, open_case(desk, category="checkout"), worked=worked)
    undo.undo(desk, ADA)

    found = memory(desk, ADA, FOUR_HOURS)
    likes = likes_of(stored(desk, CaseId(1))[0])
    at_each = [found.local(1, likes, at(hours=hours)).fixes for hours in (0, 1, 2, 9)]
    assert at_each == [(), (Fix("KB-1", 1, 1, "checkout"),), (Fix("KB-1", 1, 2, "checkout"),), at_each[2]]


def test_the_text_of_an_article_is_read_from_the_folder_of_articles(desk: Desk, tmp_path: Path) -> None:
    kept = replace(desk, articles=tmp_path)
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "1.md").write_bytes(b"\xef\xbb\xbfRestart \xff it")
    assert articles.text_of(kept, KB) == "Restart \N{REPLACEMENT CHARACTER} it"
    assert articles.text_of(kept, replace(KB, file="", url="https://kb")) == ""

    (tmp_path / "kb" / "1.md").write_bytes(b"x" * (articles.LONGEST + 1))
    text = articles.text_of(kept, KB)
    assert text.endswith("[The rest is left out: it is longer than 200,000 bytes.]")


def test_an_article_that_cannot_be_read_is_refused_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in" / "kb").mkdir(parents=True)
    kept = replace(desk, articles=tmp_path / "in")
    (tmp_path / "secret").write_text("no")
    with pytest.raises(Refused, match="in no folder that is known here"):
        articles.text_of(desk, KB)
    with pytest.raises(Refused, match="No such file"):
        articles.text_of(kept, KB)
    (tmp_path / "in" / "kb" / "1.md").symlink_to(tmp_path / "secret")
    with pytest.raises(Refused, match="leads out of the folder"):
        articles.text_of(kept, KB)
    with pytest.raises(Refused, match="is no file"):
        articles.text_of(kept, replace(KB, file="kb"))


def test_an_article_is_named_in_any_spelling(desk: Desk) -> None:
    assert articles.named(desk, "kb-1") == KB
    with pytest.raises(Refused, match="There is no article 'KB-11' in the policy; did you mean 'KB-1'"):
        articles.named(desk, "KB-11")
