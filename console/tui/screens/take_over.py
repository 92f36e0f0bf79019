"""Taking a case over from somebody else, which needs the right to and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, ClassVar

from console.desk import assignment
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.case import Case
from console.domain.people import Actor
from console.tui.screens.desk_screen import AtDesk
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field


class TakeOverDialog(FormDialog):
    """Asks why."""

    FORM: ClassVar[str] = "take-over"
    WORD: ClassVar[str] = "Take over"

    @property
    def hint(self) -> str:
        """Say what will happen."""
        return f"Enter takes it from {self.case.handler}, who reads the reason in its history; its owner stays."

    def fields(self) -> Sequence[Field]:
        """Give the reason."""
        return (Field(name="why", label="reason", hint="why you, and why now", is_required=True),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that takes the case over."""

        def take_over(desk: Desk, actor: Actor) -> Done:
            return assignment.take_over(desk, actor, self.case.id, words["why"], self.case.version)

        return take_over


def ask_to_take_over(screen: AtDesk[Any], case: Case) -> None:
    """Ask for the reason, where the person may take the case over; say who could where they may not."""

    def ask(now: Case) -> None:
        screen.app.push_screen(TakeOverDialog(now))

    screen.fetch(partial(assignment.to_take_over, screen.desk, screen.actor, case.id), ask, "take-over")
