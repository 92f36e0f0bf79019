"""The timeline of an escalation drawn: times, waits as bars of business time, the tiers as lanes, and what happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from console.domain.events import Kind
from console.domain.review_timeline import NOTHING, Moment, Timeline
from console.domain.safe import padded, safe_line, width
from console.domain.spans import dated, span
from console.domain.words import lasting, percent

LANE, BAR = 4, 6
WAIT = 5
NARROWEST = 16
"""How many cells what happened keeps in any case."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What lanes and bars are drawn with: each one cell wide."""

    held: str = "│"
    waits: str = "┆"
    silent: str = "┊"
    line: str = "─"
    up: str = "╰"
    down: str = "╯"
    right: str = "▶"
    left: str = "◀"
    late: str = "!"
    eighths: str = " ▏▎▍▌▋▊▉█"
    accepted: str = "●"
    decided: str = "◆"
    closed: str = "■"
    begun: str = "○"
    other: str = "├"


UNICODE = Signs()
ASCII = Signs(
    held="|", waits=":", silent=".", line="-", up="`", down="'", right=">", left="<", eighths=" #", accepted="*",
    decided="=", closed="#", begun="o", other="+",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn, and whether it tells of something that came too late."""

    text: str
    is_late: bool = False


def drawn(
    timeline: Timeline, wide: int, now: datetime, zone: tzinfo | None = None, *, ascii_only: bool = False
) -> tuple[Line, ...]:
    """Give the timeline line by line, each at most so many cells wide: the lanes' heading first."""
    signs = ASCII if ascii_only else UNICODE
    when = max((width(dated(each.at, now, zone)) for each in timeline.moments), default=0)
    heads = "".join(f"{f'{tier}':<{LANE}}" for tier in timeline.lanes)
    lines = [Line(padded(f"{'tier':>{when + WAIT + BAR + 2}} {heads}", wide).rstrip())]
    day, was_silent = "", False
    for each in timeline.moments:
        said = "" if each.is_silence else dated(each.at, now, zone)
        short = said[-5:] if said and said[:-5] == day else said
        day = said[:-5] if said else day
        waited = " " * (WAIT + 1 + BAR) if was_silent else f"{_wait(each)} {_bar(each, timeline.longest, signs)}"
        was_silent = each.is_silence
        left = f"{short:>{when}} {waited} {_lanes(each, timeline, signs)}"
        lines.append(
            Line(_cut(left + safe_line(each.says, ascii_only=ascii_only), wide, ascii_only=ascii_only), each.is_late)
        )
    return tuple(lines)


def _cut(line: str, wide: int, *, ascii_only: bool) -> str:
    """Give a line in so many cells, with a mark where something is left out."""
    if ascii_only and len(line) > wide:
        return f"{line[: wide - len(DOTS)]}{DOTS}"
    return padded(line, wide).rstrip()


DOTS = "..."


def summed_up(timeline: Timeline) -> str:
    """Say in a sentence where the time went."""
    parts = [
        f"{lasting(time)} {where}"
        for time, where in (
            (timeline.below, "below"),
            (timeline.unanswered, "sent and not accepted"),
            (timeline.above, "above"),
        )
        if time > NOTHING
    ]
    if not parts:
        return "All of it within a minute."
    silence = f"; nothing happened in {percent(timeline.silent / timeline.whole)} of it" if timeline.silent else ""
    hours = "of business time" if timeline.is_business else "outside business hours"
    return f"{lasting(timeline.whole)} {hours}: {', '.join(parts)}{silence}."


def _wait(each: Moment) -> str:
    """Write how long it took until this."""
    return f"{span(each.waited) if each.waited >= timedelta(minutes=1) else '':>{WAIT}}"


def _bar(each: Moment, longest: timedelta, signs: Signs) -> str:
    """Draw a wait, the longest of them over the whole width."""
    steps = len(signs.eighths) - 1
    share = each.waited / longest if longest else 0.0
    cells = round(BAR * steps * share) or int(each.waited > NOTHING)
    drawn_cells = signs.eighths[-1] * (cells // steps) + signs.eighths[cells % steps].strip()
    return f"{drawn_cells:<{BAR}}"


def _lanes(each: Moment, timeline: Timeline, signs: Signs) -> str:
    """Draw the lanes of one row: where the case is, and the way it took if it moved."""
    return "".join(_cells(each, timeline.lanes, signs))


def _cells(each: Moment, lanes: tuple[int, ...], signs: Signs) -> Iterator[str]:
    low, high = sorted((each.came_from, each.tier))
    for tier in lanes:
        is_on_the_way = low <= tier < high
        if low == high or not low <= tier <= high:
            sign = _sign(each, signs) if tier == each.tier else " "
        elif tier == each.tier:
            sign = signs.right if tier == high else signs.left
        elif tier == each.came_from:
            sign = signs.up if tier == low else signs.down
        else:
            sign = signs.line
        yield sign + (signs.line if is_on_the_way else " ") * (LANE - 1)


def _sign(each: Moment, signs: Signs) -> str:
    """Give what stands in the lane in which the case is."""
    if each.is_silence:
        return signs.silent
    if each.is_late:
        return signs.late
    ends = {
        Kind.OPENED: signs.begun, Kind.ACCEPTED: signs.accepted, Kind.DECIDED: signs.decided,
        Kind.RESOLVED: signs.closed, Kind.CLOSED: signs.closed, Kind.MERGED: signs.closed,
    }  # fmt: skip
    return ends.get(each.kind, signs.held if each.is_held else signs.waits)
