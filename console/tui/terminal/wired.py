"""An app on the console's own wire: its driver, its net, its sparing frames, and nothing that moves by itself."""

from __future__ import annotations

import sys
from typing import Any

from textual import on
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.driver import Driver
from textual.events import DescendantFocus, Event, Key, Paste
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input, TextArea

from console.tui.terminal.environment import Terminal
from console.tui.terminal.filter import VisibleFilter
from console.tui.terminal.hoard import stop_hoarding
from console.tui.terminal.painting import Painted
from console.tui.terminal.turns import Turns


class Wired(App[None], inherit_bindings=False):
    """What lies under the shell, between Textual and the terminal."""

    def __init__(self, terminal: Terminal) -> None:
        """Take how to treat the terminal."""
        self.terminal = terminal
        self._painted = Painted()
        self._net = VisibleFilter(ascii_only=terminal.is_ascii)
        self._turns = Turns(self)
        stop_hoarding()
        super().__init__()
        self.animation_level = "none"

    def repaint(self) -> None:
        """Draw everything again, whatever is thought to be on the screen."""
        self._painted.forget()
        self.refresh(layout=True)

    @property
    def is_frozen(self) -> bool:
        """Whether the terminal takes nothing any more, although it has not gone."""
        return bool(getattr(self._driver, "is_frozen", False))

    def is_ready(self) -> bool:
        """Say whether what the last key asked for is there; a subclass that asks anybody knows."""
        return True

    def is_bare(self) -> bool:
        """Say whether the screen on top has nothing yet that a key could act on; see `is_ready`."""
        return False

    async def on_event(self, event: Event) -> None:
        """Take keys in turn: the next one goes to what this one opens."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
        elif self._turns.takes(event):
            target = self.focused or self.screen
            await super().on_event(event)
            self._turns.follow(event, target)

    def get_driver_class(self) -> type[Driver]:
        """Give the console's own driver, whatever the environment says; on Windows there is only Textual's."""
        if sys.platform == "win32":
            from textual.drivers.windows_driver import WindowsDriver

            return WindowsDriver
        from console.tui.terminal.driver import WireDriver

        return WireDriver

    def get_line_filters(self) -> list[LineFilter]:
        """Add the net to Textual's filters; it comes last, so that nothing is drawn after it."""
        return [*super().get_line_filters(), self._net]

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ANN401 - Textual's signature
        if isinstance(renderable, CompositorUpdate):
            renderable = self._painted.sparing(renderable, self.size)
        super()._display(screen, renderable)

    @on(DescendantFocus)
    def _stop_blinking(self, event: DescendantFocus) -> None:
        """Hold the cursor still: a blinking one writes for ever, which hides a dead line from the server."""
        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False
