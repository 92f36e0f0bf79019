"""What the query language costs among 1,000,000 cases, against the same statement written by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from time import perf_counter
from typing import Any

import pytest

from console.desk import queues
from console.desk.desk import Desk
from console.domain.case import Case
from console.domain.people import Actor
from console.domain.query import Asking, parse
from console.domain.views import BUILT_IN, Order, View
from console.store import windows
from console.store.cases import SELECT_CASE
from console.store.codec import case_from, micros
from console.store.query_sql import selected
from tests.benchmarks.many_cases import desk_of
from tests.builders import an_actor

PAGE = 50
ROUNDS = 9
MOST = 1.5
"""How many times as long as by hand a first page may take."""

ADA = an_actor("ada")
BY_HAND: Mapping[str, str] = {
    "live:yes": "c.live = 1",
    "tier:2 live:yes": "c.tier = 2 AND c.live = 1",
    "handler:me live:yes": "c.handler = 'ada' AND c.live = 1",
    "late:yes": "c.live = 1 AND c.due < :now AND c.status IN ('new', 'open')",
    "tier:2 severity>=S2 age>3d": "c.tier = 2 AND c.severity <= 2 AND c.created < :day3",
    'owner:bo -status:closed (affected>50 or organisation:"site 7")': (
        "c.owner = 'bo' AND c.status <> 'closed' AND (c.affected > 50 OR instr(lower(c.organisation), 'site 7') > 0)"
    ),
    "handler:none live:yes channel:phone": "c.handler IS NULL AND c.live = 1 AND c.channel = 'phone'",
    "organisation=nowhere": "c.organisation = 'nowhere'",
}
"""Filters, and the same by hand; the last one finds nothing, so that all cases are looked at."""

SEARCHES: Mapping[str, str] = {
    '"checkout"': '"checkout"', '"Lyon"': '"lyon"', '"checkout payroll"': '"checkout payroll"',
    '"checkout" "Lyon" live:yes': "", "checkout Lyon scanner": '"checkout" "lyon" "scanner" *', "sca": '"sca" *',
    "xyzzy": '"xyzzy" *',
}  # fmt: skip
"""Searches, and what the full-text index is asked by hand; nothing where there are other conditions besides."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Give a desk with a million cases."""
    _, made = desk_of(1_000_000, datetime.now(UTC))
    yield made
    made.store.close()


def best(*ways: Callable[[], Any]) -> list[float]:
    """Give the milliseconds of the quickest of several times, for each way; they take turns, so that noise hits all."""
    quickest = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            begun = perf_counter()
            way()
            quickest[place] = min(quickest[place], perf_counter() - begun)
    return [each * 1_000 for each in quickest]


def by_hand(desk: Desk, sql: str, values: Mapping[str, Any]) -> list[Case]:
    """Run a statement and give the cases of its rows."""
    with desk.store.read() as tx:
        return [case_from(row) for row in tx.rows(sql, values)]


def by_query(desk: Desk, actor: Actor, text: str, order: Order) -> list[Case]:
    """Read a query, and give the cases of its first page."""
    selection = selected(parse(text), Asking(actor.person, desk.now(), desk.policy), order)
    with desk.store.read() as tx:
        return windows.first(tx, selection, PAGE)


def told(text: str, hand: float, ours: float) -> float:
    """Print one line of the table and give the ratio."""
    print(f"{text:<66} {hand:>9.2f} {ours:>9.2f} {ours / hand:>6.2f}")
    return ours / hand


@pytest.mark.benchmark
def test_a_filtered_view_costs_what_its_statement_costs_by_hand(desk: Desk) -> None:
    now = desk.now()
    values = {"now": micros(now), "day3": micros(now - timedelta(days=3))}
    print(f"\n{'first page of a filter, ms':<66} {'by hand':>9} {'query':>9} ratio")
    ratios = {}
    for text, where in BY_HAND.items():
        sql = f"{SELECT_CASE} WHERE {where} ORDER BY c.severity, c.due_key, c.id LIMIT {PAGE}"
        hand, ours = best(partial(by_hand, desk, sql, values), partial(by_query, desk, ADA, text, Order.URGENT))
        ratios[text] = told(text, hand, ours)
    assert {text: ratio for text, ratio in ratios.items() if ratio > MOST} == {}


@pytest.mark.benchmark
def test_a_search_costs_what_the_full_text_index_costs(desk: Desk) -> None:
    """A search that finds less than a page asks the index once more, which a page that is full never does."""
    print(f"\n{'first page of a search, newest first, ms':<66} {'raw FTS5':>9} {'query':>9} ratio")
    ratios = {}
    for text, expression in SEARCHES.items():
        sql = (
            f"{SELECT_CASE.replace(' FROM ', ' FROM search s CROSS JOIN ')} ON c.id = s.rowid"
            f" WHERE search MATCH :words {'' if expression else 'AND c.live = 1'}"
            f" ORDER BY s.rowid DESC LIMIT {PAGE}"
        )
        values = {"words": expression or '"checkout" "lyon"'}
        hand, ours = best(partial(by_hand, desk, sql, values), partial(by_query, desk, ADA, text, Order.NEWEST))
        ratio = told(text, hand, ours)
        if len(by_query(desk, ADA, text, Order.NEWEST)) == PAGE:
            ratios[text] = ratio
    assert {text: ratio for text, ratio in ratios.items() if ratio > MOST} == {}


@pytest.mark.benchmark
def test_what_screens_ask_for(desk: Desk) -> None:
    """Whole windows with counts and recommendations, searches in other orders, and the counts of the tab line."""
    asked = [View("", "", text) for text in (*BY_HAND, "advice:escalate", "advice:ask tier:2", "has:note live:yes")]
    asked += [View("", "", text, order) for text in SEARCHES for order in (Order.NEWEST, Order.URGENT)]
    print(f"\n{'window of 50 with its count, ms':<66} {'cases':>9} {'window':>9}")
    for view in (*BUILT_IN, *asked):
        window = queues.window(desk, ADA, view, queues.Stretch(0, PAGE))
        (took,) = best(partial(queues.window, desk, ADA, view, queues.Stretch(0, PAGE)))
        total = f"{window.total:,}{'+' if window.is_more else ''}"
        print(f"{f'{view.name or view.query} ({view.order})':<66} {total:>9} {took:>9.2f}")
    print(f"{'counts of all built-in views':<76} {best(partial(queues.counts, desk, ADA))[0]:>9.2f}")
