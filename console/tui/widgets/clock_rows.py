"""Clocks as rows: what each counts, which part of its target is used, and what is left or by how much it is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from console.domain.clock import Clock, SegmentKind
from console.domain.policy import Policy
from console.domain.spans import moment, on_day
from console.domain.why_clocks import ClockTold
from console.domain.why_words import breach, standing, target, warnings
from console.domain.words import lasting
from console.tui.terminal.glyphs import Glyphs
from console.tui.widgets.sheet import Piece, Row, Rows

NAME, GAUGE = 11, 10
INTERVALS = 12
"""So many intervals of a clock are shown, the newest."""
SOON = 0.75
"""From this part of its time on a clock is coloured: there is little left."""
LABEL, INDENT = 9, 5
NEVER = timedelta.max


def pressing_first(found: Sequence[ClockTold]) -> list[ClockTold]:
    """Put the clock first that presses most; paused ones stand after those that run, closed ones last."""
    return sorted(found, key=_rank)


def clock(told: ClockTold, now: datetime, glyphs: Glyphs, width: int) -> Iterator[Row]:
    """Give a clock on one line, or more where the width is little: name, gauge, how it stands."""
    words = Rows(width - NAME - GAUGE - INDENT)
    words.told("", standing(told.clock, now), tone(told), indent=0, column=0)
    gauge = drawn(told.clock, glyphs)
    for number, row in enumerate(words):
        name, bar = ("", "") if number else (told.clock.name, gauge)
        yield (
            Piece(f"   {name:<{NAME}} ", "muted" if told.is_over else "label"),
            Piece(f"{bar:<{GAUGE}} ", tone(told)),
            *row,
        )


def behind(told: ClockTold, policy: Policy, now: datetime, width: int) -> Iterator[Row]:
    """Give what a clock goes by, and each interval of it, with local times."""
    written = Rows(width)
    for label, words in (
        ("target", target(told, policy, now)), ("breach", breach(told, now)), ("warned", warnings(told, now)),
    ):  # fmt: skip
        if words:
            written.told(label, words, "muted", INDENT, LABEL)
    left_out = len(told.intervals) - INTERVALS
    if left_out > 0:
        written.told("", f"{left_out:,} earlier intervals; triage why --json gives all", "muted", INDENT, LABEL)
    for each in told.intervals[-INTERVALS:]:
        end = "now" if each.end is None else moment(each.end, each.start)
        words = f"{on_day(each.start, now)} - {end}, {lasting(each.length(now))}"
        label, tone_of_it = ("counted", "") if each.counts else ("not", "muted")
        written.told(label, f"{words}: {each.why}" if each.why else words, tone_of_it, INDENT, LABEL)
    yield from written


def tone(told: ClockTold) -> str:
    """Give how a clock stands out: late, soon, at rest, or over."""
    if told.is_late:
        return "late"
    if told.is_over or told.clock.kind is SegmentKind.PAUSE:
        return "muted"
    return "escalate" if used(told.clock) >= SOON else ""


def used(clock: Clock) -> float:
    """Give which part of its time a clock has used: of its target, or of the way to its date; 0 where it has none."""
    if clock.fixed is None:
        return clock.elapsed / clock.within if clock.within else 0.0
    if clock.left is None:
        return 0.0
    start = clock.segments[0].start
    whole = clock.fixed - start
    return 1.0 if clock.left <= timedelta(0) or whole <= timedelta(0) else max(1 - clock.left / whole, 0.0)


def drawn(clock: Clock, glyphs: Glyphs) -> str:
    """Draw which part of its time a clock has used; nothing where there is nothing to keep."""
    if clock.within is None and clock.fixed is None:
        return ""
    full = min(int(used(clock) * GAUGE), GAUGE)
    return glyphs.block * full + glyphs.waiting * (GAUGE - full)


def _rank(told: ClockTold) -> tuple[bool, bool, timedelta]:
    left = told.clock.left
    return told.is_over, told.clock.kind is SegmentKind.PAUSE, NEVER if left is None else left
