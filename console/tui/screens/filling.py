"""The keys of every form: from entry to entry, and sending it."""

from __future__ import annotations

from typing import Any

from textual import on

from console.tui.screens.desk_screen import AtDesk
from console.tui.widgets.form import Form


class Filling(AtDesk[Any]):
    """A screen or dialog with a form to fill in and send."""

    @property
    def form(self) -> Form:
        """The form."""
        return self.query_one(Form)

    def send_again(self) -> None:
        """Send from where a refusal would not be said: a message or the answer of a dialog."""
        self.call_later(self.run_action, "send")

    def action_next_field(self) -> None:
        """Go to the next entry."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """Go to the entry before."""
        self.focus_previous()

    @on(Form.Sent)
    def _send(self) -> None:
        self.send_again()
