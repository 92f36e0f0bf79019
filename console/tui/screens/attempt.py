"""Logging an attempt: what was tried and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import triage
from console.desk.desk import Desk
from console.desk.record import Done
from console.desk.triage import Tried
from console.domain.people import Actor
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field

FAILED, WORKED = "", "yes"


class AttemptDialog(FormDialog):
    """Takes one thing tried; failed ones count for the checklist and go into the brief."""

    FORM: ClassVar[str] = "attempt"
    WORD: ClassVar[str] = "Attempt"

    def fields(self) -> Sequence[Field]:
        """Give what was tried and what came of it."""
        return (
            Field(name="what", label="tried", hint="what was done", is_required=True),
            Field(name="result", label="result", hint="what came of it; empty means no effect"),
            Field(name="error", label="error", hint="the error text seen"),
            Field(name="article", label="article", hint="the knowledge-base article used"),
            Field(name="worked", label="did it help", choices=((FAILED, "no"), (WORKED, "yes, it worked"))),
        )

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that logs the attempt."""
        tried = Tried(
            what=words["what"],
            result=words["result"],
            error=words["error"],
            article=words["article"],
            has_worked=words["worked"] == WORKED,
        )

        def log(desk: Desk, actor: Actor) -> Done:
            return triage.attempt(desk, actor, self.case.id, tried)

        return log
