"""What the query language costs among 1,000,000 cases, against statements that somebody wrote by hand.

By hand means: SQLite's driver alone, a connection of its own with nothing set, the statement as somebody writes it who
knows the tables and their indexes, with the same columns and the same rows for the same person. The query's time holds
everything: reading the text, compiling it, opening a snapshot, and the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from time import process_time
from typing import Any

import pytest

from console.desk import queues
from console.desk.desk import Desk
from console.domain.query import Asking, parse
from console.domain.views import BUILT_IN, Order, View
from console.store import windows
from console.store.cases import SELECT_CASE
from console.store.codec import case_from, micros
from console.store.query_sql import selected
from tests.benchmarks.many_cases import RARE, desk_of
from tests.builders import an_actor

Rows = Sequence[Sequence[Any]]
PAGE = 50
ROUNDS = 15
MOST = 1.5
"""How many times as long as by hand a first page may take."""

LEAST = 0.1
"""Milliseconds; what takes less by hand finds nothing, and then only reading the query is left to compare."""

ADA = an_actor("ada")
VIEWS = {"late": "late:yes", "big": "affected>50 severity>=S2"}
SEEN = "(NOT c.confidential OR c.id IN (SELECT k.case_id FROM circle k WHERE k.person = 'ada'))"
BY_HAND: Mapping[str, str] = {
    "live:yes": "c.live = 1",
    "status:new": "c.status = 'new'",
    "tier:2 live:yes": "c.tier = 2 AND c.live = 1",
    "tier:2 status:open": "c.tier = 2 AND c.live = 1 AND c.status = 'open'",
    "handler:me live:yes": "c.handler = 'ada' AND c.live = 1",
    "handler:bo": "c.handler = 'bo'",
    "handler:none live:yes channel:phone": "c.handler IS NULL AND c.live = 1 AND c.channel = 'phone'",
    "late:yes": "c.live = 1 AND c.next_due < :now",
    "in:late tier:3": "c.live = 1 AND c.next_due < :now AND c.tier = 3",
    "age>3d live:yes": "c.created < :day3 AND c.live = 1",
    "tier:2 severity>=S2 age>3d": "c.tier = 2 AND c.severity <= 2 AND c.created < :day3",
    "tag:vip": "c.tags LIKE '%;vip;%'",
    "category:checkout -tag:eu": "c.category = 'checkout' AND c.tags NOT LIKE '%;eu;%'",
    "-status:closed -category:network": "c.status <> 'closed' AND c.category <> 'network'",
    "team:erp or (tag:vip severity:S1)": "(c.team = 'erp' OR (c.tags LIKE '%;vip;%' AND c.severity = 1))",
    'owner:bo -status:closed (affected>50 or organisation:"site 7")': (
        "c.owner = 'bo' AND c.status <> 'closed' AND (c.affected > 50 OR c.organisation LIKE '%site 7%')"
    ),
    "in:big owner:none": "c.affected > 50 AND c.severity <= 2 AND c.owner IS NULL",
    "has:draft": "c.id IN (SELECT case_id FROM draft WHERE person = 'ada')",
    "has:draft live:yes": "c.live = 1 AND c.id IN (SELECT case_id FROM draft WHERE person = 'ada')",
    "has:note live:yes": "c.live = 1 AND (SELECT t.notes FROM case_text t WHERE t.case_id = c.id) <> ''",
    "organisation=nowhere": "c.organisation = 'nowhere'",
}
"""Filters, and the same by hand; the last one finds nothing, so that all cases are looked at."""

SEARCHES: Mapping[str, tuple[str, str]] = {
    '"checkout"': ('"checkout"', ""),
    '"Lyon"': ("lyon", ""),
    '"checkout payroll"': ('"checkout payroll"', ""),
    "checkout Lyon scanner": ("checkout lyon scanner*", ""),
    "sca": ("sca*", ""),
    RARE: (f"{RARE}*", ""),
    "xyzzy": ("xyzzy*", ""),
    '"checkout" "Lyon" live:yes': ("checkout lyon", "AND c.live = 1"),
    '"scanner" tier:2 severity:S1': ("scanner", "AND c.tier = 2 AND c.severity = 1"),
    f'"{RARE}" live:yes': (RARE, "AND c.live = 1"),
}
"""Searches, what the full-text index is asked by hand, and what else the cases must be."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Give a desk with a million cases."""
    _, made = desk_of(1_000_000, datetime.now(UTC))
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def plain(desk: Desk) -> Iterator[Any]:
    """Give a connection of its own, as anybody opens one."""
    connection = desk.store.module.connect(str(desk.store.path))
    yield connection
    connection.close()


