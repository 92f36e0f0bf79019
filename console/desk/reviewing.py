"""Reviewing: what a closed escalation taught is written down, and its review clock stops."""

from __future__ import annotations

from console.desk.act import Act, Made, do
from console.desk.desk import Desk
from console.desk.record import Done, Told
from console.domain.access import Deed
from console.domain.case import Case, CaseId
from console.domain.events import Kind, Plain
from console.domain.people import Actor
from console.domain.review import Review, reviewed, to_review
from console.store import escalations
from console.store.engine import Tx


def review(desk: Desk, actor: Actor, case_id: CaseId, said: Review) -> Done:
    """Review the newest closed escalation of a case. Refused: one that is still open, or has been reviewed."""

    def make(tx: Tx, case: Case) -> Made:
        before = to_review(case.id, escalations.of_case(tx, case.id))
        detail: dict[str, Plain] = {
            "escalation": before.id, "happened": said.happened, "why": said.why, "need": said.need.value,
            "needs": said.needs, "outcome_to": before.by,
        }  # fmt: skip
        found_by = "\n".join(part for part in (said.happened, said.why, said.needs) if part)
        told = Told(kind=Kind.REVIEWED, detail=detail, escalations=((before, reviewed(before)),), findable=found_by)
        return case, told

    return do(desk, actor, Act(Deed.REVIEW, make, frozenset()), case_id)
