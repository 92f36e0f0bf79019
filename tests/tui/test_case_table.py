"""The case table alone: where its cursor goes, what it asks for, and how little it draws."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from console.domain.case import CaseId, PersonId, Severity, Status
from console.domain.recommendation import advise
from console.domain.views import Line, Window
from console.tui.terminal.glyphs import ASCII, UNICODE
from console.tui.theme import THEMES
from console.tui.widgets.case_line import ADVICE, Columns, columns, heads, pieces, under_cursor, words
from console.tui.widgets.case_table import CaseTable
from tests.builders import MORNING, a_case, a_policy, an_open_case

POLICY = a_policy()


def a_line(number: int, **facts: Any) -> Line:  # noqa: ANN401 - any field of a case
    """Give a line of the case of this number."""
    case = a_case(id=CaseId(number), **facts)
    return Line(case, advise(case, POLICY, MORNING))


def a_window(numbers: Sequence[int], first: int = 0, total: int | None = None) -> Window:
    """Give a window of these cases."""
    return Window(tuple(map(a_line, numbers)), first, len(numbers) if total is None else total)


class Alone(App[None]):
    """A table and nothing else, which notes what the table says and draws."""

    def __init__(self) -> None:
        self.set_reactive(App.theme, "triage-dark")
        super().__init__()
        self.wanted: list[CaseTable.Wanted] = []
        self.lost: list[CaseId] = []
        self.table = CaseTable()

    @property
    def available_themes(self) -> Any:  # noqa: ANN401 - themes by name
        """The console's themes, whose variables the table names."""
        return dict(THEMES)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give every variable a value."""
        return THEMES["triage-dark"].variables

    def compose(self) -> ComposeResult:
        """Show the table."""
        yield self.table

    def on_case_table_wanted(self, event: CaseTable.Wanted) -> None:
        """Note what was asked for."""
        self.wanted.append(event)

    def on_case_table_lost(self, event: CaseTable.Lost) -> None:
        """Note which case has left."""
        self.lost.append(event.case.id)


@asynccontextmanager
async def alone(window: Window, size: tuple[int, int] = (80, 11)) -> AsyncIterator[tuple[Alone, Pilot[None]]]:
    """Run a table of ten rows that shows a window."""
    app = Alone()
    async with app.run_test(size=size) as pilot:
        app.table.open(window, MORNING)
        await pilot.pause()
        yield app, pilot


def cursor(app: Alone) -> int | None:
    """Give the number of the case under the cursor."""
    return app.table.case.id if app.table.case else None


async def test_a_view_opens_on_its_first_case() -> None:
    async with alone(a_window(range(1, 6))) as (app, _):
        assert cursor(app) == 1


async def test_the_cursor_stops_at_both_ends() -> None:
    async with alone(a_window(range(1, 6))) as (app, _):
        app.table.move_by(-3)
        assert cursor(app) == 1
        app.table.move_by(99)
        assert cursor(app) == 5


async def test_moving_the_cursor_draws_two_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    async with alone(a_window(range(1, 30))) as (app, _):
        drawn: list[Region] = []
        monkeypatch.setattr(app.table, "refresh", lambda *regions, **_: drawn.extend(regions or [Region()]))

        app.table.move_by(1)
        assert drawn == [Region(0, 1, 80, 1), Region(0, 2, 80, 1)]


async def test_a_refresh_that_changes_nothing_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with alone(a_window(range(1, 30))) as (app, _):
        drawn: list[Region] = []
        monkeypatch.setattr(app.table, "refresh", lambda *regions, **_: drawn.extend(regions or [Region()]))

        app.table.show(a_window(range(1, 30)), MORNING)
        assert drawn == []
        app.table.show(Window((a_line(1), a_line(2, title="another"), *map(a_line, range(3, 30))), 0, 29), MORNING)
        assert drawn == [Region(0, 2, 80, 1)]


async def test_the_cursor_stays_on_its_case_when_others_come_before_it() -> None:
    async with alone(a_window(range(1, 6))) as (app, _):
        app.table.move_to(2)

        app.table.show(a_window([90, 91, 1, 2, 3, 4, 5]), MORNING)
        assert (cursor(app), app.table.place) == (3, 4)


async def test_a_case_that_left_is_told_and_its_neighbour_gets_the_cursor() -> None:
    async with alone(a_window(range(1, 6))) as (app, pilot):
        app.table.move_to(2)

        app.table.show(a_window([1, 2, 4, 5]), MORNING)
        await pilot.pause()
        assert (cursor(app), app.lost) == (4, [3])
        app.table.move_by(9)
        app.table.show(a_window([1, 2]), MORNING)
        assert cursor(app) == 2
        app.table.show(Window(), MORNING)
        assert cursor(app) is None


async def test_a_jump_beyond_the_window_asks_and_moves_when_the_lines_come() -> None:
    async with alone(a_window(range(1, 61), total=1_000)) as (app, pilot):
        app.table.move_to(10**9)
        app.table.move_by(-1)
        await pilot.pause()

        asked = app.wanted[-1]
        assert (asked.index + asked.size, cursor(app)) == (1_000, 1)
        app.table.show(a_window(range(941, 1_001), first=940, total=1_000), MORNING)
        assert (cursor(app), app.table.place) == (999, 998)


async def test_lines_are_asked_for_before_the_cursor_needs_them() -> None:
    async with alone(a_window(range(1, 61), total=1_000)) as (app, pilot):
        app.table.move_to(55)
        await pilot.pause()

        asked = app.wanted[-1]
        assert asked.near is not None
        assert (asked.near.index, asked.near.case.id) == (59, 60)
        assert (asked.index, asked.size) == (60, 30)
        assert cursor(app) == 56


async def test_lines_read_beside_the_window_are_shown_with_it() -> None:
    async with alone(a_window(range(1, 61), total=1_000)) as (app, pilot):
        app.table.move_to(55)
        app.table.extend(a_window(range(61, 91), first=60, total=1_000), MORNING)
        await pilot.pause()
        app.wanted.clear()

        app.table.move_by(10)
        await pilot.pause()

        assert (cursor(app), app.wanted) == (66, [])


async def test_the_lines_above_are_asked_for_on_the_way_up() -> None:
    async with alone(a_window(range(441, 501), first=440, total=1_000)) as (app, pilot):
        app.table.move_to(470)
        app.table.move_to(445)
        await pilot.pause()

        asked = app.wanted[-1]
        assert asked.near is not None
        assert (asked.near.index, asked.index, asked.size) == (440, 410, 30)
        app.table.extend(a_window(range(411, 441), first=410, total=1_000), MORNING)
        assert (cursor(app), app.table.window.first) == (446, 410)


async def test_a_view_that_has_changed_meanwhile_is_read_as_a_whole() -> None:
    async with alone(a_window(range(1, 61), total=1_000)) as (app, pilot):
        app.table.move_to(55)
        app.table.extend(a_window(range(62, 92), first=60, total=999), MORNING)
        await pilot.pause()

        asked = app.wanted[-1]
        assert asked.index <= 55 - 20
        assert asked.index + asked.size >= 55 + 20
        assert cursor(app) == 56


async def test_marks_are_cases_and_survive_another_window() -> None:
    async with alone(a_window(range(1, 6))) as (app, pilot):
        app.table.mark([CaseId(2), CaseId(99)])
        await pilot.pause()
        assert app.table.render_line(2).text.startswith(" *    2")

        app.table.open(a_window([99, 7]), MORNING)
        await pilot.pause()
        assert app.table.render_line(1).text.startswith("▌*   99")
        assert app.table.marks == {2, 99}


async def test_a_resize_keeps_the_cursor_in_sight() -> None:
    async with alone(a_window(range(1, 41))) as (app, pilot):
        app.table.move_to(9)
        await pilot.resize_terminal(80, 5)
        await pilot.pause()

        assert any(app.table.render_line(y).text.startswith("▌    10") for y in range(1, 5))


@pytest.mark.parametrize("width", [30, 40, 80, 100, 133, 200])
def test_every_line_fills_its_width_exactly(width: int) -> None:
    sizes = columns(width, CaseId(123_456))
    line = a_line(7, title="Łódź 你好 " * 30, handler="somebody-with-a-long-name", category="checkout")
    for draw in (pieces, under_cursor):
        row = draw(line, MORNING, UNICODE, sizes, is_marked=False)
        assert sum(cell_len(piece.text) for piece in row) == width
    assert len(heads(sizes)) <= width


def test_wide_tables_gain_team_and_age() -> None:
    assert columns(80, CaseId(9_999)) == Columns(4, 38)
    assert columns(100, CaseId(9_999)).team > 0
    assert columns(120, CaseId(9_999)).age > 0


def test_a_late_case_says_so_and_a_waiting_one_is_paused() -> None:
    late = a_line(1, status=Status.OPEN, due=MORNING - timedelta(minutes=12))
    waiting = a_line(2, status=Status.WAITING, waiting_for="vendor", due=MORNING - timedelta(minutes=12))

    told = words(late, MORNING, UNICODE, is_marked=False)
    assert (told.sign, told.left) == ("!", "-12m")
    told = words(waiting, MORNING, UNICODE, is_marked=False)
    assert (told.sign, told.left) == ("·", "paused")


def test_the_columns_say_who_where_and_how_bad() -> None:
    case = an_open_case(severity=Severity.S2, tier=2, team="database", created=MORNING - timedelta(days=3))
    told = words(Line(case, advise(case, POLICY, MORNING)), MORNING, UNICODE, is_marked=True)

    assert (told.sign, told.severity, told.by, told.team, told.age, told.left) == (
        "*",
        "S2",
        "ada",
        "2 database",
        "3d",
        "–",
    )
    assert len(told.advice) <= ADVICE


def test_ascii_terminals_get_letters_without_accents() -> None:
    line = a_line(1, title="Zürich „Süd“")

    assert words(line, MORNING, ASCII, is_marked=False).what == 'Zurich "Sud"'


def test_nothing_foreign_is_drawn_as_it_came() -> None:
    case = replace(a_case(), title="a\x1b[2Jb\u202ec\nd", handler=PersonId("\x9b31m"), team="\x07")
    row = pieces(Line(case, advise(case, POLICY, MORNING)), MORNING, UNICODE, columns(200, CaseId(7)), is_marked=False)

    text = "".join(piece.text for piece in row)
    assert text.isprintable()
    assert "␛[2J" in text
