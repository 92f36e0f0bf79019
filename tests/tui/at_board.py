"""The console on its board: a few people with capacities, cases among them, and what stands in which column."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

from console.desk import bulk, people
from console.domain.case import CaseId
from console.domain.people import Role
from console.tui.desk_app import Look
from console.tui.screens.board import BoardScreen
from console.tui.widgets.board_grid import BoardGrid
from tests.builders import MORNING, a_person
from tests.tui.at_desk import SMALL, Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue


def a_staffed_queue(at: Bench) -> list[CaseId]:
    """Bring the small queue in, with five more cases of tier 2, two of them in bo's hands and one in jun's."""
    people.put(at.desk, at.ada, a_person("ada", Role.ADMIN, tier=2, teams=("network",)))
    people.put(at.desk, at.ada, a_person("bo", tier=2, teams=("database",), capacity=3))
    people.put(at.desk, at.ada, a_person("jun", tier=2, teams=("database", "network"), capacity=8))
    people.put(at.desk, at.ada, a_person("kim", tier=1, capacity=5))
    ids = a_small_queue(at)
    more = [
        at.take_in(
            title=f"Ledger {number} is locked", ref=f"l{number}", severity="S3", tier=2, team="database", body="",
            created=MORNING - timedelta(days=number), due=MORNING + timedelta(hours=number),
        )
        for number in range(1, 6)
    ]  # fmt: skip
    bulk.assign(at.desk, at.ada, more[:2], "bo")
    bulk.assign(at.desk, at.ada, more[2:3], "jun")
    bulk.wait(at.desk, at.ada, more[2:3], "vendor")
    return [*ids, *more]


class AtBoard(AtQueue):
    """A session that knows the board."""

    @property
    def board(self) -> BoardScreen:
        """The board, whatever lies over it."""
        return cast("BoardScreen", self.app.screen_stack[1])

    @property
    def grid(self) -> BoardGrid:
        """Its columns."""
        return self.board.grid

    @property
    def card(self) -> CaseId | None:
        """The case under the cursor."""
        return self.grid.case.id if self.grid.case else None

    @property
    def where(self) -> str:
        """The name of the column the cursor is in."""
        column = self.grid.sight.column
        return column.place.name if column else ""

    def cards(self, name: str) -> list[CaseId]:
        """Give the cases of a column, from the top."""
        return [
            case.id for column in self.grid.sight.board.columns if column.place.name == name for case in column.cards
        ]


@asynccontextmanager
async def at_board(
    at: Bench, size: tuple[int, int] = SMALL, *, is_readonly: bool = False, look: Look | None = None
) -> AsyncIterator[AtBoard]:
    """Run the console of ada and open the board."""
    async with at_queue(at, size, is_readonly=is_readonly, look=look) as queue:
        console = AtBoard(queue.app, queue._pilot)  # noqa: SLF001 - the same session, which knows more
        await console.press("b")
        yield console
