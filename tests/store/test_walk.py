"""Walks along an order's index: the same cases, whether it is walked to the end or broken off."""

from __future__ import annotations

import pytest

from console.domain.views import Order
from console.store import walk, windows
from console.store.cases import SELECT_CASE
from console.store.engine import RowValues, Store
from console.store.windows import Selection
from tests.store.givens import some_cases

COUNT, SIZE = 400, 20
WALKED = f"{SELECT_CASE} WHERE {{where}} ORDER BY c.severity, c.due_key, c.id LIMIT {SIZE}"
COMMON, RARE = "c.live = 1 AND c.title <> ''", "c.live = 1 AND c.title = 'Case 399'"


@pytest.mark.parametrize("where", [COMMON, RARE])
def test_a_page_is_the_same_by_either_way(store: Store, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    made = some_cases(store, COUNT)
    monkeypatch.setattr(walk, "STRIDE", 500)
    with store.read() as tx:
        found = windows.first(tx, Selection(where, {}, Order.URGENT), SIZE)
    assert [case.id for case in found] == [case.id for case in made if where == COMMON or case.id == 399][:SIZE]


def test_a_walk_is_broken_off_where_hardly_anything_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    some_cases(store, COUNT)
    monkeypatch.setattr(walk, "STRIDE", 500)
    with store.read() as tx:
        assert walk.rows(tx, WALKED.format(where=RARE), {}, SIZE) is None
        assert len(walk.rows(tx, WALKED.format(where=COMMON), {}, SIZE) or ()) == SIZE
        assert len(tx.rows("SELECT id FROM \"case\" WHERE title LIKE '%9'")) == COUNT / 10


def test_a_walk_is_broken_off_also_while_a_function_reads_within_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_cases(store, COUNT)
    monkeypatch.setattr(walk, "STRIDE", 500)
    with store.read() as tx:
        many = "SELECT count(*) FROM \"case\" WHERE title LIKE '%9'"
        tx.driver.create_function("advice", 1, lambda _: tx.rows(many)[0][0] < 0)
        assert walk.rows(tx, WALKED.format(where="advice(c.id)"), {}, SIZE) is None


def test_what_is_wrong_with_a_statement_is_said(store: Store) -> None:
    with store.read() as tx, pytest.raises(store.module.OperationalError, match="no such column"):
        walk.rows(tx, WALKED.format(where="c.unknown"), {}, SIZE)


def test_a_walk_goes_on_while_the_rest_is_nearer_than_a_scan() -> None:
    rows: list[RowValues] = [(number,) for number in range(50)]
    assert walk.Walk(50).is_too_long()
    assert not walk.Walk(50, rows[:25]).is_too_long()
    assert not walk.Walk(50, rows[:25], strides=2).is_too_long()
    assert walk.Walk(50, rows[:5]).is_too_long()
