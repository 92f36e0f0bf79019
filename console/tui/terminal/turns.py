"""Keys in turn: what one key opens or focuses gets the next one, however fast they come.

Textual sends each key on at once to what is focused at that moment; of keys that come in one burst, as they do over a
slow line, the second would act on the screen that the first is about to leave.
"""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from textual.dom import DOMNode
from textual.events import Key, Paste

if TYPE_CHECKING:
    from console.tui.terminal.wired import Wired

Pressed = Key | Paste
PATIENCE = 1.0
"""Seconds after which a key holds no other back, whatever it asked for; unless the other would fall on nothing."""
LOST_AFTER = 0.4
"""Seconds after which a key that nobody has seen pass must have been lost with what was closed by it."""
LOOKS_EVERY = 0.004
MOVING = frozenset({"j", "k", "up", "down", "pageup", "pagedown"})
"""Keys that open nothing: held down, they come through all at once, so that only where they lead to is drawn."""
LEAVING = frozenset({"escape", "q", "ctrl+c"})
"""Keys that a screen takes which has nothing to act on yet."""
LAPS = 3
"""How often a key's way is gone again where another waits: a message it causes may cause a message in turn."""


class Turns:
    """Holds keys back while one is on its way from what is focused to the app, and until what it asks for is there."""

    def __init__(self, app: Wired) -> None:
        """Hold nothing yet."""
        self._app = app
        self._waiting: deque[Pressed] = deque()
        self._turn: Pressed | None = None
        self._since = 0.0

    def takes(self, event: Pressed) -> bool:
        """Say whether it is this key's turn; if not it is kept, and comes again when it is."""
        held = self._turn
        if held is not None and event is not held and not self._repeats(event, held):
            if not self._waiting:
                self._watch(held)
            self._waiting.append(event)
            return False
        self._turn, self._since = event, monotonic()
        return True

    def follow(self, event: Pressed, node: DOMNode | None, laps: int = LAPS) -> None:
        """Let everything that a key passes through, up to the app, say that it has passed: queues keep their order."""
        if node is None or node is self._app:
            self._app.call_later(self._passed, event, laps)
        elif not node.call_later(self.follow, event, node.parent, laps):
            self.follow(event, self._app, laps)

    def _repeats(self, event: Pressed, held: Pressed) -> bool:
        """Say whether a key moves on in the same way as the one before it."""
        if self._waiting or isinstance(event, Paste) or isinstance(held, Paste):
            return False
        return event.key == held.key and event.key in MOVING

    def _watch(self, event: Pressed) -> None:
        """Go on in any case: who was to say that a key has passed may be gone."""
        self._app.set_timer(LOST_AFTER, lambda: self._settle(event))

    def _passed(self, event: Pressed, laps: int) -> None:
        if laps and self._waiting:
            self.follow(event, self._app.focused or self._app.screen, laps - 1)
        else:
            self._settle(event)

    def _settle(self, event: Pressed) -> None:
        """Wait for what was asked for, then for the screen on top, until it stands and knows what is focused."""
        if event is not self._turn:
            return
        if self._must_wait():
            self._app.set_timer(LOOKS_EVERY, lambda: self._settle(event))
        elif not self._app.screen.call_later(self._app.call_later, self._next, event):
            self._next(event)

    def _must_wait(self) -> bool:
        """Say whether the next key is to wait: where it could do nothing yet, for as long as nobody wants to leave."""
        if self._app.is_ready():
            return False
        if monotonic() - self._since < PATIENCE:
            return True
        return self._app.is_bare() and not any(isinstance(each, Key) and each.key in LEAVING for each in self._waiting)

    def _next(self, event: Pressed) -> None:
        """Give the turn to the next key, unless it was given on already."""
        if event is not self._turn:
            return
        self._turn = self._waiting.popleft() if self._waiting else None
        if self._turn is not None:
            self._since = monotonic()
            self._app.post_message(self._turn)
            if self._waiting:
                self._watch(self._turn)
