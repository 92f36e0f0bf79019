"""How the queue comes by what it shows: windows, counts and the preview, each read off the event loop."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import on
from textual.timer import Timer

from console.desk.queues import Glance, Stretch
from console.domain.case import CaseId
from console.domain.views import View
from console.tui import opening
from console.tui.opening import HOME, Around, Looked, Seen
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.queue_words import groups_of, nothing_here, position, standing, tabs_of
from console.tui.widgets.case_table import CaseTable
from console.tui.widgets.header_line import HeaderLine
from console.tui.widgets.preview import Preview
from console.tui.widgets.preview_rows import About
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.tabs_line import TabsLine

PREVIEW_AFTER = 0.09
"""Seconds the cursor must rest before the preview follows it."""


class QueueReading(DeskScreen):
    """A screen with the queue's widgets, fed from the desk."""

    def __init__(self) -> None:
        """Begin with the view of one's own tier."""
        super().__init__()
        self.view: View = HOME
        self.own: View = HOME
        self.around = Around()
        self._resting: Timer | None = None
        self.changed_here: frozenset[CaseId] = frozenset()

    @property
    def table(self) -> CaseTable:
        """The list of cases."""
        return self.query_one(CaseTable)

    def begin(self, seen: Seen | None) -> None:
        """Show what was read before the screen was there, or begin to read."""
        self.query_one(HeaderLine).standing = standing(self.desk, self.actor, self.around)
        if seen is None:
            self.fetch(partial(opening.opening, self.desk, self.actor, HOME), self._opened, "window")
            self._count()
            return
        self._opened(seen)
        self.call_after_refresh(self._count)

    def open_view(self, view: View) -> None:
        """Show another view from its top, in its own order and groups."""
        self.own = view
        self.show_as(view)

    def show_as(self, view: View) -> None:
        """Show the view from its top, in another order or in other groups than its own."""
        self.view = view
        self.query_one(TabsLine).tabs = tabs_of(self.view, self.around)
        read = partial(opening.top, self.desk, self.actor, view, self.table.size_wanted)
        self.fetch(read, self._opened, "window")
        self._count()

    def read_again(self) -> None:
        """Read the view again; the cursor stays on its case wherever that stands now."""
        table = self.table
        held = table.case.id if table.case else None
        wanted = Stretch(table.index_wanted, table.size_wanted)
        self.fetch(partial(opening.again, self.desk, self.actor, self.view, held, wanted), self._shown, "window")
        self._count()
        self.preview_now()

    @on(CaseTable.Wanted)
    def _read_more(self, event: CaseTable.Wanted) -> None:
        wanted = Stretch(event.index, event.size, event.near)
        self.fetch(partial(opening.stretch, self.desk, self.actor, self.view, wanted), self._extended, "window")

    @on(CaseTable.Moved)
    def _follow_cursor(self) -> None:
        """Let the preview follow once the cursor rests, so that held keys stay cheap."""
        if self._resting is None:
            self._resting = self.set_timer(PREVIEW_AFTER, self.preview_now)
        else:
            self._resting.reset()

    @on(CaseTable.Lost)
    def _say_lost(self, event: CaseTable.Lost) -> None:
        if event.case.id not in self.changed_here:
            self.say(f"Case {event.case.id} has left this view; the cursor is on the next one.")

    def _opened(self, seen: Seen) -> None:
        if seen.views is not None:
            self.view = self.own = seen.view
            self.around = replace(self.around, views=seen.views)
            self.query_one(TabsLine).tabs = tabs_of(self.view, self.around)
        self.table.group_by(groups_of(seen, self.desk.policy))
        self.table.open(seen.window, seen.now)
        if seen.first is not None:
            self._tell(Looked(seen.first))
        self.preview_now(seen.first)

    def _shown(self, seen: Seen) -> None:
        self.table.group_by(groups_of(seen, self.desk.policy))
        self.table.show(seen.window, seen.now)
        self.say_position()

    def _extended(self, seen: Seen) -> None:
        self.table.extend(seen.window, seen.now)
        self.say_position()

    def _count(self) -> None:
        self.fetch(partial(opening.around, self.desk, self.actor), self._counted, "counts")

    def _counted(self, around: Around) -> None:
        self.around = around
        self.query_one(TabsLine).tabs = tabs_of(self.view, self.around)
        self.query_one(HeaderLine).standing = standing(self.desk, self.actor, around)
        if self.table.case is None:
            self.preview_now()

    def preview_now(self, known: Glance | None = None) -> None:
        """Show the case under the cursor in the preview, as it was read already or is now, or say why there is none."""
        self._resting = None
        case = self.table.case
        if case is not None and self.query_one(Preview).display:
            self.fetch(partial(opening.glance, self.desk, self.actor, case.id, known), self._tell, "preview")
            return  # the position is said with it, in one frame
        if case is None:
            self.query_one(Preview).tell(nothing_here(self.view, self.around.views, self.around.counts))
        self.say_position()

    def _tell(self, looked: Looked) -> None:
        seen, now, policy = looked.glance, self.desk.now(), self.desk.policy
        about = About(
            seen.case, seen.text.body, seen.explanation, policy, now, self.glyphs, looked.ahead, looked.like
        )  # fmt: skip
        self.query_one(Preview).show(about)
        self.say_position()

    def say_position(self) -> None:
        """Say in the rule where the cursor is, how many cases are marked, and an order that is not the view's own."""
        order = self.view.order if self.view.order != self.own.order else None
        self.query_one("#position", RuleLine).say(position(self.table, order))
