"""Cases that flip between two policies as rows: for better or worse, what either would have done, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from console.domain.backtest_words import UP_TO
from console.domain.flipped import Flip, Turn
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.moments import moment
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

SIGNS = {Turn.BETTER: "+", Turn.WORSE: "-", Turn.ELSEWHERE: "=", Turn.UNSETTLED: "?"}
TONES = {Turn.BETTER: "handle", Turn.WORSE: "late", Turn.ELSEWHERE: "", Turn.UNSETTLED: "ask"}
HEADS = ("in force", "draft", "happened")
LEAST_ID, LEAST_WHAT, FOOT = 4, 16, 12


@dataclass(frozen=True, slots=True)
class Sizes:
    """How wide the columns are that hold words of the policies."""

    id: int
    before: int
    after: int
    happened: int

    @property
    def fixed(self) -> int:
        """How much room they take, with the gaps between them."""
        return self.id + self.before + self.after + self.happened + 13


def sizes(flips: Sequence[Flip]) -> Sizes:
    """Give columns that hold the longest words of these cases."""
    words = [(short(each.before.says, ASCII), short(each.after.says, ASCII), each.happened) for each in flips]
    columns = [(head, [each[place] for each in words]) for place, head in enumerate(HEADS)]
    wide = [max(cell_len(safe_line(word)) for word in (head, *words)) for head, words in columns]
    return Sizes(max([LEAST_ID, *(len(str(each.case)) for each in flips)]), *wide)


def short(words: str, glyphs: Glyphs) -> str:
    """Say what a policy would have done with a case, with the sign of going up in the place of the words."""
    target = words.removeprefix(UP_TO)
    return f"{glyphs.escalate} {target}" if target != words else words


def heads(widths: Sizes) -> Section:
    """Give the heads of the columns."""

    def drawn(width: int) -> list[Row]:
        return [(Piece(f" {_columns(('', 'id', 'what', *HEADS), widths, width)}", "muted"),)]

    return drawn


def row(flip: Flip, widths: Sizes, glyphs: Glyphs) -> Section:
    """Give the row of one case."""

    def drawn(width: int) -> list[Row]:
        title = safe_line(flip.title, ascii_only=glyphs is ASCII)
        ends = (short(flip.before.says, glyphs), short(flip.after.says, glyphs), flip.happened)
        words = (SIGNS[flip.turn], str(flip.case), title, *ends)
        told = _columns(words, widths, width, glyphs.ellipsis)
        return [(Piece(" "), Piece(told[:2], TONES[flip.turn]), Piece(told[2:]))]

    return drawn


def foot(flip: Flip | None, now: datetime, glyphs: Glyphs) -> Section:
    """Say of a case when either policy would have done what it would have, and why."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        for label, way in zip(HEADS, (flip.before, flip.after) if flip else (), strict=False):
            words = f"{short(way.says, glyphs)}, {moment(way.at, now)}: {way.why}"
            told = cut(safe_line(words, ascii_only=glyphs is ASCII), width - FOOT - 1, glyphs.ellipsis)
            written.append((Piece(f" {label:<{FOOT - 1}}", "label"), Piece(told)))
        return written

    return drawn


def _columns(words: Sequence[str], widths: Sizes, width: int, ellipsis: str = "…") -> str:
    """Write the columns; what a case is about takes what the others leave."""
    sign, number, what, *rest = words
    room = max(width - widths.fixed, LEAST_WHAT)
    told = set_cell_size(cut(what, room, ellipsis), room)
    sized = zip(rest, (widths.before, widths.after, widths.happened), strict=True)
    ends = "  ".join(set_cell_size(cut(safe_line(word), size, ellipsis), size) for word, size in sized)
    return f"{sign or ' '}  {number:>{widths.id}}  {told}  {ends}"
