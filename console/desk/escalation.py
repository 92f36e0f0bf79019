"""Escalating a case, and what the receiving tier does with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from console.desk.desk import Desk
from console.desk.record import STANDING, Done, Told, open_escalation, record, take
from console.desk.rights import allow, closed_to
from console.desk.secrecy import received
from console.desk.survivors import drafted_brief
from console.desk.triage import NO_REASON, Reason, advised
from console.domain import handing
from console.domain.access import Deed
from console.domain.brief import Brief
from console.domain.case import Case, CaseId, Choice
from console.domain.decision import decision_told
from console.domain.errors import Refused
from console.domain.escalation import Escalation, ReturnReason, State, asked_back, expired, reopened, replied
from console.domain.events import Kind, Plain
from console.domain.explanation import chosen_by
from console.domain.matrix import Route, Target
from console.domain.outcome_sent import gone_further, sent_told
from console.domain.people import Actor
from console.domain.ping_pong import must_not_bounce
from console.domain.recommendation import Advice, facts_now, stop_for, way_up
from console.store import cases, escalations, people
from console.store.engine import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for when escalating; what is left out comes from the matrix and the drafted brief.

    `incomplete` says why the brief may lack required parts; `told` and `promised_at` are what the requester was told.
    """

    target: Target | None = None
    brief: Brief | None = None
    incomplete: str = ""
    reason: Reason = NO_REASON
    told: str = ""
    promised_at: datetime | None = None


NO_ORDER = Order()
Pairs = tuple[tuple[Escalation | None, Escalation], ...]
"""Escalations before (None: new) and after an act."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A case that may go up: its open escalation, the advice on it, the way there, and the escalation passed over."""

    case: Case
    standing: Escalation | None
    advice: Advice
    way: Route
    passed: Escalation | None = None


def draft_brief(desk: Desk, actor: Actor, case_id: CaseId) -> Brief:
    """Draft the brief from what the case says; a person completes it."""
    with desk.read(actor) as tx:
        return drafted_brief(desk, tx, cases.get(tx, case_id))


def escalate(desk: Desk, actor: Actor, case_id: CaseId, order: Order = NO_ORDER, seen: int | None = None) -> Done:
    """Send a case up with its brief; the decision is part of it. The owner stays, the handler until it is accepted.

    Refused: already escalated (CONFLICT, naming who was first and when), no target above, a brief without the parts
    the policy requires, an override without a reason, where it came back from too often.
    """
    with desk.write(actor) as tx:
        case = cases.get(tx, case_id)
        allow(desk, tx, actor, Deed.ESCALATE, case)
        standing = open_escalation(tx, case)
        handing.must_be_free(case, standing)
        take(tx, case_id, seen, STANDING | {"answers", "severity"}, by=actor)
        barred = closed_to(desk, tx, case)
        way = way_up(case, desk.policy, stop_for(case, desk.policy), barred)
        advice = advised(desk, tx, case, barred)
        return send(desk, tx, actor, Sending(case, standing, advice, way), order)


def send(desk: Desk, tx: Tx, actor: Actor, sending: Sending, order: Order) -> Done:
    """Write down an escalation that may be sent, in the transaction at hand."""
    case, advice, now = sending.case, sending.advice, desk.now()
    detail, code, text = decision_told(desk.policy, advice, Choice.ESCALATE, order.reason.written)
    target = order.target or sending.way.target
    must_not_bounce(case, target, escalations.of_case(tx, case.id), desk.policy, now)
    passed = sending.passed
    wanted = handing.Order(
        brief=order.brief or (passed.brief if passed else drafted_brief(desk, tx, case)), target=order.target,
        incomplete=order.incomplete or (passed.incomplete if passed else ""),
    )  # fmt: skip
    after, made = handing.escalated(case, wanted, sending.way, desk.policy, actor.id, now)
    made = replace(made, id=escalations.next_id(tx, case.id))
    made = handing.passed_over(made, passed) if passed else made
    after = received(desk, tx, after, made.target)
    after = replace(after, escalation=made.id, promised_at=order.promised_at or case.promised_at)
    people.keep_policy(tx, desk.policy.version, desk.policy.name, desk.policy_text, now)
    people.keep_draft(tx, (actor.id, case.id, "brief"), {}, now)
    why: dict[str, Plain] = {} if order.target else {"why": chosen_by(advice, case)}
    detail |= sent_told(made) | why | ({"told": order.told} if order.told else {})
    earlier: Pairs = gone_further(sending.standing, made)
    if passed is not None:
        earlier = ((passed, expired(passed, f"passed over, on to {made.target}", now)),)
    return record(
        desk, tx, actor, (case, after),
        Told(kind=Kind.ESCALATED, detail=detail, reason=code, reason_text=text, escalations=(*earlier, (None, made))),
    )  # fmt: skip


