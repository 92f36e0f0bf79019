"""Changes: told field by field, taken back, replayed; and the laws that any sequence of acts obeys."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from console.domain import acts, handing
from console.domain.brief import Brief
from console.domain.case import Case, CaseId, Choice, EscalationId, PersonId, Severity, Status
from console.domain.changes import NOT_TOLD, changes, differences, plain, replayed, touched, typed, undone
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation, ReturnReason
from console.domain.events import Event, Kind
from console.domain.matrix import Target
from console.domain.recommendation import way_up
from tests.builders import ADA, BO, MORNING, a_case, a_policy, an_event, an_open_case, at
from tests.domain.strategies import cases

POLICY = a_policy()
ORDER = handing.Order(brief=Brief(issue="stuck", help="hands"), target=None)


def told(before: Case | None, after: Case, **facts: Any) -> Event:  # noqa: ANN401 - any field of an event
    """Give the event of a change, as it comes back from being stored as JSON."""
    stored = json.loads(json.dumps(changes(before, after)))
    return an_event(Kind.CHANGED, changes={name: tuple(pair) for name, pair in stored.items()}, **facts)


def test_only_what_differs_is_told() -> None:
    case = an_open_case(tags=("vip",))
    after = replace(case, tags=(), severity=Severity.S1, due=at(hours=1), version=9, updated=at(hours=1))
    assert changes(case, after) == {
        "tags": (["vip"], []),
        "severity": ("S3", "S1"),
        "due": (None, "2026-11-23T10:00:00+00:00"),
    }
    assert touched([changes(case, after), {"tier": (1, 2)}]) == {"tags", "severity", "due", "tier"}


def test_a_new_case_tells_what_is_set() -> None:
    assert set(changes(None, a_case())) == {
        "title",
        "severity",
        "severity_from",
        "status",
        "tier",
        "answers",
        "created",
    }


def test_undo_is_refused_when_somebody_has_changed_the_field_since() -> None:
    case = an_open_case()
    event = told(case, replace(case, tier=2))
    later = told(replace(case, tier=2), replace(case, tier=3), actor=BO, version=3)
    with pytest.raises(Refused, match=r"tier of case 7 has been changed since by bo") as refused:
        undone(replace(case, tier=3), event, [later])
    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, BO)
    with pytest.raises(Refused, match=r"has been changed since\."):
        undone(replace(case, tier=3), event, [])


def test_undo_never_leaves_an_escalated_case_without_an_owner() -> None:
    claim = told(a_case(), acts.claimed(a_case(), ADA))
    escalated = an_open_case(escalation=EscalationId(1), escalation_state="sent")
    with pytest.raises(Refused, match="without an owner while it is escalated"):
        undone(escalated, claim, [])


def test_undo_leaves_fields_of_the_escalation_to_the_escalation() -> None:
    case = an_open_case()
    event = an_event(Kind.ASKED, changes={"escalation.3.question": ("", "which?")})
    assert undone(case, event, []) == case


def test_a_value_that_was_nothing_is_read_back_as_the_fields_own_nothing() -> None:
    assert [typed(name, None) for name in ("team", "tags", "attempts", "owner", "confidential")] == [
        "",
        (),
        0,
        None,
        False,
    ]


@given(cases())
def test_every_value_survives_being_written_and_read(case: Case) -> None:
    for name, (_, new) in told(None, case).changes.items():
        assert typed(name, new) == getattr(case, name)
        assert plain(getattr(case, name)) == new


@given(cases(), cases())
def test_undoing_the_last_event_gives_the_case_before(before: Case, after: Case) -> None:
    after = replace(after, id=before.id)
    assume(before.escalation is None or before.owner is not None)
    back = undone(after, told(before, after), [])
    kept = {name: getattr(before, name) for name in NOT_TOLD}
    assert replace(back, **kept) == before


@given(st.lists(cases(), min_size=1, max_size=5))
def test_replaying_events_gives_the_stored_state(states: list[Case]) -> None:
    events = [told(None, states[0])]
    events += [told(before, after) for before, after in itertools.pairwise(states)]
    assert differences(states[-1], replayed(events)) == []


@given(cases())
def test_a_case_edited_behind_the_back_of_history_is_noticed(case: Case) -> None:
    state = replayed([told(None, case)])
    assert differences(replace(case, title="forged"), state) == ["title"]
    assert "attempts" in differences(replace(case, attempts=99), state)


Hand = tuple[Case, tuple[Escalation, ...]]


def _escalate(hand: Hand, by: PersonId, place: Target | None) -> Hand:
    case, moves = hand
    handing.must_be_free(case, moves[-1] if moves else None)
    way = way_up(case, POLICY, None)
    after, made = handing.escalated(case, replace(ORDER, target=place), way, POLICY, by, MORNING)
    number = EscalationId(len(moves) + 1)
    return replace(after, escalation=number), (*moves, replace(made, id=number))


def _accept(hand: Hand, by: PersonId, _: Target | None) -> Hand:
    case, moves = hand
    if case.escalation is None:
        return hand
    after, taken = handing.accepted(case, moves[-1], by, MORNING)
    assert after.handler == by
    return after, (*moves[:-1], taken)


def _return(hand: Hand, by: PersonId, _: Target | None) -> Hand:
    case, moves = hand
    if case.escalation is None:
        return hand
    why = handing.Return(ReturnReason.SOLVABLE_BELOW)
    after, back = handing.handed_back(case, moves[-1], why, by, MORNING + timedelta(hours=1))
    assert after.handler is not None
    assert (after.tier, after.team) == (back.from_tier, back.from_team)
    return after, (*moves[:-1], back)


def _plain_act(act: Callable[[Case, PersonId], Case]) -> Callable[[Hand, PersonId, Target | None], Hand]:
    return lambda hand, by, _: (act(hand[0], by), hand[1])


EVERY_ACT: list[Callable[[Hand, PersonId, Target | None], Hand]] = [
    _escalate,
    _accept,
    _return,
    _plain_act(acts.claimed),
    _plain_act(acts.assigned),
    _plain_act(lambda case, _: acts.released(case)),
    _plain_act(lambda case, _: acts.moved(case, 2, "network")),
    _plain_act(lambda case, _: acts.moved(case, 1, "")),
    _plain_act(lambda case, _: acts.waiting(case, "customer", None)),
    _plain_act(lambda case, _: acts.heard_from_requester(case)),
    _plain_act(lambda case, _: acts.resumed(case)),
    _plain_act(lambda case, _: acts.resolved(case, "done")),
    _plain_act(lambda case, _: acts.closed(case)),
    _plain_act(lambda case, _: acts.reopened(case)),
    _plain_act(lambda case, _: acts.merged(case, a_case(id=CaseId(9)))),
    _plain_act(lambda case, _: acts.decided(case, Choice.HANDLE)),
    _plain_act(lambda case, _: acts.attempted(case, has_worked=False)),
    _plain_act(lambda case, _: acts.severity_set(case, Severity.S1)),
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(EVERY_ACT),
        st.sampled_from([ADA, BO]),
        st.sampled_from([None, Target(2, "database"), Target(4)]),
    ),
    max_size=25,
)


@given(STEPS)
def test_no_sequence_of_acts_loses_the_owner_or_the_thread(
    steps: list[tuple[Callable[[Hand, PersonId, Target | None], Hand], PersonId, Target | None]],
) -> None:
    hand: Hand = (a_case(), ())
    events = [told(None, hand[0])]
    for act, by, place in steps:
        before = hand[0]
        with suppress(Refused):
            hand = act(hand, by, place)
        case = hand[0]
        events.append(told(before, case))
        assert case.owner is not None or before.owner is None
        assert before.owner in {None, case.owner}
        assert (case.status is Status.WAITING) is bool(case.waiting_for)
        assert case.escalation_state != "sent" or case.escalation is not None
        assert undone(case, events[-1], []) == before
        assert differences(case, replayed(events)) == []
