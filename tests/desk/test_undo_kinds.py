"""Undo and redo of every kind of act that can be taken back, whatever others did elsewhere or to the same case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from console.desk import answering, assignment, closing, handover, reviewing, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.domain.arrival import Voice
from console.domain.case import CaseId, Choice
from console.domain.checklist import Factor
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import ReturnReason
from console.domain.events import UNDOABLE, Kind
from console.domain.handover import Words
from console.domain.people import Role
from console.domain.review import review_of
from tests.builders import an_actor, at
from tests.desk.givens import ADA, BO, KIM, escalate, is_whole, open_case, stored

EVE = an_actor("eve", Role.ADMIN)
"""Somebody else, who may do everything."""

On = Callable[[Desk, CaseId], object]


@dataclass(frozen=True)
class Deed:
    """An act of bo, what must have happened before, and what of another person stands in the way of its undo."""

    act: On
    before: On = lambda _, __: None
    after: On | None = None


def escalated(desk: Desk, case: CaseId) -> None:
    """Let ada send a case up."""
    escalate(desk, ADA, case)


def asked(desk: Desk, case: CaseId) -> None:
    """Let kim ask back what ada sent up."""
    escalated(desk, case)
    escalating.ask_back(desk, KIM, case, "which?")


def given_to(name: str) -> On:
    """Give the act of eve that assigns a case."""
    return lambda desk, case: assignment.assign(desk, EVE, case, name)


def solved_above(desk: Desk, case: CaseId) -> None:
    """Let ada send a case up, and kim solve it there."""
    escalated(desk, case)
    escalating.accept(desk, KIM, case)
    closing.resolve(desk, KIM, case, "done")


def resolved(desk: Desk, case: CaseId) -> None:
    """Let eve resolve a case."""
    closing.resolve(desk, EVE, case, "done")


DEEDS = {
    Kind.CLAIMED: Deed(lambda desk, case: triage.claim(desk, BO, case), after=given_to("kim")),
    Kind.RELEASED: Deed(
        lambda desk, case: triage.release(desk, BO, case),
        lambda desk, case: triage.claim(desk, BO, case),
        lambda desk, case: triage.claim(desk, EVE, case),
    ),
    Kind.ASSIGNED: Deed(lambda desk, case: assignment.assign(desk, BO, case, "kim"), after=given_to("ada")),
    Kind.MOVED: Deed(
        lambda desk, case: assignment.move(desk, BO, case, (2, "network")),
        after=lambda desk, case: assignment.move(desk, EVE, case, (3, "")),
    ),
    Kind.ANSWERED: Deed(
        lambda desk, case: triage.answer(desk, BO, case, {Factor.SCOPE: 2}),
        after=lambda desk, case: triage.answer(desk, EVE, case, {Factor.SCOPE: 1}),
    ),
    Kind.DECIDED: Deed(
        lambda desk, case: triage.decide(desk, BO, case, Choice.HANDLE, triage.Reason("local-fix")),
        after=given_to("kim"),
    ),
    Kind.ESCALATED: Deed(
        lambda desk, case: escalate(desk, BO, case), after=lambda desk, case: escalating.accept(desk, EVE, case)
    ),
    Kind.ACCEPTED: Deed(
        lambda desk, case: escalating.accept(desk, BO, case), escalated,
        lambda desk, case: escalating.hand_back(desk, EVE, case, ReturnReason.NOT_NEEDED, "no"),
    ),
    Kind.ASKED: Deed(
        lambda desk, case: escalating.ask_back(desk, BO, case, "which?"), escalated,
        lambda desk, case: escalating.reply(desk, EVE, case, "the second"),
    ),
    Kind.REPLIED: Deed(
        lambda desk, case: escalating.reply(desk, BO, case, "the second"), asked,
        lambda desk, case: escalating.ask_back(desk, EVE, case, "and when?"),
    ),
    Kind.RETURNED: Deed(
        lambda desk, case: escalating.hand_back(desk, BO, case, ReturnReason.NOT_NEEDED, "no"), escalated,
        lambda desk, case: escalate(desk, EVE, case),
    ),
    Kind.ACKNOWLEDGED: Deed(
        lambda desk, case: answering.acknowledge(desk, BO, case),
        escalated,
        lambda desk, case: answering.acknowledge(desk, EVE, case),
    ),
    Kind.ATTEMPTED: Deed(
        lambda desk, case: triage.attempt(desk, BO, case, triage.Tried("a restart")),
        after=lambda desk, case: triage.attempt(desk, EVE, case, triage.Tried("another")),
    ),
    Kind.NOTED: Deed(
        lambda desk, case: triage.note(desk, BO, case, triage.Said("back by noon", promised_at=at(hours=3))),
        after=lambda desk, case: triage.note(desk, EVE, case, triage.Said("later", promised_at=at(hours=5))),
    ),
    Kind.WAITING: Deed(
        lambda desk, case: triage.wait(desk, BO, case, "customer"),
        after=lambda desk, case: triage.note(desk, EVE, case, triage.Said("here", Voice.REQUESTER)),
    ),
    Kind.RESUMED: Deed(
        lambda desk, case: triage.resume(desk, BO, case),
        lambda desk, case: triage.wait(desk, ADA, case, "vendor"),
        lambda desk, case: triage.wait(desk, EVE, case, "customer"),
    ),
    Kind.RESOLVED: Deed(
        lambda desk, case: closing.resolve(desk, BO, case, "done"),
        after=lambda desk, case: closing.reopen(desk, EVE, case, "not done"),
    ),
    Kind.CLOSED: Deed(
        lambda desk, case: closing.close(desk, BO, case), resolved, lambda desk, case: closing.reopen(desk, EVE, case)
    ),
    Kind.REOPENED: Deed(lambda desk, case: closing.reopen(desk, BO, case), resolved, resolved),
    Kind.MERGED: Deed(
        lambda desk, case: closing.merge(desk, BO, case, open_case(desk)),
        after=lambda desk, case: closing.reopen(desk, EVE, case),
    ),
    Kind.CHANGED: Deed(
        lambda desk, case: triage.change(desk, BO, case, {"category": "network"}),
        after=lambda desk, case: triage.change(desk, EVE, case, {"category": "checkout"}),
    ),
    Kind.HANDED_OVER: Deed(
        lambda desk, case: handover.write(desk, BO, {case: Words("half done", at(hours=2))}),
        lambda desk, case: triage.claim(desk, BO, case),
        lambda desk, case: handover.accept(desk, EVE, [case]),
    ),
    Kind.TAKEN_OVER: Deed(
        lambda desk, case: handover.accept(desk, BO, [case]),
        lambda desk, case: (triage.claim(desk, ADA, case), handover.write(desk, ADA, {case: Words("half done")})),
        given_to("kim"),
    ),
    Kind.REVIEWED: Deed(
        lambda desk, case: reviewing.review(desk, BO, case, review_of("a disk", "no access", "access")), solved_above
    ),
}  # fmt: skip


def as_it_stands(desk: Desk, case_id: CaseId) -> tuple[dict[str, object], list[tuple[object, ...]]]:
    """Give everything of a case but what every act touches, and where its escalations stand."""
    case, _, moves = stored(desk, case_id)
    facts = {name: getattr(case, name) for name in case.__slots__ if name not in {"version", "updated"}}
    return facts, [(each.state, each.question, each.answered_by, each.outcome, each.closed_at) for each in moves]


def test_every_kind_that_can_be_undone_is_tried() -> None:
    assert set(DEEDS) == UNDOABLE


@pytest.mark.parametrize("kind", sorted(UNDOABLE))
def test_an_act_is_undone_and_redone_after_others_acted_elsewhere(desk: Desk, kind: Kind) -> None:
    deed, case_id, other = DEEDS[kind], open_case(desk), open_case(desk)
    deed.before(desk, case_id)
    before, moves = as_it_stands(desk, case_id)
    deed.act(desk, case_id)
    after = as_it_stands(desk, case_id)
    assert stored(desk, case_id)[1][-1].kind is kind
    triage.claim(desk, EVE, other)
    triage.note(desk, EVE, case_id, triage.Said("seen"))

    undo.undo(desk, BO)
    facts, now = as_it_stands(desk, case_id)
    assert (facts, now[: len(moves)]) == (before, moves)
    assert all(state == "withdrawn" for state, *_ in now[len(moves) :])

    closing.resolve(desk, EVE, other, "done")
    undo.redo(desk, BO)
    assert as_it_stands(desk, case_id) == after
    assert is_whole(desk)


@pytest.mark.parametrize("kind", sorted(kind for kind, deed in DEEDS.items() if deed.after))
def test_an_act_is_not_undone_when_the_case_has_moved_on(desk: Desk, kind: Kind) -> None:
    deed, case_id = DEEDS[kind], open_case(desk)
    deed.before(desk, case_id)
    deed.act(desk, case_id)
    assert deed.after
    deed.after(desk, case_id)
    stands = as_it_stands(desk, case_id)

    with pytest.raises(Refused, match=f"case {case_id}.*since by eve") as refused:
        undo.undo(desk, BO)

    assert (refused.value.code, refused.value.by) == (RefusalCode.CONFLICT, "eve")
    assert as_it_stands(desk, case_id) == stands
