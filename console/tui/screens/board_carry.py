"""Carrying: a card, or all that are marked, lifted by a key, carried by arrows, and dropped as one act."""

from __future__ import annotations

from console.desk import bulk
from console.domain.board import Axis, Place
from console.tui.keys import Where, at
from console.tui.screens.board_marks import BoardMarks
from console.tui.screens.board_words import asks, carrying, lifted
from console.tui.screens.denied import is_anothers
from console.tui.screens.meant import SeenAct
from console.tui.screens.queue_acts import QueueActs
from console.tui.screens.take_over import ask_to_take_over

WHILE_CARRYING = frozenset({"lift", "move_left", "move_right", "open", "back", "leave", "show_keys", "show_log"})
WAITING = frozenset(key.action.partition("(")[0] for key in at(Where.BOARD)) - WHILE_CARRYING
"""What keys do not do while something is lifted: it must be down first."""


class BoardCarry(BoardMarks, QueueActs):
    """A board whose cards can be carried from column to column."""

    @property
    def is_carrying(self) -> bool:
        """Say whether something is lifted."""
        return self.grid.sight.target is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key that would act on another case wait until what is lifted is down."""
        if action in WAITING and self.is_carrying:
            return False
        return super().check_action(action, parameters)

    def action_lift(self) -> None:
        """Lift the card, or all that are marked; what is lifted already is put back."""
        if self.is_carrying:
            self.put_back()
        elif self.chosen or self.at_hand:
            self._carry_to(self.grid.sight.spot.column)
        else:
            self.say("There is no card here to lift; the arrows go to one.")

    def action_move_left(self) -> None:
        """Go a column to the left, or carry there."""
        self._across(-1)

    def action_move_right(self) -> None:
        """Go a column to the right, or carry there."""
        self._across(1)

    def action_open(self) -> None:
        """Drop what is lifted, or show everything about the case."""
        if self.is_carrying:
            self._drop()
        else:
            super().action_open()

    def put_back(self) -> None:
        """Leave what is lifted where it was."""
        self._set_down()
        self.say("Put back; nothing has changed.")

    def told_of_carrying(self) -> None:
        """Show in the footer which keys work now."""

    def _across(self, steps: int) -> None:
        target = self.grid.sight.target
        if target is None:
            self.grid.move_across(steps)
            self.say_position()
        else:
            self._carry_to(max(0, min(target + steps, len(self.grid.sight.board.columns) - 1)))

    def _carry_to(self, target: int) -> None:
        sight = self.grid.sight
        self.grid.carry(target)
        what = lifted(len(self.chosen), self.at_hand.id if self.at_hand else None)
        self.say(carrying(what, sight.board.columns[target].place, is_home=target == sight.spot.column))
        self.told_of_carrying()

    def _set_down(self) -> None:
        self.grid.carry(None)
        self.told_of_carrying()

    def _drop(self) -> None:
        """Do what the column stands for to what is lifted."""
        sight, case = self.grid.sight, self.at_hand
        target = sight.spot.column if sight.target is None else sight.target
        place = sight.board.columns[target].place
        if target == sight.spot.column and not self.chosen:
            self.put_back()
            return
        self._set_down()
        if case is not None and not self.chosen and place.person == self.actor.id and is_anothers(case, self.actor):
            ask_to_take_over(self, case)
            return
        self.act_as_seen(self._act(place), asks(place))

    def _act(self, place: Place) -> SeenAct:
        """Give what dropping at a place does to cases."""
        if place.is_nobody:
            return lambda ids, seen: bulk.release(self.desk, self.actor, ids, seen)
        if place.axis is Axis.PERSON:
            return lambda ids, seen: bulk.assign(self.desk, self.actor, ids, str(place.person), seen)
        return lambda ids, seen: bulk.move(self.desk, self.actor, ids, (place.tier, place.team), seen)
