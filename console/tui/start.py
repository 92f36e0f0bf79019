"""The way in: prepare the terminal, then load the screens, then open the console."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.desk.desk import Desk
from console.desk.queues import newest_event
from console.domain.errors import Refused
from console.domain.people import Actor
from console.domain.watch import Reading
from console.settings import Settings
from console.tui.opening import HOME, opening
from console.tui.terminal.environment import prepare
from console.visit import opened

if TYPE_CHECKING:
    from console.tui.keys import Keymap


def open_console(
    desk: Desk,
    actor: Actor,
    settings: Settings,
    *,
    is_readonly: bool = False,
    clock: Callable[[], Reading] | None = None,
) -> int:
    """Open the console and give its exit status when it ends. Refused: where there is no terminal for it.

    `clock` reads the clocks of the machine, for a console that does what is due where nobody keeps watch.

    Textual is imported here and not before, because it reads the environment at import; nothing is collected meanwhile,
    since nothing of it is garbage.
    """
    terminal = prepare(os.environ)
    since = newest_event(desk)
    seen = opening(desk, actor, HOME)
    desk.store.close()
    gc.disable()
    from console.tui.app import TriageApp
    from console.tui.desk_app import Look
    from console.tui.shell import run_console

    look = Look(terminal, settings.theme.value or "", _keymap(settings))
    state = Path(settings.log.value).parent if settings.log.value else None
    app = TriageApp(desk, actor, is_readonly=is_readonly, look=look, state=state, opening=seen)
    app.since = since
    app.listener.clock = clock
    try:
        return run_console(app)
    finally:
        app.close_desk()


def _keymap(settings: Settings) -> Keymap:
    """Read a person's own keys. Refused: a file that cannot be read or meant."""
    from console.tui.keymap import read_keymap

    name = settings.keymap.value
    if not name:
        return {}
    try:
        with opened(name) if settings.keymap.origin == "--keymap" else Path(name).open("rb") as file:
            text = file.read().decode("utf-8")
    except OSError as error:
        raise Refused(f"{name}: the keymap cannot be read ({error.strerror}); correct it or leave it out.") from None
    except UnicodeDecodeError:
        raise Refused(f"{name}: the keymap is not UTF-8 text; save it as UTF-8.") from None
    return read_keymap(text, name)
