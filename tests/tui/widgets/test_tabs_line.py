"""The line of views: which of them fit, and how they give way."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from console.domain.views import BUILT_IN, Shared, View, in_force
from console.tui.widgets.tabs_line import Tabs, fitting, short_number

SMALL, LARGE = 78, 118
MINE = View("2", "By handler in my tier", "tier:mine", shared=Shared.PERSON, owner="ada")
LOOSE = View("", "Without a key", "tag:vip", shared=Shared.PERSON, owner="ada")


def line(open_name: str, count: int | None, width: int = SMALL, views: tuple[View, ...] = BUILT_IN) -> str:
    """Give the line where every view has so many cases."""
    counts = {} if count is None else {view.query: count for view in views}
    shown, gap = fitting(Tabs(views, open_name, counts), width)
    return (" " * gap).join(tab.key + tab.name + tab.count for tab in shown)


@pytest.mark.parametrize("count", [None, 0, 9, 10, 99, 100, 999, 50_000])
@pytest.mark.parametrize("view", BUILT_IN[:7], ids=lambda view: view.name)
def test_the_first_seven_views_are_all_there_at_80_columns(view: View, count: int | None) -> None:
    told = line(view.name, count)

    assert cell_len(told) <= SMALL
    assert [key for key in "1234567" if f"{key} " in told] == list("1234567")
    assert told == line("Tier", count)


def test_names_are_cut_the_longest_first_and_then_the_views_close_up() -> None:
    assert line("Tier", 9) == "1 Mine 9  2 New 9  3 Tier 9  4 Late 9  5 Sent 9  6 Exhausted 9  7 Waiting 9"
    assert line("Tier", 44) == "1 Mine 44  2 New 44  3 Tier 44  4 Late 44  5 Sent 44  6 Exhau… 44  7 Waiti… 44"
    assert line("Tier", 777) == "1 Mine 777 2 New 777 3 Tier 777 4 Late 777 5 Sent 777 6 Exha… 777 7 Waiti… 777"


@pytest.mark.parametrize("width", [12, 20, 38, 60, SMALL, LARGE])
@pytest.mark.parametrize("name", [view.name for view in (*BUILT_IN, MINE, LOOSE)])
def test_the_open_view_is_always_there(name: str, width: int) -> None:
    views = in_force((MINE, LOOSE, *BUILT_IN))
    shown, gap = fitting(Tabs(views, name, {view.query: 7 for view in views}), width)

    assert [tab for tab in shown if tab.is_open]
    assert sum(tab.cells + gap for tab in shown) - gap <= width or len(shown) == 1


def test_a_wide_line_has_every_view_in_full() -> None:
    views = in_force((MINE, LOOSE, *BUILT_IN))
    told = line("Tier", 7, 200, views)

    assert told.startswith("1 Mine 7  2 By handler in my tier 7  3 Tier 7")
    assert told.endswith("9 Open 7  Done 7  New 7  Without a key 7")


def test_a_find_leaves_no_view_open() -> None:
    shown, _ = fitting(Tabs(BUILT_IN, "Tier", {}, find="printer"), SMALL)
    assert not any(tab.is_open for tab in shown)


def test_without_views_the_line_is_empty() -> None:
    assert fitting(Tabs(), SMALL) == ([], 2)


def test_numbers_are_short() -> None:
    assert [short_number(number) for number in (0, 9_999, 10_000, 99_999, 1_200_000)] == [
        "0", "9999", "10k", "99k", "1.2M",
    ]  # fmt: skip
