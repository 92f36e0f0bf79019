"""Ending a case and taking it up again; each asks for one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import closing
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.people import Actor
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field


class ResolveDialog(FormDialog):
    """Asks how it was solved."""

    FORM: ClassVar[str] = "resolve"
    WORD: ClassVar[str] = "Resolve"
    HINT: ClassVar[str] = "Enter resolves it; whoever escalated it gets this as the outcome."

    def fields(self) -> Sequence[Field]:
        """Give the one sentence."""
        return (Field(name="how", label="solved by", hint="how it was solved, in one sentence", is_required=True),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that resolves the case."""

        def resolve(desk: Desk, actor: Actor) -> Done:
            return closing.resolve(desk, actor, self.case.id, words["how"], self.case.version)

        return resolve


class ReopenDialog(FormDialog):
    """Asks why it is taken up again."""

    FORM: ClassVar[str] = "reopen"
    WORD: ClassVar[str] = "Reopen"
    HINT: ClassVar[str] = "Enter takes it up again; reopening is counted."

    def fields(self) -> Sequence[Field]:
        """Give the reason."""
        return (Field(name="why", label="reason", hint="why it is not done; may stay empty"),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that reopens the case."""

        def reopen(desk: Desk, actor: Actor) -> Done:
            return closing.reopen(desk, actor, self.case.id, words["why"].strip(), self.case.version)

        return reopen
