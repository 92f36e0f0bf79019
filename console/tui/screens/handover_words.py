"""Writing what the next shift needs to know of one case; it is sent with the others, and kept as a draft until then."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from console.desk.drafts import Draft, found
from console.desk.handover import FORM, Outgoing
from console.domain.errors import Refused
from console.domain.handover import Words
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskDialog
from console.tui.screens.drafting import welcome_back
from console.tui.screens.handing_over import typed_words, words_of
from console.tui.screens.writing import Writing
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.form import Field, Form
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine, Tone
from console.tui.widgets.text_entry import Typed

FIELDS = (
    Field(name="open", label="open", hint="what is open on this case", lines=3, is_required=True),
    Field(name="promised", label="promised by", hint="when they were promised to hear next: 15:00, in 2h, or nothing"),
    Field(name="asks", label="asks", hint="what the next shift is asked to do; may stay empty", lines=2),
    Field(name="meant_for", label="for", hint="whoever comes, or somebody's name"),
)


class HandoverWordsDialog(DeskDialog[Words | None], Writing):
    """Gives back the words; F2 keeps them for the handover, Esc leaves and keeps what was typed as a draft."""

    WHERE: ClassVar[Where | None] = Where.WRITE
    FORM: ClassVar[str] = FORM
    DEFAULT_CSS = """
    HandoverWordsDialog {
        #panel { height: auto; max-height: 100%; background: $background; }
        #hint { height: auto; padding: 0 1; color: $muted; background: $background; }
    }
    """

    def __init__(self, row: Outgoing, words: Words) -> None:
        """Take the case, and the words as they stand now."""
        super().__init__(row.case.id)
        self._case, self._words = row.case, words

    def compose(self) -> ComposeResult:
        """Put the form into a panel at the bottom."""
        with Vertical(id="panel"):
            yield RuleLine(self.glyphs)
            yield CaseHead()
            yield Form(FIELDS)
            yield Static("F2 keeps it; the handover sends it with the others.", id="hint", markup=False)
            yield StatusLine()
            yield KeyFooter()

    def on_mount(self) -> None:
        """Fill in what would be said, and offer what had been typed before."""
        self.query_one(CaseHead).heading = Heading(self._case, self.desk.now(), "Hand over")
        self.query_one(KeyFooter).show(footer(Where.WRITE, self.console_app.keymap))
        self._fill(typed_words(self._words))
        self.form.entry("open").focus()
        self.fetch(partial(found, self.desk, self.actor, self.case_id, FORM), self._welcome_back, "draft")

    def action_send(self) -> None:
        """Give back the words, and keep them until they are sent."""
        try:
            words = words_of(self.form.words, self.desk.now())
        except Refused as refusal:
            self.say(refusal.sentence, Tone.REFUSED)
            return
        if not words.standing:
            self.form.flag(["open"])
            self.say(f"Say what is open on case {self.case_id}.", Tone.REFUSED)
            return
        self.keeper.typed(typed_words(words))
        self.keeper.watch(lambda: typed_words(words))
        self.keeper.leave()
        self.dismiss(words)

    def look_again(self) -> None:
        """Nothing is sent from here, so nothing is refused."""

    def _welcome_back(self, kept: Draft | None) -> None:
        draft = self.keeper.newest(kept)
        if draft is not None and dict(draft.words) != self.form.words and not self.keeper.has_words:
            self._fill(dict.fromkeys(self.form.words, "") | dict(draft.words))
            self.query_one("#hint", Static).update(welcome_back(draft, self))

    def _fill(self, words: dict[str, str]) -> None:
        with self.prevent(Typed):
            self.form.fill(words)
        self.keeper.watch(lambda: self.form.words)
