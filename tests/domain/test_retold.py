"""A past that is told step by step becomes the acts that it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.arrival import Step, Voice
from console.domain.case import PersonId, Severity, Status
from console.domain.changes import changes, differences, replayed
from console.domain.errors import Refused
from console.domain.escalation import AWAITING, State
from console.domain.escalation import Kind as Way
from console.domain.events import Event, Kind
from console.domain.past_step import TELLABLE
from console.domain.retold import MOST_MOVES, Retelling, Told, fresh_steps
from console.domain.sentences import sentence
from console.domain.stays import ran_out
from tests.builders import MORNING, a_case, a_policy, an_event, at

INES = PersonId("ines")


def a_step(hours: float = 1, **facts: Any) -> Step:  # noqa: ANN401 - any field of a step
    """Give a step so many hours after nine."""
    return Step(at(hours=hours), **facts)


def retelling(**facts: Any) -> Retelling:  # noqa: ANN401 - any field of a case
    """Give a new case whose past is to be told by ines."""
    return Retelling(a_case(**facts), a_policy(), INES, "old desk")


def kinds(told: list[Told]) -> list[str]:
    return [each.kind.value for each in told]


def test_a_case_goes_up_is_accepted_and_comes_back() -> None:
    past = retelling()
    told = past.tell([
        a_step(1, what="In progress", by="ada", status="open"),
        a_step(2, what="Sent", by="ada", kind=Kind.ESCALATED, tier=2, team="database"),
        a_step(3, what="In progress", by="bo", status="open", tier=2, team="database"),
        a_step(4, kind=Kind.RETURNED, by="bo"),
        a_step(5, kind=Kind.RESOLVED, by="ada", text="restarted"),
        a_step(6, what="closed", kind=Kind.CLOSED),
    ])  # fmt: skip

    assert kinds(told) == ["claimed", "escalated", "accepted", "returned", "resolved", "closed"]
    (move,) = past.moves.values()
    assert (move.id, move.state, move.by, move.answered_by) == (7001, State.RETURNED, "ada", "bo")
    assert (past.case.status, past.case.tier, past.case.owner, past.case.handler) == (Status.CLOSED, 1, "ada", "ada")
    assert past.case.resolution == "restarted"
    assert told[0].detail == {"by": "ada", "activity": "In progress"}


def test_a_place_says_it_all_where_the_words_are_unknown() -> None:
    past = retelling()
    told = past.tell([
        a_step(1, what="Queued", status="new", tier=1),
        a_step(2, what="Accepted", status="open", by="bo", tier=2, team="Org line B"),
        a_step(3, what="Queued", status="new", by="bo", tier=3, team="lab"),
        a_step(4, what="Accepted", status="open", by="kim", tier=3),
        a_step(5, what="Queued", status="new", tier=1),
        a_step(6, what="Completed", status="closed"),
    ])  # fmt: skip

    assert kinds(told) == [
        "noted", "escalated", "accepted", "escalated", "released", "accepted", "returned", "closed",
    ]  # fmt: skip
    assert told[1].detail["team"] == "Org line B"
    assert [each.state for each in past.moves.values()] == [State.RETURNED, State.RETURNED]
    assert (past.case.escalation, past.case.escalation_state, past.case.owner) == (None, "", INES)


def test_it_comes_back_one_level_where_it_went_up_two() -> None:
    past = retelling()
    past.tell([
        a_step(1, kind=Kind.ESCALATED, by="ada"), a_step(2, kind=Kind.ACCEPTED, by="bo"),
        a_step(3, kind=Kind.ESCALATED, by="bo"), a_step(4, kind=Kind.ACCEPTED, by="kim"),
        a_step(5, kind=Kind.RETURNED, by="kim"),
    ])  # fmt: skip
    first, second = past.moves.values()
    assert (first.state, second.state, first.target.tier, second.target.tier) == (
        State.ACCEPTED, State.RETURNED, 2, 3,
    )  # fmt: skip
    assert (past.case.tier, past.case.handler, past.case.escalation) == (2, "bo", first.id)
    assert (past.case.escalation_state, past.case.escalated_by) == ("accepted", "ada")


def test_what_nobody_accepted_is_passed_over() -> None:
    past = retelling(tier=1)
    past.tell([a_step(1, tier=2, by="ada", kind=Kind.ESCALATED), a_step(2, tier=4, kind=Kind.ESCALATED, by="bo")])
    first, second = past.moves.values()
    assert (first.state, second.from_tier, second.kind, second.by) == (State.EXPIRED, 1, Way.HIERARCHICAL, "bo")


def test_a_move_down_between_two_levels_is_a_move() -> None:
    past = retelling()
    told = past.tell([a_step(1, tier=3), a_step(2, tier=2, team="network"), a_step(3, tier=2, team="database")])
    assert kinds(told) == ["escalated", "moved", "moved"]
    assert past.case.team == "database"
    told = retelling(tier=3).tell([a_step(1, tier=1)])
    assert kinds(told) == ["moved"]


def test_waits_and_resumptions_and_reopenings_are_dated_then() -> None:
    past = retelling()
    told = past.tell([
        a_step(1, status="open"),
        a_step(2, status="waiting", waiting_for="vendor"),
        a_step(3, what="still", status="waiting"),
        a_step(4, kind=Kind.MOVED, team="database"),
        a_step(5, kind=Kind.RESUMED),
        a_step(6, kind=Kind.WAITING),
        a_step(7, status="closed", what="Done"),
        a_step(8, status="resolved", what="again"),
        a_step(9, tier=3),
        a_step(10, kind=Kind.REOPENED, by="ada"),
    ])  # fmt: skip
    assert kinds(told) == [
        "updated", "waiting", "noted", "escalated", "waiting", "resumed", "waiting", "closed", "noted", "moved",
        "reopened",
    ]  # fmt: skip
    assert [each.at for each in told[-2:]] == [at(hours=9), at(hours=10)]
    assert (past.case.status, past.case.reopened, past.case.resolution) == (Status.OPEN, 1, "")
    assert told[4].after.waiting_for == "vendor"


def test_people_take_and_give() -> None:
    past = retelling()
    told = past.tell([
        a_step(1, kind=Kind.CLAIMED, by="ada"),
        a_step(2, kind=Kind.ASSIGNED, by="ada", handler="bo"),
        a_step(3, kind=Kind.ASSIGNED, by="kim"),
        a_step(4, kind=Kind.RELEASED),
        a_step(5, kind=Kind.RELEASED),
        a_step(6, kind=Kind.CLAIMED),
        a_step(7, kind=Kind.CLAIMED, by="bo", status="waiting"),
    ])  # fmt: skip
    assert kinds(told) == ["claimed", "assigned", "assigned", "released", "claimed", "waiting"]
    assert (past.case.owner, past.case.handler) == ("ada", "bo")


def test_what_it_states_anew_and_what_was_written_is_told() -> None:
    past = retelling()
    told = past.tell([
        a_step(1, severity="S1", category="network"),
        a_step(2, severity="S1"),
        a_step(3, category="checkout", item="checkout-api"),
        a_step(3, item="checkout-api"),
        a_step(4, kind=Kind.NOTED, by="kim", text="Still down", voice=Voice.REQUESTER),
        a_step(5, kind=Kind.OPENED, what="Created"),
    ])  # fmt: skip
    assert kinds(told) == ["updated", "updated", "noted"]
    assert (past.case.severity, past.case.category, past.case.item) == (Severity.S1, "checkout", "checkout-api")
    assert told[0].detail == {"source": "old desk"}
    assert told[-1].detail == {"by": "kim", "text": "Still down", "voice": "requester"}
    nameless = Retelling(a_case(), a_policy(), INES)
    assert nameless.tell([a_step(category="x")])[0].detail == {}


def test_a_tier_that_is_not_there_is_refused_and_the_highest_stays() -> None:
    with pytest.raises(Refused, match="There is no tier 9"):
        retelling().tell([a_step(tier=9)])
    assert kinds(retelling(tier=4).tell([a_step(kind=Kind.ESCALATED, what="up")])) == ["updated"]
    assert kinds(retelling().tell([a_step(kind=Kind.RETURNED, what="back")])) == ["updated"]


def test_a_case_has_so_many_escalations_and_then_moves() -> None:
    past = retelling()
    told = past.tell([a_step(n, tier=1 + n % 2) for n in range(1, 2 * MOST_MOVES + 3)])
    assert len(past.moves) == MOST_MOVES
    assert kinds(told)[-2:] == ["moved", "moved"]


def test_where_somebody_works_here_everything_comes_as_a_note() -> None:
    past = retelling()
    told = past.notes([a_step(1, what="Closed", text="bye", status="closed"), a_step(2, status="open"), a_step(3)])
    assert [each.detail["text"] for each in told] == ["Closed: bye", "status open", "status unknown"]
    assert past.case.status is Status.NEW


def test_only_what_is_newer_than_what_is_told_is_fresh() -> None:
    steps = [a_step(1, what="a"), a_step(2, what="b"), a_step(2, what="c"), a_step(3, what="d")]
    assert fresh_steps(steps, [], "intake x") == steps
    told = an_event(Kind.NOTED, at=at(hours=2), detail={"activity": "b"}, cause="intake x")
    other = an_event(Kind.NOTED, at=at(hours=9))
    assert [(step.what, step.kind) for step in fresh_steps(steps, [told, other], "intake x")] == [
        ("a", Kind.NOTED), ("c", None), ("d", None),
    ]  # fmt: skip


def test_that_it_ran_late_is_told_once() -> None:
    steps = [a_step(1, what="a"), a_step(2, late=True, status="resolved"), a_step(3, status="closed", late=True)]
    told = retelling().tell(steps)
    assert kinds(told) == ["noted", "breached", "resolved", "closed"]
    assert ran_out(an_event(told[1].kind, detail=told[1].detail))
    known = an_event(Kind.BREACHED, at=at(hours=2), detail=told[1].detail, cause="intake x")
    assert [(step.at, step.late) for step in fresh_steps(steps[1:], [known], "intake x")] == [(at(hours=3), False)]


WORDS = st.sampled_from(["", "ada", "bo"])
STEPS = st.lists(
    st.builds(
        Step, at=st.integers(0, 50).map(lambda hours: MORNING + timedelta(hours=hours)), what=WORDS,
        kind=st.sampled_from([None, *sorted(TELLABLE)]), by=WORDS, tier=st.sampled_from([None, None, 1, 2, 3, 4]),
        team=st.sampled_from(["", "database", "network", "lab", "unknown"]),
        status=st.sampled_from(["", *Status]), handler=st.sampled_from([None, None, "", "kim"]),
        waiting_for=st.sampled_from(["", "vendor"]), severity=st.sampled_from(["", "S1", "S4"]),
        category=st.sampled_from(["", "network"]), late=st.booleans(), text=st.sampled_from(["", "a", "b"]),
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_whatever_is_told_the_history_replays_and_nobody_is_left_alone(steps: list[Step]) -> None:
    start = a_case()
    past = Retelling(start, a_policy(), INES)
    told = past.tell(steps)

    assert all(one.after is two.before for one, two in pairwise(told))
    events = [an_event(Kind.OPENED, changes=changes(None, start))]
    events += [Event(case=start.id, version=2, at=t.at, actor=INES, kind=t.kind, changes=changes(t.before, t.after))
               for t in told]  # fmt: skip
    assert differences(past.case, replayed(events)) == []
    case, move = past.case, past.moves.get(past.case.escalation or past.case.escalation)  # type: ignore[arg-type]
    assert (case.escalation is None) == (move is None)
    if move is not None:
        assert case.owner
        assert case.escalation_state == move.state
    waiting = [each for each in past.moves.values() if each.state in AWAITING]
    assert all(each.id == case.escalation for each in waiting)
    assert case.status.is_live or not waiting


def test_whoever_did_it_then_is_named_not_who_brought_it_in() -> None:
    moved = an_event(Kind.RELEASED, actor=INES, detail={"by": "bo"}, cause="intake old")
    assert sentence(moved) == "bo released it (intake old)"
    assert sentence(replace(moved, cause="manual")).startswith("ines ")
