"""Why, why not and what next as pages: times in one zone that is named at the top, and nothing beyond the width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from operator import itemgetter

from console.domain.action_words import absent, reason, saying, source_named
from console.domain.events import Kind
from console.domain.intervals import Interval
from console.domain.phrases import absence, missed
from console.domain.policy import Policy
from console.domain.safe import safe_line
from console.domain.sentences import sentence
from console.domain.spans import away, dated, moment, on_day, zone_named
from console.domain.why import Why
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_fired import Fired
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from console.domain.why_words import breach, idle_because, ladder_stands, standing, target, warnings
from console.domain.words import lasting, listed

LABEL = 12
SHOWN = 12
"""So many intervals of a clock are shown, the newest; `--json` gives all."""


@dataclass(frozen=True, slots=True)
class Page:
    """How a page is set: under which policy, at what time, in which zone, how wide."""

    policy: Policy
    now: datetime
    zone: tzinfo | None
    wide: int

    def heading(self) -> str:
        """Say in which zone times stand, and which policy counts."""
        return f"{self.on_day(self.now)}, times in {zone_named(self.now, self.zone)}, policy {self.policy.version}"

    def on_day(self, at: datetime) -> str:
        """Write a time with its day."""
        return on_day(at, self.now, self.zone)

    def folded(self, lead: str, text: str) -> list[str]:
        """Fold a text under itself, behind its label."""
        return textwrap.wrap(
            safe_line(text), self.wide, initial_indent=lead, subsequent_indent=" " * len(lead),
            break_on_hyphens=False,
        ) or [lead.rstrip()]  # fmt: skip


def why_lines(found: Why, page: Page) -> Iterator[str]:
    """Explain a case: clocks, what fired, what did not, ladders, and what comes next."""
    yield from _section("Clocks", [line for told in found.clocks for line in clock(told, page)])
    yield from _section("Fired", [line for each in found.fired for line in firing(each, page)])
    yield from _section("Rules", [line for each in found.rules for line in rule(each, page)])
    yield from _section("Ladders", [line for each in found.ladders for line in ladder(each, page)])
    yield from ("", "Next, if nobody acts", *ahead_lines(found.ahead, page))


def standings(found: Sequence[ClockTold], page: Page) -> Iterator[str]:
    """Tell in one line each how the clocks stand that are not over."""
    for told in found:
        if not told.is_over:
            yield from page.folded(f"  {told.clock.name:<{LABEL}}", standing(told.clock, page.now, page.zone))


def clock(told: ClockTold, page: Page) -> Iterator[str]:
    """Tell how a clock stands, what it is measured by, and every interval of it."""
    hang = " " * (LABEL + 2)
    yield from page.folded(f"  {told.clock.name:<{LABEL}}", standing(told.clock, page.now, page.zone))
    for label, said in (
        ("target", target(told, page.policy, page.now, page.zone)),
        ("breach", breach(told, page.now, page.zone)),
        ("warned", warnings(told, page.now, page.zone)),
    ):
        yield from page.folded(f"{hang}{label:<8}", said) if said else ()
    left_out = len(told.intervals) - SHOWN
    if left_out > 0:
        yield f"{hang}… {left_out:,} earlier intervals; --json gives all"
    yield from intervals(told.intervals[-SHOWN:], page)


def intervals(shown: Sequence[Interval], page: Page) -> Iterator[str]:
    """Tell intervals as a table: from, to, how long, and whether it counted or why not."""
    cells = [(stretch(each, page), lasting(each.length(page.now)), each.why or "counted") for each in shown]
    wide = max((len(when) for when, _, _ in cells), default=0)
    for when, long, why in cells:
        yield from page.folded(f"    {when:<{wide}}  {long:>11}  ", why)


def stretch(each: Interval, page: Page) -> str:
    """Write from when to when, with the day of the end where it is another."""
    start = page.on_day(each.start)
    if each.end is None:
        return f"{start} - now"
    is_same = each.start.astimezone(page.zone).date() == each.end.astimezone(page.zone).date()
    return f"{start} - {moment(each.end, each.end, page.zone) if is_same else page.on_day(each.end)}"


def firing(each: Fired, page: Page) -> Iterator[str]:
    """Tell one firing: its sentence, what asked for it, when it was due, under which policy, who was told."""
    lead = f"  {dated(each.at, page.now, page.zone)}  "
    yield from page.folded(lead, sentence(each.firing.event))
    late = f"{lasting(each.late)} late" if each.late else "in time"
    told = f"told {listed(each.told)}" if each.told else ""
    unheard = missed(each.absent)
    facts = [
        f"{source_named(each.firing.source)}, due {moment(each.due, each.at, page.zone)}, {late}",
        f"policy {each.policy}" if each.policy else "", told, f"not told {unheard}" if unheard else "",
    ]  # fmt: skip
    yield from page.folded(" " * len(lead), "; ".join(filter(None, facts)))


def rule(each: RuleTold, page: Page) -> Iterator[str]:
    """Tell why a rule has not fired, or when it will."""
    yield from page.folded(f"  {each.rule.id}: ", idle_because(each, page.now, page.zone))


def ladder(each: LadderTold, page: Page) -> Iterator[str]:
    """Tell how far a ladder has come, whom it engaged, and who responded."""
    sent = each.escalation
    yield from page.folded("  ", f"{sent.by} to {page.policy.place(sent.target)}, sent {page.on_day(sent.sent_at)}")
    if each.ladder is not None:
        yield f"    {safe_line(ladder_stands(each))}"
    told = [(rung.at, rung_told(rung)) for rung in each.fired]
    told += [(event.at, sentence(event)) for event in each.answers]
    for at, said in sorted(told, key=itemgetter(0)):
        yield from page.folded(f"    {dated(at, page.now, page.zone)}  ", said)
    yield from page.folded("    ", each.stopped or "nobody has responded yet")


def rung_told(rung: Fired) -> str:
    """Say whom one step of a ladder reached: `step 2: kim and lena`, `step 1: nobody, bo (absent)`."""
    name = f"step {rung.firing.step}" if rung.firing.event.kind is Kind.ENGAGED else rung.firing.event.kind.value
    return f"{name}: {', '.join([listed(rung.told) or 'nobody', *map(absence, rung.absent)])}"


def ahead_lines(found: Ahead, page: Page) -> Iterator[str]:
    """Tell what comes: when, how far off, what, to whom, and why."""
    times = [max(each.at, page.now) for each in found.foreseen]
    cells = [(page.on_day(at), away(at, page.now)) for at in times]
    wide, far = (max((len(cell[column]) for cell in cells), default=0) for column in (0, 1))
    for each, (at, distance) in zip(found.foreseen, cells, strict=True):
        lead = f"  {at:<{wide}}  {distance:<{far}}  "
        yield from page.folded(lead, saying(each.action, page.policy))
        missing = absent(each.action)
        told = [reason(each.action), f"not told {missing}" if missing else ""]
        if any(told):
            yield from page.folded(" " * len(lead), "; ".join(filter(None, told)))
    yield from page.folded("  ", found.ends)


def _section(title: str, lines: list[str]) -> Iterator[str]:
    """Give a section where it has something to say."""
    if lines:
        yield from ("", title, *lines)
