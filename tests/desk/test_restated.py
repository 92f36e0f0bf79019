"""A case that is here hears what its source says anew, and what people decided here is not overwritten blindly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.desk import closing, escalation, taking, triage, undo
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.arrival import Step
from console.domain.case import CaseId, Severity, SeverityFrom, Status
from console.domain.errors import Refused
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.people import Person
from console.domain.sentences import sentence
from console.store import cases, people
from tests.desk.givens import ADA, BO, KIM, escalate, stored
from tests.desk.tickets import a_ticket, at, take, the_case


def test_an_update_changes_what_it_says_and_history_tells_it(desk: Desk) -> None:
    due = at(40)
    first, second = take(
        desk,
        a_ticket(tags=("web",)),
        a_ticket(1, title="It  burns", severity="S1", due=due, tags=("fire",), category="network", organisation="ACME",
                 body="Since ten.", requester="lee@x"),
    )  # fmt: skip

    case, history = the_case(desk, second)
    assert (second.outcome, second.case) == (Outcome.JOINED, first.case)
    assert (case.title, case.severity, case.severity_from) == ("It burns", Severity.S1, SeverityFrom.STATED)
    assert (case.due, case.tags, case.category, case.organisation) == (due, ("fire",), "network", "ACME")
    assert case.requester == "lee@x"
    told = history[-1]
    assert (told.kind, told.cause, told.at, told.detail["body_before"]) == (
        Kind.UPDATED, "intake jira", at(1), "Since nine.",
    )  # fmt: skip
    assert sentence(told) == (
        "ada brought news from jira: category to network, due to 2026-11-24 13:00 UTC, organisation to ACME,"
        " requester from kim@x to lee@x, severity from S3 to S1, tags from web to fire,"
        " title from 'It is down' to 'It burns' and its text (intake jira)"
    )
    with desk.read(ADA) as tx:
        assert cases.text_of(tx, case.id).body == "Since ten."
        assert tx.rows("SELECT rowid FROM search WHERE search MATCH 'ten burns'") == [(case.id,)]
        assert tx.rows("SELECT rowid FROM search WHERE search MATCH 'nine OR down'") == []


def test_the_same_and_the_older_change_nothing(desk: Desk) -> None:
    take(desk, a_ticket())
    new = a_ticket(2, title="It burns", status="waiting")
    _, same, older, unnewed = take(desk, new, new, a_ticket(1, title="It smokes", status="resolved"), a_ticket(3))
    assert [each.outcome for each in (same, older)] == [Outcome.KNOWN] * 2
    case, history = the_case(desk, unnewed)
    assert (case.title, case.status, len(history)) == ("It is down", Status.OPEN, 5)


@pytest.mark.parametrize(
    ("steps", "kinds", "status"),
    [
        (["resolved"], ["resolved"], Status.RESOLVED),
        (["closed"], ["closed"], Status.CLOSED),
        (["resolved", "closed", "open"], ["resolved", "closed", "reopened"], Status.OPEN),
        (["resolved", "new"], ["resolved", "reopened"], Status.OPEN),
        (["waiting", "open"], ["waiting", "resumed"], Status.OPEN),
    ],
)
def test_a_status_is_followed(desk: Desk, steps: list[str], kinds: list[str], status: Status) -> None:
    taken = take(desk, a_ticket(), *(a_ticket(n, status=each) for n, each in enumerate(steps, 1)))
    case, history = the_case(desk, taken[-1])
    assert ([event.kind.value for event in history[1:]], case.status) == (kinds, status)
    assert {event.cause for event in history} == {"intake jira"}


def test_how_it_was_solved_is_told_and_a_wait_says_for_whom(desk: Desk) -> None:
    taken = take(
        desk, a_ticket(), a_ticket(1, status="waiting"), a_ticket(2, status="waiting", waiting_for="vendor"),
        a_ticket(3, status="closed", resolution="Fixed"), a_ticket(4, status="closed", resolution="Won't do"),
    )  # fmt: skip
    case, history = the_case(desk, taken[-1])
    assert [event.kind for event in history[1:]] == [Kind.WAITING, Kind.WAITING, Kind.CLOSED, Kind.UPDATED]
    assert history[2].changes["waiting_for"] == ("customer", "vendor")
    assert history[3].changes["resolution"][1] == "Fixed"
    assert case.resolution == "Won't do"


def test_what_people_decided_stays_unless_the_source_says_something_new(desk: Desk) -> None:
    (first,) = take(desk, a_ticket(category="web", tags=("one",)))
    case_id = CaseId(first.case or 0)
    triage.change(desk, ADA, case_id, {"severity": Severity.S1, "category": "network", "tags": ("one", "ours")}, "vip")
    triage.wait(desk, ADA, case_id, "customer")

    take(desk, a_ticket(1, category="web", tags=("one", "theirs")))
    case, _ = the_case(desk, first)
    assert (case.severity, case.category, case.status) == (Severity.S1, "network", Status.WAITING)
    assert case.tags == ("one", "ours", "theirs")

    take(desk, a_ticket(2, severity="S2", category="web", tags=("theirs",), status="resolved"))
    case, _ = the_case(desk, first)
    assert (case.severity, case.severity_from, case.category) == (Severity.S2, SeverityFrom.STATED, "network")
    assert (case.status, case.tags) == (Status.RESOLVED, ("ours", "theirs"))


def test_what_the_source_says_of_what_is_so_already_is_remembered(desk: Desk) -> None:
    (first,) = take(desk, a_ticket())
    case_id = CaseId(first.case or 0)
    closing.resolve(desk, ADA, case_id, "restarted")
    take(desk, a_ticket(1, status="resolved"))
    told = the_case(desk, first)[1][-1]
    assert (told.kind, sentence(told)) == (
        Kind.UPDATED, "ada brought news from jira: status, which changes nothing here (intake jira)",
    )  # fmt: skip
    closing.reopen(desk, ADA, case_id)
    take(desk, a_ticket(2, status="resolved", title="It was down"))
    case, _ = the_case(desk, first)
    assert (case.status, case.title) == (Status.OPEN, "It was down")
    with pytest.raises(Refused, match="nothing of yours"):
        undo.undo(desk, KIM)


def test_owner_handler_tier_and_team_are_followed(desk: Desk) -> None:
    (first, _, last) = take(
        desk, a_ticket(), a_ticket(1, tier=2, owner="kim", handler="bo"), a_ticket(2, tier=2, owner="lee", handler="bo")
    )
    case, history = the_case(desk, last)
    assert (case.tier, case.owner, case.handler, first.case) == (2, "kim", "bo", last.case)
    assert [event.kind.value for event in history[1:]] == ["updated", "escalated", "accepted", "updated"]
    take(desk, a_ticket(3, tier=1, owner="lee", handler="ada"), a_ticket(4, owner="max"))
    case, history = the_case(desk, last)
    assert (case.tier, case.owner, case.handler) == (1, "max", "ada")


def test_a_team_says_its_tier(desk: Desk) -> None:
    team = desk.policy.teams[-1]
    taken = take(desk, a_ticket(), a_ticket(1, team=team.id))
    case, _ = the_case(desk, taken[-1])
    assert (case.tier, case.team) == (team.tier, team.id)


def test_strangers_do_not_take_a_case_from_people_of_the_desk(desk: Desk) -> None:
    with desk.store.write() as tx:
        for name in ("ada", "bo"):
            people.put(tx, Person(id=name, mail=f"{name}@desk"))  # type: ignore[arg-type]
    (first,) = take(desk, a_ticket())
    triage.claim(desk, ADA, CaseId(first.case or 0))
    take(desk, a_ticket(1, handler="zed", owner="zed"))
    taken = Step(at(3), "assigned", Kind.ASSIGNED, by="zed", handler="zed")
    take(desk, a_ticket(2, steps=(taken,)), a_ticket(4, owner="bo"))
    case, history = the_case(desk, first)
    assert (case.owner, case.handler) == ("bo", "ada")
    assert [event.kind.value for event in history[2:]] == ["noted", "updated"]


def test_what_was_escalated_here_ends_as_a_persons_resolving_ends_it(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, Person(id=ADA.id))
        people.put(tx, Person(id=BO.id, tier=3, role=BO.person.role))
    (first,) = take(desk, a_ticket())
    case_id = CaseId(first.case or 0)
    triage.claim(desk, ADA, case_id)
    escalate(desk, ADA, case_id)
    ended = a_ticket(11.9, status="resolved", resolution="rebooted")
    taken = taking.take_in(desk, BO, [ended, replace(ended, updated=at(11.95))])[0]
    case, history = the_case(desk, taken)
    (move,) = stored(desk, case_id)[2]
    assert (case.status, case.escalation, case.owner, move.state, move.outcome) == (
        Status.RESOLVED, None, "ada", State.CLOSED, "rebooted",
    )  # fmt: skip
    assert (history[-1].kind, history[-1].detail["outcome_to"]) == (Kind.RESOLVED, "ada")
    with desk.store.read() as tx:
        assert ("ada", "outcome") in tx.rows("SELECT person, kind FROM notice")


def test_an_escalated_case_keeps_its_owner(desk: Desk) -> None:
    (first,) = take(desk, a_ticket(owner="ada", handler="ada"))
    escalate(desk, ADA, CaseId(first.case or 0))
    take(desk, a_ticket(1, owner="kim", handler="ada"))
    case, _ = the_case(desk, first)
    assert (case.owner, case.escalation_state) == ("ada", "sent")
    escalation.accept(desk, BO, case.id)
    take(desk, a_ticket(2, tier=3, owner="kim", handler="ada"))
    case, _ = the_case(desk, first)
    assert case.owner == "ada"


def test_severity_follows_impact_and_urgency_where_the_source_says_those(desk: Desk) -> None:
    (first, taken) = take(
        desk, a_ticket(severity="", impact=3, urgency=3), a_ticket(1, severity="", impact=1, urgency=1)
    )
    case, history = the_case(desk, taken)
    assert (case.impact, case.urgency, case.severity, case.severity_from) == (1, 1, Severity.S1, SeverityFrom.MATRIX)
    assert history[-1].changes["severity"][1] == "S1"
    assert first.case == taken.case


def test_what_says_not_how_new_it_is_is_believed(desk: Desk) -> None:
    (first, _) = take(desk, a_ticket(1, title="It smokes"), a_ticket(2, title="It burns", updated=None))
    (late,) = take(desk, a_ticket(2, title="It burnt"))
    assert (late.outcome, the_case(desk, first)[0].title) == (Outcome.JOINED, "It burnt")


def test_a_title_that_stands_in_for_one_gives_way_and_replaces_none(desk: Desk) -> None:
    stand_in: dict[str, Any] = {"title": "Ticket A-1", "derived": frozenset({"title"})}
    (first,) = take(desk, a_ticket(**stand_in))
    assert the_case(desk, first)[0].title == "Ticket A-1"
    take(desk, a_ticket(1), a_ticket(2, severity="S1", **stand_in))
    case, _ = the_case(desk, first)
    assert (case.title, case.severity) == ("It is down", Severity.S1)
