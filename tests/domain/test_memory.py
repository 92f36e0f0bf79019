"""Memory: the counts at each minute are those of everything that had happened by then, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import CaseId
from console.domain.events import Event, Kind, Plain
from console.domain.evidence import NOTHING, Count, Key, Weighing, counted_as, evidence_in
from console.domain.memory import Memory, own, turns
from console.domain.stays import Counting, trail_of
from tests.builders import an_event, at, likes

FOUR_HOURS = Counting(timedelta(hours=4))
LIKE_A = likes("a")
MOVES = st.tuples(
    st.integers(1, 4),
    st.integers(0, 40),
    st.sampled_from([*range(1, 4)] * 2 + [0]),
    st.sampled_from(["a", "b", ""]),
    st.sampled_from([Kind.RETURNED, Kind.UNDONE, Kind.MOVED]),
    st.sampled_from(["solvable-below", "wrong-team"]),
    st.sampled_from([None, None, False, True]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Draw what happened to a few cases, in the order of time."""
    told: list[Event] = []
    for case, hours, tier, category, kind, reason, secret in sorted(
        draw(st.lists(MOVES, max_size=25)), key=lambda m: m[1]
    ):
        changes: dict[str, tuple[Plain, Plain]] = {"category": (None, category)}
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
            for key, count in counted_as(stay).items():
                found[key] = found.get(key, NOTHING) + count
    return found


def heard(history: Iterable[Event]) -> Memory:
    """Give a memory of what happened, in whichever order the cases are told."""
    cases: dict[CaseId, list[Event]] = {}
    for event in history:
        cases.setdefault(event.case, []).append(event)
    memory = Memory(FOUR_HOURS)
    for case in sorted(cases, reverse=True):
        memory.hear(cases[case])
    return memory


@given(histories(), st.lists(st.integers(0, 50), max_size=4))
def test_the_counts_at_any_minute_are_those_counted_anew_from_what_had_happened(
    history: list[Event], hours: list[int]
) -> None:
    memory = heard(history)

    for each in hours:
        assert memory.known(at(hours=each)) == counted_anew(history, each)


@given(histories(), st.integers(0, 50))
def test_what_happens_later_changes_nothing_of_what_was_known(history: list[Event], hours: int) -> None:
    early = [event for event in history if event.at <= at(hours=hours)]

    assert heard(history).known(at(hours=hours)) == heard(early).known(at(hours=hours))


@given(histories(), st.integers(0, 50), st.integers(1, 3))
def test_a_case_never_speaks_for_itself(history: list[Event], hours: int, tier: int) -> None:
    """Whatever became of it: what is known of others is what is known where it never was."""
    mine = [event for event in history if event.case == 1]
    others = [event for event in history if event.case != 1]
    like, now = (
        next((stay.likes for stay in trail_of(mine, FOUR_HOURS).stays if stay.tier == tier), LIKE_A),
        at(hours=hours),
    )

    found = heard(history).local(tier, like, now, own(turns(mine, FOUR_HOURS), tier, now))

    assert found == heard(others).local(tier, like, now)


def test_more_can_be_heard_after_something_was_asked() -> None:
    memory = heard(a_life(1, 0, 1, "a"))
    assert memory.local(1, LIKE_A, at(hours=2)).all == Count(1, 1)

    memory.hear(a_life(2, 0, None, "a"))

    assert memory.local(1, LIKE_A, at(hours=5)).all == Count(1, 2)
    assert memory.local(1, LIKE_A, at(hours=0)).all == NOTHING


def test_a_case_that_seems_to_run_back_in_time_is_heard_in_the_order_it_was_written() -> None:
    opened, up = a_life(1, 2, 1, "a")

    memory = heard([opened, replace(up, at=at(hours=1))])

    assert memory.known(at(hours=1)) == {}
    assert memory.local(1, LIKE_A, at(hours=2)).all == Count(1, 1)


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
    memory = heard(event for number in range(200) for event in a_life(number, number, 30, "slow"))

    assert memory.local(1, likes("slow"), at(hours=20)).all == Count(0, 17)
    assert memory.local(1, likes("slow"), at(hours=400)).all == Count(200, 200)


def test_a_routine_kind_that_comes_often_is_told_from_a_rare_one_that_goes_up() -> None:
    lives = [a_life(number, number / 10, None, "password") for number in range(400)]
    lives += [a_life(1000 + number, number, 0.5, "corrupt") for number in range(30)]
    memory, weigh = heard(event for life in lives for event in life), Weighing()

    often = evidence_in(memory.local(1, likes("password"), at(hours=60)), weigh)
    rare = evidence_in(memory.local(1, likes("corrupt"), at(hours=60)), weigh)
    assert (often.points, rare.points) == (-3, 3)
    assert (often.count, rare.count) == (Count(0, 400), Count(30, 30))
