"""A shift handover on paper: as a table, as text, as Markdown, as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from console.cli.forms import Form, when
from console.cli.table import fitted
from console.domain.handover import State
from console.domain.markdown import code, item
from console.domain.safe import safe_line
from console.domain.spans import dated

if TYPE_CHECKING:
    from console.desk.handover import Row

HEADS = ("id", "sev", "what", "from", "open", "asks")
OPEN = HEADS.index("open")
TITLE_CELLS = 24


def table(rows: Iterable[Row], wide: int) -> list[str]:
    """Give what is handed over as a table."""
    cells = [
        (
            str(row.case.id), row.case.severity.name, textwrap.shorten(safe_line(row.case.title), TITLE_CELLS),
            row.handover.by, row.handover.standing, textwrap.shorten(safe_line(row.handover.asks), TITLE_CELLS),
        )
        for row in rows
    ]  # fmt: skip
    return fitted(HEADS, cells, wide, OPEN)


def form(row: Row) -> Form:
    """Give one row as JSON."""
    handover = row.handover
    return {
        "case": row.case.id, "title": row.case.title, "severity": row.case.severity.name,
        "status": row.case.status.value, "handler": row.case.handler, "by": handover.by, "from": handover.giver,
        "to": handover.meant_for or None, "at": when(handover.at), "open": handover.standing,
        "promised": when(handover.promised), "asks": handover.asks, "state": handover.state.value,
        "taken_by": handover.taken_by, "taken_at": when(handover.taken_at),
    }  # fmt: skip


def as_text(rows: Sequence[Row], now: datetime, wide: int) -> Iterator[str]:
    """Give the report as text, one paragraph a case."""
    yield heading(rows)
    for row in rows:
        yield ""
        yield f"{row.case.id}  {row.case.severity.name}  {safe_line(row.case.title)}"
        for label, said in facts(row, now):
            hang = f"  {'':<9}"
            lead = f"  {label:<9}"
            yield from textwrap.wrap(safe_line(said), wide, initial_indent=lead, subsequent_indent=hang)


def as_markdown(rows: Sequence[Row], now: datetime) -> Iterator[str]:
    """Give the report as Markdown, one section a case."""
    yield "# Shift handover"
    yield ""
    yield heading(rows)
    for row in rows:
        yield ""
        yield f"## {row.case.id} {code(row.case.title)} ({row.case.severity.name})"
        yield ""
        yield from (line for label, said in facts(row, now) for line in item(label, said))


def heading(rows: Sequence[Row]) -> str:
    """Say how many cases were handed over, and how many of them wait."""
    waiting = sum(row.handover.state is State.PENDING for row in rows)
    word = "case" if len(rows) == 1 else "cases"
    return f"{len(rows):,} {word} handed over, {waiting:,} not taken on yet"


def facts(row: Row, now: datetime) -> Iterator[tuple[str, str]]:
    """Give the labelled facts of one row; those it does not have are left out."""
    handover = row.handover
    whose = f" for {handover.giver}" if handover.giver != handover.by else ""
    to = f" to {handover.meant_for}" if handover.meant_for else ""
    yield "from", f"{handover.by}{whose}{to}, {dated(handover.at, now)}"
    yield "open", handover.standing
    if handover.promised:
        yield "promised", dated(handover.promised, now)
    if handover.asks:
        yield "asks", handover.asks
    if handover.taken_by and handover.taken_at:
        yield "taken on", f"{handover.taken_by}, {dated(handover.taken_at, now)}"
    else:
        yield "taken on", f"not yet, it is with {row.case.handler or 'nobody'}"
