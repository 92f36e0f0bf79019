"""Skipping a level by hand: over the head of those who have not answered, or past the next level at once."""

from __future__ import annotations

from console.desk.desk import Desk
from console.desk.escalation import NO_ORDER, Order, Sending, send
from console.desk.record import STANDING, Done, open_escalation, take
from console.desk.rights import allow, closed_to
from console.desk.triage import advised
from console.domain.access import Deed
from console.domain.case import CaseId
from console.domain.escalation import AWAITING
from console.domain.matrix import Target
from console.domain.people import Actor
from console.domain.recommendation import stop_for, way_up
from console.store import cases


def skip_level(desk: Desk, actor: Actor, case_id: CaseId, order: Order = NO_ORDER, seen: int | None = None) -> Done:
    """Send a case one level further up than it would go.

    One that waits to be accepted goes on above those who have not answered: their escalation expires, and what is
    returned goes back to where the case came from. Any other passes over its next level, which the brief of the event
    names. Refused: what `escalate` refuses, and a case with nothing further up.
    """
    with desk.write(actor) as tx:
        case = cases.get(tx, case_id)
        allow(desk, tx, actor, Deed.ESCALATE, case)
        standing = open_escalation(tx, case)
        take(tx, case_id, seen, STANDING | {"answers", "severity"}, by=actor)
        barred = dict(closed_to(desk, tx, case))
        stop, passed = stop_for(case, desk.policy), None
        if standing is not None and standing.state in AWAITING:
            passed, standing = standing, None
        else:
            following = way_up(case, desk.policy, stop, barred).target
            barred |= dict[Target, str]() if following is None else {following: f"passed over by {actor.id}"}
        way = way_up(case, desk.policy, stop, barred)
        advice = advised(desk, tx, case, barred)
        return send(desk, tx, actor, Sending(case, standing, advice, way, passed), order)
