"""Windows: every stretch, however it is reached, is the same stretch of the sorted view."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.case import Case
from console.domain.views import Anchor, Grouping, Order, group_of
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


@pytest.mark.parametrize("grouping", list(Grouping))
@pytest.mark.parametrize("order", list(Order))
def test_groups_stand_one_after_another_and_every_way_leads_to_the_same(
    store: Store, sorted_cases: list[Case], order: Order, grouping: Grouping
) -> None:
    selection = Selection("c.live = 1", {}, order, grouping=grouping)
    plain = Selection("c.live = 1", {}, order)
    with store.read() as tx:
        found = windows.stretch(tx, selection, 0, COUNT, COUNT)
        names = [group_of(case, grouping) for case in found]
        assert [name for name, _ in groupby(names)] == list(dict.fromkeys(names))
        assert [case.id for case in found] == [
            case_id for name in dict.fromkeys(names) for case_id in windows.ids(tx, plain)
            if name == group_of(next(case for case in sorted_cases if case.id == case_id), grouping)
        ]  # fmt: skip
        assert [windows.rank(tx, selection, case) for case in found] == list(range(COUNT))
        for anchor in (0, COUNT // 2, COUNT - 1):
            for index in (0, COUNT // 3, COUNT - 9):
                near = Anchor(anchor, found[anchor])
                assert windows.stretch(tx, selection, index, 9, COUNT, near) == found[index : index + 9]


def test_a_case_outside_the_view_is_not_held(store: Store, sorted_cases: list[Case]) -> None:
    selection = Selection("c.tier = 2", {}, Order.URGENT)
    with store.read() as tx:
        assert all(windows.holds(tx, selection, case.id) == (case.tier == 2) for case in sorted_cases)
