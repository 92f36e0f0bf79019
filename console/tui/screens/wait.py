"""Letting a case wait: for whom, until when, and what they know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import triage
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.people import Actor
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field
from console.tui.widgets.times import typed_time

CUSTOMER, VENDOR, OTHER = "customer", "vendor", "other"


class WaitDialog(FormDialog):
    """Takes whom the case waits for; only waiting pauses its clocks."""

    FORM: ClassVar[str] = "wait"
    WORD: ClassVar[str] = "Wait"

    def fields(self) -> Sequence[Field]:
        """Give for whom, until when and what they were told."""
        choices = ((CUSTOMER, "the customer"), (VENDOR, "a vendor"), (OTHER, "somebody else"))
        return (
            Field(name="for", label="waits for", choices=choices),
            Field(name="name", label="name", hint="who, when it is somebody else"),
            Field(name="until", label="until", hint="tomorrow 9:00, in 2d, 2026-11-30 14:30, or nothing"),
            Field(name="told", label="they were told", hint="what they know now; may stay empty"),
        )

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that lets the case wait."""
        name = words["name"].strip()
        waits_for = name or ("" if words["for"] == OTHER else words["for"])
        until = typed_time(words["until"], self.desk.now())

        def wait(desk: Desk, actor: Actor) -> Done:
            return triage.wait(desk, actor, self.case.id, waits_for, until, words["told"].strip())

        return wait
