"""The keys about the time of the case at hand: being on it, reminding, reviewing, setting its severity."""

from __future__ import annotations

from functools import partial

from console.desk import answering, reviewing
from console.tui.screens.case_moves import CaseMoves


class CaseClock(CaseMoves):
    """A screen with a case at hand, whose ladder and clocks are answered from here."""

    def action_inbox(self) -> None:
        """Show what concerns whoever sits here."""
        from console.tui.screens.inbox import InboxScreen

        self.app.push_screen(InboxScreen())

    def action_acknowledge(self) -> None:
        """Say that one is on it; the ladder goes no further."""
        if case := self.at_hand:
            self.ask(partial(answering.acknowledge, self.desk, self.actor, case.id, case.version))

    def action_remind(self) -> None:
        """Remind whoever was asked to accept the case."""
        if case := self.at_hand:
            self.ask(partial(answering.remind, self.desk, self.actor, case.id, "", case.version))

    def action_review(self) -> None:
        """Write down what a closed escalation taught, or read what somebody did."""
        from console.tui.screens.review import open_review

        if case := self.at_hand:
            self.fetch(partial(reviewing.look, self.desk, self.actor, case.id), partial(open_review, self), "review")

    def action_severity(self) -> None:
        """Set the severity over the matrix, with a reason."""
        from console.tui.screens.severity import ask_severity

        if case := self.at_hand:
            ask_severity(self, case)
