"""What the case at hand is like, shown where it is decided: evidence for the guard that holds duplicates back."""

from __future__ import annotations

from functools import partial

from console.desk.likeness import similar
from console.domain.case import CaseId
from console.domain.kin import Like
from console.tui.screens.answering import Answering
from console.tui.screens.desk_screen import DeskScreen
from console.tui.widgets.kin_view import LikeLine


class Kindred(DeskScreen):
    """A screen that shows in a line what its case is most like, and merges it."""

    case_id: CaseId
    answering: Answering | None

    def look_for_likes(self) -> None:
        """Ask what the case is like."""
        self.fetch(partial(similar, self.desk, self.actor, self.case_id, 1), self._like_was_found, "kin")

    def action_merge(self) -> None:
        """Join the case to the one it repeats, and leave: there is nothing to decide then."""
        from console.tui.screens.merging import ask_where

        if self.answering is not None:
            ask_where(self, self.answering.saved, self._leave_merged)

    def _like_was_found(self, found: tuple[Like, ...]) -> None:
        self.query_one(LikeLine).tell(found[0] if found else None)

    def _leave_merged(self) -> None:
        self.dismiss(None)
