"""The four questions of the checklist, the evidence for each, and the recommendation moving as they are answered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on

from console.desk import queues
from console.desk.queues import Dossier
from console.desk.record import Done
from console.desk.triage import NO_REASON, Reason
from console.domain.case import Case, CaseId, Choice
from console.domain.decision import has_agreed
from console.domain.recommendation import Verdict
from console.tui.messages import DeskFailed, WasRefused
from console.tui.screens.answering import Answering
from console.tui.screens.checklist import ChecklistScreen
from console.tui.screens.deciding import Opened, decided, opened, saved
from console.tui.screens.drafting import welcome_back
from console.tui.screens.kindred import Kindred
from console.tui.screens.reasons import ask_reason
from console.tui.widgets.status_line import Tone


class DecideScreen(ChecklistScreen, Kindred):
    """Enter agrees with what the answers lead to; going against it asks for a coded reason."""

    CSS_PATH: ClassVar[str] = "decide.tcss"

    def __init__(self, case_id: CaseId) -> None:
        """Take the case to decide."""
        super().__init__(case_id)
        self._is_sending = False

    def on_mount(self) -> None:
        """Ask for the case and for answers typed before."""
        self.fetch(partial(opened, self.desk, self.actor, self.case_id, self.FORM), self._begin, "open")
        self.look_for_likes()

    def action_agree(self) -> None:
        """Do what is recommended."""
        answering = self.answering
        if answering is None:
            return
        advice = answering.explanation.advice
        if advice.standing:
            self.say(f"There is nothing to decide: {advice.standing}.", Tone.REFUSED)
        elif advice.verdict is Verdict.ASK:
            self.say(f"Answer {advice.ask} first, or press h to handle it, e to escalate it anyway.", Tone.REFUSED)
        elif advice.verdict is Verdict.HANDLE:
            self._decide(Choice.HANDLE)
        else:
            self._decide(Choice.ESCALATE)

    def action_handle(self) -> None:
        """Handle it here, with a reason where that is not recommended."""
        self._go_on(Choice.HANDLE)

    def action_escalate_anyway(self) -> None:
        """Escalate it, with a reason where that is not recommended."""
        self._go_on(Choice.ESCALATE)

    def _go_on(self, choice: Choice) -> None:
        """Decide, after asking for the reason where the choice goes against the recommendation."""
        if self.answering is None:
            return
        advice = self.answering.explanation.advice
        if advice.standing:
            self.say(f"There is nothing to decide: {advice.standing}.", Tone.REFUSED)
        elif has_agreed(advice, choice) is False:
            ask_reason(self, f"To {choice} goes against the recommendation.", partial(self._decide, choice))
        else:
            self._decide(choice)

    def _decide(self, choice: Choice, reason: Reason = NO_REASON) -> None:
        answering = self.answering
        if answering is None or self._is_sending:
            return
        if choice is Choice.HANDLE:
            self._is_sending = True
            self.ask(partial(decided, self.desk, self.actor, answering, reason), self._was_decided)
        elif answering.changes:
            self._is_sending = True
            self.ask(partial(saved, self.desk, self.actor, answering), partial(self._was_saved, reason))
        else:
            self._write_brief(reason)

    def _was_decided(self, _: Done) -> None:
        self.keeper.drop()
        self.dismiss(None)

    def _was_saved(self, reason: Reason, _: Done) -> None:
        self.keeper.drop()
        self._write_brief(reason)

    def _write_brief(self, reason: Reason) -> None:
        """Go on to the brief; leaving that leads back to where this was opened."""
        from console.tui.screens.escalate import EscalateScreen

        self._is_sending = False
        if self.app.screen is self:
            self.app.switch_screen(EscalateScreen(self.case_id, reason))

    @on(WasRefused)
    def _refused(self) -> None:
        """Keep the answers, and put them over the case as it is now."""
        self._is_sending = False
        self.fetch(partial(opened, self.desk, self.actor, self.case_id, self.FORM), self._look_again, "open")

    @on(DeskFailed)
    def _may_try_again(self) -> None:
        self._is_sending = False

    def follow(self, case: Case) -> None:  # noqa: ARG002 - the history has grown as well
        """Put the answers over the case as others have left it."""
        self.fetch(partial(queues.dossier, self.desk, self.actor, self.case_id), self._followed, "dossier")

    def come_back(self) -> None:
        """Put the answers over the case as it is now."""
        if self.answering is not None:
            self.follow(self.answering.saved)
            self.look_for_likes()

    def _followed(self, dossier: Dossier) -> None:
        if self.answering is not None:
            typed, seen = self.answering.words(), self.answering.saved
            after = self._over(replace(dossier, case=self.as_seen(dossier.case, seen))).with_words(typed)
            self.stand(replace(after, current=self.answering.current))

    def _begin(self, found: Opened) -> None:
        answering = self._over(found.dossier)
        draft = self.keeper.newest(found.draft)
        if draft is not None:
            answering = answering.with_words(draft.words)
            self.say(welcome_back(draft, self))
        self.stand(replace(answering, current=answering.first_open()))

    def _look_again(self, found: Opened) -> None:
        typed = self.answering.words() if self.answering else {}
        self.stand(self._over(found.dossier).with_words(typed))

    def _over(self, dossier: Dossier) -> Answering:
        case = dossier.case
        policy, now = self.desk.policy, self.desk.now()
        return Answering(
            case, dossier.history, policy, now, case.answers, barred=dossier.barred, local=dossier.explanation.local
        )
