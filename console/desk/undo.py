"""Undo: a new event that sets back what an earlier one changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from console.desk.batch import Batch, many, whole
from console.desk.desk import Desk
from console.desk.handover import follow_undo, must_be_pending
from console.desk.record import Change, Told
from console.desk.reviewing import must_be_untouched
from console.desk.survivors import leading, left_behind
from console.domain.access import Deed, must
from console.domain.as_of import read_field
from console.domain.case import Case, CaseId, EscalationId
from console.domain.changes import undone
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation, State
from console.domain.escalation_changes import escalation_changes
from console.domain.events import UNDOABLE, Event, Kind, Plain, annulled
from console.domain.people import Actor
from console.domain.review_actions import taken_back
from console.store import cases, escalations, events
from console.store.engine import Reading, Tx


def undo(desk: Desk, actor: Actor, case_id: CaseId | None = None) -> Batch:
    """Take back the newest act of this person that stands; of a batch all of it, unless one case is named.

    Refused: nothing to undo, a field that somebody has changed since; of a batch, only the cases that is true of, even
    where it is true of all of them. A review is taken back with its actions, or not at all once one is in work.
    """
    return _take_back(desk, actor, case_id, UNDOABLE)


def redo(desk: Desk, actor: Actor, case_id: CaseId | None = None) -> Batch:
    """Do again what this person undid last. Refused: nothing undone, a field that has changed since."""
    return _take_back(desk, actor, case_id, frozenset({Kind.UNDONE}))


def reach(desk: Desk, actor: Actor, *, again: bool = False) -> int:
    """Say how many cases an undo would touch now, or with `again` a redo; 0 where there is nothing."""
    with desk.read(actor) as tx:
        return len(_together(tx, actor, None, frozenset({Kind.UNDONE}) if again else UNDOABLE))


def _take_back(desk: Desk, actor: Actor, case_id: CaseId | None, kinds: frozenset[Kind]) -> Batch:
    with desk.read(actor) as tx:
        together = _together(tx, actor, case_id, kinds)
    if not together:
        where = f" on case {case_id}" if case_id else ""
        word = "redo" if kinds == {Kind.UNDONE} else "undo"
        raise Refused(f"There is nothing of yours to {word}{where}.")
    of_case = {event.case: event for event in together}

    def step(tx: Tx, case: CaseId) -> tuple[Change, Told]:
        return _back(tx, actor, of_case[case])

    if any(map(_is_of_review, together)):
        return whole(desk, actor, of_case, step)
    batch = many(desk, actor, of_case, step, with_history=True)
    if len(of_case) == 1 and batch.refused:
        raise batch.refused[0][1]
    return batch


def _together(tx: Reading, actor: Actor, case_id: CaseId | None, kinds: frozenset[Kind]) -> tuple[Event, ...]:
    """Give the newest event of these kinds that stands, with the rest of its batch unless one case is named.

    A review goes with its actions in any case.
    """
    newest = events.newest_standing(tx, actor.signature, kinds, case_id)
    if newest is None:
        return ()
    is_whole = case_id is None or _is_of_review(newest)
    return (events.standing_of_batch(tx, newest.batch) if is_whole else ()) or (newest,)


def _is_of_review(event: Event) -> bool:
    """Say whether an event is a review, or takes one back or an action of one."""
    return event.kind is Kind.REVIEWED or event.detail.get("kind") in {Kind.REVIEWED, Kind.OPENED}


def _back(tx: Tx, actor: Actor, event: Event) -> tuple[Change, Told]:
    """Give the case before and after an event of it is taken back."""
    case = cases.get(tx, event.case)
    must(actor, Deed.UNDO, case)
    history = events.of_case(tx, event.case)
    if event.version in annulled(history):
        raise Refused(f"What you did to case {case.id} has been undone already.", RefusalCode.CONFLICT)
    later = [each for each in history if each.version > event.version]
    must_be_untouched(tx, event)
    after = taken_back(case) if event.kind is Kind.OPENED else undone(case, event, later)
    must_be_pending(tx, event)
    pairs = _escalations_back(tx, event, later)
    detail: dict[str, Plain] = {"kind": event.kind.value, "actor": event.person}
    if event.kind is Kind.UNDONE:
        detail["again"] = event.detail.get("kind")
    if left := left_behind(tx, case, event):
        detail["left"] = left
    if after.duplicate_of not in {None, case.duplicate_of}:
        leading(tx, case.id, CaseId(after.duplicate_of or 0))
    told = Told(
        kind=Kind.UNDONE, detail=detail, annuls=event.version, escalations=pairs,
        also=lambda tx, _: follow_undo(tx, event, history),
    )  # fmt: skip
    return (case, _in_step(after, pairs)), told


def _escalations_back(tx: Tx, event: Event, later: Sequence[Event]) -> tuple[tuple[Escalation | None, Escalation], ...]:
    """Set the escalations that the event touched back; one it made is withdrawn. Refused: where they have moved on."""
    old: dict[int, dict[str, Plain]] = {}
    for name, (before, _) in event.changes.items():
        if name.startswith("escalation."):
            _, number, field = name.split(".")
            old.setdefault(int(number), {})[field] = before
    pairs = []
    for made, fields in old.items():
        escalation = escalations.get(tx, EscalationId(made))
        _must_stand(escalation, event, later)
        was_made = "state" in fields and fields["state"] is None
        back = (
            {"state": State.WITHDRAWN} if was_made else {field: read_field(field, was) for field, was in fields.items()}
        )
        pairs.append((escalation, replace(escalation, **back)))
    return tuple(pairs)


def _must_stand(escalation: Escalation, event: Event, later: Sequence[Event]) -> None:
    """Refuse where a field that the event set on an escalation has been changed since."""
    current = {name: value for name, (_, value) in escalation_changes(None, escalation).items()}
    for name, (_, new) in event.changes.items():
        if name.startswith(f"escalation.{escalation.id}.") and (current.get(name) or None) != (new or None):
            who = next((each.actor for each in reversed(later) if name in each.changes), None)
            told = f"{name.split('.')[-1].replace('_', ' ')} of its escalation has been changed since"
            raise Refused(
                f"Undo is not possible on case {event.case}: the {told}{f' by {who}' if who else ''}.",
                RefusalCode.CONFLICT,
                who,
            )


def _in_step(case: Case, pairs: tuple[tuple[Escalation | None, Escalation], ...]) -> Case:
    """Keep the case free of an escalation that has been withdrawn."""
    withdrawn = {after.id for _, after in pairs if after.state is State.WITHDRAWN}
    return replace(case, escalation=None, escalation_state="") if case.escalation in withdrawn else case
