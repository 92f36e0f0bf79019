"""All about one case, scrolled: what it is, what to do, what was tried and said, with history, brief and reasons."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from console.domain.brief import as_text
from console.domain.case import Case
from console.domain.escalation import State
from console.tui import clipboard
from console.tui.keys import Where
from console.tui.screens.case_circle import CaseCircle
from console.tui.screens.case_clock import CaseClock
from console.tui.screens.case_kin import CaseKin
from console.tui.screens.case_pages import Part
from console.tui.screens.case_places import CasePlaces
from console.tui.screens.case_reading import CaseReading
from console.tui.widgets.status_line import Tone


class CaseScreen(CaseReading, CaseKin, CaseClock, CasePlaces, CaseCircle):
    """Shows one case; every key acts on it."""

    CSS_PATH: ClassVar[str] = "case.tcss"
    WHERE: ClassVar[Where | None] = Where.CASE

    def action_copy_brief(self) -> None:
        """Copy the brief as text, and show it."""
        brief = self.dossier.brief if self.dossier else None
        if brief is None or self.at_hand is None:
            self.say("There is no brief yet; e writes it.", Tone.REFUSED)
            return
        self.turn_to(Part.BRIEF)
        text = as_text(brief, self.at_hand)
        self.fetch(partial(clipboard.copy, text, self.console_app.send), lambda _: None, "copy")
        self.say(f"Copied the brief, {len(text):,} characters.", Tone.DONE)

    def action_board(self) -> None:
        """Show the board; a case that was opened from there goes back to it."""
        from console.tui.screens.board import BoardScreen

        if any(isinstance(screen, BoardScreen) for screen in self.app.screen_stack):
            self.dismiss(None)
        else:
            self.app.push_screen(BoardScreen())

    def kin_may_have_changed(self) -> None:
        """Read the case again, under a dialog once that closes."""
        if self.at_hand is not None:
            self.follow(self.at_hand)

    def action_back(self) -> None:
        """Go back to where the case was opened from."""
        self.dismiss(None)

    def is_asked_back(self, case: Case) -> bool:
        """Say whether the receiving tier has asked something that nobody has answered."""
        moves = self.dossier.escalations if self.dossier else ()
        return any(each.id == case.escalation and each.state is State.SENT and each.question for each in moves)
