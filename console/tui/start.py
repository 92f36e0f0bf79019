"""The way in: prepare the terminal, then load the screens, then open the console."""

from __future__ import annotations

import gc
import os
from pathlib import Path

from console.desk.desk import Desk
from console.domain.people import Actor
from console.settings import Settings
from console.tui.opening import HOME, opening
from console.tui.terminal.environment import prepare


def open_console(desk: Desk, actor: Actor, settings: Settings, *, is_readonly: bool = False) -> int:
    """Open the console and give its exit status when it ends. Refused: where there is no terminal for it.

    Textual is imported here and not before, because it reads the environment at import; nothing is collected meanwhile,
    since nothing of it is garbage.
    """
    terminal = prepare(os.environ)
    seen = opening(desk, actor, HOME)
    gc.disable()
    from console.tui.app import TriageApp
    from console.tui.desk_app import Look
    from console.tui.keymap import read_keymap
    from console.tui.shell import run_console

    keymap = (
        read_keymap(Path(settings.keymap.value).read_text("utf-8"), settings.keymap.value)
        if settings.keymap.value
        else {}
    )
    look = Look(terminal, settings.theme.value or "", keymap)
    state = Path(settings.log.value).parent if settings.log.value else None
    app = TriageApp(desk, actor, is_readonly=is_readonly, look=look, state=state, opening=seen)
    try:
        return run_console(app)
    finally:
        app.close_desk()
