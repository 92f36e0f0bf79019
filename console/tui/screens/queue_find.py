"""The queue's views: opening one by its digit, and finding cases while the words are being typed."""

from __future__ import annotations

from textual import on
from textual.timer import Timer

from console.domain import query
from console.domain.errors import Refused
from console.domain.views import BUILT_IN, Order, View
from console.tui.screens.queue_reading import QueueReading
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.status_line import Saying, StatusLine, Tone
from console.tui.widgets.text_entry import LineEntry, Typed, WentOn

FIND_AFTER = 0.15
"""Seconds after the last letter until what was typed is looked for."""
HINT = 'words, or tier:2 owner:me severity>=S2 age>3d "disk full" -status:closed'


class QueueFind(QueueReading):
    """A queue whose views are opened and searched."""

    def __init__(self) -> None:
        """Begin without a find."""
        super().__init__()
        self._behind: View = self.view
        self._typing: Timer | None = None

    def action_view(self, key: str) -> None:
        """Open the view of this digit."""
        view = next((view for view in BUILT_IN if view.key == key), None)
        if view is None:
            self.say(f"No view has the key {key}.", Tone.REFUSED)
            return
        self.close_find()
        self._behind = view
        self.open_view(view)

    def action_next_tab(self) -> None:
        """Open the next view."""
        self._turn(1)

    def action_previous_tab(self) -> None:
        """Open the view before."""
        self._turn(-1)

    def action_find(self) -> None:
        """Begin to type what to find."""
        if self.query(LineEntry):
            return
        entry = LineEntry(HINT)
        entry.value = "" if self.view.key else self.view.query
        self.mount(entry, after="#position")
        self.add_class("-finding")
        entry.focus()

    def close_find(self) -> None:
        """Stop typing; what was found stays."""
        self.query(LineEntry).remove()
        self.remove_class("-finding")
        self.query_one(CaseTable).focus()

    def leave_find(self) -> bool:
        """Go back to the view that was open before the find; say whether there was one."""
        was_typing = bool(self.query(LineEntry))
        self.close_find()
        self.query_one(StatusLine).saying = Saying()
        if not self.view.key:
            self.open_view(self._behind)
            return True
        return was_typing

    @on(Typed)
    def _find_soon(self) -> None:
        if self._typing is None:
            self._typing = self.set_timer(FIND_AFTER, self._find_now)
        else:
            self._typing.reset()

    @on(WentOn)
    def _find_done(self) -> None:
        self._find_now()
        self.close_find()

    def _find_now(self) -> None:
        """Open what was typed as a view; what cannot be read yet is said in the line below and changes nothing."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = None
        entry = self.query(LineEntry)
        if not entry:
            return
        text = entry.first().value.strip()
        try:
            query.lowered(query.parse(text), query.Asking(self.actor.person, self.desk.now(), self.desk.policy))
        except Refused as refusal:
            self.query_one(StatusLine).saying = Saying(refusal.sentence, Tone.REFUSED)
            return
        self.query_one(StatusLine).saying = Saying()
        self._open_found(text)

    def _open_found(self, text: str) -> None:
        wanted = View("", "Find", text, Order.NEWEST) if text else self._behind
        if wanted != self.view:
            self.open_view(wanted)

    def _turn(self, steps: int) -> None:
        keys = [view.key for view in BUILT_IN]
        place = keys.index(self._behind.key) + steps
        self.action_view(keys[place % len(keys)])
