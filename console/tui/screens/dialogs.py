"""Forms about one case, in an opaque panel at the bottom: nothing is dimmed, since that would send the whole screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from console.desk import queues
from console.desk.desk import Desk
from console.desk.drafts import Draft, found
from console.desk.queues import Dossier
from console.desk.record import Done
from console.domain.case import Case
from console.domain.people import Actor
from console.domain.safe import safe_line
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.screens.writing import Writing
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.form import Field, Form
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine

Act = Callable[[Desk, Actor], Done]


class FormDialog(DeskDialog[Done | None], Writing):
    """A form about one case: F2 sends it, Esc leaves and keeps what was typed as a draft.

    A dialog gives its `FORM` (the draft's name), `WORD` (what it is called), its fields, and the act of its words.
    """

    WHERE: ClassVar[Where | None] = Where.WRITE
    WORD: ClassVar[str] = ""
    HINT: ClassVar[str] = ""
    DEFAULT_CSS = """
    FormDialog {
        #panel { height: auto; max-height: 100%; background: $background; }
        #hint { height: auto; padding: 0 1; color: $muted; background: $background; }
    }
    """

    def __init__(self, case: Case) -> None:
        """Take the case as the person sees it."""
        super().__init__(case.id)
        self.case = case

    @property
    def hint(self) -> str:
        """Say what will happen."""
        return self.HINT

    def fields(self) -> Sequence[Field]:
        """Give the entries."""
        raise NotImplementedError

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that sends these words. Refused: words that cannot be read."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Put the form into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield CaseHead()
            yield Form(self.fields())
            yield Static(safe_line(self.hint), id="hint", markup=False)
            yield StatusLine()
            yield KeyFooter()

    def on_mount(self) -> None:
        """Show the case, and offer what had been typed before."""
        self._show_case()
        self.keeper.watch(lambda: self.form.words)
        self.query_one("#hint").display = bool(self.hint)
        self.query_one(KeyFooter).show(footer(Where.WRITE, self.console_app.keymap))
        self.fetch(partial(found, self.desk, self.actor, self.case_id, self.draft), self._welcome_back, "draft")

    def action_send(self) -> None:
        """Send what stands in the form."""
        if not self.is_sending:
            act = self.act(self.form.words)
            self.is_sending = True
            self.ask(partial(act, self.desk, self.actor), self._was_sent)

    def look_again(self) -> None:
        """Read the case again."""
        self.fetch(partial(queues.dossier, self.desk, self.actor, self.case_id), self._was_read, "dossier")

    def follow(self, case: Case) -> None:
        """Show the case as it is now; what was typed stays."""
        self.case = self.as_seen(case, self.case)
        self._show_case()

    def _was_read(self, dossier: Dossier) -> None:
        self.case = dossier.case
        self._show_case()

    def _show_case(self) -> None:
        self.query_one(CaseHead).heading = Heading(self.case, self.desk.now(), self.WORD)

    def _was_sent(self, done: Done) -> None:
        self.keeper.drop()
        self.dismiss(done)

    def _welcome_back(self, kept: Draft | None) -> None:
        if told := self.refilled(kept):
            hint = self.query_one("#hint", Static)
            hint.update(told)
            hint.display = True
