"""A screen on which the checklist is answered: digits answer, keys go round, and the recommendation follows."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult

from console.domain.case import CaseId
from console.domain.recommendation import Advice, Verdict
from console.tui.keys import Where, footer
from console.tui.screens.answering import Answering
from console.tui.screens.at_case import AtCase
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.drafting import DraftKeeper
from console.tui.widgets.advice_box import AdviceBox
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.checklist_form import ChecklistForm
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.kin_view import LikeLine, SolvedLines
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine

AGREEING = {
    Verdict.ESCALATE: ("agree, write brief", "escalate-anyway"),
    Verdict.HANDLE: ("agree, handle it here", "handle"),
    Verdict.ASK: ("agree, once answered", ""),
}
"""What agreeing does, and the key that would do the same."""


class ChecklistScreen(AtCase, DeskScreen):
    """Shows the four questions and what their answers lead to; nothing here asks the desk."""

    WHERE: ClassVar[Where | None] = Where.DECIDE
    FORM: ClassVar[str] = "answers"

    def __init__(self, case_id: CaseId) -> None:
        """Take the case the answers are about."""
        super().__init__()
        self.case_id = case_id
        self.answering: Answering | None = None
        self.keeper = DraftKeeper(self, case_id, self.FORM)

    def compose(self) -> ComposeResult:
        """Lay out head, questions, recommendation and keys."""
        yield CaseHead()
        yield RuleLine(self.glyphs)
        yield ChecklistForm()
        yield RuleLine(self.glyphs)
        yield AdviceBox()
        yield SolvedLines()
        yield LikeLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def action_answer(self, digit: str) -> None:
        """Answer the current question, and go on to the next that matters."""
        if self.answering and self.answering.is_done:
            self.say("All that matters is answered: Enter agrees, j and k go back to it.")
        elif self.answering:
            self.stand(self.answering.answered(int(digit)))

    def action_unanswer(self) -> None:
        """Take the answer to the current question back."""
        if self.answering and not self.answering.is_done:
            self.stand(self.answering.answered(None))

    def action_next_question(self) -> None:
        """Go to the next question."""
        if self.answering:
            self.stand(self.answering.moved(1))

    def action_previous_question(self) -> None:
        """Go to the question before."""
        if self.answering:
            self.stand(self.answering.moved(-1))

    def action_back(self) -> None:
        """Leave; unsaved answers are kept as a draft."""
        self.keeper.leave()
        self.dismiss(None)

    def stand(self, answering: Answering) -> None:
        """Show the checklist as it stands now, and keep what is not saved."""
        before, self.answering = self.answering, answering
        self.query_one(CaseHead).heading = Heading(answering.saved, answering.now, "Decide")
        self.query_one(ChecklistForm).tell(answering.items(), answering.current, self.glyphs)
        self.query_one(AdviceBox).tell(answering.explanation, self.desk.policy, self.glyphs)
        self._show_keys(answering.explanation.advice)
        if before is not None and before.answers != answering.answers:
            self.keeper.typed(answering.words())

    def _show_keys(self, advice: Advice) -> None:
        """Say what agreeing does now, leave out what would be the same, and grey what cannot be done."""
        words, same = AGREEING[advice.verdict]
        hints = footer(Where.DECIDE, self.console_app.keymap)
        shown = [replace(hint, words=words) if hint.id == "agree" else hint for hint in hints if hint.id != same]
        denied = {"agree"} if advice.verdict is Verdict.ASK else set()
        self.query_one(KeyFooter).show(shown, {"agree", "handle", "escalate-anyway"} if advice.standing else denied)
