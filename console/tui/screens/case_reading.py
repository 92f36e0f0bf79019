"""Reading one case: its parts, one or two panes of them, kept in step with what happens to it."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize, ScreenResume

from console.desk import why
from console.desk.queues import Dossier
from console.domain.case import Case, CaseId
from console.domain.errors import RefusalCode
from console.domain.presence import Doing
from console.tui.keys import Where, footer
from console.tui.messages import CaseChanged, CasesTouched, WasRefused
from console.tui.screens import case_pages
from console.tui.screens.at_case import AtCase
from console.tui.screens.case_pages import Opened, Part, Reading, Times
from console.tui.screens.denied import denied
from console.tui.screens.scrolling import Scrolling
from console.tui.widgets.case_facts import standing
from console.tui.widgets.case_head import CaseHead, Heading
from console.tui.widgets.case_tabs import CaseTabs, Parts
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine

WIDE = 100
"""From so many cells on, advice and facts have a pane of their own."""


class CaseReading(AtCase, Scrolling):
    """Shows one case, part by part."""

    doing: Doing = Doing.LOOKING

    def __init__(self, case_id: CaseId, part: Part = Part.CASE) -> None:
        """Take the case to show, and the part to begin with."""
        super().__init__()
        self.case_id = case_id
        self.dossier: Dossier | None = None
        self._part = part
        self._is_behind = False
        self._times = Times()
        self._read: Opened | None = None

    @property
    def at_hand(self) -> Case | None:
        """The case as it is shown."""
        return self.dossier.case if self.dossier else None

    def compose(self) -> ComposeResult:
        """Lay out head, parts, one or two panes, and the keys."""
        yield CaseHead()
        yield CaseTabs()
        yield RuleLine(self.glyphs)
        with Horizontal():
            yield Sheet(id="main")
            yield Sheet(id="side")
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Ask for the case."""
        self.query_one(KeyFooter).show(footer(Where.CASE, self.console_app.keymap))
        self._load()

    def action_next_tab(self) -> None:
        """Show the next part."""
        self.turn_to(Part((self._part + 1) % len(Part)))

    def action_previous_tab(self) -> None:
        """Show the part before."""
        self.turn_to(Part((self._part - 1) % len(Part)))

    def action_history(self) -> None:
        """Show the history."""
        self.turn_to(Part.HISTORY)

    def action_time(self) -> None:
        """Show what time does to the case: clocks, what comes next, what fired and what did not."""
        self.turn_to(Part.TIME)

    def action_times(self) -> None:
        """Tell all of the clocks, with local times, or the short form again."""
        self._times = Times(self._times.why, is_full=not self._times.is_full)
        self.turn_to(Part.TIME)

    def on_resize(self, _: Resize) -> None:
        """Share the width out anew."""
        self._show()

    def follow(self, case: Case) -> None:  # noqa: ARG002 - the history has grown as well
        """Read the case again; under a dialog, once that closes, so that it acts on what the person saw."""
        self._is_behind = True
        self._catch_up()

    @on(ScreenResume)
    def _catch_up(self) -> None:
        if self._is_behind and self.app.screen is self:
            self._load()

    @on(CaseChanged)
    @on(CasesTouched)
    def _load(self) -> None:
        self._is_behind = False
        self.fetch(partial(case_pages.opened, self.desk, self.actor, self.case_id), self._was_read, "dossier")
        if self._part is Part.TIME:
            self._read_time()

    def _read_time(self) -> None:
        read = partial(why.why, self.desk, self.actor, self.case_id)
        self.fetch(read, lambda found: self._time_was_read(Times(found.why, is_full=self._times.is_full)), "time")

    def _time_was_read(self, times: Times) -> None:
        self._times = times
        self._show()

    @on(WasRefused)
    def _look_again(self, event: WasRefused) -> None:
        """Show who was first."""
        if event.refusal.code is RefusalCode.CONFLICT:
            self._load()

    def _was_read(self, read: Opened) -> None:
        self._read, self.dossier, dossier = read, read.dossier, read.dossier
        app = self.console_app
        greyed = denied(Where.CASE, self.actor, dossier.case, app.roster, is_readonly=app.is_readonly)
        self.query_one(KeyFooter).show(footer(Where.CASE, app.keymap), greyed)
        self._show()

    def turn_to(self, part: Part) -> None:
        """Show another part, from its top."""
        if part is Part.TIME and self._part is not part:
            self._read_time()
        self._part = part
        self._show()
        self.action_move_first()

    def _show(self) -> None:
        read, is_wide = self._read, self.size.width >= WIDE
        if read is None:
            return
        dossier = read.dossier
        now = self.desk.now()
        reading = Reading(dossier, self.desk.policy, now, self.glyphs, self._times, read.kin)
        self.query_one(CaseHead).heading = Heading(dossier.case, now)
        aside = standing(dossier.case, now)
        self.query_one(CaseTabs).parts = Parts(case_pages.names(dossier), self._part, aside)
        self.sheet.show(*case_pages.main(reading, self._part, is_wide=is_wide))
        side = self.query_one("#side", Sheet)
        side.display = is_wide
        side.show(*(case_pages.side(reading) if is_wide else ()))
