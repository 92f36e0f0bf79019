"""What the screens of figures show, as rows: the list of reports, one report's head and table, what a figure is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from rich.cells import set_cell_size

from console.domain.safe import safe_line
from console.reports.as_table import GAP, Line, table
from console.reports.catalogue import REPORTS
from console.reports.report import Definition, Report, Row
from console.reports.words import is_number, number, shown
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.row_list import Item
from console.tui.widgets.sheet import Piece, Rows, Section
from console.tui.widgets.sheet import Row as Drawn
from console.tui.widgets.wrapping import cut, folded

COUNTING_ON = "counting ..."
FINDING = "finding its cases ..."
NOTHING = """Nothing of this is there.

p asks for another period, v for another view; Tab shows the next report."""
SAID = 2
"""In how many lines at most a report's sentence stands."""
MANY = 20
"""From more reports than this on they stand under their kinds."""


def ordered() -> tuple[Definition, ...]:
    """Give the reports as they are listed: where there are many, those of a kind together."""
    known = tuple(REPORTS.values())
    kinds = list(dict.fromkeys(each.kind for each in known))
    return tuple(sorted(known, key=lambda each: kinds.index(each.kind))) if len(known) > MANY else known


def lines(reports: Sequence[Definition], made: Mapping[str, Report], glyphs: Glyphs) -> list[Item]:
    """Give a line for each report: its title, and what it comes to as soon as that is counted, else what it tells."""
    kinds = max(len(each.kind) for each in reports) if len(reports) > MANY else 0
    titles = max(len(each.title) for each in reports)
    before, found = "", []
    for place, each in enumerate(reports):
        kind = each.kind if kinds and each.kind != before else ""
        fronts = (f"{kind:<{kinds}}  " if kinds else "", f"{each.title:<{titles}}  ")
        found.append(Item(place, partial(_line, fronts, each, made.get(each.name), glyphs)))
        before = each.kind
    return found


def _line(fronts: tuple[str, str], each: Definition, report: Report | None, glyphs: Glyphs, width: int) -> list[Drawn]:
    room = max(width - sum(map(len, fronts)) - 2, 0)
    told = cut(safe_line(report.said if report else each.says, ascii_only=glyphs is ASCII), room, glyphs.ellipsis)
    return [(Piece(" "), Piece(fronts[0], "muted"), Piece(fronts[1]), Piece(told, "" if report else "muted"))]


def headed(title: str, of: str) -> Section:
    """Give the title of the list, and what all of it is about."""

    def rows(width: int) -> list[Drawn]:
        written = Rows(width)
        written.head(title, of)
        return written

    return rows


def about(each: Definition) -> Section:
    """Say what a report tells, and by which name a command prints it."""

    def rows(width: int) -> list[Drawn]:
        aside = f"  triage report {each.name} "
        said = cut(f" {safe_line(each.says)}", max(width - len(aside), 1))
        return [(Piece(set_cell_size(said, max(width - len(aside), 1))), Piece(aside, "muted"))]

    return rows


def report_head(called: str, said: str, of: str = "") -> Section:
    """Give the head of a report: its title and how a command prints it, its sentence, and what it is about."""

    def rows(width: int) -> list[Drawn]:
        name = cut(f" {safe_line(REPORTS[called].title)}", width)
        aside = f"triage report {called} ".rjust(max(width - len(name), 0))
        return [
            (Piece(name, "head"), Piece(aside, "muted")),
            *((Piece(f" {line}", "strong"),) for line in folded(safe_line(said), width - 2)[:SAID]),
            (Piece(cut(f" {safe_line(of)}", width), "muted"),),
        ]

    return rows


class Laid:
    """A report as a table on the screen: its headings, its rows, and which piece of a row shows a figure."""

    def __init__(self, report: Report, glyphs: Glyphs) -> None:
        """Take the report; it is laid out once for each width."""
        self.report = report
        self._at = lru_cache(2)(partial(table, report, ascii_only=glyphs is ASCII))

    @property
    def items(self) -> list[Item]:
        """The rows."""
        return [Item(hash(row.key), partial(self._row, place + 1)) for place, row in enumerate(self.report.rows)]

    def headings(self, width: int) -> list[Drawn]:
        """Give the row of headings."""
        return self._row(0, width) if self.report.rows else []

    def piece_of(self, key: str, width: int) -> int:
        """Give which piece of a row shows this column."""
        line = self._line(0, width)
        return next((1 + 2 * place for place, part in enumerate(line) if part.key == key and not part.is_bar), -1)

    def _row(self, place: int, width: int) -> list[Drawn]:
        drawn = [Piece(" ")]
        for part in self._line(place, width):
            tone = "head" if part.is_bar else "" if place else "muted"
            drawn += [Piece(part.text, tone), Piece(GAP)]
        return [tuple(drawn[:-1])]

    def _line(self, place: int, width: int) -> Line:
        return self._at(max(width - 2, 1))[place]


def figures_of(report: Report, row: Row) -> list[str]:
    """Give the columns of a row that lead to cases, from left to right."""
    return [column.key for column in report.columns if column.key in row.drills]


def figure(report: Report, row: Row, key: str) -> str:
    """Say which figure of a row this is: `week of 2 Nov: arrived 66`."""
    told = {
        column.key: f"{column.heading} {shown(cell)}" for column, cell in zip(report.columns, row.cells, strict=True)
    }
    return f"{named(report, row)}: {told[key]}"


def number_of(report: Report, row: Row, key: str) -> float:
    """Give how much a figure is, where it leads to cases."""
    cells = {column.key: cell for column, cell in zip(report.columns, row.cells, strict=True)}
    return number(cells[key]) if key in row.drills else 0


def named(report: Report, row: Row) -> str:
    """Name a row by its words: `response S2`."""
    return " ".join(
        shown(cell) for column, cell in zip(report.columns, row.cells, strict=True) if not is_number(column)
    )
