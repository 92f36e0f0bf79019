"""The inbox: what concerns whoever sits here, newest first, until they have seen it or somebody else has settled it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.events import ScreenResume

from console.desk import inbox
from console.desk.inbox import Entry
from console.domain.words import counted
from console.tui.keys import Where
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.case import CaseScreen
from console.tui.screens.titled_list import TitledList
from console.tui.widgets import inbox_rows
from console.tui.widgets.inbox_rows import Entered
from console.tui.widgets.row_list import Item
from console.tui.widgets.sheet import Row, Rows, Section

NOTHING_NEW = """Nothing new concerns you.

Here comes what is given, escalated or returned to you, what you are asked,
what came of your escalations, and what will be late or is.

Tab shows what you have seen; q goes back."""
NOTHING = "Nothing has ever concerned you here; q goes back."


class InboxScreen(TitledList):
    """Shows notices; Enter opens the case, which has then been seen."""

    WHERE: ClassVar[Where | None] = Where.INBOX

    def __init__(self) -> None:
        """Begin with what is new."""
        super().__init__()
        self._entries: tuple[Entry, ...] = ()
        self._is_all = False

    def action_open(self) -> None:
        """Show everything about the case; what concerns one about it has then been seen."""
        if entry := self._at_hand:
            self._see(partial(inbox.see_case, self.desk, self.actor, entry.notice.case))
            self.app.push_screen(CaseScreen(entry.notice.case))

    def action_see(self) -> None:
        """Note that this has been seen, and go to the next."""
        if entry := self._at_hand:
            self._see(partial(inbox.see, self.desk, self.actor, [entry.key]))

    def action_see_all(self) -> None:
        """Note that everything has been seen."""
        self._see(partial(inbox.see_all, self.desk, self.actor))

    def action_next_tab(self) -> None:
        """Show what is new, or all."""
        self._is_all = not self._is_all
        self.read()

    @on(ScreenResume)
    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def read(self) -> None:
        """Read the inbox again."""
        self.fetch(partial(inbox.entries, self.desk, self.actor, is_all=self._is_all), self._show, "inbox")

    @property
    def _at_hand(self) -> Entry | None:
        return self._entries[self.list.place] if self._entries else None

    def _see(self, which: partial[None]) -> None:
        if self.console_app.is_readonly:
            self.say("With --readonly nothing is marked as seen.")
            return
        self.change(which, lambda _: self.console_app.tell_screens())

    def _show(self, found: Sequence[Entry]) -> None:
        self._entries = tuple(found)
        now, glyphs = self.desk.now(), self.glyphs
        self.entitle(headed(self._entries, is_all=self._is_all))
        items = [
            Item(hash(each.key), inbox_rows.entry(Entered(each.notice, each.line.case, each.event), now, glyphs))
            for each in self._entries
        ]
        self.list.show(items, NOTHING if self._is_all else NOTHING_NEW)


def headed(found: Sequence[Entry], *, is_all: bool) -> Section:
    """Give the title with how much there is."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        new = sum(each.is_new for each in found)
        told = f"{counted(new, 'notice')} new" if new else "nothing new"
        written.head("Inbox", f"{told}, {len(found):,} in all" if is_all else told)
        return written

    return rows
