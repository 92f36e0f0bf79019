"""What the case at hand is like, shown where it is decided, and what solved others like it."""

from __future__ import annotations

from functools import partial

from console.desk.likeness import kin
from console.domain.case import CaseId
from console.domain.kin import Kin
from console.tui.screens.answering import Answering
from console.tui.screens.desk_screen import DeskScreen
from console.tui.widgets.kin_view import LikeLine, SolvedLines


class Kindred(DeskScreen):
    """A screen that shows in a line what its case is most like, in a few what solved others, and merges it."""

    case_id: CaseId
    answering: Answering | None

    def look_for_likes(self) -> None:
        """Ask what the case is like, and what solved others like it."""
        self.fetch(partial(kin, self.desk, self.actor, self.case_id), self._kin_was_found, "kin")

    def action_show_articles(self) -> None:
        """Show the knowledge articles for cases like this; what was tried meanwhile counts when one comes back."""
        from console.tui.screens.articles import ArticlesScreen

        if self.answering is not None:
            self.app.push_screen(ArticlesScreen(self.answering.saved), lambda _: self.come_back())

    def come_back(self) -> None:
        """Read the case again."""
        raise NotImplementedError

    def action_merge(self) -> None:
        """Join the case to the one it repeats, and leave: there is nothing to decide then."""
        from console.tui.screens.merging import ask_where

        if self.answering is not None:
            ask_where(self, self.answering.saved, self._leave_merged)

    def _kin_was_found(self, found: Kin) -> None:
        self.query_one(LikeLine).tell(found.likes[0] if found.likes else None)
        self.query_one(SolvedLines).tell(found, self.glyphs)

    def _leave_merged(self) -> None:
        self.dismiss(None)
