"""The board's statements: each is read from an index, and nothing is sorted."""

from __future__ import annotations

import pytest

from console.domain.board import Axis, Place
from console.domain.case import PersonId
from console.store import board
from console.store.engine import Store
from console.store.sight import Sight
from tests.store.givens import NOON, some_cases

ADA = Sight(PersonId("ada"))
PLACES = {
    Place(Axis.TIER, 1): "case_tier",
    Place(Axis.TEAM, 1, "database"): "case_team",
    Place(Axis.PERSON, person=PersonId("bo")): "case_handler",
    Place(Axis.PERSON, 1): "case_free",
}


@pytest.mark.parametrize(("place", "index"), PLACES.items(), ids=lambda each: getattr(each, "name", each))
def test_a_column_is_read_in_the_order_of_its_index(store: Store, place: Place, index: str) -> None:
    some_cases(store, 40)
    with store.read(ADA) as tx:
        selection = board.selection(tx, place)
        sql = f'SELECT c.* FROM "case" c WHERE {selection.where} ORDER BY c.severity, c.due_key, c.id LIMIT 9'  # noqa: S608
        steps = [row[3] for row in tx.rows(f"EXPLAIN QUERY PLAN {sql}", selection.values)]

    assert f"USING INDEX {index} " in steps[0], steps
    assert not any("TEMP B-TREE" in step for step in steps), steps


def test_heads_are_read_in_one_pass_over_an_index_that_holds_them(store: Store) -> None:
    some_cases(store, 40)
    with store.read(ADA) as tx:
        asked: list[str] = []
        rows = tx.rows
        tx.rows = lambda sql, values=None: asked.append(sql) or rows(sql, values)  # type: ignore[method-assign, func-returns-value]
        heaps = board.heaps(tx, NOON)
        steps = [row[3] for row in rows(f"EXPLAIN QUERY PLAN {asked[0]}", {"now": 0})]

    assert sum(heap.count for heap in heaps) == 40
    assert steps[0] == "SCAN c USING COVERING INDEX case_board"
    assert not any("TEMP B-TREE" in step for step in steps), steps
