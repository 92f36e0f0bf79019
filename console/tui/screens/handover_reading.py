"""What the shift handover shows: one part with what goes out, one with what comes in, read together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import IntEnum

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from console.desk import handover
from console.desk.handover import Outgoing, Row
from console.domain.case import CaseId
from console.tui.keys import Hint, Where, footer
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.handing_over import Handing, told_coming, told_going
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.widgets import handover_rows
from console.tui.widgets.case_tabs import CaseTabs, Parts
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.row_list import Item, RowList
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.status_line import StatusLine

NOTHING_GOES = """You handle no case, so there is nothing to hand over.

Cases that are marked in the queue (Space, V) are handed over from there with H, whoever has them.
[ and ] show what waits for you."""
NOTHING_COMES = """Nothing waits to be taken on.

What another shift hands over to you, or to whoever comes, shows up here by itself.
[ and ] show what you hand over."""


class Part(IntEnum):
    """The two parts of the screen."""

    GOING = 0
    COMING = 1


class HandoverReading(ListMoves, DeskScreen):
    """A screen with the two parts."""

    def __init__(self, ids: Sequence[CaseId] = ()) -> None:
        """Take the cases that are marked; without any, it is about those one handles."""
        super().__init__()
        self._ids = tuple(ids)
        self.part: Part | None = Part.GOING if ids else None
        self.handing = Handing(self.actor.id)

    @property
    def moved_list(self) -> Movable:
        """The rows of the open part."""
        return self.query_one(RowList)

    def compose(self) -> ComposeResult:
        """Lay out the parts, the rows and the keys."""
        yield Static(Content("Shift handover"), id="title")
        yield CaseTabs()
        yield RuleLine(self.glyphs)
        yield RowList(self.glyphs)
        yield RuleLine(self.glyphs, id="position")
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Read both parts."""
        self.query_one(RowList).focus()
        self._read()

    def action_next_tab(self) -> None:
        """Show the other part."""
        self.part = Part.GOING if self.part is Part.COMING else Part.COMING
        self._show()
        self.action_move_first()

    def action_previous_tab(self) -> None:
        """Show the other part."""
        self.action_next_tab()

    @property
    def going_row(self) -> Outgoing | None:
        """What would go out, under the cursor; None in the other part."""
        return self.handing.find(self.query_one(RowList).current) if self.part is Part.GOING else None

    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def _read(self) -> None:
        self.fetch(self._both, self._was_read, "handover")

    def _both(self) -> tuple[tuple[Outgoing, ...], tuple[Row, ...]]:
        desk, actor = self.desk, self.actor
        return handover.outgoing(desk, actor, self._ids), handover.pending(desk, actor)

    def _was_read(self, found: tuple[tuple[Outgoing, ...], tuple[Row, ...]]) -> None:
        going, coming = found
        if self.part is None:
            self.part = Part.COMING if coming else Part.GOING
        self.stand(self.handing.read_again(going, coming, self.desk.now()))

    def stand(self, handing: Handing) -> None:
        """Show the handover as it stands now."""
        self.handing = handing
        self._show()

    def _show(self) -> None:
        handing, now = self.handing, self.desk.now()
        names = (f"To hand over {len(handing.going)}", f"Waits for you {len(handing.coming)}")
        self.query_one(CaseTabs).parts = Parts(names, self.part or Part.GOING, self._aside)
        told = (
            [told_coming(row, now) for row in handing.coming]
            if self.part is Part.COMING
            else [told_going(handing, row, now) for row in handing.going]
        )
        items = [Item(each.case.id, handover_rows.rows(each, now, self.glyphs)) for each in told]
        self.query_one(RowList).show(items, NOTHING_COMES if self.part is Part.COMING else NOTHING_GOES)
        self.query_one(KeyFooter).show(self._hints())

    def _hints(self) -> list[Hint]:
        """Give the keys that do something in the open part, Enter by what it does there."""
        is_going = self.part is not Part.COMING
        other = {"accept-row"} if is_going else {"hand-over", "mean-for", "toggle-row"}
        words = "write" if is_going else "accept"
        hints = footer(Where.HANDOVER, self.console_app.keymap)
        return [replace(hint, words=words) if hint.id == "row" else hint for hint in hints if hint.id not in other]

    @property
    def _aside(self) -> str:
        if self.part is Part.COMING:
            return ""
        return f"H hands over {len(self.handing.to_send)} of them" if self.handing.going else ""
