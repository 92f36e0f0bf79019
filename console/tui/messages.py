"""Facts that cross parts of the console: messages are named in the past tense and hold domain values.

A widget's own messages nest in the widget; here stand only those that a screen or the app hears from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.message import Message

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.events import Event
from console.domain.views import Line


class CaseChanged(Message, bubble=False):
    """An act of this console was done; every open screen hears of it."""

    def __init__(self, case: Case, event: Event) -> None:
        self.case = case
        self.event = event
        super().__init__()


class CasesTouched(Message, bubble=False):
    """Cases have changed in a way that only reading again shows; every open screen hears of it."""


class OthersActed(Message, bubble=False):
    """Others have acted; every open screen hears which events there were, and how their cases stand now."""

    def __init__(self, events: Sequence[Event], lines: Sequence[Line]) -> None:
        self.events = events
        self.lines = lines
        super().__init__()


class PeopleMoved(Message, bubble=False):
    """Somebody came or left, or has another case in front of them; every open screen hears of it."""


class AlarmChanged(Message, bubble=False):
    """The clock side is behind or held, or is no longer; every open screen hears of it."""


class PolicyTurned(Message, bubble=False):
    """Another policy is in force; every open screen hears of it."""


class WasRefused(Message, bubble=False):
    """An act was refused; the screen that asked for it hears of it, and keeps what was typed."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal
        super().__init__()


class DeskFailed(Message, bubble=False):
    """An act failed by an error in the program; the screen that asked for it hears of it."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        super().__init__()
