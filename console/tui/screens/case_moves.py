"""The keys that pass the case at hand on: claim, decide, escalate, accept, hand back, reply."""

from __future__ import annotations

from functools import partial

from console.desk import answering, escalation, triage
from console.domain.arrival import Voice
from console.domain.case import Case
from console.domain.escalation import ReturnReason
from console.tui.screens.case_work import CaseWork
from console.tui.screens.denied import is_anothers
from console.tui.widgets.status_line import Tone


class CaseMoves(CaseWork):
    """A screen with a case at hand, which is passed on from here; dialogs are loaded when they are first opened."""

    def action_claim(self) -> None:
        """Take the case to work on; from whoever has it already, with a reason."""
        case = self.at_hand
        if case is not None and is_anothers(case, self.actor):
            from console.tui.screens.take_over import ask_to_take_over

            ask_to_take_over(self, case)
        elif case is not None:
            self.ask(partial(triage.claim, self.desk, self.actor, case.id, case.version))

    def action_release(self) -> None:
        """Give the case back to the queue."""
        if case := self.at_hand:
            self.ask(partial(triage.release, self.desk, self.actor, case.id, case.version))

    def action_decide(self) -> None:
        """Go through the checklist."""
        from console.tui.screens.decide import DecideScreen

        if case := self.at_hand:
            self.app.push_screen(DecideScreen(case.id))

    def action_escalate(self) -> None:
        """Write the brief and send the case up."""
        from console.tui.screens.escalate import EscalateScreen

        if case := self.at_hand:
            self.app.push_screen(EscalateScreen(case.id))

    def action_accept(self) -> None:
        """Take an escalated case on."""
        if case := self.at_hand:
            self.ask(partial(escalation.accept, self.desk, self.actor, case.id, case.version))

    def action_hand_back(self) -> None:
        """Return an escalated case, ask back about it, or accept it."""
        from console.tui.screens.answer_escalation import answers

        case = self.at_hand
        if case is None:
            return
        if case.escalation is None:
            self.say(f"Case {case.id} was not escalated; m moves it, C releases it.", Tone.REFUSED)
            return
        self.app.push_screen(answers(case), partial(self._answer, case))

    def action_reply(self) -> None:
        """Answer what was asked back, or write to the requester."""
        from console.tui.screens.answer_escalation import ReplyDialog
        from console.tui.screens.note import NoteDialog

        if case := self.at_hand:
            self.app.push_screen(ReplyDialog(case) if self.is_asked_back(case) else NoteDialog(case, Voice.OUTBOUND))

    def is_asked_back(self, case: Case) -> bool:  # noqa: ARG002 - for screens that know more
        """Say whether a question about the case's brief is open; a screen that cannot know says no."""
        return False

    def _answer(self, case: Case, picked: str | None) -> None:
        from console.tui.screens.answer_escalation import ACCEPT, ASK, ON_IT, REMIND, AskBackDialog, ReturnDialog

        if picked == ACCEPT:
            self.ask(partial(escalation.accept, self.desk, self.actor, case.id, case.version))
        elif picked == ON_IT:
            self.ask(partial(answering.acknowledge, self.desk, self.actor, case.id, case.version))
        elif picked == REMIND:
            self.ask(partial(answering.remind, self.desk, self.actor, case.id, "", case.version))
        elif picked:
            self.app.push_screen(AskBackDialog(case) if picked == ASK else ReturnDialog(case, ReturnReason(picked)))
