"""What goes to and fro while an escalation waits: whoever was asked says that they are on it, or is reminded."""

from __future__ import annotations

from console.desk.act import Act, Made, do
from console.desk.desk import Desk
from console.desk.facts import facts_of
from console.desk.record import Done, Told, open_escalation
from console.desk.rights import roster
from console.domain.access import Deed
from console.domain.case import Case, CaseId
from console.domain.errors import Refused
from console.domain.escalation import AWAITING, Escalation, acknowledged
from console.domain.events import Kind, Plain
from console.domain.handing import outcome_to
from console.domain.ladder import asked, stops_for
from console.domain.people import Actor
from console.domain.recipients import recipients
from console.store.engine import Tx


def acknowledge(desk: Desk, actor: Actor, case_id: CaseId, seen: int | None = None) -> Done:
    """Say that one has seen an escalation and is on it, without taking the case yet; its ladder then goes no further.

    Refused: somebody who was not asked, nothing that waits, the same person twice.
    """

    def make(tx: Tx, case: Case) -> Made:
        escalation = _awaiting(tx, case)
        facts = facts_of(desk, tx, case)
        whom = asked(escalation, facts, desk.policy, desk.now())
        after = acknowledged(escalation, actor.id, whom)
        stops = stops_for(after, facts, desk.policy)
        detail: dict[str, Plain] = {"escalation": after.id, "outcome_to": outcome_to(case, after), "stops": stops}
        return case, Told(kind=Kind.ACKNOWLEDGED, detail=detail, escalations=((escalation, after),))

    return do(desk, actor, Act(Deed.ACKNOWLEDGE, make), case_id, seen)


def remind(desk: Desk, actor: Actor, case_id: CaseId, text: str = "", seen: int | None = None) -> Done:
    """Send a gentle reminder to whoever was asked to accept a case.

    Refused: nothing that waits to be accepted, one that is asked back about, nobody there to be reminded.
    """

    def make(tx: Tx, case: Case) -> Made:
        escalation = _awaiting(tx, case)
        if escalation.question:
            raise Refused(f"They asked back about case {case.id}: '{escalation.question}'; reply to that.")
        told = recipients(("receiver",), facts_of(desk, tx, case), desk.policy, roster(desk, tx))
        if not told.people and not told.outside:
            place = desk.policy.place(escalation.target)
            raise Refused(f"Nobody in {place} is there to be reminded; go on above them with `escalate --skip`.")
        detail: dict[str, Plain] = {"escalation": escalation.id, "to": [*told.people]}
        detail |= {"outside": [*told.outside]} if told.outside else {}
        detail |= {"text": text.strip()} if text.strip() else {}
        return case, Told(kind=Kind.REMINDED, detail=detail)

    return do(desk, actor, Act(Deed.REMIND, make), case_id, seen)


def _awaiting(tx: Tx, case: Case) -> Escalation:
    """Give the escalation that waits for an answer. Refused: where none does."""
    escalation = open_escalation(tx, case)
    if escalation is None or escalation.state not in AWAITING:
        raise Refused(f"Case {case.id} has no escalation that waits for an answer.")
    return escalation
