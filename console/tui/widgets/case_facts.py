"""The facts of a case: who it is for, who has it, what is known, and what rests on a guess."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.cells import cell_len

from console.domain.case import Case, SeverityFrom, Status
from console.domain.safe import safe_line
from console.tui.widgets.moments import ago, moment, pressing, until
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

COLUMN = 11
SEVERITY_SOURCES = {
    SeverityFrom.DEFAULT: "by default",
    SeverityFrom.MATRIX: "impact x urgency",
    SeverityFrom.STATED: "as stated",
    SeverityFrom.OVERRIDE: "set by a person",
}
Fact = tuple[str, str, str]
"""Label, text, tone."""


def facts(case: Case, now: datetime) -> Section:
    """Give the facts, two beside each other where there is room."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Facts")
        short, long = _sorted(case, now, (width - 4) // 2 - COLUMN)
        for first, second in zip(short[::2], [*short[1::2], None][: len(short[::2])], strict=True):
            written.append(_pair(first, second, width))
        for label, text, tone in long:
            written.told(label, text, tone)
        return written

    return rows


def standing(case: Case, now: datetime) -> str:
    """Say where the case stands in a few words."""
    words = [case.status.value]
    if case.status is Status.WAITING:
        until = f" until {moment(case.resume_at, now)}" if case.resume_at else ""
        words = [f"waiting for {case.waiting_for}{until}"]
    if case.escalation_state:
        words.append(f"escalation {case.escalation_state}")
    if case.reopened:
        words.append(f"reopened {case.reopened}x")
    return ", ".join(words)


def _sorted(case: Case, now: datetime, room: int) -> tuple[list[Fact], list[Fact]]:
    """Part the facts into those that fit beside another and those that need a row of their own."""
    told = [fact for fact in _told(case, now) if fact[1]]
    short = [fact for fact in told if cell_len(safe_line(fact[1])) <= room]
    return short, [fact for fact in told if fact not in short]


def _told(case: Case, now: datetime) -> Iterator[Fact]:
    def derived(name: str, text: str) -> str:
        return f"{text} (derived)" if text and name in case.derived else text

    yield "requester", derived("requester", case.requester), ""
    yield "company", derived("organisation", case.organisation), ""
    yield "category", derived("category", case.category) or "none", ""
    yield "item", case.item, ""
    yield "channel", derived("channel", case.channel), ""
    yield "severity", derived("severity", f"{case.severity.name}, {SEVERITY_SOURCES[case.severity_from]}"), ""
    yield "affected", f"{case.affected:,}" if case.affected is not None else "", ""
    yield "owner", case.owner or "nobody yet", ""
    yield "handler", case.handler or "nobody", "" if case.handler else "mark"
    if case.confidential:
        yield "circle", ", ".join(case.circle), "mark"
        yield "about", ", ".join(case.subjects), "mark"
    yield "created", ago(case.created, now), ""
    yield "updated", ago(case.updated, now), ""
    if case.next_due != case.due:
        yield "left", pressing(case, now), "late" if case.is_late(now) else ""
    if case.due is not None:
        is_late = case.status.is_live and case.due < now
        yield "due", until(case.due, now) if case.status.is_live else moment(case.due, now), "late" if is_late else ""
    if case.promised_at is not None:
        overdue = case.promised_at < now and case.status.is_live
        yield "promised", f"news by {until(case.promised_at, now)}", "late" if overdue else ""
    yield "reference", " ".join(part for part in (case.source, case.ref) if part), ""
    yield "tags", ", ".join(case.tags), ""
    yield "stops", ", ".join(case.stops), "late"
    yield "known fix", case.known_fix, "handle"
    yield "duplicate", f"of {case.duplicate_of}" if case.duplicate_of else "", ""
    yield "action", f"of {case.action_of}" if case.action_of else "", ""
    yield "resolution", case.resolution, ""


def _pair(first: Fact, second: Fact | None, width: int) -> Row:
    half = (width - 4) // 2
    pieces = [Piece(f"   {first[0]:<{COLUMN}}", "label"), Piece(_text(first, half - COLUMN), first[2])]
    if second is not None:
        gap = half - COLUMN - cell_len(pieces[1].text) + 1
        pieces += [Piece(" " * max(gap, 1)), Piece(f"{second[0]:<{COLUMN}}", "label")]
        pieces += [Piece(_text(second, half - COLUMN), second[2])]
    return tuple(pieces)


def _text(fact: Fact, room: int) -> str:
    return cut(safe_line(fact[1]), room)
