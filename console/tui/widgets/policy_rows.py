"""The policy's text as rows: the number of each line, how it stands to the text in force, what is remarked on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.domain.policy_draft import Line, Mark, is_header
from console.domain.policy_file import Fault
from console.domain.policy_finding import Grade
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.row_list import RowList
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import folded

NUMBER, GUTTER = 5, 9
"""How wide the number of a line stands, and where its text begins."""
SIGNS = {Grade.ERROR: "!", Grade.LINT: "?", Grade.NOTE: "i"}
TONES = {Grade.ERROR: "late", Grade.LINT: "ask", Grade.NOTE: "muted"}
GRADES = {Grade.ERROR: "error", Grade.LINT: "doubt", Grade.NOTE: "note"}
ROOM_BELOW = 3
"""How many rows below a line that is jumped to are to be seen."""
FOOT = 3
"""How many rows what is to be said of a line may take."""

Remarks = Mapping[int, Sequence[Fault]]
"""What is to be said of the lines of a draft, by their number counted from 1."""


class PolicyList(RowList):
    """The lines of the policy."""

    @property
    def top_row(self) -> int:
        """In which row of the list the line under the cursor begins."""
        return max(self._first[self._place] - self._top, 0) if self._first else 0

    def jump_to(self, place: int) -> None:
        """Move the cursor far, and show what stands around the line there."""
        height = max(self.size.height, 1)
        if self._first and not self._top <= self._first[place] < self._top + height - ROOM_BELOW:
            self._top = self._first[place] - height // 3
            self.refresh()
        self.move_to(place)


@dataclass(frozen=True, slots=True)
class Under:
    """All there is to say of the line under the cursor."""

    mark: Mark = Mark.SAME
    was: str = ""
    table: str = ""
    remarks: Sequence[Fault] = ()


def gutter(line: Line, remarks: Sequence[Fault]) -> str:
    """Give what stands before a line: its number, its mark and the sign of what weighs most on it."""
    number = "" if line.mark is Mark.REMOVED else f"{line.place + 1}"
    return f" {number:>{NUMBER}} {line.mark}{sign(remarks)}"


def sign(remarks: Sequence[Fault]) -> str:
    """Give the sign of the heaviest remark."""
    return next((mark for grade, mark in SIGNS.items() if any(each.grade is grade for each in remarks)), " ")


def rows(line: Line, remarks: Sequence[Fault], glyphs: Glyphs) -> Section:
    """Give the rows of one line, wrapped below where its text begins."""

    def drawn(width: int) -> list[Row]:
        text = safe_line(line.text.replace("\t", "    "), ascii_only=glyphs is ASCII)
        words = text.lstrip()
        indent = " " * (len(text) - len(words))
        first, *rest = folded(words, width - GUTTER - len(indent))
        front, tone = gutter(line, remarks), _tone(line)
        mark = _tone_of(remarks) or ("mark" if line.mark is not Mark.SAME else "muted")
        row = (Piece(front[: NUMBER + 1], "muted"), Piece(front[NUMBER + 1 :], mark), Piece(f"{indent}{first}", tone))
        return [row, *((Piece(f"{' ' * GUTTER}{indent}{part}", tone),) for part in rest)]

    return drawn


def under(line: Line, table: str, remarks: Sequence[Fault]) -> Under:
    """Give what there is to say of a line; the same for lines of which the same is to be said."""
    return Under(line.mark, line.was if line.mark is Mark.CHANGED else "", table, tuple(remarks))


def foot(told: Under) -> Section:
    """Give what is to be said of the line under the cursor: what is in force in its place, its faults, its table."""

    def drawn(width: int) -> list[Row]:
        written = Rows(width)
        if told.mark is Mark.REMOVED:
            written.told("taken out", "in force, and not in the draft; x puts it back", "mark", indent=1)
        elif told.mark is not Mark.SAME:
            written.told("in force", told.was.strip() or "nothing in its place", "strong", indent=1)
        for each in told.remarks:
            written.told(GRADES[each.grade], each.sentence, TONES[each.grade], indent=1)
        if told.table and not written:
            written.told("table", told.table, "muted", indent=1)
        return written[:FOOT]

    return drawn


def _tone(line: Line) -> str:
    if line.mark is not Mark.SAME:
        return "muted" if line.mark is Mark.REMOVED else "strong"
    if is_header(line.text):
        return "head"
    return "muted" if line.text.lstrip().startswith("#") else ""


def _tone_of(remarks: Sequence[Fault]) -> str:
    return next((TONES[grade] for grade in TONES if any(each.grade is grade for each in remarks)), "")
