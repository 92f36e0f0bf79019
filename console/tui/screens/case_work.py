"""The keys that record work on the case at hand: notes, attempts, waiting, resolving, reopening, undo."""

from __future__ import annotations

from functools import partial

from console.desk import triage, undo
from console.domain.case import Case, Status
from console.tui.screens.desk_screen import DeskScreen


class CaseWork(DeskScreen):
    """A screen with a case at hand, on which work is recorded; dialogs are loaded when they are first opened."""

    @property
    def at_hand(self) -> Case | None:
        """The case the keys act on; None where there is none."""
        raise NotImplementedError

    def action_note(self) -> None:
        """Write a note."""
        from console.tui.screens.note import NoteDialog

        if case := self.at_hand:
            self.app.push_screen(NoteDialog(case))

    def action_attempt(self) -> None:
        """Log an attempt."""
        from console.tui.screens.attempt import AttemptDialog

        if case := self.at_hand:
            self.app.push_screen(AttemptDialog(case))

    def action_show_articles(self) -> None:
        """Show the knowledge articles for cases like this."""
        from console.tui.screens.articles import ArticlesScreen

        if case := self.at_hand:
            self.app.push_screen(ArticlesScreen(case))

    def action_wait(self) -> None:
        """Let the case wait; one that waits goes on."""
        from console.tui.screens.wait import WaitDialog

        case = self.at_hand
        if case is None:
            return
        if case.status is Status.WAITING:
            self.ask(partial(triage.resume, self.desk, self.actor, case.id))
        else:
            self.app.push_screen(WaitDialog(case))

    def action_resolve(self) -> None:
        """Resolve the case."""
        from console.tui.screens.resolve import ResolveDialog

        if case := self.at_hand:
            self.app.push_screen(ResolveDialog(case))

    def action_reopen(self) -> None:
        """Take the case up again."""
        from console.tui.screens.resolve import ReopenDialog

        if case := self.at_hand:
            self.app.push_screen(ReopenDialog(case))

    def action_merge(self) -> None:
        """Join the case to the one it repeats."""
        from console.tui.screens.merging import ask_where

        if case := self.at_hand:
            ask_where(self, case)

    def action_undo(self) -> None:
        """Take back one's newest act on the case."""
        if case := self.at_hand:
            self.ask_many(partial(undo.undo, self.desk, self.actor, case.id))

    def action_redo(self) -> None:
        """Do again what one took back."""
        if case := self.at_hand:
            self.ask_many(partial(undo.redo, self.desk, self.actor, case.id))
