"""Memory: the counts at each minute are those of everything that had happened by then, and of nothing else."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseId
from console.domain.events import Event, Kind, Plain
from console.domain.evidence import NOTHING, Count, Key, Local, Weighing, counted_as, evidence_in
from console.domain.memory import Memory
from console.domain.stays import trail_of
from tests.builders import an_event, at, likes

FOUR_HOURS = timedelta(hours=4)
MOVES = st.tuples(
    st.integers(1, 4),
    st.integers(0, 40),
    st.sampled_from([*range(1, 4)] * 2 + [0]),
    st.sampled_from(["a", "b", ""]),
    st.sampled_from(["x", "y", ""]),
    st.sampled_from([Kind.RETURNED, Kind.UNDONE, Kind.MOVED]),
    st.sampled_from(["solvable-below", "wrong-team"]),
    st.sampled_from([None, None, False, True]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Draw what happened to a few cases, in the order of time."""
    told: list[Event] = []
    for case, hours, tier, category, item, kind, reason, secret in sorted(
        draw(st.lists(MOVES, max_size=25)), key=lambda m: m[1]
    ):
        changes: dict[str, tuple[Plain, Plain]] = {"category": (None, category), "item": (None, item)}
        changes |= {"tier": (None, tier)} if tier else {}
        changes |= {"confidential": (None, secret)} if secret is not None else {}
        told.append(an_event(kind, case=CaseId(case), at=at(hours=hours), changes=changes, reason=reason))
    return sorted(told, key=lambda each: each.at)


def counted_anew(history: list[Event], hours: float) -> dict[Key, Count]:
    """Count what had happened by then, case by case."""
    found: dict[Key, Count] = {}
    past = [event for event in history if event.at <= at(hours=hours)]
    for case in {event.case for event in past}:
        trail = trail_of([event for event in past if event.case == case], FOUR_HOURS)
        for stay in trail.told(at(hours=hours), FOUR_HOURS):
            for key, count in counted_as(stay):
                found[key] = found.get(key, NOTHING) + count
    return found


@given(histories(), st.integers(0, 50))
def test_the_counts_at_any_minute_are_those_counted_anew_from_what_had_happened(
    history: list[Event], hours: int
) -> None:
    memory = Memory(FOUR_HOURS)

    for event in history:
        if event.at <= at(hours=hours):
            memory.hear(event)
    memory.come_to(at(hours=hours))

    assert memory.known() == counted_anew(history, hours)


@given(histories())
def test_what_happens_later_changes_nothing_of_what_was_known(history: list[Event]) -> None:
    memory = Memory(FOUR_HOURS)

    for place, event in enumerate(history):
        assert memory.local(event.case, 1, likes("a"), event.at) == _heard(history[:place], event)
        memory.hear(event)


def _heard(history: list[Event], event: Event) -> Local:
    memory = Memory(FOUR_HOURS)
    for each in history:
        memory.hear(each)
    return memory.local(event.case, 1, likes("a"), event.at)


def a_life(number: int, start: float, up_after: float | None, category: str) -> list[Event]:
    """Give the events of a case that opens so late, and perhaps goes up so much later."""
    case = CaseId(number)
    begun = {"tier": (None, 1), "category": (None, category)}
    told = [an_event(Kind.OPENED, case=case, at=at(hours=start), changes=begun)]
    if up_after is not None:
        went = {"tier": (1, 2)}
        told.append(an_event(Kind.ESCALATED, case=case, at=at(hours=start + up_after), changes=went))
    return told


def test_a_kind_that_always_goes_up_late_is_not_known_to_before_it_does() -> None:
    memory = Memory(FOUR_HOURS)
    lives = [event for number in range(200) for event in a_life(number, number, 30, "slow")]
    for event in sorted(lives, key=lambda each: each.at):
        if event.at < at(hours=20):
            memory.hear(event)

    assert memory.local(CaseId(999), 1, likes("slow"), at(hours=20)).all == Count(0, 17)
    for event in sorted(lives, key=lambda each: each.at):
        if event.at >= at(hours=20):
            memory.hear(event)
    assert memory.local(CaseId(999), 1, likes("slow"), at(hours=400)).all == Count(200, 200)


def test_a_case_does_not_speak_for_itself() -> None:
    memory = Memory(FOUR_HOURS)
    for event in a_life(1, 0, 1, "checkout"):
        memory.hear(event)

    assert memory.local(CaseId(1), 1, likes("checkout"), at(hours=2)).all == NOTHING
    assert memory.local(CaseId(2), 1, likes("checkout"), at(hours=2)).all == Count(1, 1)


def test_a_routine_kind_that_comes_often_is_told_from_a_rare_one_that_goes_up() -> None:
    memory, weigh = Memory(FOUR_HOURS), Weighing()
    lives = [a_life(number, number / 10, None, "password") for number in range(400)]
    lives += [a_life(1000 + number, number, 0.5, "corrupt") for number in range(30)]
    for event in sorted((event for life in lives for event in life), key=lambda each: each.at):
        memory.hear(event)

    now = at(hours=60)
    often = evidence_in(memory.local(CaseId(9999), 1, likes("password"), now), weigh)
    rare = evidence_in(memory.local(CaseId(9999), 1, likes("corrupt"), now), weigh)
    assert (often.points, rare.points) == (-3, 3)
    assert (often.count, rare.count) == (Count(0, 400), Count(30, 30))