def accept(desk: Desk, actor: Actor, case_id: CaseId, seen: int | None = None) -> Done:
    """Take an escalated case on; whoever accepts becomes its handler. Refused: nothing waits to be accepted."""
    with desk.write(actor) as tx:
        case, escalation = _received(desk, tx, actor, Deed.ACCEPT, case_id)
        after, taken = handing.accepted(case, escalation, actor.id, desk.now())
        take(tx, case_id, seen, by=actor)
        detail: dict[str, Plain] = {"escalation": taken.id, "outcome_to": handing.outcome_to(case, taken)}
        told = Told(kind=Kind.ACCEPTED, detail=detail, escalations=((escalation, taken),))
        return record(desk, tx, actor, (case, after), told)


def ask_back(desk: Desk, actor: Actor, case_id: CaseId, question: str) -> Done:
    """Ask whoever escalated what the brief leaves open. Refused: no question, nothing that waits."""
    with desk.write(actor) as tx:
        case, escalation = _received(desk, tx, actor, Deed.ASK, case_id)
        asked = asked_back(escalation, question.strip())
        sender = handing.outcome_to(case, asked)
        detail: dict[str, Plain] = {"escalation": asked.id, "text": question.strip(), "outcome_to": sender}
        told = Told(kind=Kind.ASKED, detail=detail, escalations=((escalation, asked),))
        return record(desk, tx, actor, (case, replace(case, escalation_state=asked.state)), told)


def reply(desk: Desk, actor: Actor, case_id: CaseId, text: str) -> Done:
    """Answer what the receiving tier asked back. Refused: no answer, nothing that was asked."""
    with desk.write(actor) as tx:
        case, escalation = _received(desk, tx, actor, Deed.REPLY, case_id)
        answered = replied(escalation)
        if not text.strip():
            raise Refused("The answer is empty; write what they asked for.")
        detail: dict[str, Plain] = {"escalation": escalation.id, "text": text.strip(), "question": escalation.question}
        told = Told(kind=Kind.REPLIED, detail=detail, escalations=((escalation, answered),))
        return record(desk, tx, actor, (case, case), told)


def hand_back(
    desk: Desk, actor: Actor, case_id: CaseId, reason: ReturnReason, text: str = "", seen: int | None = None
) -> Done:
    """Return a case to whoever escalated it, with a coded reason; they work on it again.

    Refused: an escalation that is over (CONFLICT when somebody else was first).
    """
    with desk.write(actor) as tx:
        case, escalation = _received(desk, tx, actor, Deed.RETURN, case_id)
        take(tx, case_id, seen, by=actor)
        now = desk.now()
        facts = facts_now(case, desk.policy, now)
        after, back = handing.handed_back(case, escalation, handing.Return(reason, text, facts), actor.id, now)
        pairs: Pairs = ((escalation, back),)
        if escalation.previous is not None:
            earlier = escalations.get(tx, escalation.previous)
            again = reopened(earlier)
            pairs = (*pairs, (earlier, again))
            after = replace(after, escalation_state=State.ACCEPTED, escalated_by=earlier.by)
        detail: dict[str, Plain] = {"escalation": back.id, "outcome_to": handing.outcome_to(case, back)}
        told = Told(kind=Kind.RETURNED, detail=detail, reason=reason.value, reason_text=text, escalations=pairs)
        return record(desk, tx, actor, (case, after), told)


def _received(desk: Desk, tx: Tx, actor: Actor, deed: Deed, case_id: CaseId) -> tuple[Case, Escalation]:
    case = cases.get(tx, case_id)
    allow(desk, tx, actor, deed, case)
    escalation = open_escalation(tx, case)
    if escalation is None:
        raise Refused(f"Case {case_id} has no escalation that waits for an answer.")
    return case, escalation
