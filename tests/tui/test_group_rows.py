"""The case table in groups: where heads stand, and that they take no cursor and cost no more than they must."""

from __future__ import annotations

import pytest
from textual.geometry import Region

from console.domain.views import Grouping, Window
from console.tui.widgets.group_rows import Groups
from tests.tui.test_case_table import Alone, a_line, alone, cursor


def shown_rows(app: Alone) -> list[str]:
    """Give the first two words of each row under the heads of the columns."""
    rows = [app.table.render_line(row).text for row in range(1, app.size.height)]
    return [" ".join(row.lstrip("▌!· ").split()[:2]) for row in rows]


def in_groups(*sizes: int) -> Window:
    """Give a window of groups of so many cases."""
    names = [f"t{place}" for place, size in enumerate(sizes) for _ in range(size)]
    return Window(tuple(a_line(number, team=name) for number, name in enumerate(names, 1)), 0, len(names))


async def test_a_group_has_its_head_above_its_first_case_and_above_the_first_in_sight() -> None:
    async with alone(in_groups(2, 2, 9), (80, 8)) as (app, _):
        app.table.group_by(Groups(Grouping.TEAM, {"t0": 2, "t1": 2}, {"t2": "the rest"}))
        assert shown_rows(app) == ["── t0", "1 S3", "2 S3", "── t1", "3 S3", "4 S3", "── the"]

        app.table.move_to(6)
        assert shown_rows(app)[-1] == "7 S3"
        assert cursor(app) == 7
        app.table.move_by(99)
        assert shown_rows(app) == ["── the", *(f"{number} S3" for number in range(8, 14))]


async def test_the_list_stands_still_while_the_cursor_moves_within_it() -> None:
    async with alone(in_groups(3, 3, 9), (80, 8)) as (app, _):
        app.table.group_by(Groups(Grouping.TEAM))
        app.table.move_by(99)
        before = shown_rows(app)
        for _ in range(5):
            app.table.move_by(-1)
            assert shown_rows(app) == before
        app.table.move_by(-1)
        assert shown_rows(app) != before


async def test_moving_within_groups_draws_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    async with alone(in_groups(2, 2, 9)) as (app, _):
        app.table.group_by(Groups(Grouping.TEAM))
        drawn: list[Region] = []
        monkeypatch.setattr(app.table, "refresh", lambda *regions, **_: drawn.extend(regions or [Region()]))

        app.table.move_by(2)
        assert drawn == [Region(0, 2, 80, 1), Region(0, 5, 80, 1)]


async def test_a_size_that_changes_draws_the_head_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    async with alone(in_groups(2, 2, 9)) as (app, _):
        app.table.group_by(Groups(Grouping.TEAM, {"t0": 2, "t1": 2}))
        drawn: list[Region] = []
        monkeypatch.setattr(app.table, "refresh", lambda *regions, **_: drawn.extend(regions or [Region()]))

        app.table.group_by(Groups(Grouping.TEAM, {"t0": 2, "t1": 3}))
        assert drawn == [Region(0, 4, 80, 1)]


@pytest.mark.parametrize("sizes", [(1,) * 30, (30,), (1, 9, 1, 1, 1, 9, 3), (7, 7, 7, 7)])
async def test_pages_go_through_groups_without_a_gap(sizes: tuple[int, ...]) -> None:
    async with alone(in_groups(*sizes), (80, 8)) as (app, _):
        app.table.group_by(Groups(Grouping.TEAM))
        for pages in (1, -1):
            seen: set[str] = set()
            for _ in range(30):
                seen |= {row.split()[0] for row in shown_rows(app) if row and not row.startswith("──")}
                app.table.page_by(pages)
            assert len(seen) == sum(sizes)
