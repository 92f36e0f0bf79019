"""What of a board is in sight: which columns, from which card on, and where the cursor stands among them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from console.domain.board import Board, Column, Place
from console.domain.case import Case, CaseId

SCREENS_HELD = 5
"""How many screens of each column are read: that in sight, and two on either side."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is on the board: in which column, and at which place of it."""

    column: int = 0
    place: int = 0


class BoardSight:
    """A cursor on a board of which only some is held; it stays on its case, not on its spot.

    `rows` cards fit below and `room` columns beside each other; `target` is the column a lifted card is held over.
    """

    def __init__(self) -> None:
        """Begin with an empty board."""
        self.board = Board()
        self.rows = self.room = 1
        self.first = 0
        self.spot = Spot()
        self.case: Case | None = None
        self.target: int | None = None
        self._goal: Spot | None = None
        self._tops: dict[Place, int] = {}

    @property
    def column(self) -> Column | None:
        """The column the cursor is in."""
        return self._column(self.spot.column)

    @property
    def held(self) -> CaseId | None:
        """The case the cursor is to stay on; none while it goes elsewhere, or while a card is carried."""
        is_bound = self._goal is None and self.target is None
        return self.case.id if self.case is not None and is_bound else None

    @property
    def size_wanted(self) -> int:
        """How many cards of a column should be held."""
        return self.rows * SCREENS_HELD

    @property
    def tops_wanted(self) -> dict[Place, int]:
        """From which card on each column should be held."""
        ahead = SCREENS_HELD // 2 * self.rows
        tops = {place: max(top - ahead, 0) for place, top in self._tops.items()}
        if self._goal is not None and (column := self._column(self._goal.column)) is not None:
            tops[column.place] = max(self._goal.place - ahead, 0)
        return tops

    def show(self, board: Board) -> Case | None:
        """Take a board that has been read; give the case under the cursor where it is not on it any more."""
        is_other, goal, held = board.axis is not self.board.axis, self._goal, self.case
        self.board, self.first, self._goal = board, board.first, None
        if is_other:
            self._tops.clear()
        found = self._find(held.id) if held is not None and goal is None else None
        if found is not None:
            if found.column == self.spot.column and not is_other:
                self._tops[board.columns[found.column].place] = self._raw_top() + found.place - self.spot.place
            self._stand(found)
            return None
        if self.target is not None and not is_other:
            return None
        is_lost = held is not None and goal is None and not is_other
        self._stand(goal or (Spot(self._first_with_cards()) if is_other or held is None else self.spot))
        return held if is_lost else None

    def go(self, spot: Spot) -> bool:
        """Go to a spot, if it is held; else remember it, and say no: it must be read first."""
        column = self._column(spot.column)
        if column is None:
            return True
        spot = replace(spot, place=max(0, min(spot.place, column.count - 1)))
        top = max(spot.place - self.rows + 1, min(self.top(spot.column), spot.place))
        if not (self.brings_into_sight(spot.column) and _holds(column, top, top + self.rows)):
            self._goal = spot
            return False
        self._stand(spot)
        return True

    def go_down(self, steps: int) -> bool:
        """Go so many cards down, or up."""
        return self.go(replace(self.spot, place=self.spot.place + steps))

    def go_across(self, steps: int) -> bool:
        """Go so many columns to the right, or left, at the same height."""
        across = max(0, min(self.spot.column + steps, len(self.board.columns) - 1))
        if across == self.spot.column:
            return True
        return self.go(Spot(across, self.top(across) + self.height))

    def brings_into_sight(self, at: int) -> bool:
        """Say whether a column is in sight; one that is not shall be, once the board is read again."""
        if at < self.board.first:
            self.first = at
        elif at >= self.board.first + self.room:
            self.first = at - self.room + 1
        else:
            return True
        return False

    @property
    def height(self) -> int:
        """How many cards above it in sight the cursor stands below."""
        return self.spot.place - self.top(self.spot.column) if self.column else 0

    def top(self, at: int) -> int:
        """Give the first card in sight of a column."""
        column = self.board.columns[at]
        return max(0, min(self._tops.get(column.place, 0), column.count - self.rows))

    def card(self, spot: Spot) -> Case | None:
        """Give the case at a spot, if it is held."""
        column = self._column(spot.column)
        index = spot.place - column.first if column else -1
        return column.cards[index] if column and 0 <= index < len(column.cards) else None

    def keep_in_sight(self) -> None:
        """See to it that the cursor is in sight, after the size has changed."""
        self._stand(self.spot)

    def _stand(self, spot: Spot) -> None:
        at = max(0, min(spot.column, len(self.board.columns) - 1))
        column = self._column(at)
        place = max(0, min(spot.place, column.count - 1)) if column else 0
        self.spot = Spot(at, place)
        self.case = self.card(self.spot)
        if column is not None:
            top = max(place - self.rows + 1, min(self.top(at), place))
            self._tops[column.place] = max(0, min(top, column.count - self.rows))

    def _raw_top(self) -> int:
        column = self.column
        return self._tops.get(column.place, 0) if column else 0

    def _first_with_cards(self) -> int:
        sought = range(self.board.first, len(self.board.columns))
        return next((at for at in sought if self.board.columns[at].cards), self.board.first)

    def _find(self, case_id: CaseId) -> Spot | None:
        """Give the spot of a case among the cards that are held."""
        for at, column in enumerate(self.board.columns):
            for place, each in enumerate(column.cards, column.first):
                if each.id == case_id:
                    return Spot(at, place)
        return None

    def _column(self, at: int) -> Column | None:
        return self.board.columns[at] if 0 <= at < len(self.board.columns) else None


def _holds(column: Column, first: int, end: int) -> bool:
    """Say whether the cards of a column from `first` on are held, as far as there are any."""
    return column.first <= first and min(end, column.count) <= column.first + len(column.cards)
