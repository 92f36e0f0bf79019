"""Setting the severity over the matrix: which, and why; what would be late at once is said before anything is saved."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from console.desk import timing, triage
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.action_words import CLOCKS
from console.domain.case import Case, Severity
from console.domain.clock import Clock
from console.domain.people import Actor
from console.domain.words import lasting, listed
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.screens.pick import QuickPick
from console.tui.widgets.choices import Choosable
from console.tui.widgets.form import Field


class SeverityDialog(FormDialog):
    """Asks why the severity is another one than the matrix gives."""

    FORM: ClassVar[str] = "severity"

    def __init__(self, case: Case, severity: Severity, late: Sequence[Clock]) -> None:
        """Take the severity that was picked, and the clocks that would be late at once."""
        super().__init__(case)
        self._severity, self._late = severity, late

    @property
    def hint(self) -> str:
        """Say what will happen, and what of it at once."""
        told = f"Enter makes it {self._severity.name}; its clocks keep the time they have run."
        return f"! {late_at_once(self._late)} {told}" if self._late else told

    def fields(self) -> Sequence[Field]:
        """Give the reason."""
        return (Field(name="why", label="reason", hint="why it weighs more, or less", is_required=True),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that sets the severity."""

        def change(desk: Desk, actor: Actor) -> Done:
            return triage.change(desk, actor, self.case.id, {"severity": self._severity}, words["why"])

        return change


def late_at_once(late: Sequence[Clock]) -> str:
    """Say which clocks a change makes late at once, and by how much."""
    named = [(CLOCKS.get(clock.name, clock.name), clock.left) for clock in late]
    told = listed(f"{name} ({lasting(left)} late)" if left else name for name, left in named)
    return f"Late at once: {told}."


def ask_severity(screen: DeskScreen, case: Case) -> None:
    """Ask which severity a case is to have, and then why."""
    offered = [
        Choosable(each.name, each.name, "as it is now" if each is case.severity else "", str(int(each)))
        for each in Severity
    ]
    screen.app.push_screen(QuickPick(f"Severity of case {case.id}:", offered), partial(_ask_why, screen, case))


def _ask_why(screen: DeskScreen, case: Case, picked: str | None) -> None:
    if picked is None:
        return
    severity = Severity[picked]

    def ask(late: Sequence[Clock]) -> None:
        screen.app.push_screen(SeverityDialog(case, severity, late))

    look = partial(timing.would_breach, screen.desk, screen.actor, case.id, severity=severity)
    screen.fetch(look, ask, "severity")
