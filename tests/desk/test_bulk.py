"""Many cases at once: one transaction, one batch, one undo, and a report of what was refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from console.desk import batch as batches
from console.desk import bulk, closing, triage, undo
from console.desk.batch import Batch
from console.desk.desk import Desk
from console.domain.arrival import Voice
from console.domain.case import CaseId, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Event, Kind
from console.domain.people import Role
from console.domain.tags import Tagging
from console.store import cases, events
from console.store.engine import Snapshot, Store, Tx
from tests.builders import an_actor
from tests.desk.givens import BO, is_whole, open_case, stored

LEA = an_actor("lea", Role.LEAD)

ACTS: dict[str, tuple[Callable[[Desk, list[CaseId]], Batch], Kind]] = {
    "assign": (lambda desk, ids: bulk.assign(desk, LEA, ids, "kim"), Kind.ASSIGNED),
    "move": (lambda desk, ids: bulk.move(desk, LEA, ids, (2, "network")), Kind.MOVED),
    "wait": (lambda desk, ids: bulk.wait(desk, LEA, ids, "vendor", told="we ask them"), Kind.WAITING),
    "note": (lambda desk, ids: bulk.note(desk, LEA, ids, triage.Said("the line is back")), Kind.NOTED),
    "resolve": (lambda desk, ids: bulk.resolve(desk, LEA, ids, "line repaired"), Kind.RESOLVED),
    "tag": (lambda desk, ids: bulk.tag(desk, LEA, ids, ["outage"]), Kind.CHANGED),
    "untag": (lambda desk, ids: bulk.untag(desk, LEA, ids, ["old"]), Kind.CHANGED),
    "retag": (lambda desk, ids: bulk.retag(desk, LEA, ids, Tagging(("outage",), ("old",))), Kind.CHANGED),
}


def some_cases(desk: Desk, number: int) -> list[CaseId]:
    """Open cases."""
    return [open_case(desk, title=f"Case {n}", tags=("old",)) for n in range(number)]


def numbers(batch: Batch) -> list[int]:
    """Give the ids of the cases that were done."""
    return [done.case.id for done in batch.done]


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_many_is_one_event_a_case_with_one_batch_id(desk: Desk, act: str) -> None:
    ids = some_cases(desk, 3)
    do, kind = ACTS[act]

    done = do(desk, ids)

    assert (numbers(done), done.refused) == (ids, ())
    for case_id in ids:
        case, history, _ = stored(desk, case_id)
        assert (history[-1].kind, history[-1].batch, len(history)) == (kind, done.batch, 2)
        assert case == next(each.case for each in done.done if each.case.id == case_id)
    assert done.batch
    assert is_whole(desk)


@pytest.mark.parametrize("act", ACTS)
def test_one_undo_takes_a_batch_back_and_one_redo_does_it_again(desk: Desk, act: str) -> None:
    ids = some_cases(desk, 3)
    before = [stored(desk, case_id)[0] for case_id in ids]
    ACTS[act][0](desk, ids)
    after = [stored(desk, case_id)[0] for case_id in ids]

    back = undo.undo(desk, LEA)
    assert numbers(back) == ids
    assert [(c.handler, c.tier, c.status, c.tags) for c in before] == [
        (c.handler, c.tier, c.status, c.tags) for c in (stored(desk, case_id)[0] for case_id in ids)
    ]
    with pytest.raises(Refused, match="nothing of yours to undo"):
        undo.undo(desk, LEA)

    undo.redo(desk, LEA)
    assert [(c.handler, c.tier, c.status, c.tags) for c in after] == [
        (c.handler, c.tier, c.status, c.tags) for c in (stored(desk, case_id)[0] for case_id in ids)
    ]
    with pytest.raises(Refused, match="nothing of yours to redo"):
        undo.redo(desk, LEA)
    assert is_whole(desk)


def test_released_cases_are_nobodys_again(desk: Desk) -> None:
    first, second = some_cases(desk, 2)
    bulk.assign(desk, LEA, [first], "kim")

    done = bulk.release(desk, LEA, [first, second])

    assert numbers(done) == [first]
    assert stored(desk, first)[0].handler is None
    assert [case_id for case_id, _ in done.refused] == [second]
    undo.undo(desk, LEA, first)
    assert stored(desk, first)[0].handler == "kim"


def test_a_refused_case_does_not_spoil_the_others(desk: Desk) -> None:
    first, second, third = some_cases(desk, 3)
    closing.resolve(desk, LEA, second, "done")

    done = bulk.move(desk, LEA, [first, second, CaseId(99), third, first], (2, ""))

    assert numbers(done) == [first, third]
    assert [(case_id, why.code) for case_id, why in done.refused] == [
        (second, RefusalCode.RULE),
        (99, RefusalCode.NOT_FOUND),
    ]
    assert len(stored(desk, second)[1]) == 2


def test_what_is_wrong_for_every_case_is_refused_at_once(desk: Desk) -> None:
    ids = some_cases(desk, 2)
    wrong: list[Callable[[], Batch]] = [
        lambda: bulk.move(desk, LEA, ids, (9, "")),
        lambda: bulk.note(desk, LEA, ids, triage.Said(" ")),
        lambda: bulk.tag(desk, LEA, ids, ["a;b"]),
        lambda: bulk.untag(desk, LEA, ids, []),
    ]
    for act in wrong:
        with pytest.raises(Refused):
            act()
    assert all(len(stored(desk, case_id)[1]) == 1 for case_id in ids)


def test_a_case_that_has_moved_on_since_it_was_seen_is_refused_alone(desk: Desk) -> None:
    first, second = some_cases(desk, 2)
    triage.claim(desk, BO, second)

    done = bulk.assign(desk, LEA, [first, second], "kim", {first: 1, second: 1})

    assert numbers(done) == [first]
    assert (done.refused[0][1].code, done.refused[0][1].by) == (RefusalCode.CONFLICT, "bo")


def test_the_versions_of_cases_are_known_however_many_and_only_of_those_that_can_be_seen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = some_cases(desk, 2)
    hidden = open_case(desk, confidential=True)
    triage.claim(desk, BO, second)
    monkeypatch.setattr(cases, "AT_ONCE", 1)
    assert bulk.versions(desk, LEA, [first, second, hidden, CaseId(99)]) == {first: 1, second: 2}


def test_undoing_a_batch_leaves_what_others_have_changed_since(desk: Desk) -> None:
    first, second = some_cases(desk, 2)
    bulk.assign(desk, LEA, [first, second], "kim")
    bulk.assign(desk, an_actor("eve", Role.ADMIN), [second], "bo")

    back = undo.undo(desk, LEA)

    assert numbers(back) == [first]
    assert [(case_id, why.by) for case_id, why in back.refused] == [(second, "eve")]
    assert stored(desk, second)[0].handler == "bo"
    with pytest.raises(Refused, match="changed since by eve"):
        undo.undo(desk, LEA)


def test_an_undo_that_is_refused_for_every_case_says_of_each_why(desk: Desk) -> None:
    ids = some_cases(desk, 3)
    bulk.assign(desk, LEA, ids, "kim")
    bulk.assign(desk, an_actor("eve", Role.ADMIN), ids, "bo")

    back = undo.undo(desk, LEA)

    assert back.done == ()
    assert [(case_id, why.sentence) for case_id, why in back.refused] == [
        (each, f"Undo is not possible: handler of case {each} has been changed since by eve.") for each in ids
    ]


def test_it_is_known_how_many_cases_an_undo_would_touch(desk: Desk) -> None:
    ids = some_cases(desk, 3)
    assert undo.reach(desk, LEA) == 0
    bulk.assign(desk, LEA, ids, "kim")
    assert (undo.reach(desk, LEA), undo.reach(desk, LEA, again=True)) == (3, 0)
    undo.undo(desk, LEA)
    assert (undo.reach(desk, LEA), undo.reach(desk, LEA, again=True)) == (0, 3)


def test_a_note_that_stays_inside_is_true_whatever_others_did_meanwhile(desk: Desk) -> None:
    (only,) = some_cases(desk, 1)
    triage.claim(desk, BO, only)
    assert bulk.note(desk, LEA, [only], triage.Said("seen"), {only: 1}).done
    said = triage.Said("we are on it", Voice.OUTBOUND)
    assert bulk.note(desk, LEA, [only], said, {only: 1}).refused[0][1].by == "bo"


def test_naming_a_case_takes_back_its_part_of_a_batch_alone(desk: Desk) -> None:
    first, second = some_cases(desk, 2)
    bulk.assign(desk, LEA, [first, second], "kim")

    assert numbers(undo.undo(desk, LEA, second)) == [second]
    assert stored(desk, first)[0].handler == "kim"
    assert numbers(undo.undo(desk, LEA)) == [first]


def test_more_cases_than_one_transaction_holds_are_still_one_batch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = some_cases(desk, 7)
    monkeypatch.setattr(batches, "MOST", 3)

    done = bulk.tag(desk, LEA, ids, ["outage"])

    assert numbers(done) == ids
    assert {stored(desk, case_id)[1][-1].batch for case_id in ids} == {done.batch}
    assert numbers(undo.undo(desk, LEA)) == ids


def test_a_database_that_fails_half_way_keeps_what_was_done_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = some_cases(desk, 4)
    monkeypatch.setattr(batches, "MOST", 2)
    write, turns = Store.write, iter([True, False, False])

    def failing(store: Store, *sight: object) -> object:
        if not next(turns):
            raise Refused("The disk is full.", RefusalCode.STORAGE)
        return write(store, *sight)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "write", failing)

    done = bulk.tag(desk, LEA, ids, ["outage"])

    assert numbers(done) == ids[:2]
    assert [case_id for case_id, _ in done.refused] == ids[2:]
    with pytest.raises(Refused, match="disk is full"):
        bulk.tag(desk, LEA, ids, ["other"])


def test_what_fits_into_one_transaction_is_all_or_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = some_cases(desk, 4)
    append = events.append

    def failing(tx: Tx, new: Sequence[Event]) -> None:
        append(tx, new[:2])
        raise Refused("The disk is full.", RefusalCode.STORAGE)

    monkeypatch.setattr(events, "append", failing)
    with pytest.raises(Refused, match="disk is full"):
        bulk.tag(desk, LEA, ids, ["outage"])
    monkeypatch.undo()

    assert [len(stored(desk, case_id)[1]) for case_id in ids] == [1] * 4
    assert {stored(desk, case_id)[0].tags for case_id in ids} == {("old",)}


def test_it_is_known_in_how_many_parts_a_batch_is_done() -> None:
    assert [batches.parts_of(number) for number in (1, batches.MOST, batches.MOST + 1, 5 * batches.MOST)] == [
        1,
        1,
        2,
        5,
    ]


def test_a_batch_costs_few_statements_however_many_cases_it_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = Snapshot.rows

    def counting(tx: Snapshot, sql: str, values: Mapping[str, object] | None = None) -> list[Sequence[object]]:
        asked.append(sql)
        return rows(tx, sql, values)

    monkeypatch.setattr(Snapshot, "rows", counting)
    few, some, many, more = (some_cases(desk, number) for number in (3, 15, 25, 50))
    numbers: list[int] = []
    for ids in (few, some, many, more):
        for act in (lambda ids=ids: bulk.move(desk, LEA, ids, (2, "")), lambda: undo.undo(desk, LEA)):
            asked.clear()
            act()  # type: ignore[no-untyped-call]
            numbers.append(len(asked))
    assert numbers[:2] == numbers[2:4], "what comes next is planned along with few"
    assert numbers[4:6] == numbers[6:], "and left to the clock side with many"
    assert numbers[4] < numbers[0]


def test_one_case_needs_no_batch(desk: Desk) -> None:
    (only,) = some_cases(desk, 1)
    assert bulk.tag(desk, LEA, [only], ["x"]).batch == ""
    assert bulk.tag(desk, LEA, [], ["x"]).done == ()
    assert undo.undo(desk, LEA).done[0].case.tags == ("old",)


def test_a_waiting_batch_resumes_where_the_requester_is_noted_to_have_answered(desk: Desk) -> None:
    ids = some_cases(desk, 2)
    bulk.wait(desk, LEA, ids, "customer")
    done = bulk.note(desk, LEA, ids, triage.Said("here it is", Voice.REQUESTER))
    assert {each.case.status for each in done.done} == {Status.OPEN}
