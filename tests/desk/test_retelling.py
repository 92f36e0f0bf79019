"""Cases come in with their past, dated when it happened, and the history holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import taking, triage, undo
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.arrival import Arrival, Message, Step
from console.domain.case import CaseId, PersonId, Status
from console.domain.changes import differences, replayed
from console.domain.clock import clocks
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.people import Person
from console.domain.sentences import sentence
from console.domain.timing import ClockName
from console.store import cases, events, people
from tests.builders import MORNING
from tests.desk.givens import ADA, is_whole, open_case, stored
from tests.domain.timed import timed, within

YEAR_AGO = MORNING - timedelta(days=365)


def a_past(*steps: Step, ref: str = "INC1", **facts: object) -> Arrival:
    """Give a case of a year ago with this past."""
    return replace(Arrival("It is down", "old", ref, created=YEAR_AGO, steps=steps), **facts)  # type: ignore[arg-type]


def then(hours: float, **facts: object) -> Step:
    """Give a step so many hours after the case was opened."""
    return Step(YEAR_AGO + timedelta(hours=hours), **facts)  # type: ignore[arg-type]


UP, BACK = then(2, kind=Kind.ESCALATED, by="ada", what="up"), then(4, kind=Kind.RETURNED, by="bo", text="try again")
TAKEN, DONE = then(3, kind=Kind.ACCEPTED, by="bo"), then(5, kind=Kind.RESOLVED, what="done", by="ada")


def agrees(desk: Desk, case_id: CaseId) -> bool:
    """Say whether a stored case is what its history leaves, and every chain is whole."""
    case, history, _ = stored(desk, case_id)
    return is_whole(desk) and differences(case, replayed(history)) == []


def test_a_case_comes_in_with_its_past(desk: Desk) -> None:
    said = Message("kim@x", YEAR_AGO + timedelta(hours=9), "thanks")
    (taken,) = taking.take_in(desk, ADA, [a_past(UP, TAKEN, BACK, DONE, messages=(said,))])

    assert (taken.outcome, taken.notes) == (Outcome.NEW, 2)
    case, history, moves = stored(desk, taken.case)  # type: ignore[arg-type]
    told = ["opened", "escalated", "accepted", "returned", "noted", "resolved", "noted"]
    assert [event.kind.value for event in history] == told
    assert [event.at for event in history][:4] == [YEAR_AGO + timedelta(hours=n) for n in (0, 2, 3, 4)]
    assert {event.actor for event in history} == {"ada"}
    assert (case.status, case.updated, moves[0].state) == (Status.RESOLVED, said.at, State.RETURNED)
    assert agrees(desk, case.id)
    with desk.store.read() as tx:
        assert cases.text_of(tx, case.id).notes == "try again\nthanks"
        assert tx.rows("SELECT count(*) FROM notice") == [(0,)]


def test_the_same_past_again_changes_nothing_and_a_longer_one_goes_on(desk: Desk) -> None:
    (first,) = taking.take_in(desk, ADA, [a_past(UP)])
    (again,) = taking.take_in(desk, ADA, [a_past(UP)])
    (longer,) = taking.take_in(desk, ADA, [a_past(UP, TAKEN, then(4, tier=3, by="kim", status="open"), DONE)])

    assert (again.outcome, again.case) == (Outcome.KNOWN, first.case)
    assert (longer.outcome, longer.case, longer.notes) == (Outcome.JOINED, first.case, 0)
    case, _, moves = stored(desk, first.case)  # type: ignore[arg-type]
    assert (case.status, [each.state for each in moves]) == (Status.RESOLVED, [State.REVIEWED, State.REVIEWED])
    assert agrees(desk, case.id)


def test_notes_go_on_too_and_a_batch_that_tells_more_of_its_own_case_goes_on(desk: Desk) -> None:
    first, same, second = taking.take_in(desk, ADA, [a_past(UP), a_past(UP), a_past(UP, TAKEN)])
    assert (same.outcome, same.case) == (Outcome.KNOWN, first.case)
    assert (second.outcome, second.case) == (Outcome.JOINED, first.case)
    assert stored(desk, first.case)[0].handler == "bo"  # type: ignore[arg-type]
    note = then(6, kind=Kind.NOTED, text="more", by="kim")
    assert taking.take_in(desk, ADA, [a_past(UP, note)])[0].outcome is Outcome.JOINED
    assert agrees(desk, first.case)  # type: ignore[arg-type]


def test_what_was_done_here_stands_until_the_source_goes_on(desk: Desk) -> None:
    (first,) = taking.take_in(desk, ADA, [a_past(UP)])
    assert first.case is not None
    triage.wait(desk, ADA, first.case, "customer")
    (same,) = taking.take_in(desk, ADA, [a_past(UP)])
    assert (same.outcome, stored(desk, first.case)[0].status) == (Outcome.KNOWN, Status.WAITING)
    taking.take_in(desk, ADA, [a_past(UP, DONE)])
    case, history, _ = stored(desk, first.case)
    assert (case.status, history[-1].kind) == (Status.RESOLVED, Kind.RESOLVED)
    assert agrees(desk, case.id)


def test_a_past_that_the_policy_cannot_hold_is_rejected(desk: Desk) -> None:
    (new,) = taking.take_in(desk, ADA, [a_past(then(1, tier=9))])
    taking.take_in(desk, ADA, [a_past(UP)])
    (known,) = taking.take_in(desk, ADA, [a_past(UP, then(3, tier=9))])
    assert [each.outcome for each in (new, known)] == [Outcome.REJECTED] * 2
    assert "There is no tier 9" in new.reason
    assert "There is no tier 9" in known.reason


def test_a_confidential_past_stays_in_its_circle(desk: Desk) -> None:
    (taken,) = taking.take_in(desk, ADA, [a_past(UP, confidential=True)])
    with desk.read(ADA) as tx:
        case = cases.get(tx, taken.case)  # type: ignore[arg-type]
        assert (case.circle, case.tier) == (("ada",), 2)
        assert differences(case, replayed(events.of_case(tx, case.id))) == []


def test_the_clocks_fold_from_the_past_as_it_was(desk: Desk) -> None:
    policy = timed(targets=(within(ClockName.RESOLUTION, 240), within(ClockName.ACCEPTANCE, 30)))
    desk = replace(desk, policy=policy)
    wait, heard = then(0.5, kind=Kind.WAITING), then(1.5, kind=Kind.RESUMED)
    taken = taking.take_in(desk, ADA, [a_past(wait, heard, UP, TAKEN, DONE), a_past(UP, ref="INC2")])

    case, history, moves = stored(desk, taken[0].case)  # type: ignore[arg-type]
    resolution, acceptance, *_ = clocks(case, history, moves, desk.policy, MORNING)
    assert (resolution.elapsed, resolution.missed) == (timedelta(hours=4), None)
    assert acceptance.missed == UP.at + timedelta(minutes=30)
    assert case.next_due is None
    case, history, moves = stored(desk, taken[1].case)  # type: ignore[arg-type]
    resolution, acceptance, *_ = clocks(case, history, moves, desk.policy, MORNING)
    assert (resolution.due, acceptance.due) == (MORNING + timedelta(hours=4), MORNING + timedelta(minutes=30))


def test_what_happened_just_now_is_news(desk: Desk) -> None:
    opened = Arrival("It is down", "old", "INC1", created=MORNING, steps=(Step(MORNING, "firing", Kind.OPENED),))
    taking.take_in(desk, ADA, [opened])
    taking.take_in(desk, ADA, [replace(opened, steps=(*opened.steps, Step(MORNING, "assigned", Kind.ASSIGNED, "bo")))])
    (again,) = taking.take_in(desk, ADA, [opened])
    assert again.outcome is Outcome.KNOWN
    case = stored(desk, again.case)[0]  # type: ignore[arg-type]
    assert (case.handler, agrees(desk, case.id)) == ("bo", True)


def test_what_a_source_told_is_not_undone(desk: Desk) -> None:
    mine = open_case(desk)
    triage.claim(desk, ADA, mine)
    taking.take_in(desk, ADA, [a_past(UP)])
    (done,) = undo.undo(desk, ADA).done
    assert done.case.id == mine
    with pytest.raises(Refused, match="nothing of yours to undo"):
        undo.undo(desk, ADA)


def test_people_and_teams_are_known_by_their_names_too(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, Person(id=PersonId("bo"), name="Bo Berg", mail="bo@desk"))
        people.put(tx, Person(id=PersonId("ada"), name="Ada Lind"))
    up = then(2, kind=Kind.ESCALATED, by="ada lind", team="DATABASE", what="up")
    taken = then(3, kind=Kind.ACCEPTED, by="Bo Berg", what="ack")
    past = a_past(up, taken, owner="Ada Lind")
    (first,) = taking.take_in(desk, ADA, [past])
    case, history, moves = stored(desk, first.case)  # type: ignore[arg-type]
    assert (case.owner, case.handler, case.team) == ("ada", "bo", "database")
    assert (moves[0].by, moves[0].answered_by) == ("ada", "bo")
    assert [event.detail.get("team") for event in history] == [None] * 3

    back = then(4, kind=Kind.RETURNED, by="bo@desk", what="back")
    given = then(5, handler="", what="free")
    mine = then(6, handler="bo@desk", by="Bo Berg", what="take", status="open")
    (again,) = taking.take_in(desk, ADA, [replace(past, steps=(up, taken, back, given, mine))])
    case, history, moves = stored(desk, again.case)  # type: ignore[arg-type]
    assert (case.handler, moves[0].answered_by) == ("bo", "bo")
    assert agrees(desk, case.id)
    assert sentence(history[-1]) == "Bo Berg claimed it (intake old)"


def test_who_has_a_ticket_is_known_by_name_too(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, Person(id=PersonId("bo"), name="Bo Berg", mail="bo@desk"))
    first, other = taking.take_in(
        desk, ADA, [Arrival("It is down", "old", "1", handler="Bo Berg"), Arrival("It", "old", "2", handler="Lee")]
    )
    assert [stored(desk, each.case)[0].handler for each in (first, other) if each.case] == ["bo", "Lee"]
