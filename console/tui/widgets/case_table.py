"""The queue's table: draws a window of a view line by line, and keeps its cursor on a case, not on a row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from console.domain.case import Case, CaseId
from console.domain.views import Anchor, Line, Window
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.case_line import Columns, columns, heads, pieces, under_cursor
from console.tui.widgets.group_rows import Groups, Head, Layout, Shown, drawn
from console.tui.widgets.reading_on import about, above, below, size_of
from console.tui.widgets.sheet import Piece, Row

HEAD = 1
SCREENS_HELD = 12
TONES = ("head", "group", "row", "late", "cursor", "mark", "s1", "s2", "s3", "s4", "escalate", "handle", "ask")


class CaseTable(Widget, can_focus=True):
    """Shows the lines around the cursor; what it does not hold it asks for with `Wanted` and moves when it comes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"case-table--{name}" for name in TONES}
    DEFAULT_CSS = """
    CaseTable {
        .case-table--head { color: $muted; }
        .case-table--group { color: $accent; }
        .case-table--row { color: $foreground; }
        .case-table--late { color: $late; }
        .case-table--cursor { color: $foreground; background: $cursor-bg; text-style: bold; }
        .case-table--mark { color: $mark; }
        .case-table--s1 { color: $severity-1; } .case-table--s2 { color: $severity-2; }
        .case-table--s3 { color: $severity-3; } .case-table--s4 { color: $severity-4; }
        .case-table--escalate { color: $escalate; }
        .case-table--handle { color: $handle; } .case-table--ask { color: $ask; }
    }
    """

    class Moved(Message):
        """The cursor stands on another case, or on none."""

        def __init__(self, case: Case | None) -> None:
            self.case = case
            super().__init__()

    class Wanted(Message):
        """Lines are needed that the window does not hold."""

        def __init__(self, index: int, size: int, near: Anchor | None) -> None:
            self.index, self.size, self.near = index, size, near
            super().__init__()

    class Lost(Message):
        """The case under the cursor is no longer in the view."""

        def __init__(self, case: Case) -> None:
            self.case = case
            super().__init__()

    def __init__(self, glyphs: Glyphs = UNICODE, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.glyphs = glyphs
        self.window = Window()
        self.groups = Groups()
        self.now = datetime.min.replace(tzinfo=UTC)
        self.marks: frozenset[CaseId] = frozenset()
        self.place = 0
        self._top = 0
        self._target: int | None = None
        self._cursor: Line | None = None
        self._columns = Columns(4, 1)
        self._drawn: dict[tuple[CaseId, bool, bool], Strip] = {}

    # What it shows

    @property
    def case(self) -> Case | None:
        """The case under the cursor."""
        return self._cursor.case if self._cursor else None

    @property
    def rows(self) -> int:
        """How many cases fit."""
        return max(self.size.height - HEAD, 1)

    @property
    def size_wanted(self) -> int:
        """How many lines a window should hold: a few screens of them."""
        return size_of(self.rows)

    @property
    def index_wanted(self) -> int:
        """Where a window around the cursor should begin."""
        return max(self.place - self.size_wanted // 2, 0)

    def show(self, window: Window, now: datetime) -> None:
        """Show a window of the same view: the cursor stays on its case, or goes to the place a jump has asked for."""
        before, top = self._seen(), self._top
        self.window, self.now = window, now
        self._set_columns()
        self._settle_cursor()
        self._keep_in_sight()
        self._refresh_changed(before, top)

    def renew(self, lines: Iterable[Line], now: datetime) -> None:
        """Show cases of the window as they are now, each where it stands; only lines that changed are drawn."""
        before, self.now = self._seen(), now
        self.window = self.window.renewed(lines)
        self._cursor = self._line_at(self.place)
        self._drawn.clear()
        self._refresh_changed(before, self._top)

    def extend(self, more: Window, now: datetime) -> None:
        """Show what was read beside the window as well; what does not fit to it any more is read as a whole."""
        joined = self.window.joined(more, SCREENS_HELD * self.rows)
        wanted = self.place if self._target is None else self._target
        if joined is not None or more.first <= wanted < more.end:
            self.show(joined or more, now)
        else:
            self._want(wanted)

    def open(self, window: Window, now: datetime) -> None:
        """Show a window of another view, with the cursor on its first case unless the one at hand is in it."""
        held = self.case.id if self.case else None
        place = next((p for p, line in enumerate(window.lines, window.first) if line.case.id == held), window.first)
        self.window, self.now, self._target, self._top = window, now, None, 0
        self._set_columns()
        self._put_cursor(place)
        self._keep_in_sight()
        self.refresh()

    def group_by(self, groups: Groups) -> None:
        """Stand the cases under the heads of their groups."""
        if groups != self.groups:
            before, top = self._seen(), self._top
            self.groups = groups
            self._keep_in_sight()
            self._refresh_changed(before, top)

    def mark(self, ids: Iterable[CaseId]) -> None:
        """Mark exactly these cases."""
        wanted = frozenset(ids)
        changed = wanted ^ self.marks
        self.marks = wanted
        for row, line in enumerate(self._seen()):
            if isinstance(line, Line) and line.case.id in changed:
                self._refresh_row(row)

    # How the cursor moves

    def move_by(self, steps: int) -> None:
        """Move the cursor so many cases down, or up."""
        self.move_to((self.place if self._target is None else self._target) + steps)

    def page_by(self, pages: int) -> None:
        """Move the cursor one page down, or up, of the cases in sight."""
        place = self.place if self._target is None else self._target
        self.move_to(self._layout.page_down(place) if pages > 0 else self._layout.page_up(place))

    def move_to(self, place: int) -> None:
        """Move the cursor to a place of the view, at once or as soon as the lines there are known."""
        place = max(0, min(place, self.window.total - 1))
        top = self._layout.top_for(place, self.window.total)
        if not self._holds(top, top + self.rows):
            self._target = place
            self._want(place)
            return
        self._target = None
        if place == self.place:
            return
        old, was_top = self.place, self._top
        self._put_cursor(place)
        self._top = top
        if top == was_top:
            self._refresh_row(self._layout.row_of(old))
            self._refresh_row(self._layout.row_of(place))
        else:
            self.refresh()
        if place > old and not self._holds(top, top + 2 * self.rows):
            self.post_message(self.Wanted(*below(self.window, self.rows)))
        elif place < old and not self._holds(top - self.rows, top + self.rows):
            self.post_message(self.Wanted(*above(self.window, self.rows)))

    def _settle_cursor(self) -> None:
        held = self.case
        if self._target is not None and self._line_at(self._target) is not None:
            self._put_cursor(self._target)
            self._target = None
            return
        for place, line in enumerate(self.window.lines, self.window.first):
            if held is not None and line.case.id == held.id:
                self._top += place - self.place
                self.place, self._cursor = place, line
                return
        last = self.window.first + len(self.window.lines) - 1
        self._put_cursor(max(min(self.place, last), self.window.first))
        if held is not None:
            self.post_message(self.Lost(held))

    def _put_cursor(self, place: int) -> None:
        before = self.case.id if self.case else None
        self._cursor = self._line_at(place)
        self.place = place if self._cursor else 0
        if (self.case.id if self.case else None) != before:
            self.post_message(self.Moved(self.case))

    def _want(self, place: int) -> None:
        """Ask for the lines around a place."""
        self.post_message(self.Wanted(*about(place, self.window.total, self.rows, (self.place, self.case))))

    def _keep_in_sight(self) -> None:
        self._top = self._layout.top_for(self.place, self.window.total)

    def _holds(self, first: int, end: int) -> bool:
        first, end = max(first, 0), min(end, self.window.total)
        return self.window.first <= first and end <= self.window.first + len(self.window.lines)

    def _line_at(self, place: int) -> Line | None:
        index = place - self.window.first
        return self.window.lines[index] if 0 <= index < len(self.window.lines) else None

    # How it is drawn

    @property
    def _layout(self) -> Layout:
        return Layout(self._line_at, self.groups, self._top, self.rows)

    def _seen(self) -> list[Shown]:
        return self._layout.shown

    def _refresh_changed(self, before: list[Shown], top: int) -> None:
        """Draw only the lines that have changed."""
        moved = top - self._top
        for row, (old, new) in enumerate(zip(before, self._seen(), strict=True)):
            if old != new or moved:
                self._refresh_row(row)

    def _refresh_row(self, row: int) -> None:
        if 0 <= row < self.rows:
            self.refresh(Region(0, row + HEAD, self.size.width, 1))

    def notify_style_update(self) -> None:
        """Draw everything again: the colours may have changed."""
        self._drawn.clear()
        super().notify_style_update()

    def _set_columns(self) -> None:
        """Share the width out; whatever was drawn before may be wrong now."""
        self._drawn.clear()
        largest = max((line.case.id for line in self.window.lines), default=CaseId(0))
        wanted = columns(self.size.width, largest)
        if wanted != self._columns:
            self._columns = wanted
            self.refresh()

    def on_resize(self, _: Resize) -> None:
        """Share the width out again, and keep the cursor in sight."""
        self._set_columns()
        self._keep_in_sight()
        if self.window.total and not self._holds(self._top, self._top + self.rows):
            self._want(self.place)

    def render_line(self, y: int) -> Strip:
        """Give one line: the heads of the columns, or a case."""
        width = self.size.width
        if y < HEAD:
            return self._strip((Piece(heads(self._columns), "head"),), width)
        line = self._seen()[y - HEAD] if y - HEAD < self.rows else None
        if line is None:
            return Strip.blank(width, self._tone(""))
        if isinstance(line, Head):
            return self._strip(drawn(line, self.glyphs, width), width)
        draw = under_cursor if self.case and line.case.id == self.case.id else pieces
        is_marked = line.case.id in self.marks
        key = (line.case.id, draw is pieces, is_marked)
        if key not in self._drawn:
            row = draw(line, self.now, self.glyphs, self._columns, is_marked=is_marked)
            self._drawn[key] = self._strip(row, width)
        return self._drawn[key]

    def _strip(self, row: Row, width: int) -> Strip:
        segments = [Segment(piece.text, self._tone(piece.tone)) for piece in row]
        return Strip(segments).adjust_cell_length(width, self._tone(""))

    def _tone(self, tone: str) -> Style:
        return self.get_component_rich_style(f"case-table--{tone or 'row'}")
