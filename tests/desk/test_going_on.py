"""A case that is here goes on with what was done and written at its source, each thing once, in its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.desk import closing, triage, undo
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.arrival import Arrival, Message, Own, Step, Voice
from console.domain.case import CaseId, Severity, Status
from console.domain.events import Kind
from console.domain.follow_up import AfterEnd, FollowUp
from console.domain.sentences import sentence
from console.store import cases
from tests.desk.givens import ADA, BO
from tests.desk.tickets import a_ticket, at, take, the_case


def test_messages_of_a_ticket_are_joined_with_what_it_says_and_the_requester_is_heard(desk: Desk) -> None:
    (first,) = take(desk, a_ticket())
    case_id = CaseId(first.case or 0)
    triage.wait(desk, ADA, case_id, "customer")
    reply = Message("kim@x", at(1), "still down", Voice.REQUESTER, "c1")
    answer = Message("bo@x", at(2), "looking", Voice.OUTBOUND, "c2")

    (taken,) = take(desk, a_ticket(2, title="It burns", messages=(answer, reply)))

    case, history = the_case(desk, taken)
    assert (taken.notes, case.status, case.title) == (2, Status.OPEN, "It burns")
    assert [event.kind.value for event in history[2:]] == ["noted", "noted", "updated", "resumed"]
    with desk.read(ADA) as tx:
        assert "still down" in cases.text_of(tx, case.id).notes
    triage.wait(desk, ADA, case_id, "customer")
    more = Message("kim@x", at(3), "hello?", Voice.REQUESTER, "c3")
    take(desk, a_ticket(3, title="It burns", status="waiting", messages=(more,)))
    assert the_case(desk, first)[0].status is Status.WAITING


def test_a_ticket_that_is_open_at_its_source_is_taken_up_again_when_its_requester_writes(desk: Desk) -> None:
    (first,) = take(desk, a_ticket())
    case_id = CaseId(first.case or 0)
    closing.resolve(desk, ADA, case_id, "restarted")
    closing.close(desk, ADA, case_id)
    reply = Message("kim@x", at(1), "still down", Voice.REQUESTER, "c1")
    take(desk, a_ticket(1, messages=(reply,)))
    case, history = the_case(desk, first)
    assert (case.status, history[-1].kind, history[-1].reason_text) == (
        Status.OPEN, Kind.REOPENED, "the requester wrote again",
    )  # fmt: skip


def test_steps_and_messages_of_a_new_case_are_told_in_the_order_of_time(desk: Desk) -> None:
    steps = (Step(at(2), "wait", status="waiting"), Step(at(4), "fix", status="resolved", text="rebooted"))
    notes = tuple(Message("bo@x", at(n), f"at {n}", Voice.OUTBOUND, f"c{n}") for n in (5, 1, 3, 2))
    (taken,) = take(desk, a_ticket(5, steps=steps, messages=notes))
    case, history = the_case(desk, taken)
    assert [(event.kind.value, (event.at - at(0)) / timedelta(hours=1)) for event in history[1:]] == [
        ("noted", 1), ("noted", 2), ("waiting", 2), ("noted", 3), ("resolved", 4), ("noted", 5),
    ]  # fmt: skip
    assert (case.status, taken.notes) == (Status.RESOLVED, 4)


def test_steps_and_messages_and_facts_of_a_known_case_are_told_together(desk: Desk) -> None:
    steps = (Step(at(1), "wait", status="waiting"),)
    (first,) = take(desk, a_ticket(1, status="", steps=steps))
    note = Message("kim@x", at(2), "there", Voice.REQUESTER, "c1")
    on = (*steps, Step(at(3), "go", status="open"), Step(at(4), "up", severity="S1", category="network"))
    again = a_ticket(4, status="", steps=on, messages=(note,), title="It burns", severity="S3", category="web")
    taken, same = take(desk, again, again)
    case, history = the_case(desk, taken)
    assert [event.kind.value for event in history[2:]] == ["noted", "resumed", "updated", "updated"]
    assert (case.status, case.severity, case.category, case.title) == (Status.OPEN, Severity.S1, "network", "It burns")
    assert (same.outcome, taken.case) == (Outcome.KNOWN, first.case)


def test_a_wait_that_the_source_told_ends_when_the_source_says_so_and_one_of_ours_when_they_write(desk: Desk) -> None:
    steps = (Step(at(1), "wait", status="waiting"),)
    (first,) = take(desk, a_ticket(1, status="", steps=steps))
    note = Message("kim@x", at(2), "there", Voice.REQUESTER, "c1")
    take(desk, a_ticket(2, status="", steps=steps, messages=(note,)))
    assert the_case(desk, first)[0].status is Status.WAITING
    triage.resume(desk, ADA, CaseId(first.case or 0))
    triage.wait(desk, ADA, CaseId(first.case or 0), "customer")
    take(desk, a_ticket(3, status="", steps=steps, messages=(note, replace(note, ref="c2", at=at(3)))))
    assert the_case(desk, first)[0].status is Status.OPEN


def test_what_comes_late_is_only_noted_and_once(desk: Desk) -> None:
    up, done = Step(at(3), "up", Kind.ESCALATED), Step(at(6), "end", Kind.RESOLVED, text="rebooted")
    (first,) = take(desk, a_ticket(status="", updated=None, steps=(up, done)))
    late = (Step(at(4), "ack", Kind.RESUMED), Step(at(5), "note", Kind.REOPENED, "bo", text="on it"))
    found = take(desk, *(a_ticket(status="", updated=None, steps=(each, done)) for each in (*late, *late)))
    case, history = the_case(desk, first)
    assert [each.outcome for each in found] == [Outcome.JOINED, Outcome.JOINED, Outcome.KNOWN, Outcome.KNOWN]
    assert case.status is Status.RESOLVED
    told = [(event.kind, event.detail["text"], event.at) for event in history[-2:]]
    assert told == [(Kind.NOTED, "ack", at(4)), (Kind.NOTED, "on it", at(5))]


def test_a_past_that_comes_after_the_plain_ticket_is_noted(desk: Desk) -> None:
    steps = (
        Step(at(0), "created", Kind.OPENED),
        Step(at(1), "status: pending", by="bo", status="waiting"),
        Step(at(2), "status: open", by="kim", status="open"),
        Step(at(3)),
    )
    first, past, same = take(desk, a_ticket(3), *[a_ticket(3, status="", steps=steps)] * 2)
    case, history = the_case(desk, first)
    assert (past.outcome, past.notes, same.outcome, case.status) == (Outcome.JOINED, 2, Outcome.KNOWN, Status.OPEN)
    assert [(sentence(event), event.at) for event in history[1:]] == [
        ("bo noted: 'status: pending' (intake jira)", at(1)),
        ("kim noted: 'status: open' (intake jira)", at(2)),
    ]


def test_an_alarm_that_goes_off_again_takes_its_case_up_again_and_ends_it_anew(desk: Desk) -> None:
    def alarm(ref: str, *steps: Step) -> Arrival:
        return Arrival("Disk full", "alerts", ref, created=steps[0].at, steps=steps, about="alert 1")

    on, off = Step(at(1), "firing", Kind.OPENED), Step(at(2), "resolved", Kind.RESOLVED, text="ended")
    on_again, off_again = Step(at(3), "firing", Kind.OPENED), Step(at(4), "resolved", Kind.RESOLVED, text="ended")
    first, over, again, same = take(desk, alarm("1", on), alarm("1", on, off), alarm("2", on_again), alarm("1", on))
    case, history = the_case(desk, again)
    assert first.case == over.case == again.case == same.case
    assert (case.status, case.reopened, same.outcome) == (Status.OPEN, 1, Outcome.KNOWN)
    take(desk, alarm("2", on_again, off_again), alarm("3", Step(at(5), "firing", Kind.OPENED)))
    take(desk, alarm("4", Step(at(6), "firing", Kind.OPENED)))
    case, history = the_case(desk, again)
    told = ["opened", "resolved", "reopened", "resolved", "reopened", "noted"]
    assert [event.kind.value for event in history] == told
    assert case.title == "Disk full"


def test_a_merged_ticket_tells_its_survivor_in_notes_and_itself_again_once_the_merge_is_undone(desk: Desk) -> None:
    one, two = take(desk, a_ticket(steps=(Step(at(1), "ack", by="bo"),), status=""), a_ticket(ref="A-2"))
    merged, survivor = CaseId(one.case or 0), CaseId(two.case or 0)
    closing.merge(desk, BO, merged, survivor)
    done = (Step(at(1), "ack", by="bo"), Step(at(2), "end", Kind.RESOLVED, text="rebooted"))
    note = Message("bo@x", at(2), "it was me", Voice.OUTBOUND, "c9")
    more = a_ticket(2, steps=done, status="", messages=(note,))
    led, same, own = take(desk, more, more, a_ticket(3, ref="A-2", title="Other"))
    case, history = the_case(desk, two)
    assert (led.case, led.notes, same.outcome, own.case) == (survivor, 2, Outcome.KNOWN, survivor)
    assert (case.status, case.title) == (Status.OPEN, "Other")
    assert [event.detail.get("text") for event in history if event.kind is Kind.NOTED] == ["it was me", "end: rebooted"]

    undo.undo(desk, BO)
    (back,) = take(desk, a_ticket(3, steps=done, status=""))
    assert (back.case, the_case(desk, one)[0].status) == (merged, Status.RESOLVED)


def test_an_export_of_this_desk_that_is_no_newer_changes_nothing(desk: Desk) -> None:
    (first,) = take(desk, a_ticket())
    triage.change(desk, ADA, CaseId(first.case or 0), {"severity": Severity.S1}, "vip")
    case, _ = the_case(desk, first)
    export = a_ticket(title="Old words", severity="S1", own=Own(number=1), updated=case.updated)
    newer = replace(export, updated=case.updated + timedelta(hours=1))
    same, new, again = take(desk, export, newer, replace(newer, updated=case.updated + timedelta(hours=2)))
    assert [each.outcome for each in (same, new, again)] == [Outcome.KNOWN, Outcome.JOINED, Outcome.KNOWN]
    assert the_case(desk, first)[0].title == "Old words"


def test_a_confidential_case_keeps_its_circle_in_step(desk: Desk) -> None:
    take(desk, a_ticket(confidential=True), a_ticket(1, confidential=True, handler="lee"))
    with desk.read(ADA) as tx:
        (case,) = cases.some(tx, [CaseId(case_id) for (case_id,) in tx.rows('SELECT id FROM "case"')])
    assert case.handler == "lee"
    assert set(case.circle) == {"ada", "lee"}


def test_an_update_that_cannot_be_is_rejected_with_its_reason(desk: Desk) -> None:
    _, bad = take(desk, a_ticket(), a_ticket(1, status="burning"))
    assert (bad.outcome, "'burning' is unknown" in bad.reason) == (Outcome.REJECTED, True)


def test_who_asks_and_is_not_waited_for_is_only_noted(desk: Desk) -> None:
    (first,) = take(desk, a_ticket())
    take(desk, a_ticket(1, messages=(Message("kim@x", at(1), "thanks", Voice.REQUESTER, "c1"),)))
    case, history = the_case(desk, first)
    assert (case.status, history[-1].kind) == (Status.OPEN, Kind.NOTED)


def test_a_policy_may_have_a_resolved_ticket_stay_so(desk: Desk) -> None:
    desk = replace(desk, policy=replace(desk.policy, follow_up=FollowUp(resolved=AfterEnd.NOTE)))
    (first,) = take(desk, a_ticket())
    closing.resolve(desk, ADA, CaseId(first.case or 0), "restarted")
    take(desk, a_ticket(1, messages=(Message("kim@x", at(1), "thanks", Voice.REQUESTER, "c1"),)))
    assert the_case(desk, first)[0].status is Status.RESOLVED


def test_a_ticket_is_found_by_every_name_that_it_has_had(desk: Desk) -> None:
    first, other = take(desk, a_ticket(follows=("10279",)), a_ticket(ref="A-2"))
    assert first.case != other.case
    steps = (Step(at(1), "wait", status="waiting"),)
    moved, by_number, by_key = take(
        desk,
        a_ticket(2, ref="NET-3", follows=("10279", "A-1"), title="It burns", steps=steps, status=""),
        a_ticket(3, ref="10279", title="Ticket 10279", derived=frozenset({"title"}), status="",
                 steps=(*steps, Step(at(3), "go", status="open"))),
        a_ticket(4, ref="NET-3", title="It burns on"),
    )  # fmt: skip
    assert [each.case for each in (moved, by_number, by_key)] == [first.case] * 3
    case, history = the_case(desk, first)
    assert (case.title, case.status, case.ref) == ("It burns", Status.OPEN, "A-1")
    assert [event.kind.value for event in history[1:]] == ["waiting", "updated", "resumed"]


def test_a_moved_ticket_that_was_merged_is_itself_again_once_the_merge_is_undone(desk: Desk) -> None:
    one, two = take(desk, a_ticket(), a_ticket(ref="A-2"))
    merged, survivor = CaseId(one.case or 0), CaseId(two.case or 0)
    closing.merge(desk, BO, merged, survivor)
    steps = (Step(at(1), "look", by="bo"),)
    moved = a_ticket(1, ref="NET-3", follows=("A-1",), status="", steps=steps)
    led, same = take(desk, moved, moved)
    assert (led.case, led.notes, same.outcome) == (survivor, 1, Outcome.KNOWN)
    undo.undo(desk, BO)
    assert take(desk, a_ticket(2, ref="NET-3"))[0].case == merged
