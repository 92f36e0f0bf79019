"""What time does to a case: its clocks with a gauge each, what comes if nobody acts, what fired, and what did not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rich.cells import cell_len

from console.domain.ladder import SOURCE
from console.domain.phrases import missed
from console.domain.policy import Policy
from console.domain.safe import safe_line
from console.domain.sentences import sentence
from console.domain.spans import dated, moment, on_day, zone_named
from console.domain.why import Why
from console.domain.why_fired import Fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from console.domain.why_words import idle_because, ladder_stands
from console.domain.words import lasting, listed
from console.tui.terminal.glyphs import Glyphs
from console.tui.widgets import ahead_rows, clock_rows
from console.tui.widgets.ahead_rows import DAY
from console.tui.widgets.fired_words import told
from console.tui.widgets.sheet import Row, Rows, Section

LONGEST_NAME = 24
"""How wide the names of rules may stand beside what is said of them."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What explains the time of one case, under a policy; `is_full`: with reasons and every interval."""

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
        told_how = "Enter tells less" if timed.is_full else "Enter tells all of it"
        written.head("Clocks", f"times in {zone_named(timed.now)}; {told_how}")
        for each in clock_rows.pressing_first(timed.why.clocks):
            written += clock_rows.clock(each, timed.now, timed.glyphs, width)
            if timed.is_full:
                written += clock_rows.behind(each, timed.policy, timed.now, width)
        if not timed.why.clocks:
            written.text("No clock runs: the policy has no targets, and nothing was promised.", "muted")
        written.gap()
        return written

    return rows


def ahead(timed: Timed) -> Section:
    """Give what comes if nobody acts, each with its time, and on demand why."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.head("Next, if nobody acts")
        written += ahead_rows.rows(timed.why.ahead, timed.policy, timed.now, width, is_full=timed.is_full)
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
    """Give what has fired, newest first; in short without the steps of ladders, which stand with their ladder."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        shown = [each for each in timed.why.fired if timed.is_full or not each.firing.source.startswith(SOURCE)]
        if not shown:
            return written
        written.head("Done by the clock, newest first")
        for each in reversed(shown):
            words = sentence(each.firing.event) if timed.is_full else told(each.firing.event, timed.now)
            written.told(_short(each.at, timed.now), words, column=DAY)
            if timed.is_full:
                written.told("", _behind(each), "muted", column=DAY)
        written.gap()
        return written

    return rows


def idle(timed: Timed) -> Section:
    """Give the rules that have not fired, each with the first condition that is false, and the value it has."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        rules = timed.why.rules
        if not rules:
            return written
        written.head("Rules, and what each lacks")
        widest = max(cell_len(safe_line(each.rule.id)) for each in rules)
        column = min(max(widest + 2, DAY), LONGEST_NAME, max(width // 3, 1))
        for each in sorted(rules, key=_rank):
            written += _rule(each, timed, width, column)
        return written

    return rows


def _rank(each: RuleTold) -> int:
    """Put those rules first that will fire, then those that hold, then those that will."""
    return 0 if each.at else 1 if each.holds_since else 2 if each.flips_at else 3


def _rule(each: RuleTold, timed: Timed, width: int, column: int) -> Iterator[Row]:
    written = Rows(width)
    tone = "" if each.at or each.holds_since else "muted"
    name = safe_line(each.rule.id)
    if cell_len(name) > column - 1:
        written.text(name)
        name = ""
    written.told(name, idle_because(each, timed.now), tone, column=column)
    yield from written


def _ladder(each: LadderTold, timed: Timed, width: int) -> Iterator[Row]:
    written = Rows(width)
    sent = each.escalation
    written.head(f"Ladder of the escalation to {timed.policy.place(sent.target)}", f"sent by {sent.by}")
    if each.ladder is not None:
        written.text(safe_line(ladder_stands(each)))
    for rung in each.fired:
        written.told(_short(rung.at, timed.now), told(rung.firing.event, timed.now), column=DAY)
    for answer in each.answers:
        written.told(_short(answer.at, timed.now), sentence(answer), "handle", column=DAY)
    stands = each.stopped or "nobody has responded yet; f says that you are on it, N reminds who was asked"
    written.text(safe_line(f"{stands[:1].upper()}{stands[1:]}."), "muted")
    written.gap()
    yield from written


def _short(at: datetime, now: datetime) -> str:
    return moment(at, now) if at.astimezone().date() == now.astimezone().date() else on_day(at, now)


def _behind(each: Fired) -> str:
    late = f", {lasting(each.late)} late" if each.late > timedelta(0) else ""
    heard = f"; told {listed(each.told)}" if each.told else ""
    unheard = missed(each.absent)
    policy = f"; policy {each.policy}" if each.policy else ""
    return f"due {dated(each.due, each.at).strip()}{late}{heard}{f'; not told {unheard}' if unheard else ''}{policy}"
