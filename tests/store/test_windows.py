"""Windows: every stretch, however it is reached, is the same stretch of the sorted view."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.case import Case
from console.domain.views import Anchor, Order
from console.store import windows
from console.store.engine import Store
from console.store.windows import Selection
from tests.store.givens import some_cases

ALL = Selection("c.live = 1", {}, Order.URGENT)
COUNT = 60


@pytest.fixture
def sorted_cases(store: Store) -> list[Case]:
    """Give cases in the order the view should have."""
    return some_cases(store, COUNT)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(index=st.integers(0, COUNT), size=st.integers(0, COUNT + 5), anchor=st.none() | st.integers(0, COUNT - 1))
def test_a_stretch_is_the_same_by_every_way(
    store: Store, sorted_cases: list[Case], index: int, size: int, anchor: int | None
) -> None:
    near = None if anchor is None else Anchor(anchor, sorted_cases[anchor])
    with store.read() as tx:
        found = windows.stretch(tx, ALL, index, size, COUNT, near)
    assert [case.id for case in found] == [case.id for case in sorted_cases[index : index + size]]


@pytest.mark.parametrize("order", list(Order))
def test_the_rank_of_a_case_is_its_place(store: Store, sorted_cases: list[Case], order: Order) -> None:
    selection = Selection("c.tier = :tier", {"tier": 2}, order)
    with store.read() as tx:
        count = windows.total(tx, selection)
        found = windows.stretch(tx, selection, 0, count, count)
        assert [windows.rank(tx, selection, case) for case in found] == list(range(count))
        assert windows.ids(tx, selection) == [case.id for case in found]
    assert count == sum(case.tier == 2 for case in sorted_cases)


def test_a_case_outside_the_view_is_not_held(store: Store, sorted_cases: list[Case]) -> None:
    selection = Selection("c.tier = 2", {}, Order.URGENT)
    with store.read() as tx:
        assert all(windows.holds(tx, selection, case.id) == (case.tier == 2) for case in sorted_cases)