def best(*ways: Callable[[], Any]) -> list[float]:
    """Give the CPU milliseconds of the quickest of several times, for each way.

    They take turns, so that noise hits all; what is quick is done several times over, so that the clock can tell.
    """
    times = [max(1, min(20, int(0.02 / _once(way)))) for way in ways]
    quickest = [float("inf")] * len(ways)
    for _ in range(ROUNDS):
        for place, way in enumerate(ways):
            begun = process_time()
            for _ in range(times[place]):
                way()
            quickest[place] = min(quickest[place], (process_time() - begun) / times[place])
    return [each * 1_000 for each in quickest]


def _once(way: Callable[[], Any]) -> float:
    """Give the seconds of one time, when everything it reads was read before."""
    way()
    begun = process_time()
    way()
    return max(process_time() - begun, 1e-6)


def by_hand(plain: Any, sql: str, values: Mapping[str, Any]) -> Rows:  # noqa: ANN401 - a DB-API connection
    """Run a statement."""
    rows: Rows = plain.execute(sql, values).fetchall()
    return rows


def by_query(desk: Desk, text: str, order: Order) -> Rows:
    """Read a query, and give the rows of its first page."""
    asking = Asking(ADA.person, desk.now(), desk.policy)
    selection = selected(parse(text, lambda: VIEWS), asking, order)
    with desk.read(ADA) as tx:
        return windows.first_rows(tx, selection, PAGE)


def compared(desk: Desk, plain: Any, statements: Mapping[str, tuple[str, Mapping[str, Any]]], order: Order) -> set[str]:  # noqa: ANN401
    """Measure queries against statements, print the table and give the queries that cost too much."""
    print(f"\n{f'first page, {order}, ms':<66} {'by hand':>9} {'query':>9} ratio  {'as values':>9} {'rows':>4}")
    slow = set()
    for text, (sql, values) in statements.items():
        found = by_query(desk, text, order)
        assert found == by_hand(plain, sql, values)
        build = partial(lambda rows: [case_from(row) for row in rows], found)
        hand, ours, built = best(partial(by_hand, plain, sql, values), partial(by_query, desk, text, order), build)
        print(f"{text:<66} {hand:>9.2f} {ours:>9.2f} {ours / hand:>5.2f}  {ours + built:>9.2f} {len(found):>4}")
        if ours / hand > MOST and hand > LEAST:
            slow.add(text)
    return slow


@pytest.mark.benchmark
def test_a_filtered_view_costs_what_its_statement_costs_by_hand(desk: Desk, plain: Any) -> None:  # noqa: ANN401
    now = desk.now()
    values = {"now": micros(now), "day3": micros(now - timedelta(days=3))}
    by_urgency = f"ORDER BY c.severity, c.due_key, c.id LIMIT {PAGE}"
    statements = {
        text: (f"{SELECT_CASE} WHERE {where} AND {SEEN} {by_urgency}", values) for text, where in BY_HAND.items()
    }
    assert compared(desk, plain, statements, Order.URGENT) == set()


@pytest.mark.benchmark
def test_a_search_costs_what_the_full_text_index_costs(desk: Desk, plain: Any) -> None:  # noqa: ANN401
    joined = f"{SELECT_CASE.replace(' FROM ', ' FROM search s CROSS JOIN ')} ON c.id = s.rowid"
    statements = {
        text: (
            f"{joined} WHERE s.search MATCH :words AND {SEEN} {others} ORDER BY s.rowid DESC LIMIT {PAGE}",
            {"words": words},
        )
        for text, (words, others) in SEARCHES.items()
    }
    assert compared(desk, plain, statements, Order.NEWEST) == set()


@pytest.mark.benchmark
def test_what_screens_ask_for(desk: Desk) -> None:
    """Whole windows with counts and recommendations, searches in other orders, and the counts of the tab line."""
    asked = [View("", "", text) for text in BY_HAND if "in:" not in text]
    asked += [View("", "", text) for text in ("advice:escalate", "advice:ask tier:2")]
    asked += [View("", "", text, order) for text in SEARCHES for order in (Order.NEWEST, Order.URGENT)]
    print(f"\n{'window of 50 with its count, ms':<66} {'cases':>9} {'window':>9}")
    for view in (*BUILT_IN, *asked):
        window = queues.window(desk, ADA, view, queues.Stretch(0, PAGE))
        (took,) = best(partial(queues.window, desk, ADA, view, queues.Stretch(0, PAGE)))
        total = f"{window.total:,}{'+' if window.is_more else ''}"
        print(f"{f'{view.name or view.query} ({view.order})':<66} {total:>9} {took:>9.2f}")
    print(f"{'counts of all built-in views':<76} {best(partial(queues.counts, desk, ADA))[0]:>9.2f}")
