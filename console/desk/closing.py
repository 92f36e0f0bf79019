"""Ending a case, taking it up again, and joining it to the one it repeats."""

from __future__ import annotations

from console.desk.act import Act, Made, do
from console.desk.desk import Desk
from console.desk.record import Done, Told
from console.desk.survivors import leading
from console.domain import acts
from console.domain.access import Deed
from console.domain.case import Case, CaseId
from console.domain.escalation import OPEN, Escalation
from console.domain.escalation import closed as escalation_closed
from console.domain.events import Kind, Plain
from console.domain.handing import outcome_to
from console.domain.people import Actor
from console.store import cases, escalations
from console.store.engine import Tx

Pairs = tuple[tuple[Escalation | None, Escalation], ...]


def resolve(desk: Desk, actor: Actor, case_id: CaseId, resolution: str, seen: int | None = None) -> Done:
    """Resolve a case; its open escalations close, and their outcome goes back to whoever escalated.

    Refused: without saying how it was solved, one that is resolved already.
    """
    return do(desk, actor, resolving(desk, resolution), case_id, seen)


def resolving(desk: Desk, resolution: str) -> Act:
    """Give the act of resolving a case; knowledge articles that are named in how have solved it."""
    named = desk.policy.named_in(resolution)

    def make(tx: Tx, case: Case) -> Made:
        after = acts.resolved(case, resolution, named)
        pairs = _closing(desk, tx, case, after.resolution)
        detail = _outcome(case, pairs) | ({"articles": [*named]} if named else {})
        return after, Told(kind=Kind.RESOLVED, detail=detail, escalations=pairs)

    return Act(Deed.RESOLVE, make)


def close(desk: Desk, actor: Actor, case_id: CaseId) -> Done:
    """Close a resolved case for good. Refused: one that is not resolved."""
    return do(desk, actor, Act(Deed.CLOSE, lambda _, case: (acts.closed(case), Told(kind=Kind.CLOSED))), case_id)


def reopen(desk: Desk, actor: Actor, case_id: CaseId, reason: str = "", seen: int | None = None) -> Done:
    """Take a resolved or closed case up again; it is counted. Refused: one that is still live."""
    told = Told(kind=Kind.REOPENED, reason_text=reason)
    return do(desk, actor, Act(Deed.REOPEN, lambda _, case: (acts.reopened(case), told)), case_id, seen)


def merge(desk: Desk, actor: Actor, case_id: CaseId, into: CaseId, seen: int | None = None) -> Done:
    """Close a case as a duplicate of another, or of the one that was merged into; that one stays as it is.

    Refused: itself, a circle, a closed one.
    """
    return do(desk, actor, merging(desk, into), case_id, seen)


def merging(desk: Desk, into: CaseId) -> Act:
    """Give the act of merging a case into another."""

    def make(tx: Tx, case: Case) -> Made:
        last = cases.get(tx, leading(tx, case.id, into))
        after = acts.merged(case, last)
        pairs = _closing(desk, tx, case, after.resolution)
        detail: dict[str, Plain] = {"into": last.id, "title": last.title, **_outcome(case, pairs)}
        return after, Told(kind=Kind.MERGED, detail=detail, escalations=pairs)

    return Act(Deed.MERGE, make)


def _closing(desk: Desk, tx: Tx, case: Case, outcome: str) -> Pairs:
    """Give every escalation of the case that is not over, with its close."""
    return tuple(
        (each, escalation_closed(each, outcome, desk.now()))
        for each in escalations.of_case(tx, case.id)
        if each.state in OPEN
    )


def _outcome(case: Case, pairs: Pairs) -> dict[str, Plain]:
    """Name the people the outcome goes back to."""
    people = sorted({outcome_to(case, after) for _, after in pairs})
    return {"outcome_to": ", ".join(people)} if people else {}
