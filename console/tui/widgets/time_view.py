"""What time does to a case: its clocks with a gauge each, what comes if nobody acts, what fired, and what did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from console.domain.action_words import absent, reason, saying
from console.domain.clock import Clock, SegmentKind
from console.domain.policy import Policy
from console.domain.safe import safe_line
from console.domain.sentences import sentence
from console.domain.spans import dated, moment, on_day, zone_named
from console.domain.why import Why
from console.domain.why_clocks import ClockTold
from console.domain.why_fired import Fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from console.domain.why_words import breach, idle_because, ladder_stands, standing, target, warnings
from console.domain.words import lasting, listed
from console.tui.terminal.glyphs import Glyphs
from console.tui.widgets.sheet import Piece, Row, Rows, Section

NAME = 11
GAUGE = 10
INTERVALS = 12
"""So many intervals of a clock are shown, the newest."""
SOON = 0.75
"""From this part of its target on a clock is coloured: there is little left."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What explains the time of one case, under a policy; `is_full`: with every interval."""

    why: Why
    policy: Policy
    now: datetime
    glyphs: Glyphs
    is_full: bool = False


def time(timed: Timed) -> tuple[Section, ...]:
    """Give everything that the clock side knows of a case."""
    return (clocks(timed), ahead(timed), ladders(timed), fired(timed), idle(timed))


def clocks(timed: Timed) -> Section:
    """Give the clocks: how each stands, and on demand its target, its intervals and what it rests on."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Clocks", f"times in {zone_named(timed.now)}; l tells {'less' if timed.is_full else 'all'}")
        live = sorted(timed.why.clocks, key=lambda told: told.is_over)
        for told in live:
            written += _clock(told, timed, width)
        if not live:
            written.text("No clock runs: the policy has no targets, and nothing was promised.", "muted")
        written.gap()
        return written

    return rows


def ahead(timed: Timed) -> Section:
    """Give what comes if nobody acts, each with its time, and why."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Next, if nobody acts")
        for each in timed.why.ahead.foreseen:
            at = max(each.at, timed.now)
            written.told(_short(at, timed.now), saying(each.action, timed.policy), column=DAY)
            missing = absent(each.action)
            because = f"{reason(each.action)}{f'; not told {missing}' if missing else ''}"
            written.told("", because, "muted", column=DAY)
        written.text(f"{timed.why.ahead.ends.capitalize()}.", "muted")
        written.gap()
        return written

    return rows


def ladders(timed: Timed) -> Section:
    """Give the ladders: how far each has come, and why it goes no further."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for each in timed.why.ladders:
            written += _ladder(each, timed, width)
        return written

    return rows


def fired(timed: Timed) -> Section:
    """Give what has fired, newest first."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        if timed.why.fired:
            written.head("Fired, newest first")
        for each in reversed(timed.why.fired):
            written.told(_short(each.at, timed.now), sentence(each.firing.event), column=DAY)
            if timed.is_full:
                written.told("", _behind(each), "muted", column=DAY)
        if timed.why.fired:
            written.gap()
        return written

    return rows


def idle(timed: Timed) -> Section:
    """Give the rules that have not fired, each with the first condition that is false, and the value it has."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        if timed.why.rules:
            written.head("Rules that did not fire")
        for each in timed.why.rules:
            written += _rule(each, timed, width)
        return written

    return rows


DAY = 17
"""How wide a time with its day is."""


def _clock(told: ClockTold, timed: Timed, width: int) -> Iterator[Row]:
    clock = told.clock
    words = Rows(width - NAME - GAUGE - 6)
    words.told("", standing(clock, timed.now), tone(told), indent=0, column=0)
    for number, row in enumerate(words):
        name = clock.name if not number else ""
        gauge = drawn(clock, timed.glyphs) if not number else ""
        yield (
            Piece(f"   {name:<{NAME}}", "muted" if told.is_over else "label"),
            Piece(f"{gauge:<{GAUGE}}  ", tone(told)),
            *row,
        )
    if timed.is_full:
        yield from _behind_clock(told, timed, width)


def _behind_clock(told: ClockTold, timed: Timed, width: int) -> Iterator[Row]:
    """Give what a clock goes by, and each interval of it."""
    written = Rows(width)
    for label, words in (
        ("target", target(told, timed.policy, timed.now)),
        ("breach", breach(told, timed.now)),
        ("warned", warnings(told, timed.now)),
    ):
        if words:
            written.told(label, words, "muted", indent=5, column=NAME - 2)
    for each in told.intervals[-INTERVALS:]:
        end = "now" if each.end is None else moment(each.end, each.start)
        words = f"{on_day(each.start, timed.now)} - {end}, {lasting(each.length(timed.now))}"
        written.told("counted" if each.counts else "not", f"{words}{each.why and f': {each.why}'}",
                     "" if each.counts else "muted", indent=5, column=NAME - 2)  # fmt: skip
    yield from written


def tone(told: ClockTold) -> str:
    """Give how a clock stands out: late, soon, at rest, or over."""
    if told.is_late:
        return "late"
    if told.is_over or told.clock.kind is SegmentKind.PAUSE:
        return "muted"
    return "escalate" if used(told.clock) >= SOON else ""


def used(clock: Clock) -> float:
    """Give which part of its target a clock has used; nothing where it has none."""
    return clock.elapsed / clock.within if clock.within else 0.0


def drawn(clock: Clock, glyphs: Glyphs) -> str:
    """Draw which part of its target a clock has used; a date has no part, and a clock without a target none either."""
    if clock.fixed is not None or clock.within is None:
        return ""
    full = min(int(used(clock) * GAUGE), GAUGE)
    return glyphs.block * full + glyphs.bullet * (GAUGE - full)


def _short(at: datetime, now: datetime) -> str:
    return f"{moment(at, now)}" if at.astimezone().date() == now.astimezone().date() else on_day(at, now)


def _behind(each: Fired) -> str:
    late = f", {lasting(each.late)} late" if each.late > timedelta(0) else ""
    told = f"; told {listed(each.told)}" if each.told else ""
    missed = listed(f"{name} ({why})" for name, why in each.absent)
    policy = f"; policy {each.policy}" if each.policy else ""
    return f"due {dated(each.due, each.at).strip()}{late}{told}{f'; not told {missed}' if missed else ''}{policy}"


def _ladder(each: LadderTold, timed: Timed, width: int) -> Iterator[Row]:
    written = Rows(width)
    sent = each.escalation
    written.head(f"Ladder of the escalation to {timed.policy.place(sent.target)}", f"sent by {sent.by}")
    if each.ladder is not None:
        written.text(safe_line(ladder_stands(each)))
    for rung in each.fired:
        written.told(_short(rung.at, timed.now), sentence(rung.firing.event), column=DAY)
    for answer in each.answers:
        written.told(_short(answer.at, timed.now), sentence(answer), "handle", column=DAY)
    written.text(safe_line(f"{(each.stopped or 'nobody has responded yet').capitalize()}."), "muted")
    written.gap()
    yield from written


def _rule(each: RuleTold, timed: Timed, width: int) -> Iterator[Row]:
    written = Rows(width)
    written.told(each.rule.id, idle_because(each, timed.now), "muted", column=DAY)
    yield from written
