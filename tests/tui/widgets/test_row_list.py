"""A list whose items take several rows: the cursor's item is always in sight, and the cursor stays on it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from console.tui.shell import Shell
from console.tui.widgets.row_list import Item, RowList
from console.tui.widgets.sheet import Piece, Row, Section
from tests.tui.golden import shown


def item(number: int, rows: int = 3) -> Item:
    """Give an item of so many rows that says its number."""

    def section(_: int) -> Sequence[Row]:
        return [(Piece(f" item {number} row {row}"),) for row in range(rows)]

    drawn: Section = section
    return Item(number, drawn)


class Listed(Shell):
    """Shows a list alone."""

    def compose(self) -> ComposeResult:
        """Yield it."""
        yield RowList()


async def test_the_whole_item_under_the_cursor_is_in_sight_wherever_one_goes() -> None:
    app = Listed()
    async with app.run_test(size=(40, 8)) as pilot:
        rows = app.query_one(RowList)
        rows.show([item(number) for number in range(6)])
        for step in (1, 1, 1, 9, -2, -1, -9):
            rows.move_by(step)
            await pilot.pause()
            lines = shown(app).splitlines()
            assert [line for line in lines if line.startswith("▌")] == [
                f"▌item {rows.current} row {row}" for row in range(3)
            ]
        rows.move_to(99)
        assert (rows.current, rows.place) == (5, 5)


async def test_the_cursor_stays_on_its_item_or_where_that_was() -> None:
    app = Listed()
    async with app.run_test(size=(40, 8)) as pilot:
        rows = app.query_one(RowList)
        rows.show([item(number, 1) for number in range(4)])
        rows.move_to(2)
        rows.show([item(number, 1) for number in (9, 1, 3, 2)])
        assert (rows.current, rows.place) == (2, 3)
        rows.show([item(1, 1), item(3, 1)])
        assert rows.current == 3
        rows.show([], "Nothing is here; q leaves.")
        await pilot.pause()
        assert rows.current is None
        assert "Nothing is here; q leaves." in shown(app)
        rows.move_by(1)
        assert rows.rows == 1


async def test_an_item_higher_than_the_list_shows_its_beginning() -> None:
    app = Listed()
    async with app.run_test(size=(40, 4)) as pilot:
        rows = app.query_one(RowList)
        rows.show([item(0), item(1, 9)])
        rows.move_by(1)
        await pilot.pause()
        assert shown(app).startswith("▌item 1 row 0")
        await pilot.resize_terminal(40, 6)
        await pilot.pause()
        assert "▌item 1 row 5" in shown(app)
