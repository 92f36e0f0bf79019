"""What the board says besides cards: how much there is, where the cursor is, and what carrying a card will do."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.board import Axis, Board, Place
from console.domain.people import Actor
from console.domain.words import counted
from console.tui.widgets.board_sight import BoardSight
from console.tui.widgets.case_tabs import Parts
from console.tui.widgets.header_line import Standing

AXES: Mapping[str, Axis] = {"1": Axis.TIER, "2": Axis.TEAM, "3": Axis.PERSON}
"""The digit that shows the columns of each kind."""

WORDY = 3
"""From so many columns in sight on there is room to say in words which they are."""

NAMES = {Axis.TIER: "tiers", Axis.TEAM: "teams", Axis.PERSON: "people"}
NOTHING_OPEN = "No case is open now; what comes in shows up here by itself, q goes back."


def standing(board: Board, actor: Actor) -> Standing:
    """Say that this is the board, how many cases are open and late, and who looks at it."""
    return Standing("Board", (("open", board.count), ("late", board.late)), actor.id)


def parts(axis: Axis, board: Board, room: int) -> Parts:
    """Say what the columns are, and which of them are in sight where not all are."""
    names = tuple(f"{key} {NAMES[each]}" for key, each in AXES.items())
    return Parts(names, list(AXES.values()).index(axis), _in_sight(board, room))


def _in_sight(board: Board, room: int) -> str:
    """Say which columns are in sight, with a sign at each side where there are more."""
    total, last = len(board.columns), min(board.first + room, len(board.columns))
    before, after = "< " if board.first else "", " >" if last < total else ""
    if not (before or after):
        return ""
    words = f"columns {board.first + 1} to {last} of {total}" if room >= WORDY else "" if before and after else "more"
    return f"{before}{words}{after}"


def position(sight: BoardSight, marks: int) -> str:
    """Say where in its column the cursor is, and how many cases are marked."""
    column = sight.column
    place = f"{sight.spot.place + 1:,} of {column.count:,}" if column and column.count else "nothing here"
    return f"{marks:,} marked  {place}" if marks else place


def carrying(what: str, place: Place, *, is_home: bool) -> str:
    """Say what Enter would do with what is lifted."""
    if is_home:
        return f"Lifted {what}: left and right carry it to another column; Esc puts it back."
    return f"Enter {does(what, place)}; Esc puts it back."


def does(what: str, place: Place) -> str:
    """Say what dropping something at a place does."""
    if place.is_nobody:
        return f"releases {what}, so that nobody handles it"
    if place.axis is Axis.PERSON:
        return f"gives {what} to {place.name}"
    return f"moves {what} to {place.name}, nobody's yet"


def asks(place: Place) -> str:
    """Ask whether many are meant, with `{}` for how many."""
    if place.is_nobody:
        return "Release {}?"
    return f"{'Assign' if place.axis is Axis.PERSON else 'Move'} {{}} to {place.name}?"


def lifted(marked: int, case_id: int | None) -> str:
    """Name what is lifted."""
    return counted(marked, "case") if marked else str(case_id)
