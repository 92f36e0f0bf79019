"""Tests of tries: what a history says was tried by an article, in which tier, and whether that solved the case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from console.domain.events import Event, Kind, Plain
from console.domain.tries import Try, tells_of_articles, tries_of
from tests.builders import an_event


def a_history(*steps: tuple[Kind, dict[str, Any]]) -> list[Event]:
    """Give a history of these events, each with some of its fields."""
    return [an_event(kind, version=number, **facts) for number, (kind, facts) in enumerate(steps, 1)]


def opened(**facts: Plain) -> tuple[Kind, dict[str, Any]]:
    """Give how a case began."""
    return Kind.OPENED, {"changes": {name: (None, value) for name, value in facts.items()}}


def tried(article: str, *, worked: bool = False) -> tuple[Kind, dict[str, Any]]:
    """Give an attempt."""
    return Kind.ATTEMPTED, {"detail": {"what": "this", "article": article, "worked": worked}}


def changed(**facts: Sequence[Plain]) -> tuple[Kind, dict[str, Any]]:
    """Give a change of facts."""
    return Kind.CHANGED, {"changes": facts}


def test_each_article_is_told_once_for_each_tier_it_was_tried_in() -> None:
    moved = (Kind.ESCALATED, {"changes": {"tier": (1, 2)}})
    history = a_history(
        opened(category="tills", tier=1), tried("KB-1"), tried("KB-1"), tried(""), moved, tried("KB-1", worked=True),
        tried("KB-1"), changed(category=("tills", "network")),
    )  # fmt: skip
    assert tries_of(history) == (
        Try(1, "KB-1", "network", has_worked=False), Try(2, "KB-1", "network", has_worked=True),
    )  # fmt: skip


def test_an_article_that_is_named_in_how_it_was_solved_worked() -> None:
    history = a_history(opened(), tried("KB-1"), (Kind.RESOLVED, {"detail": {"articles": ["KB-1", "KB-2"]}}))
    assert tries_of(history) == (Try(1, "KB-1", "", has_worked=True), Try(1, "KB-2", "", has_worked=True))


def test_what_was_undone_was_not_tried_until_it_is_done_again() -> None:
    history = a_history(opened(), tried("KB-1"), (Kind.UNDONE, {"annuls": 2}), (Kind.UNDONE, {"annuls": 3}))
    assert tries_of(history[:3]) == ()
    assert tries_of(history) == (Try(1, "KB-1", "", has_worked=False),)


def test_a_case_that_is_confidential_or_a_duplicate_tells_nothing() -> None:
    history = a_history(opened(confidential=True), tried("KB-1"), changed(confidential=(True, False)))
    assert tries_of(history[:2]) == ()
    assert len(tries_of(history)) == 1
    assert tries_of(a_history(opened(), tried("KB-1"), changed(duplicate_of=(None, 3)))) == ()


def test_only_what_names_an_article_or_changes_what_the_case_is_tells_something() -> None:
    told = a_history(
        opened(category="tills"), tried(""), tried("KB-1"), changed(severity=("S1", "S2")), (Kind.NOTED, {})
    )
    assert [*map(tells_of_articles, told)] == [True, False, True, False, False]
