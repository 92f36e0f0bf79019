"""A source goes on with its cases where they were taken in from an export."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from console.desk import taking
from console.desk.desk import Desk
from console.domain.arrival import Message, Step, Voice
from console.domain.case import CaseId, Status
from console.domain.events import Kind
from console.domain.sentences import sentence
from console.store.engine import Store
from tests.builders import a_policy
from tests.desk.conftest import Clock
from tests.desk.exported import brought, exported
from tests.desk.givens import ADA, stored
from tests.desk.tickets import a_ticket, at, take, the_case
from tests.template import a_copy


def test_a_source_goes_on_with_a_case_that_was_exported_and_taken_in_elsewhere(
    desk: Desk, tmp_path: Path, clock: Clock
) -> None:
    there = Desk(Store(a_copy(tmp_path / "there.db")), a_policy(), "the policy's text", clock)
    steps = (Step(at(0), "created", Kind.OPENED), Step(at(1), "wait", by="bo", status="waiting"))
    note = Message("kim@x", at(1), "still down", Voice.REQUESTER, "c1")
    ticket = a_ticket(1, status="", steps=steps, messages=(note,))
    (first,) = taking.take_in(desk, ADA, [ticket])
    assert stored(desk, CaseId(first.case or 0))[0].status is Status.WAITING
    (taken,) = brought(there, exported(desk))
    before = stored(there, CaseId(taken.case or 0))[1]

    more = Message("kim@x", at(2), "hello?", Voice.REQUESTER, "c2")
    longer = replace(ticket, steps=(*steps, Step(at(3), "go", status="open")), updated=at(3))
    found = take(there, ticket, replace(ticket, messages=(note, more)), longer, longer, a_ticket(4, title="It burns"))

    case, history = the_case(there, taken)
    assert [each.outcome.value for each in found] == ["known", "joined", "joined", "known", "joined"]
    told = [sentence(event) for event in history[len(before) :]]
    assert told == [
        "kim@x wrote in: 'hello?' (intake jira)",
        "ada resumed it (intake jira)",
        "ada brought news from jira: title from 'It is down' to 'It burns' (intake jira)",
    ]
    assert (case.status, case.title) == (Status.OPEN, "It burns")
