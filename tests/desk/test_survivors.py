"""Survivors: where merged cases lead, in the end, and never past what may be known."""

from __future__ import annotations

import pytest

from console.desk import closing, confiding, triage, undo
from console.desk.desk import Desk
from console.desk.survivors import repeats_of, survivor
from console.domain.case import CaseId
from console.domain.people import Actor
from console.store import people
from tests.builders import a_person
from tests.desk.givens import ADA, BO, open_case


def where(desk: Desk, case_id: CaseId, actor: Actor = ADA) -> CaseId:
    with desk.read(actor) as tx:
        return survivor(tx, case_id)


def what(desk: Desk, case_id: CaseId, actor: Actor = ADA) -> tuple[CaseId, ...]:
    with desk.read(actor) as tx:
        return repeats_of(tx, case_id)


@pytest.fixture
def cases(desk: Desk) -> tuple[CaseId, CaseId, CaseId]:
    return open_case(desk), open_case(desk), open_case(desk)


def test_a_merged_case_leads_to_the_last_of_a_row(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, third = cases
    closing.merge(desk, ADA, first, second)
    closing.merge(desk, ADA, second, third)

    assert [where(desk, each) for each in cases] == [third, third, third]
    assert where(desk, CaseId(99)) == 99
    assert [what(desk, each) for each in cases] == [(), (), (first, second)]
    undo.undo(desk, ADA, second)
    assert [where(desk, each) for each in cases] == [second, second, third]


def test_a_circle_that_somebody_made_by_hand_ends(desk: Desk, cases: tuple[CaseId, CaseId, CaseId]) -> None:
    first, second, _ = cases
    closing.merge(desk, ADA, first, second)
    with desk.store.write() as tx:
        tx.driver.execute('UPDATE "case" SET duplicate_of = :into WHERE id = :id', {"into": first, "id": second})

    assert where(desk, first) in {first, second}
    assert set(what(desk, first)) <= {second}


def test_what_is_confidential_leads_only_to_whom_may_know_of_it(desk: Desk) -> None:
    with desk.store.write() as tx:
        for name in ("ada", "bo"):
            people.put(tx, a_person(name))
    mine, ours, open_one = (open_case(desk, confidential=each) for each in (True, True, False))
    triage.claim(desk, ADA, ours)
    confiding.let_in(desk, ADA, ours, BO.id)
    closing.merge(desk, ADA, mine, ours)

    assert where(desk, mine) == mine
    assert what(desk, ours) == ()
    undo.undo(desk, ADA, mine)
    closing.merge(desk, ADA, ours, mine)
    assert where(desk, ours) == mine
    assert (where(desk, ours, BO), where(desk, mine, BO)) == (ours, mine)
    undo.undo(desk, ADA, ours)
    closing.merge(desk, ADA, ours, open_one)
    assert where(desk, ours) == ours
    triage.note(desk, ADA, open_one, triage.Said("hm"))
    assert what(desk, open_one) == ()
