"""What every place to write in shares: drafts are kept as typed, and nothing typed is lost by a refusal."""

from __future__ import annotations

from typing import ClassVar

from textual import on

from console.desk.drafts import Draft
from console.domain.case import CaseId
from console.tui.messages import DeskFailed, WasRefused
from console.tui.screens.at_case import AtCase
from console.tui.screens.drafting import DraftKeeper, welcome_back
from console.tui.screens.filling import Filling
from console.tui.widgets.status_line import Tone
from console.tui.widgets.text_entry import Typed, WasFull


class Writing(AtCase, Filling):
    """A screen or dialog with a form about one case; `FORM` is the name of its draft."""

    FORM: ClassVar[str] = ""

    def __init__(self, case_id: CaseId) -> None:
        """Take the case that is written about."""
        super().__init__()
        self.case_id = case_id
        self.is_sending = False
        self.draft = self.FORM
        self.keeper = DraftKeeper(self, case_id, self.draft)

    def look_again(self) -> None:
        """Read the case again after a refusal, so that sending once more is a new decision."""
        raise NotImplementedError

    def action_back(self) -> None:
        """Leave; what was typed is kept."""
        self.keeper.leave()
        self.dismiss(None)

    def action_drop_draft(self) -> None:
        """Forget what was typed and leave."""
        self.keeper.drop()
        self.dismiss(None)

    def refilled(self, kept: Draft | None) -> str:
        """Put back what was typed before, unless something was typed since; give what to say of it, else nothing."""
        draft = self.keeper.newest(kept)
        if draft is None or self.keeper.has_words:
            return ""
        with self.prevent(Typed):
            self.form.fill(draft.words)
        self.keeper.watch(lambda: self.form.words)
        return welcome_back(draft, self)

    def action_show_keys(self) -> None:
        """Say what the keys do."""
        self.say("Tab goes on, F2 sends, Esc leaves and keeps what you typed, F8 drops it.")

    @on(Typed)
    def _keep_draft(self) -> None:
        self.keeper.typed(self.form.words)

    @on(WasFull)
    def _say_full(self) -> None:
        self.say("That is more than fits here; the rest was left out.", Tone.REFUSED)

    @on(WasRefused)
    def _go_on(self) -> None:
        self.is_sending = False
        self.look_again()

    @on(DeskFailed)
    def _may_try_again(self) -> None:
        self.is_sending = False
