"""Knowledge articles as rows: which, how often it helped, and its text to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.cells import cell_len, set_cell_size

from console.domain.articles import Article, Fitting
from console.domain.safe import safe_block, safe_line
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

NAME, BESIDE = 12, 2
"""How wide the name of an article stands, and how many articles stand beside other things."""


def entry(each: Fitting, glyphs: Glyphs = UNICODE) -> Section:
    """Give the row of one article: its name, its title, and what came of it; what was tried here recedes."""

    def rows(width: int) -> Sequence[Row]:
        name = set_cell_size(cut(f"  {safe_line(each.article.id)}", NAME - 1, glyphs.ellipsis), NAME)
        aside = f"  {safe_line(each.says)} "
        room = max(width - NAME - cell_len(aside), 1)
        title = set_cell_size(cut(safe_line(each.article.title), room, glyphs.ellipsis), room)
        tone = "muted" if each.was_tried else "strong" if each.is_meant else ""
        return [(Piece(name, "label"), Piece(title, tone), Piece(aside, "muted"))]

    return rows


def beside(every: Sequence[Fitting]) -> Section:
    """Give the best articles for a case in a line each; nothing where there are none."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for number, each in enumerate(every[:BESIDE]):
            written.told("" if number else "articles", told(each), column=9)
        if every:
            written.gap()
        return written

    return rows


def told(each: Fitting) -> str:
    """Say which article it is and what came of it: `KB0042 solved 31 of 40 checkout cases: Restart the pool`."""
    return f"{each.article.id} {each.says}: {each.article.title}"


def page(article: Article, text: str) -> Section:
    """Give the text of an article as it reads; where it is at a URL, that, and how to get there."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        if article.url:
            written.told("", "It is not kept here, but at this address, which c copies:", "muted", indent=1, column=0)
            written.gap()
            written.told("", article.url, indent=3, column=0)
        for line in unwrapped(safe_block(text.strip(), lines=text.count("\n") + 2)):
            indent, point = 1 + len(line) - len(line.lstrip()), _POINT.match(line)
            if point:
                written.told(point[1], line[point.end() :], indent=indent, column=len(point[1]) + 1)
            else:
                written.text(line.strip("# "), "strong" if line.startswith("#") else "", indent=indent)
        return written

    return rows


def unwrapped(text: str) -> Iterator[str]:
    """Give the lines of a text as Markdown has them: a paragraph or point is one line, and what is set off stays."""
    held = ""
    for line in text.split("\n"):
        if held and line.strip() and not _BEGINS.match(line):
            held = f"{held} {line.strip()}"
            continue
        if held:
            yield held
        held = line if _FLOWS.match(line) else ""
        if not held:
            yield line
    if held:
        yield held


_POINT = re.compile(r" *(\d{1,3}[.)]|[-*+]) +")
_BEGINS = re.compile(r"[#|>`]| *(\d{1,3}[.)]|[-*+]) ")
_FLOWS = re.compile(r" *(\d{1,3}[.)]|[-*+]) |[^\s#|>`]")
"""What begins anew, and what may go on in the next line."""
