"""The checklist: the four questions with their answers, the evidence beside each, and what the answers mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from console.domain.checklist import Question
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.sheet import Piece, Row, Section, Sheet
from console.tui.widgets.wrapping import cut, folded

NAME, ANSWER, MOST_ASKED = 15, 28, 60
"""Cells for a factor's name and for its answer, and the most for what is asked."""
DONE = "   All that can change the outcome is answered; j and k go back to it."


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it stands: its score, what that rests on, and whether answering it can change the outcome."""

    question: Question
    score: int | None
    rests_on: str
    matters: bool


class ChecklistForm(Sheet):
    """Shows the four questions, one of them current, and below them the answers that this one can have."""

    def tell(self, items: Sequence[Item], current: int, glyphs: Glyphs = UNICODE) -> None:
        """Show the questions as they stand."""
        self.show(questions(items, current, glyphs), meanings(items, current))
        if self.size.height < len(self.rows):
            self.scroll_to(y=min(current, len(items) - 1) * 2, animate=False)


def questions(items: Sequence[Item], current: int, glyphs: Glyphs = UNICODE) -> Section:
    """Give two rows a question: what is asked and answered, and the evidence for it."""

    def rows(width: int) -> list[Row]:
        return [
            row
            for place, item in enumerate(items)
            for row in _question(place, item, glyphs, width, is_current=place == current)
        ]

    return rows


def meanings(items: Sequence[Item], current: int) -> Section:
    """Give what 0 to 3 mean for the current question, in as many rows as the wordiest question needs."""

    def rows(width: int) -> list[Row]:
        if not items:
            return []
        laid_out = [_meanings(item, width) for item in items]
        shown = laid_out[current] if current < len(items) else [(Piece(DONE, "muted"),)]
        return [*shown, *[()] * (max(map(len, laid_out)) - len(shown))]

    return rows


def _question(place: int, item: Item, glyphs: Glyphs, width: int, *, is_current: bool) -> tuple[Row, Row]:
    asked = _asked(width)
    bar = Piece(glyphs.cursor if is_current else " ", "head")
    name = Piece(f"{place + 1} {cut(item.question.factor.value.capitalize(), NAME - 3):<{NAME - 2}}", _tone(is_current))
    asks = cut(safe_line(item.question.asks), asked)
    gap = " " * (asked - cell_len(asks) + 2)
    beside = Piece(cut(safe_line(item.rests_on), width - NAME - 2), "muted")
    return (bar, name, Piece(asks + gap), _answer(item, glyphs, width - NAME - asked - 4)), (
        bar,
        Piece(" " * NAME),
        beside,
    )


def _answer(item: Item, glyphs: Glyphs, room: int) -> Piece:
    if item.score is not None:
        return Piece(cut(f"{item.score} {safe_line(item.question.answers[item.score])}", room), "strong")
    if not item.matters:
        return Piece(cut(f"{glyphs.nothing} cannot change the outcome", room), "muted")
    return Piece("?", "ask")


def _meanings(item: Item, width: int) -> list[Row]:
    """Give the whole question where it was cut above, then the four answers, as many in a row as fit."""
    rows: list[Row] = []
    asks = safe_line(item.question.asks)
    if cell_len(asks) > _asked(width):
        rows = [(Piece(f"   {line}"),) for line in folded(asks, width - 4)]
    row: list[Piece] = []
    used = 0
    for score, words in enumerate(item.question.answers):
        text = cut(f"{score} {safe_line(words)}", width - 4)
        if row and used + cell_len(text) + 4 > width:
            rows.append(tuple(row))
            row, used = [], 0
        row.append(Piece(f"   {text}", "strong" if score == item.score else "muted"))
        used += cell_len(text) + 3
    return [*rows, tuple(row)]


def _asked(width: int) -> int:
    """Give the cells there are for what a question asks."""
    return min(max(width - NAME - ANSWER - 4, 10), MOST_ASKED)


def _tone(is_current: bool) -> str:  # noqa: FBT001 - one question, two tones
    return "strong" if is_current else ""
