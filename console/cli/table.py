"""Tables fitted to the width at hand: one column gives way, and what does not fit is cut off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from console.domain.explanation import short
from console.domain.recommendation import Verdict
from console.domain.safe import padded, safe_line, width
from console.domain.views import Line
from console.tui.widgets.moments import left

GAP = "  "
SIGNS = {Verdict.ESCALATE: "^", Verdict.HANDLE: "=", Verdict.ASK: "?"}
CASE_HEADS = ("id", "sev", "left", "what", "by", "advice")
WHAT = CASE_HEADS.index("what")
LONGEST_NAME = 10


def rows_of(lines: Sequence[Line], now: datetime) -> list[tuple[str, ...]]:
    """Give the cells of cases as the queue on the screen shows them."""
    return [_row(line, now) for line in lines]


def fitted(heads: Sequence[str], rows: Sequence[Sequence[str]], wide: int, gives_way: int) -> list[str]:
    """Give the lines of a table of at most `wide` columns; the column `gives_way` takes what the others leave."""
    cells = [[safe_line(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(heads))]
    others = sum(widths) - widths[gives_way] + len(GAP) * (len(widths) - 1)
    widths[gives_way] = min(widths[gives_way], max(wide - others, len(heads[gives_way])))
    return [GAP.join(map(padded, row, widths)).rstrip() for row in cells]


def _row(line: Line, now: datetime) -> tuple[str, ...]:
    case = line.case
    _, words = short(line.advice, case)
    who = padded(safe_line(case.handler), LONGEST_NAME).rstrip() if case.handler else "-"
    return (
        str(case.id), case.severity.name, left(case, now), case.title, who,
        f"{SIGNS[line.advice.verdict]} {words}",
    )  # fmt: skip
