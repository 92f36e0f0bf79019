"""One column of a board in lines: its head, which says how it stands, and its cards of two lines each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from rich.cells import cell_len, set_cell_size

from console.domain.board import Axis, Column
from console.domain.case import Case, Status
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.moments import left, left_in_words, span
from console.tui.widgets.sheet import Piece, Row
from console.tui.widgets.tabs_line import short_number
from console.tui.widgets.wrapping import cut

LEAST = 19
"""The fewest cells in which a column can be read."""

HEAD, LEAST_HEAD, CARD = 4, 2, 2
"""How many lines the head of a column takes, where there is room and where there is little, and how many one card."""

LEAST_BAR, LONGEST_BAR, LEAST_ASIDE = 4, 10, 3
WORDY = 30
"""From so many cells on, a head says everything in words, in every column alike."""
LONG_NUMBER = 10_000_000


@dataclass(frozen=True, slots=True)
class Pen:
    """How a column is drawn: in so many cells, at which time, with which symbols, on a board of which columns.

    `digits` is how many cells the number of a case takes, so that what stands after it is in line.
    """

    width: int
    now: datetime
    glyphs: Glyphs
    axis: Axis
    digits: int = 1

    def safe(self, text: str) -> str:
        """Make foreign text safe to show here."""
        return safe_line(text, ascii_only=self.glyphs is ASCII)

    def fitted(self, text: str, width: int | None = None) -> str:
        """Cut or fill a text to the width of the column, or another one."""
        room = self.width if width is None else width
        return set_cell_size(cut(text, room, self.glyphs.ellipsis), room)


def in_sight(width: int) -> int:
    """Say how many columns there is room for at most."""
    return max((width + 1) // (LEAST + 1), 1)


def head_lines(height: int) -> int:
    """Say how many lines of a head there is room for besides some cards."""
    return HEAD if height > HEAD + 3 * CARD else LEAST_HEAD


def widths(width: int, count: int) -> tuple[int, ...]:
    """Share a width out over as many columns as can be read, with one cell between them."""
    shown = max(min(count, in_sight(width)), 1)
    return (max((width - shown + 1) // shown, 1),) * shown


def digits(cases: Iterable[Case]) -> int:
    """Say how many cells the numbers of cases take; the long ones of confidential cases may stand out."""
    return max((len(str(case.id)) for case in cases if case.id < LONG_NUMBER), default=1)


def head(column: Column, pen: Pen, *, is_current: bool) -> tuple[Row, ...]:
    """Say how a column stands: its name, its cases, and what its people have in hand."""
    title = Piece(pen.fitted(pen.safe(column.title)), "current" if is_current else "title")
    return (title,), _counts(column, pen), _load(column, pen), (Piece(pen.glyphs.rule * pen.width, "rule"),)


def card(case: Case, pen: Pen, *, sign: str = "", tone: str = "", bar: str = " ") -> tuple[Row, Row]:
    """Draw one case; with a `tone`, both lines are of that one. `sign` stands for the one the case has of itself."""
    is_late = case.is_late(pen.now)
    own = pen.glyphs.warning if is_late else pen.glyphs.waiting if case.status is Status.WAITING else " "
    front = f"{bar}{sign or own}{case.id:>{pen.digits}} "
    told = left_in_words(case, pen.now) if pen.width >= WORDY else left(case, pen.now)
    time = f" {told or pen.glyphs.nothing}"
    severity = case.severity.name
    aside = _aside(case, pen, pen.width - cell_len(front + severity + time) - 1)
    title = pen.fitted(f"{bar} {pen.safe(case.title)}")
    if tone:
        return (Piece(pen.fitted(f"{front}{severity}{time}{aside}"), tone),), (Piece(title, tone),)
    if is_late:
        first: Row = (Piece(f"{front}{severity}{time}", "late"), Piece(aside, "muted"))
    else:
        first = (Piece(front), Piece(severity, severity.lower()), Piece(time), Piece(aside, "muted"))
    return filled(first, pen.width), (Piece(title),)


def below(number: int, pen: Pen) -> Row:
    """Say how many cards there are below those that fit."""
    return (Piece(pen.fitted(f"  {number:,} more" if number > 0 else ""), "muted"),)


def filled(row: Row, width: int) -> Row:
    """Fill a row up to a width with blanks; it must not be wider."""
    gap = width - sum(cell_len(piece.text) for piece in row)
    return (*row, Piece(" " * gap)) if gap > 0 else row


def _counts(column: Column, pen: Pen) -> Row:
    """Say how many cases there are, how many of them late, and how old the oldest is, in as many words as fit."""
    if not column.count:
        return (Piece(pen.fitted("no cases"), "muted"),)
    count, age = short_number(column.count), span(pen.now - column.oldest) if column.oldest else ""
    late = f"{pen.glyphs.warning}{short_number(column.late)}" if column.late else ""
    written = (
        (f"{count} {'case' if column.count == 1 else 'cases'}", f"  {late} late", f"  oldest {age}"),
        (count, f"  {late} late", f"  {age} old"),
        (count, f" {late} late", f" {age} old"),
        (count, f" {late}", f" {age}"),
    )
    for told in written[0 if pen.width >= WORDY else 1 :]:
        parts = (told[0], told[1] if late else "", told[2] if age else "")
        if cell_len("".join(parts)) <= pen.width:
            break
    return filled((Piece(parts[0]), Piece(parts[1], "late"), Piece(parts[2], "muted")), pen.width)


def _load(column: Column, pen: Pen) -> Row:
    """Say what the people of a column have in hand, of how much, with a bar as long as there is room for."""
    if column.load is None:
        return (Piece(" " * pen.width),)
    of = f"/{short_number(column.capacity)}" if column.capacity is not None else " in hand"
    told = f"load {short_number(column.load)}{of} " if column.capacity is not None else f"{column.load}{of}"
    tone = "late" if column.is_full else ""
    room = min(pen.width - cell_len(told), LONGEST_BAR)
    if not column.capacity or room < LEAST_BAR:
        return filled((Piece(pen.fitted(told), tone),), pen.width)
    full = min(-(-column.load * room // column.capacity), room)
    bar = pen.glyphs.block * full
    return filled((Piece(told, tone), Piece(bar, tone), Piece(pen.glyphs.waiting * (room - full), "muted")), pen.width)


def _aside(case: Case, pen: Pen, room: int) -> str:
    """Say who has a case, or on a board of people where it is, at the right where there is room."""
    safe = partial(safe_line, ascii_only=pen.glyphs is ASCII)
    where = case.team or f"tier {case.tier}"
    told = safe(where if pen.axis is Axis.PERSON else case.handler or "")
    if room < min(LEAST_ASIDE, cell_len(told)):
        return ""
    return f" {cut(told, room, pen.glyphs.ellipsis):>{room}}"
