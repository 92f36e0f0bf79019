"""The words of why, why not and what next: one line for each clock, firing, rule and thing to come.

Times are local to a zone that is handed in; None is that of the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, tzinfo

from console.domain.actions import Action, Does
from console.domain.clock import Clock, SegmentKind
from console.domain.forecast import Foreseen
from console.domain.policy import Policy
from console.domain.spans import away, left_or_late, moment, on_day
from console.domain.why_ahead import Ahead
from console.domain.why_clocks import ClockTold
from console.domain.words import lasting, listed

NEXT = 2
"""How many things to come one line tells."""

NOUNS = {
    "response": "first response", "update": "next update", "resolution": "resolution", "acceptance": "acceptance",
    "decision": "decision", "closure": "closing the escalation", "review": "review",
}  # fmt: skip
"""What a clock waits for."""


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


def target(told: ClockTold, policy: Policy, zone: tzinfo | None = None) -> str:
    """Say what a clock is measured by, and which line of the policy says so."""
    clock = told.clock
    if clock.fixed is not None:
        return f"a fixed time: {clock.fixed.astimezone(zone):%d %b %Y %H:%M}; it stays, whatever pauses"
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


def saying(action: Action, policy: Policy) -> str:
    """Say what an action does, to whom and where: `reminder to bo`, `escalated to tier 2 database, lena is told`."""
    told = _told(action)
    match action.does:
        case Does.RESUME:
            return "the wait ends, and its clocks go on"
        case Does.WARN:
            return f"warning: {action.step} % of {_clock(action)} is used up" + told
        case Does.BREACH:
            return f"{_clock(action)} is late" + told
        case Does.REMIND:
            return f"reminder to {_whom(action)}"
        case Does.NOTIFY:
            return f"{_whom(action)} {'is' if _is_one(action) else 'are'} told"
        case Does.ENGAGE:
            return (
                f"{_place(action, policy)}{_whom(action)} {'is' if _is_one(action) else 'are'} engaged{_step(action)}"
            )
        case Does.AGAIN:
            return f"nobody accepted: the ladder starts again, {_whom(action)} first"
        case Does.EXHAUST:
            return "the ladder is exhausted: nobody has answered" + told
        case Does.ESCALATE:
            return f"escalated to {_place(action, policy) or 'the next tier'}".rstrip(": ") + told
        case Does.REASSIGN:
            return f"assigned to {_whom(action)}"
        case Does.RAISE:
            return f"severity raised to {action.detail.get('severity', 'the next one')}" + told
        case Does.TAG:
            return f"tagged {listed(action.tags)}"


def shortly(action: Action, policy: Policy) -> str:
    """Say an action in a few words for one line: `reminder to bo`, `tier 2 database`, `response late`."""
    match action.does:
        case Does.ENGAGE | Does.ESCALATE if action.target is not None:
            return policy.place(action.target)
        case Does.ENGAGE | Does.AGAIN | Does.NOTIFY:
            return _whom(action)
        case Does.WARN:
            return f"{action.step} % of {_clock(action)}"
        case Does.BREACH:
            return f"{_clock(action)} late"
        case Does.RESUME:
            return "wait ends"
        case Does.EXHAUST:
            return "ladder exhausted"
        case _:
            return saying(action, policy)


def reason(action: Action) -> str:
    """Say what makes an action come, and under which rule."""
    source = source_named(action.source)
    return f"{action.why} ({source})" if action.why else source


def source_named(source: str) -> str:
    """Name what asks for an action: `rule s1-unanswered`, `clock response`, `ladder standard`, `wait`."""
    kind, _, name = source.partition(":")
    return f"{kind} {name}".rstrip()


def next_line(found: Ahead, policy: Policy, now: datetime, zone: tzinfo | None = None) -> str:
    """Say in one line what comes next: `09:20 reminder to bo, 09:35 tier 2 database, if nobody acts`.

    Warnings are left out where anything else is to come.
    """
    weighty = [each for each in found.foreseen if each.action.does is not Does.WARN] or list(found.foreseen)
    if not weighty:
        return found.ends.removeprefix("nothing will happen: ")
    told = [f"{moment(max(each.at, now), now, zone)} {shortly(each.action, policy)}" for each in weighty[:NEXT]]
    return f"{', '.join(told)}, if nobody acts"


def ahead_lines(
    found: Ahead, policy: Policy, now: datetime, zone: tzinfo | None = None
) -> Iterator[tuple[str, str, str]]:
    """Give for each thing to come its time, what happens, and why."""
    for each in found.foreseen:
        yield _when(each, now, zone), saying(each.action, policy), reason(each.action)


def why_line(told: Sequence[ClockTold], now: datetime, zone: tzinfo | None = None) -> str:
    """Say in one line how the most pressing clock stands, or the empty word where none is to be kept."""
    live = [each.clock for each in told if not each.is_over and each.clock.left is not None]
    if not live:
        return ""
    first = min(live, key=lambda clock: (clock.kind is not SegmentKind.RUN, clock.left))
    return f"{first.name} {standing(first, now, zone)}"


def _when(each: Foreseen, now: datetime, zone: tzinfo | None) -> str:
    if each.at <= now:
        return "now"
    return on_day(each.at, now, zone)


def _told(action: Action) -> str:
    people = [*action.to, *action.outside]
    return f"; {listed(people)} {'is' if len(people) == 1 else 'are'} told" if people else ""


def _whom(action: Action) -> str:
    return listed([*action.to, *action.outside]) or "nobody"


def _is_one(action: Action) -> bool:
    return len(action.to) + len(action.outside) <= 1


def _clock(action: Action) -> str:
    name = action.source.partition(":")[2]
    return NOUNS.get(name, name)


def _place(action: Action, policy: Policy) -> str:
    return f"{policy.place(action.target)}: " if action.target is not None else ""


def _step(action: Action) -> str:
    return f" (step {action.step} of {action.steps})" if action.steps else ""


def absent(action: Action) -> str:
    """Say who would have been told and could not be, each with the reason; nothing where nobody."""
    return listed(f"{name} ({why})" for name, why in action.absent)


def how_far(each: Foreseen, now: datetime) -> str:
    """Say how far off something is."""
    return away(each.at, now)
