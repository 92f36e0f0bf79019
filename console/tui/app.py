"""The app: who sits at which desk, and the queue as its home; no case logic."""

from __future__ import annotations

import gc
from pathlib import Path, PurePath
from typing import ClassVar

from textual.events import Resize
from textual.screen import Screen

from console.desk.desk import Desk
from console.domain.people import Actor
from console.tui.desk_app import DeskApp, Look
from console.tui.opening import Seen
from console.tui.screens.queue import QueueScreen
from console.tui.screens.too_small import TooSmallScreen, is_too_small


class TriageApp(DeskApp):
    """The console: opens on the queue."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["app.tcss", "screens/queue.tcss"]

    def __init__(
        self,
        desk: Desk,
        actor: Actor,
        *,
        is_readonly: bool = False,
        look: Look | None = None,
        state: Path | None = None,
        opening: Seen | None = None,
    ) -> None:
        """Take what the app under it takes, and what the queue shows first where that has been read already."""
        super().__init__(desk, actor, is_readonly=is_readonly, look=look, state=state)
        self._opening = opening

    def get_default_screen(self) -> Screen[None]:
        """Open on the queue."""
        return QueueScreen(self._opening)

    def on_mount(self) -> None:
        """Once the first frame is out, settle memory and begin to listen."""
        self.call_after_refresh(self.set_timer, SETTLES_AFTER, self._settle)

    def on_resize(self, event: Resize) -> None:
        """Say which size is needed where there is too little, and go on where there is enough again."""
        is_covered = isinstance(self.screen, TooSmallScreen)
        if is_too_small(event.size) and not is_covered:
            self.push_screen(TooSmallScreen())
        elif is_covered and not is_too_small(event.size):
            self.pop_screen()

    def _settle(self) -> None:
        gc.collect()
        gc.freeze()
        gc.enable()
        self.begin_listening()


SETTLES_AFTER = 0.3
