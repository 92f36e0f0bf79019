"""Laws of clocks, over random histories in random calendars."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseId, EscalationId, Severity
from console.domain.clock import Clock, SegmentKind, clocks, pressed, pressing
from console.domain.clock_marks import mark
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Event
from console.domain.policy import Policy
from console.domain.timing import ClockName, Target, Timing
from tests.builders import MORNING, a_policy, an_escalation
from tests.domain.clocks.history import Desk, desk_until, timing_of
from tests.domain.clocks.table import Goal, Line, Worked, read

CALENDARS, _ = read()
OFFICE = CALENDARS["office"].zone
NAMES = ("response", "update", "resolution", "acceptance", "closure", "review")
STARTS = (MORNING, MORNING.replace(month=3, day=27), MORNING.replace(month=10, day=23), MORNING.replace(day=21))
WORDS = (
    *("told", "noted", "wrote", "talked with=Oracle", "waits for=customer", "waits for=vendor told", "resumed"),
    *("changed S1", "changed S2", "changed S4", "changed category=tills", "changed due=(Tue 1 Dec 09:00)"),
    *("changed due=none", "told promise=(Mon 30 Nov 21:00)", "noted promise=(Wed 2 Dec 10:00)", "resolved", "reopened"),
    *("moved 2", "moved 3", "claimed", "merged", "escalated to=2 told", "escalated to=3 decide=(Thu 3 Dec 12:00)"),
    *("asked", "replied", "accepted", "returned", "exhausted", "reviewed", "decided", "undid", "undid again"),
)
OPENINGS = ("opened", "opened S2", "opened status=waiting")
OF_A_MOVE = {"asked", "replied", "accepted", "returned", "exhausted", "reviewed", "decided"}


@st.composite
def goals(draw: st.DrawFn) -> list[Goal]:
    """Draw targets for some clocks, of all cases and of some."""
    found = []
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True)):
        for only in draw(st.lists(st.sampled_from([{}, {"severity": "S1"}, {"tier": "2"}]), min_size=1, max_size=3)):
            within = timedelta(minutes=draw(st.integers(1, 3_000)))
            found.append(Goal(name, within, draw(st.sampled_from(sorted(CALENDARS))), dict(only)))
    return found


@st.composite
def stories(draw: st.DrawFn) -> tuple[Desk, Policy, datetime]:
    """Draw a case with its history under a policy, and a time after it."""
    worked = Worked("drawn", 0, draw(goals()))
    at = draw(st.sampled_from(STARTS))
    worked.lines.append(Line(at, draw(st.sampled_from(OPENINGS)), is_expected=False))
    desk = desk_until(worked, CALENDARS)
    for says in draw(st.lists(st.sampled_from(WORDS), max_size=12)):
        at += timedelta(minutes=draw(st.integers(0, 2_000)))
        if desk.moves or says.split()[0] not in OF_A_MOVE:
            with suppress(Refused, StopIteration):
                desk.happen(Line(at, says, is_expected=False))
    later = at + timedelta(minutes=draw(st.integers(0, 20_000)))
    return desk, a_policy(timing=timing_of(worked, CALENDARS)), later


def found_in(story: tuple[Desk, Policy, datetime], now: datetime | None = None) -> tuple[Clock, ...]:
    """Give the clocks of a story."""
    desk, policy, later = story
    return clocks(desk.case, desk.history, tuple(desk.moves.values()), policy, now or later)


@given(stories())
def test_what_has_elapsed_and_what_is_left_make_the_target(story: tuple[Desk, Policy, datetime]) -> None:
    for clock in found_in(story):
        if clock.within is not None and clock.left is not None:
            assert clock.elapsed + clock.left == clock.within
        assert clock.elapsed >= timedelta(0)


@given(stories())
def test_nothing_is_due_outside_of_hours(story: tuple[Desk, Policy, datetime]) -> None:
    for clock in found_in(story):
        if clock.due is not None and clock.within is not None and not clock.missed:
            calendar = story[1].timing.calendars[clock.calendar]
            assert calendar.is_open(clock.due) or calendar.between(clock.due - timedelta(minutes=1), clock.due)


@given(stories())
def test_segments_follow_one_another_and_only_the_last_lasts(story: tuple[Desk, Policy, datetime]) -> None:
    for clock in found_in(story):
        *past, last = clock.segments
        assert last.end is None
        assert all(segment.end is not None for segment in past)
        assert [segment.end for segment in past] == [segment.start for segment in clock.segments[1:]]
        assert all(segment.end is None or segment.end >= segment.start for segment in clock.segments)
        assert (clock.due is None) or clock.kind is SegmentKind.RUN


@given(stories(), st.integers(0, 5_000))
def test_time_alone_moves_no_due_time(story: tuple[Desk, Policy, datetime], minutes: int) -> None:
    later = story[2] + timedelta(minutes=minutes)
    now, then = found_in(story), found_in(story, later)
    assert [(clock.key, clock.due, clock.within) for clock in now] == [
        (each.key, each.due, each.within) for each in then
    ]
    assert all(a.missed in {None, b.missed} for a, b in zip(now, then, strict=True))


@given(stories())
def test_what_presses_is_the_first_of_the_clocks(story: tuple[Desk, Policy, datetime]) -> None:
    desk, policy, _ = story
    found = pressed(desk.case, desk.history, (), policy)
    if desk.case.status.is_live:
        assert found == pressing(found_in(story))
    else:
        assert (found.name, found.due, found.left) == ("", None, None)


@given(stories(), st.integers(0, 3_000))
def test_a_pause_never_brings_a_due_time_earlier(story: tuple[Desk, Policy, datetime], minutes: int) -> None:
    desk, policy, later = story
    before = {(clock.name, clock.key): clock for clock in found_in(story)}
    if not desk.case.status.is_live:
        return
    again = replace_history(desk)
    again.happen(Line(later, "waits for=customer", is_expected=False))
    again.happen(Line(later + timedelta(minutes=minutes), "resumed", is_expected=False))
    for clock in found_in((again, policy, later + timedelta(minutes=minutes))):
        was = before.get((clock.name, clock.key))
        if was is not None and was.due is not None and clock.due is not None:
            assert clock.due >= was.due


@given(stories(), st.sampled_from(WORDS), st.integers(0, 3_000))
def test_a_breach_is_never_taken_back(story: tuple[Desk, Policy, datetime], says: str, minutes: int) -> None:
    desk, policy, later = story
    late = [clock for clock in found_in(story) if clock.missed is not None]
    again = replace_history(desk)
    for clock in late:
        again.happen(Line(clock.missed or later, f"breached {clock.name} {clock.key}", is_expected=False))
    if says.split(maxsplit=1)[0] not in OF_A_MOVE | {"undid"}:
        again.happen(Line(later + timedelta(minutes=minutes), says, is_expected=False))
    found = {(clock.name, clock.key): clock for clock in found_in((again, policy, later + timedelta(minutes=minutes)))}
    for clock in late:
        assert found[clock.name, clock.key].breached_at == clock.missed


@given(stories())
def test_marks_come_in_their_order_and_never_early(story: tuple[Desk, Policy, datetime]) -> None:
    desk, policy, later = story
    del desk
    for clock in found_in(story):
        marks = [mark(clock, percent, policy.timing, later) for percent in (25, 50, 75, 100)]
        known = [each for each in marks if each is not None]
        assert known == sorted(known)
        if clock.within is not None and (half := marks[1]) is not None and half > clock.segments[-1].start:
            then = next(each for each in found_in(story, half) if (each.name, each.key) == (clock.name, clock.key))
            assert then.elapsed * 2 >= clock.within


@given(stories(), st.integers(0, 12))
def test_a_history_that_begins_in_the_middle_can_be_told(story: tuple[Desk, Policy, datetime], first: int) -> None:
    desk, policy, later = story
    part: Sequence[Event] = desk.history[first:]
    for clock in clocks(desk.case, part, tuple(desk.moves.values()), policy, later):
        assert clock.segments[-1].end is None


def replace_history(desk: Desk) -> Desk:
    """Give a case to go on with, beside the one there is."""
    return Desk(desk.zone, desk.case, list(desk.history), dict(desk.moves))


def test_without_targets_only_a_stated_due_time_is_kept() -> None:
    worked = Worked("x", 0, [Goal("response", timedelta(hours=1), "office", {})])
    worked.lines.append(Line(MORNING, "opened due=(Mon 23 Nov 12:00)", is_expected=False))
    desk, bare = desk_until(worked, CALENDARS), a_policy()
    due = MORNING.replace(hour=11)

    (only,) = clocks(desk.case, desk.history, (), bare, MORNING)

    assert (only.name, only.due, only.fixed) == ("resolution", due, due)
    assert pressed(desk.case, desk.history, (), bare).due == due
    desk.happen(Line(MORNING, "waits for=vendor", is_expected=False))
    assert pressed(desk.case, desk.history, (), bare) == pressing(())
    assert clocks(replace(desk.case, due=None), (), (), bare, MORNING) == ()


def test_an_escalation_that_no_event_tells_of_is_kept_by_what_is_stored() -> None:
    desk = desk_until(Worked("x", 0, [_an_hour()], [Line(MORNING, "opened", is_expected=False)]), CALENDARS)
    timing = Timing(targets=(_target(),))
    moves = (
        an_escalation(id=EscalationId(1), case=CaseId(7), question="which?"),
        an_escalation(id=EscalationId(2), case=CaseId(7), **_answered()),
    )
    found = clocks(desk.case, desk.history, moves, a_policy(timing=timing), MORNING + timedelta(hours=3))

    told = {(clock.name, clock.key): clock.kind for clock in found}
    assert told[ClockName.ACCEPTANCE, "escalation.1"] is SegmentKind.PAUSE
    assert told[ClockName.ACCEPTANCE, "escalation.2"] is SegmentKind.CLOSED
    assert told[ClockName.CLOSURE, "escalation.2"] is SegmentKind.RUN


def test_a_breach_without_a_key_is_that_of_the_newest_clock_of_its_name() -> None:
    desk = desk_until(Worked("x", 0, [_an_hour()], [Line(MORNING, "opened", is_expected=False)]), CALENDARS)
    desk.happen(Line(MORNING + timedelta(hours=1), "escalated to=2", is_expected=False))
    at = MORNING + timedelta(hours=2)
    desk.happen(Line(at, "breached acceptance escalation.7001", is_expected=False))
    keyless = {name: value for name, value in desk.history[-1].detail.items() if name != "key"}
    desk.history[-1] = replace(desk.history[-1], detail=keyless)

    found = clocks(desk.case, desk.history, (), a_policy(timing=Timing(targets=(_target(),))), at)

    assert [clock.breached_at for clock in found if clock.name is ClockName.ACCEPTANCE] == [at]


def test_a_warning_is_known_by_its_percent_and_the_due_time_it_was_of() -> None:
    desk = desk_until(Worked("x", 0, [_an_hour()], [Line(MORNING, "opened", is_expected=False)]), CALENDARS)
    desk.happen(Line(MORNING, "escalated to=2", is_expected=False))
    at = MORNING + timedelta(minutes=30)
    desk.happen(Line(at, "warned acceptance escalation.7001 50", is_expected=False))
    desk.happen(Line(at, "warned acceptance escalation.9 75", is_expected=False))

    found = clocks(desk.case, desk.history, (), a_policy(timing=Timing(targets=(_target(),))), at)

    assert [clock.warned for clock in found if clock.name is ClockName.ACCEPTANCE] == [{(50, at)}]


def _an_hour() -> Goal:
    return Goal("acceptance", timedelta(hours=1), "office", {})


def _target() -> Target:
    return Target(clock=ClockName.ACCEPTANCE, within=timedelta(hours=1), calendar="always", severity=Severity.S3)


def _answered() -> dict[str, Any]:
    return {"state": State.ACCEPTED, "answered_at": MORNING + timedelta(minutes=5)}
