"""Saying of a knowledge article what came of following it, and taking its address along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from console.domain.articles import Article
from console.domain.case import Case
from console.tui import clipboard
from console.tui.screens.attempt import FAILED, WORKED, AttemptDialog
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.drafting import DraftKeeper
from console.tui.widgets.form import Field
from console.tui.widgets.status_line import Tone


class FollowedDialog(AttemptDialog):
    """Takes what came of an article; what it knows stands there already, so that F2 sends it."""

    def __init__(self, case: Case, article: Article, *, has_worked: bool) -> None:
        """Take the case, the article, and whether it helped; each article has a draft of its own."""
        super().__init__(case)
        self.draft = f"{self.FORM} {article.id}"
        self.keeper = DraftKeeper(self, case.id, self.draft)
        self._article, self._has_worked = article, has_worked

    def fields(self) -> Sequence[Field]:
        """Give the entries of an attempt, filled in."""
        known = {"what": f"followed {self._article.id}: {self._article.title}", "article": self._article.id}
        first = WORKED if self._has_worked else FAILED
        return [each.filled(known.get(each.name, ""), first) for each in super().fields()]


class Following(DeskScreen):
    """A screen with an article at hand, which may have been followed on a case."""

    case: Case

    @property
    def article(self) -> Article | None:
        """The article the keys act on; None where there is none."""
        raise NotImplementedError

    def action_worked(self) -> None:
        """Log that the article solved it."""
        if article := self.article:
            self.app.push_screen(FollowedDialog(self.case, article, has_worked=True))

    def action_failed(self) -> None:
        """Log that the article did not help."""
        if article := self.article:
            self.app.push_screen(FollowedDialog(self.case, article, has_worked=False))

    def action_copy_place(self) -> None:
        """Copy where the article is, and show it, since not every terminal takes it."""
        if article := self.article:
            self.fetch(partial(clipboard.copy, article.place, self.console_app.send), lambda _: None, "copy")
            self.say(f"Copied {article.place}", Tone.DONE)
