"""Sending a case up: the target, the brief that is drafted already, and what will happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult

from console.desk import escalation
from console.desk.record import Done
from console.desk.triage import NO_REASON, Reason
from console.domain.case import Case, CaseId
from console.tui.keys import Where, footer
from console.tui.screens.deciding import Because, Drafted, Known, drafted, look_ahead, ordered
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.drafting import welcome_back
from console.tui.screens.reasons import ask_reason, ask_sentence
from console.tui.screens.sending import Plan, in_the_way, planned, told
from console.tui.screens.writing import Writing
from console.tui.widgets.brief_form import BriefForm, brief_of, brief_so_far, words_of
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.send_line import SendLine
from console.tui.widgets.status_line import StatusLine, Tone
from console.tui.widgets.text_entry import Typed


class EscalateScreen(Writing, DeskScreen):
    """Opens on the line that sends, so that a good draft takes one key; Esc leaves and keeps the draft."""

    CSS_PATH: ClassVar[str] = "escalate.tcss"
    WHERE: ClassVar[Where | None] = Where.ESCALATE
    FORM: ClassVar[str] = "brief"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-high"), (32, "-tall")]  # noqa: RUF012 - as Textual declares it

    def __init__(self, case_id: CaseId, reason: Reason = NO_REASON) -> None:
        """Take the case, and the reason where it was asked for already."""
        super().__init__(case_id)
        self._because = Because(reason)
        self._plan: Plan | None = None
        self._is_warned = False
        self._ahead: Known = {}

    def compose(self) -> ComposeResult:
        """Lay out head, send line, brief and keys."""
        yield CaseHead()
        yield RuleLine(self.glyphs)
        yield SendLine(self.glyphs)
        yield RuleLine(self.glyphs, id="divide")
        yield BriefForm(self.desk.policy.brief_requires)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Ask for the case, its drafted brief, and what had been typed before."""
        self.query_one(KeyFooter).show(footer(Where.ESCALATE, self.console_app.keymap))
        self.query_one("#divide", RuleLine).say("left, right: other target   * required")
        self.query_one(SendLine).focus()
        self._read(self._begin)

    def follow(self, case: Case) -> None:  # noqa: ARG002 - what else the plan rests on may have changed as well
        """Plan for the case as others have left it; the brief stays as it was typed, and so does the target."""
        if self._plan is not None:
            self._read(partial(self._was_read, seen=self._plan.case))

    def look_again(self) -> None:
        """Read the case again; the brief stays as it was typed."""
        self._read(self._was_read)

    def action_send(self) -> None:
        """Send it, after asking for the reasons that it still needs. Refused: words that cannot be read."""
        plan, brief = self._plan, brief_of(self.form.words, self.desk.now())
        if plan is None or self.is_sending:
            return
        missing = plan.lacking(brief)
        if plan.advice.standing:
            self.say(f"It cannot be escalated: {plan.advice.standing}.", Tone.REFUSED)
        elif missing and not self._because.incomplete:
            self._warn_or_ask(missing)
        elif plan.is_against and self._because.reason is NO_REASON:
            ask_reason(self, "To escalate goes against the recommendation.", self._go_because)
        else:
            self.is_sending = True
            order = ordered(plan.own_target, brief, self._because, self.form.words, self.desk.now())
            act = partial(escalation.escalate, self.desk, self.actor, self.case_id, order, plan.case.version)
            self.ask(act, self._was_sent)

    def action_drop_draft(self) -> None:
        """Begin again with the brief as it is drafted from the case."""
        self.keeper.drop()
        self._read(self._begin)
        self.say("The brief is as it is drafted from the case.")

    @on(SendLine.Sent)
    def _send_from_line(self) -> None:
        self.send_again()

    @on(SendLine.Turned)
    def _turn(self, event: SendLine.Turned) -> None:
        if self._plan:
            self._plan = self._plan.turned(event.by)
            self._show()
            look_ahead(self, self._plan, self._ahead, self._show)

    @on(Typed)
    def _show(self) -> None:
        """Say what is sent, where, and what stands in the way."""
        if self._plan:
            brief = brief_so_far(self.form.words, self.desk.now())
            self.query_one(SendLine).sending = told(
                self._plan, brief, self.actor, self._because.incomplete, self._ahead.get(self._plan.target, "")
            )
            if self._is_warned:
                self.form.flag(self._plan.lacking(brief))

    def _warn_or_ask(self, missing: tuple[str, ...]) -> None:
        """Flag what is missing; sending once more asks why it goes without."""
        if self._is_warned:
            ask_sentence(self, "Why does the brief go without that?", self._go_without)
            return
        self._is_warned = True
        self.form.flag(missing)
        self.say(f"{in_the_way(missing)} Fill it in, or send again to go without.", Tone.REFUSED)

    def _go_without(self, why: str) -> None:
        self._because = replace(self._because, incomplete=why)
        self.send_again()

    def _go_because(self, reason: Reason) -> None:
        self._because = replace(self._because, reason=reason)
        self.send_again()

    def _was_sent(self, _: Done) -> None:
        self.keeper.drop()
        self.dismiss(None)

    def _read(self, then: Callable[[Drafted], None]) -> None:
        self.fetch(partial(drafted, self.desk, self.actor, self.case_id, self.FORM), then, "open")

    def _begin(self, found: Drafted) -> None:
        """Fill the form with what the case says, and over it with the draft; what is typed already stays."""
        if not self.keeper.has_words:
            with self.prevent(Typed):
                self._fill(found)
        self._was_read(found)

    def _fill(self, found: Drafted) -> None:
        self.form.fill(words_of(found.brief, self.desk.now()))
        draft = self.keeper.newest(found.draft)
        if draft is not None:
            self.form.fill({field.name: draft.words.get(field.name, "") for field in self.form.fields})
            self.say(welcome_back(draft, self))
        self.keeper.watch(lambda: self.form.words)

    def _was_read(self, found: Drafted, seen: Case | None = None) -> None:
        dossier = found.dossier
        case = self.as_seen(dossier.case, seen) if seen else dossier.case
        self._stand(planned(case, self.desk.policy, self.desk.now(), dossier.barred, dossier.explanation.local))

    def _stand(self, plan: Plan) -> None:
        self._plan = plan.towards(self._plan.own_target) if self._plan else plan
        self.query_one(CaseHead).heading = Heading(plan.case, self.desk.now(), "Escalate")
        self._show()
        look_ahead(self, self._plan, self._ahead, self._show)
