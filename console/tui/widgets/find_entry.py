"""The line to find cases in: Tab completes what a query may name, Up and Down walk past searches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import BindingsMap
from textual.message import Message

from console.domain.query import Completion, Vocabulary, completions
from console.domain.safe import safe
from console.tui.keys import Keymap, Where, bindings
from console.tui.widgets.text_entry import LineEntry

NOTHING = "Nothing can be completed here; Tab completes names of fields and their values."
NO_SEARCHES = "There is no earlier search; one that Enter goes on with is remembered."


@dataclass(frozen=True, slots=True)
class Turn:
    """Completions that Tab goes through: for what text, which of them stands there, and what that has made of it."""

    before: str
    offered: tuple[Completion, ...]
    place: int

    @property
    def after(self) -> tuple[str, int]:
        """Give the text with the completion put in, and the place behind it."""
        return self.offered[self.place].applied(self.before)

    def turned(self, steps: int) -> Turn:
        """Go on to another completion."""
        return Turn(self.before, self.offered, (self.place + steps) % len(self.offered))

    @property
    def told(self) -> str:
        """Say which completion was put in and what comes next."""
        now, *others = (*self.offered[self.place :], *self.offered[: self.place])
        says = f" - {now.says}" if now.says and now.says not in {other.says for other in others} else ""
        return "  ".join((f"[{now.text.strip()}]{says}", *(other.text.strip() for other in others)))


class FindEntry(LineEntry):
    """Takes a query. What it may complete and what was searched for are handed in."""

    class Told(Message):
        """Something to say in the line below: the completions there are, or that there is none."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def __init__(self, hint: str, keymap: Keymap) -> None:
        """Start empty; nothing is known yet."""
        super().__init__(hint)
        self._bindings = BindingsMap.merge([BindingsMap(bindings(Where.FIND, keymap)), self._bindings])
        self.vocabulary = Vocabulary()
        self.past: Sequence[str] = ()
        self._turn: Turn | None = None
        self._walk: tuple[str, ...] = ("",)
        self._step = 0

    def action_complete(self, steps: int = 1) -> None:
        """Put in what may stand here; pressed again, the next that may."""
        turn = self._turn
        if turn and len(turn.offered) > 1 and (self.value, self.cursor_position) == turn.after:
            self._show(turn.turned(steps))
            return
        offered = completions(self.value, self.cursor_position, self.vocabulary)
        begun = Turn(self.value, offered, 0 if steps > 0 else len(offered) - 1)
        if offered and (len(offered) > 1 or begun.after[0] != self.value):
            self._show(begun)
        else:
            self.post_message(self.Told(NOTHING))

    def action_complete_back(self) -> None:
        """Put in the completion before."""
        self.action_complete(-1)

    def action_earlier(self) -> None:
        """Go to the search before; what is being typed is kept."""
        if self.value != self._walk[self._step]:
            self._walk, self._step = (self.value, *(past for past in self.past if past != self.value)), 0
        elif not self._step:
            self._walk = (self.value, *(past for past in self.past if past != self.value))
        if self._step + 1 < len(self._walk):
            self._walk_to(self._step + 1)
        elif not self._step:
            self.post_message(self.Told(NO_SEARCHES))

    def action_later(self) -> None:
        """Go to the search after; behind the newest stands what was being typed."""
        if self._step and self.value == self._walk[self._step]:
            self._walk_to(self._step - 1)

    def _walk_to(self, step: int) -> None:
        self._step = step
        self._put(self._walk[step], len(self._walk[step]))

    def _show(self, turn: Turn) -> None:
        self._turn = turn
        self._put(*turn.after)
        self.post_message(self.Told(turn.told))

    def _put(self, text: str, cursor: int) -> None:
        self.value = safe(text)
        self.cursor_position = cursor
