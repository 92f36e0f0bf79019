"""Marks: which cases an act works on when it works on several; they are cases, not rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from console.desk.batch import Batch
from console.domain.case import CaseId
from console.domain.words import counted
from console.tui.screens.case_places import CasePlaces
from console.tui.screens.case_work import CaseWork
from console.tui.screens.list_moves import Movable
from console.tui.screens.sharing import Sharing


class Markable(Movable, Protocol):
    """A list with a cursor, some of whose cases are marked."""

    @property
    def marks(self) -> frozenset[CaseId]:
        """The marked cases."""

    def mark(self, ids: Iterable[CaseId]) -> None:
        """Mark exactly these cases."""


class Marking(CasePlaces, Sharing, CaseWork):
    """A screen with a list whose cases can be marked; `changed_here` are those that an act of it has just changed."""

    changed_here: frozenset[CaseId]

    @property
    def moved_list(self) -> Markable:
        """The list whose cases are marked."""
        raise NotImplementedError

    @property
    def chosen(self) -> Sequence[CaseId]:
        """The marked cases, lowest number first."""
        return sorted(self.moved_list.marks)

    def say_position(self) -> None:
        """Say where the cursor is, and how many cases are marked."""
        raise NotImplementedError

    def action_mark(self) -> None:
        """Mark the case, or take its mark away, and go to the next."""
        if case := self.at_hand:
            self.moved_list.mark(self.moved_list.marks ^ {case.id})
            self.moved_list.move_by(1)
            self.say_position()

    def action_merge(self) -> None:
        """Join the case to the one it repeats, or all that are marked to one of them or another."""
        if not self.chosen:
            super().action_merge()
            return
        from console.tui.screens.merging import ask_which_stays

        ask_which_stays(self, self)

    def action_clear_marks(self) -> None:
        """Take all marks away."""
        self.take_marks(())

    def take_marks(self, ids: Iterable[CaseId] | None) -> None:
        """Mark exactly these cases, and say how many they are."""
        self.moved_list.mark(ids or ())
        self.say_position()
        count = len(self.moved_list.marks)
        many = f"{counted(count, 'case')} marked; a, m, i, w, x, M, T, O and H work on all of them."
        self.say(many if count else "No marks.")

    def all_done(self, batch: Batch) -> None:
        """Take the marks off what was done; what was refused stays marked."""
        self.changed_here = frozenset(each.case.id for each in batch.done)
        self.moved_list.mark(self.moved_list.marks - self.changed_here)
