"""How the queue follows what happens: one's own acts at once, those of others as they are heard of."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.events import ScreenResume

from console.desk.timing import is_timed
from console.domain import query
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Kind
from console.domain.following import stands
from console.domain.kin import Like
from console.domain.presence import beside
from console.domain.query import Asking, Beside
from console.domain.words import counted
from console.tui.keys import Hint, Where, footer
from console.tui.messages import AlarmChanged, CaseChanged, CasesTouched, OthersActed, PeopleMoved, WasRefused
from console.tui.screens.at_case import news
from console.tui.screens.denied import denied
from console.tui.screens.queue_reading import QueueReading
from console.tui.screens.telling import name_of
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.header_line import HeaderLine
from console.tui.widgets.text_entry import LineEntry

MOST_NEW = 5
"""How many new cases that are heard of at once are looked at for whether they are duplicates."""

READ_AFTER = 0.1
"""Seconds that reading again waits for lines that a key has asked for."""


class QueueFollowing(QueueReading):
    """A queue that stays true: rows change where they stand, and the view is read again only where it must be."""

    def __init__(self) -> None:
        """Begin with nothing to read again."""
        super().__init__()
        self._waits_to_read = False
        self._is_behind = False

    @on(CaseChanged)
    def _follow_act(self, event: CaseChanged) -> None:
        self.changed_here = frozenset({event.case.id})
        self.read_again()

    @on(CasesTouched)
    def _follow_many(self) -> None:
        self._is_behind = True
        self._catch_up()

    @on(ScreenResume)
    def _catch_up(self) -> None:
        """Read the view again; under a dialog, once that closes, so that it acts on the case it was opened for."""
        if self._is_behind and self.app.screen is self:
            self._is_behind = False
            self.read_again()

    @on(WasRefused)
    def _look_again(self, event: WasRefused) -> None:
        """Show who was first; that the case may have left the view by that is no more news than the refusal."""
        if event.refusal.code is RefusalCode.CONFLICT:
            self.changed_here = frozenset({self.table.case.id} if self.table.case else ())
            self.read_again()

    @on(OthersActed)
    def _follow_others(self, heard: OthersActed) -> None:
        if self.app.screen is not self:
            self._is_behind = True
            return
        held = self.table.case
        self.table.renew(heard.lines, self.desk.now())
        mine = [event for event in heard.events if held is not None and event.case == held.id]
        if mine and held is not None and not self.query(LineEntry):
            self.say(f"{name_of(held)}: {news(mine, self)}")
        self._look_at_new(heard)
        if not self._stands(heard):
            self._read_now()
            return
        self._count()
        if mine:
            self.preview_now()

    def _look_at_new(self, heard: OthersActed) -> None:
        """Find out whether what has just come is like a case that is there already."""
        new = [event.case for event in heard.events if event.kind is Kind.OPENED][-MOST_NEW:]
        if new:
            from console.desk.likeness import likely_duplicates

            self.fetch(partial(likely_duplicates, self.desk, self.actor, new), self._tell_duplicates, "arrived")

    def _tell_duplicates(self, found: tuple[tuple[CaseId, Like], ...]) -> None:
        """Say what the first of them looks like, and show it in the preview of the case that it is like."""
        if found and not self.query(LineEntry):
            new, like = found[0]
            more = f" {counted(len(found) - 1, 'more new case')} may be duplicates too." if len(found) > 1 else ""
            self.say(f"New: {new} looks like {like.case.id}: {like.likeness.reason}.{more}")
        if self.table.case is not None and self.table.case.id in {like.case.id for _, like in found}:
            self.preview_now()

    @on(AlarmChanged)
    def _show_alarm(self) -> None:
        self.query_one(HeaderLine).is_behind = bool(self.console_app.alarm)

    @on(PeopleMoved)
    def _show_company(self) -> None:
        self.query_one(HeaderLine).company = beside(self.console_app.here, self.actor.id)

    def say_position(self) -> None:
        """Say where the cursor is, and grey the keys that do nothing there."""
        super().say_position()
        case = None if self.table.marks else self.table.case
        app = self.console_app
        self.query_one(KeyFooter).show(
            self.hints, denied(Where.QUEUE, self.actor, case, app.roster, is_readonly=app.is_readonly)
        )

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that stand in the footer."""
        return footer(Where.QUEUE, self.console_app.keymap)

    def _stands(self, heard: OthersActed) -> bool:
        """Say whether the view holds the same cases in the same order as before.

        On a played day time is too fast, and what is recommended for a case may turn by what happens to others.
        """
        if self.desk.pace != 1:
            return False
        try:
            parsed = query.parse(self.view.query)
            if parsed.names("advice"):
                return False
            finds = query.predicate(parsed, Asking(self.actor.person, self.desk.now(), self.desk.policy))
        except Refused:
            return False
        beside_it = Beside()
        return stands(
            self.view, parsed, lambda case: self.view.may_hold(case.id) and finds(case, beside_it), heard.lines,
            heard.events,
            is_timed=is_timed(self.desk),
        )  # fmt: skip

    def _read_now(self) -> None:
        """Read the view again, or in a moment where a key waits for other lines of it."""
        if all(worker.group != "window" or worker.is_finished for worker in self.workers):
            self._waits_to_read = False
            self._follow_many()
        elif not self._waits_to_read:
            self._waits_to_read = True
            self.set_timer(READ_AFTER, self._read_after_all)

    def _read_after_all(self) -> None:
        self._waits_to_read = False
        self._read_now()
