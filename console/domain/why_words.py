"""The words of why, why not and what next: one line for each clock, firing, rule and thing to come.

Times are local to a zone that is handed in; None is that of the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from console.domain.action_words import shortly
from console.domain.actions import Action, Does
from console.domain.clock import Clock, SegmentKind
from console.domain.plan_rules import DOES
from console.domain.policy import Policy
from console.domain.spans import left_or_late, moment, on_day
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.why_ladders import LadderTold
from console.domain.why_rules import RuleTold
from console.domain.words import lasting, listed, times

NOBODY = "nothing that reaches anybody, unless somebody acts"
NEXT = 2
"""How many things to come one line tells."""


def standing(clock: Clock, now: datetime, zone: tzinfo | None = None) -> str:
    """Say how a clock stands: `1 h 40 min left, due Mon 23 Nov 11:00`, `paused, 3 h left`, `over after 12 min`."""
    late = f", {lasting(clock.left)} too late" if clock.left is not None and clock.left < timedelta(0) else ""
    if clock.kind is SegmentKind.CLOSED:
        return f"over after {lasting(clock.elapsed)}{late}"
    if clock.kind is SegmentKind.PAUSE:
        if clock.left is None:
            return "paused"
        return f"paused, {left_or_late(clock.left)}"
    if clock.due is None:
        return f"runs for {lasting(clock.elapsed)}, without a target"
    if clock.left is not None and clock.left < timedelta(0):
        return f"{left_or_late(clock.left)}, was due {on_day(clock.due, now, zone)}"
    left = clock.due - now if clock.left is None else clock.left
    return f"{left_or_late(left)}, due {on_day(clock.due, now, zone)}"


def target(told: ClockTold, policy: Policy, now: datetime, zone: tzinfo | None = None) -> str:
    """Say what a clock is measured by, and which line of the policy says so."""
    clock = told.clock
    if clock.fixed is not None:
        return f"a fixed time, {on_day(clock.fixed, now, zone)}, which no pause moves"
    if clock.within is None:
        return "no target in the policy"
    calendar = policy.timing.calendar_of(clock.calendar)
    counted = "round the clock" if calendar.is_always else f"in the hours of {calendar.id}"
    return f"{lasting(clock.within)} {counted}" + (f", by {told.rule}" if told.rule else "")


def breach(told: ClockTold, now: datetime, zone: tzinfo | None = None) -> str:
    """Say when a breach happened and when it was found; nothing where there was none."""
    at, found = told.clock.breached_at, told.found_at
    if at is None:
        return ""
    late = f", found {moment(found, at, zone)}, {lasting(found - at)} later" if found and found > at else ""
    return f"{on_day(at, now, zone)}{late}"


def warnings(told: ClockTold, now: datetime, zone: tzinfo | None = None) -> str:
    """Say at which parts of the target was warned, each with the due time that held then."""
    return listed(f"{percent} % (due {moment(due, now, zone)})" for percent, due in told.warned)


def idle_because(each: RuleTold, now: datetime, zone: tzinfo | None = None) -> str:
    """Say what a rule lacks, or how long its facts must go on holding, and how often it has fired."""
    said = [f"holds since {on_day(each.holds_since, now, zone)}"] if each.holds_since else []
    said += [each.lacks] if each.lacks else []
    if each.at is not None:
        does = "reminds" if each.does is Does.REMIND is not DOES[each.rule.do] else "fires"
        when = f"at {on_day(each.at, now, zone)} if it goes on holding" if each.at > now else "now"
        said.append(f"{does} {when}")
    elif each.flips_at is not None:
        ends = "stops holding" if each.holds_since else "begins to hold"
        said.append(f"{ends} at {on_day(each.flips_at, now, zone)} if nobody acts")
    said += [f"has fired {times(each.fired)}"] if each.fired else []
    return ", ".join(said)


def ladder_stands(each: LadderTold) -> str:
    """Say how far a ladder has come: `ladder standard: step 2 of 3, round 1 of 2`; nothing where there is none."""
    if each.ladder is None:
        return ""
    steps, rounds = len(each.ladder.steps), each.ladder.rounds
    place = f"step {each.stands.step} of {steps}" if each.stands.step else "before the first step"
    return f"ladder {each.ladder.id}: {place}" + (f", round {each.stands.round} of {rounds}" if rounds > 1 else "")


def next_line(
    found: Ahead, policy: Policy, now: datetime, zone: tzinfo | None = None, ends: str = "if nobody acts"
) -> str:
    """Say in one line what comes next: `09:20 reminder to bo, 09:35 tier 2 database, if nobody acts`.

    Warnings are left out where anything else is to come, and what reaches nobody; the same is told once.
    """
    weighty = [each for each in found.foreseen if _weighs(each.action)]
    weighty = weighty or [each for each in found.foreseen if each.action.reaches]
    if not weighty:
        return NOBODY if found.foreseen else found.ends.removeprefix("nothing will happen: ")
    first: dict[str, datetime] = {}
    for each in weighty:
        first.setdefault(shortly(each.action, policy), each.at)
    told = [f"{moment(at, now, zone) if at > now else 'now'} {words}" for words, at in [*first.items()][:NEXT]]
    return f"{', '.join(told)}, {ends}"


def _weighs(action: Action) -> bool:
    """Say whether an action is worth a place on one line."""
    is_to_somebody = action.does in {Does.REMIND, Does.NOTIFY, Does.ENGAGE, Does.AGAIN}
    return action.does is not Does.WARN and (action.reaches or not is_to_somebody)


def why_line(told: Sequence[ClockTold], now: datetime, zone: tzinfo | None = None) -> str:
    """Say in one line how the most pressing clock stands, or the empty word where none is to be kept."""
    live = [each.clock for each in told if not each.is_over and each.clock.left is not None]
    if not live:
        return ""
    first = min(live, key=lambda clock: (clock.kind is not SegmentKind.RUN, clock.left))
    return f"{first.name} {standing(first, now, zone)}"
