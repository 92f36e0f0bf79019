"""A console that opens on the note of one case, for tests in a real terminal: `DATABASE CASE`."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from console.tui.terminal.environment import prepare


def main(path: str, case: str) -> int:
    """Run it."""
    terminal = prepare(os.environ)
    from console.desk.desk import Desk, actor
    from console.domain.case import CaseId
    from console.store.engine import Store
    from console.tui.desk_app import DeskApp, Look
    from console.tui.screens.case import CaseScreen
    from console.tui.screens.note import NoteDialog
    from console.tui.shell import run_console
    from tests.builders import a_policy

    class NoteProgram(DeskApp):
        """Opens the note at once."""

        def on_mount(self) -> None:
            """Open it."""
            from console.desk.queues import dossier

            case_id = CaseId(int(case))
            self.push_screen(CaseScreen(case_id))
            self.push_screen(NoteDialog(dossier(self.desk, self.actor, case_id).case))

    desk = Desk(Store(Path(path)), a_policy(), "the policy's text", lambda: datetime.now(UTC))
    return run_console(NoteProgram(desk, actor(desk, "ada"), look=Look(terminal)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
