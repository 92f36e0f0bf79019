"""What helps: the knowledge articles for a case, read at the console, and said whether they worked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from console.desk import triage
from console.domain.articles import Article
from console.domain.case import CaseId
from console.domain.timeline import attempts
from console.tui.screens.articles import ArticlesScreen
from console.tui.screens.case import CaseScreen
from console.tui.screens.decide import DecideScreen
from tests.tui.at_desk import LARGE, SMALL, Bench, session
from tests.tui.at_queue import at_queue
from tests.tui.golden import must_be_golden

TEXT = """\ufeff# Restart the pool

For when the checkout answers 502
to everybody.

1. Look at the pool page: how many are busy? If all are, go on; if not,
   it is something else.
2. Restart it with

       poolctl restart --all

* Never at noon. \x1b]52;c;ZXZpbA==\x07
"""
ARTICLES = (
    Article("KB-1", "Restart the pool", ("checkout",), words=("502",), file="kb/1.md"),
    Article("KB-2", "Cards and banks", ("checkout",), url="https://kb.example/2"),
    Article("KB-9", "Printers", ("printing",), file="kb/9.md"),
)


def with_articles(at: Bench, folder: Path) -> CaseId:
    """Let the desk have articles, one of which solved three of four cases; give a case that it may solve."""
    (folder / "kb").mkdir()
    (folder / "kb" / "1.md").write_text(TEXT, encoding="utf-8")
    at.desk = replace(at.desk, policy=replace(at.desk.policy, articles=ARTICLES), articles=folder)
    for number in range(4):
        case = at.take_in(ref=f"e{number}")
        tried = triage.Tried("followed KB-1", article="KB-1", has_worked=number > 0)
        triage.attempt(at.desk, at.ada, case, tried)
    return at.take_in(ref="n1")


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_case_and_the_decision_tell_what_helps_and_one_key_lists_it(
    at: Bench, tmp_path: Path, size: tuple[int, int]
) -> None:
    case = with_articles(at, tmp_path)
    async with session(at, size) as console:
        await console.open(CaseScreen(case))
        assert "KB-1 solved 3 of 4: Restart the pool" in console.text
        await console.press("d")
        assert isinstance(console.app.screen, DecideScreen)
        assert "article  KB-1 solved 3 of 4: Restart the pool" in console.text
        await console.press("W")
        assert isinstance(console.app.screen, ArticlesScreen)
        must_be_golden(console.app, f"articles-{size[0]}x{size[1]}")
        await console.press("enter")
        must_be_golden(console.app, f"article-{size[0]}x{size[1]}")


async def test_what_did_not_help_is_logged_and_counts_where_it_is_decided(at: Bench, tmp_path: Path) -> None:
    case = with_articles(at, tmp_path)
    async with session(at) as console:
        await console.open(DecideScreen(case))
        await console.press("W", "n")
        must_be_golden(console.app, "article-followed-80x24")
        await console.press("f2")
        assert "KB-1" in console.text.splitlines()[3]
        assert "solved 3 of 5, tried here" in console.text
        await console.press("q")
        assert "1 failed attempt" in console.text

    (tried,) = attempts(at.history(case))
    assert (tried.what, tried.article, tried.has_worked) == ("followed KB-1: Restart the pool", "KB-1", False)
    assert at.case(case).articles == ("KB-1",)


async def test_what_worked_is_logged_from_the_page_that_is_read(at: Bench, tmp_path: Path) -> None:
    case = with_articles(at, tmp_path)
    async with at_queue(at) as console:
        await console.press("W", "j", "enter")
        assert "Look at the pool page" in console.text
        await console.press("j", "w", "f2", "q", "q")
        assert console.app.screen is console.queue

    tried = [each for number in range(1, case + 1) for each in attempts(at.history(CaseId(number)))]
    assert sum(each.has_worked for each in tried) == 4


async def test_an_article_elsewhere_is_copied_as_an_address_and_shown(at: Bench, tmp_path: Path) -> None:
    case = with_articles(at, tmp_path)
    async with session(at) as console:
        await console.open(ArticlesScreen(at.case(case)))
        await console.press("j", "enter")
        assert "https://kb.example/2" in console.text
        assert "Copied https://kb.example/2" in console.text


async def test_an_article_that_is_not_there_says_so(at: Bench, tmp_path: Path) -> None:
    case = with_articles(at, tmp_path)
    (tmp_path / "kb" / "1.md").unlink()
    async with session(at) as console:
        await console.open(ArticlesScreen(at.case(case)))
        await console.press("enter")
        assert "Article KB-1 cannot be read" in console.text


async def test_without_articles_it_says_where_they_come_from(at: Bench) -> None:
    case = at.take_in()
    async with session(at) as console:
        await console.open(ArticlesScreen(at.case(case)))
        must_be_golden(console.app, "articles-none-80x24")
        await console.press("enter", "w", "n", "c", "q")
        assert not isinstance(console.app.screen, ArticlesScreen)
