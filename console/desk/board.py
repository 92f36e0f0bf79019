"""The board as somebody sees it: the heads of all columns, and the cards of those in sight, in one snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.desk.desk import Desk
from console.desk.rights import roster
from console.domain import board as boards
from console.domain.board import Axis, Board, Column, Place
from console.domain.case import Case, CaseId
from console.domain.people import Actor
from console.domain.views import Anchor
from console.store import board as stacks
from console.store import cases, windows
from console.store.engine import Reading


@dataclass(frozen=True, slots=True)
class Sought:
    """What is wanted of a board: `width` columns from place `first` on, `size` cards of each.

    The cards begin where `tops` says; the column of the case `held` is shown wherever that stands now, around it.
    """

    axis: Axis
    first: int = 0
    width: int = 4
    size: int = 40
    tops: Mapping[Place, int] = field(default_factory=dict)
    held: CaseId | None = None


def look(desk: Desk, actor: Actor, sought: Sought) -> Board:
    """Give a board with what the person may see: what they may not is on no card and in no count."""
    with desk.read(actor) as tx:
        there = roster(desk, tx)
        viewer = there.find(actor.id) or actor.person
        heaps = stacks.heaps(tx, desk.now())
        columns = boards.columns(sought.axis, viewer, desk.policy, there, heaps)
        held = _held(tx, sought)
        first = _first(columns, sought, held)
        filled = [
            _filled(tx, column, sought, held) if first <= number < first + sought.width else column
            for number, column in enumerate(columns)
        ]
    count, late = sum(heap.count for heap in heaps), sum(heap.late for heap in heaps)
    return Board(sought.axis, tuple(filled), first, count, late)


def every(desk: Desk, actor: Actor, place: Place) -> tuple[CaseId, ...]:
    """Give the ids of all cases of a column that the person may see."""
    with desk.read(actor) as tx:
        return tuple(windows.ids(tx, stacks.selection(tx, place)))


def _held(tx: Reading, sought: Sought) -> Case | None:
    """Give the case to stay with, if it is still on the board."""
    found = cases.some(tx, [sought.held]) if sought.held is not None else []
    return next((case for case in found if case.status.is_live), None)


def _first(columns: tuple[Column, ...], sought: Sought, held: Case | None) -> int:
    """Give the first column to show: the one that is wanted, unless the case to stay with is out of sight then."""
    place = boards.place_of(sought.axis, held) if held else None
    first = min(sought.first, len(columns) - sought.width)
    at = next((number for number, column in enumerate(columns) if column.place == place), None)
    if at is not None:
        first = max(min(first, at), at - sought.width + 1)
    return max(first, 0)


def _filled(tx: Reading, column: Column, sought: Sought, held: Case | None) -> Column:
    """Give a column with its cards."""
    selection = stacks.selection(tx, column.place)
    first, near = sought.tops.get(column.place, 0), None
    if held is not None and boards.place_of(sought.axis, held) == column.place:
        near = Anchor(windows.rank(tx, selection, held), held)
        first = near.index - sought.size // 2
    first = max(0, min(first, column.count - sought.size))
    return replace(
        column, first=first, cards=tuple(windows.stretch(tx, selection, first, sought.size, column.count, near))
    )
