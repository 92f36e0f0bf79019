"""Handovers as rows: a case, what is open on it, what was promised until when, what is asked, and whom it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case
from console.domain.handover import Words
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.moments import left, until
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

INDENT, LABEL = 7, 10


@dataclass(frozen=True, slots=True)
class Told:
    """One case with the words about it; `aside` stands beside its title, and a quiet one is not going to be sent."""

    case: Case
    words: Words
    aside: str = ""
    is_quiet: bool = False
    facts: tuple[tuple[str, str], ...] = ()


def rows(told: Told, now: datetime, glyphs: Glyphs) -> Section:
    """Give the rows of one case; what it does not have is left out."""

    def drawn(width: int) -> Sequence[Row]:
        written = Rows(width)
        written.append(_head(told, now, glyphs, width))
        tone = "muted" if told.is_quiet else ""
        words = told.words
        written.told("open", words.standing or "nothing said yet; Enter writes it", tone, INDENT, LABEL)
        if words.promised is not None:
            is_late = words.promised < now and not told.is_quiet
            written.told("promised", promised(words.promised, now), "late" if is_late else tone, INDENT, LABEL)
        if words.asks:
            written.told("asks", words.asks, tone or "strong", INDENT, LABEL)
        for label, fact in told.facts:
            written.told(label, fact, "muted", INDENT, LABEL)
        return written

    return drawn


def promised(at: datetime, now: datetime) -> str:
    """Say until when something was promised, and how long that is."""
    return f"by {until(at, now)}"


def _head(told: Told, now: datetime, glyphs: Glyphs, width: int) -> Row:
    case = told.case
    front = f" {glyphs.warning if case.is_late(now) else ' '} {case.id:>4}  "
    severity = f"{case.severity.name:<3}"
    time = f"{left(case, now) or glyphs.nothing:>6}  "
    aside = f"  {safe_line(told.aside)}" if told.aside else ""
    room = max(width - len(front) - len(severity) - len(time) - len(aside) - 1, 10)
    title = cut(safe_line(case.title, ascii_only=glyphs is ASCII), room, glyphs.ellipsis)
    if told.is_quiet:
        return (Piece(f"{front}{severity}{time}{title}{aside}", "muted"),)
    return (
        Piece(front),
        Piece(f"{severity}{time}", "late" if case.is_late(now) else ""),
        Piece(title),
        Piece(aside, "muted"),
    )
