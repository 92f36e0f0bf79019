"""How a case passes between tiers: sent up, accepted there, asked back about, or handed back; never ownerless."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.brief import Brief, missing_parts
from console.domain.case import Case, Choice, PersonId, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import AWAITING, Escalation, Kind, ReturnReason, State
from console.domain.escalation import accepted as escalation_accepted
from console.domain.escalation import returned as escalation_returned
from console.domain.matrix import Route, Target
from console.domain.people import called, is_rule
from console.domain.policy import Policy, TierKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for when escalating: where to (None: where the matrix says), and with which brief.

    `incomplete` says why the brief may lack required parts. `owner` is who answers for a case that nobody owns, where
    no person escalates it but a rule; then `kind` says what kind of escalation that is.
    """

    brief: Brief
    target: Target | None = None
    incomplete: str = ""
    reason: str = ""
    owner: PersonId | None = None
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """Why a case comes back: the coded reason, its text, and the facts it rests on as `facts_key` writes them."""

    reason: ReturnReason
    text: str = ""
    facts: str = ""


def escalated(
    case: Case, order: Order, way: Route, policy: Policy, by: PersonId, now: datetime
) -> tuple[Case, Escalation]:
    """Give the case in the receiving tier and the escalation that took it there.

    The handler stays until the receiving tier accepts, and the owner stays for good (functional and hierarchical
    escalation add resources, they do not hand over the answer to the requester; ITIL). Refused: a case that is done
    or already escalated, a target that is not above, a brief without the parts the policy requires, and what a rule
    escalates while nobody could answer for it.
    """
    target, incomplete = _checked(case, order, way, policy)
    hierarchical = policy.tier(target.tier).kind is TierKind.HIERARCHICAL
    escalation = Escalation(
        case=case.id,
        kind=order.kind or (Kind.HIERARCHICAL if hierarchical else Kind.FUNCTIONAL),
        by=by,
        from_tier=case.tier,
        from_team=case.team,
        from_handler=case.handler or (None if is_rule(by) else by),
        target=target,
        skipped=() if order.target else way.skipped,
        brief=order.brief,
        incomplete=incomplete,
        sent_at=now,
        previous=case.escalation,
        policy=policy.version,
    )
    return _sent(case, target, by, order.owner), escalation


def _checked(case: Case, order: Order, way: Route, policy: Policy) -> tuple[Target, str]:
    """Give the target, and why the brief may lack parts where it does; refuse what cannot go up."""
    if not case.status.is_live:
        raise Refused(f"Case {case.id} is {case.status}; reopen it before escalating.")
    target = order.target or way.target
    if target is None:
        raise Refused(f"The matrix has no tier above {case.tier} for case {case.id}; name one with --to TIER/TEAM.")
    _must_be_above(case, target, policy)
    missing = missing_parts(order.brief, policy.brief_requires)
    if missing and not order.incomplete:
        raise Refused(
            f"The brief lacks {', '.join(missing)}; fill it in, or go on with a reason (--incomplete REASON).",
            RefusalCode.INCOMPLETE,
        )
    return target, order.incomplete if missing else ""


def _sent(case: Case, target: Target, by: PersonId, owner: PersonId | None) -> Case:
    """Give the case in the receiving tier, still with whoever handled it; a rule neither handles it nor owns it."""
    person = None if is_rule(by) else by
    answering = case.owner or person or owner
    if answering is None:
        raise Refused(f"Case {case.id} has no owner, and nobody is known who could answer for it; assign it first.")
    return replace(
        case,
        status=Status.OPEN,
        tier=target.tier,
        team=target.team,
        handler=case.handler or person,
        owner=answering,
        decision=Choice.ESCALATE,
        escalation_state=State.SENT,
        escalated_by=by,
        waiting_for="",
        resume_at=None,
    )


def passed_over(made: Escalation, standing: Escalation) -> Escalation:
    """Give an escalation that goes over the head of one that nobody answered: it comes from where that one did."""
    return replace(
        made,
        from_tier=standing.from_tier,
        from_team=standing.from_team,
        from_handler=standing.from_handler,
        previous=standing.previous,
    )


def outcome_to(case: Case, escalation: Escalation) -> PersonId:
    """Give who hears what becomes of an escalation: whoever escalated, or where a rule did, who had the case then."""
    had_it = escalation.from_handler or case.owner
    return had_it if had_it is not None and is_rule(escalation.by) else escalation.by


def must_be_free(case: Case, standing: Escalation | None) -> None:
    """Refuse to escalate what waits to be accepted already, naming who was first, when, and where to."""
    if standing is not None and standing.state in AWAITING:
        raise Refused(
            f"Case {case.id} was already escalated by {called(standing.by)} at {standing.sent_at:%H:%M} UTC"
            f" to {standing.target}, and waits to be accepted.",
            RefusalCode.CONFLICT,
            standing.by,
        )


def accepted(case: Case, escalation: Escalation, by: PersonId, now: datetime) -> tuple[Case, Escalation]:
    """Give the case with the accepting person as handler; what its tier tries is counted anew.

    Refused: when nothing waits to be accepted.
    """
    taken = escalation_accepted(escalation, by, now)
    scope, impact, _, expectations = case.answers
    after = replace(
        case,
        handler=by,
        escalation_state=State.ACCEPTED,
        decision=None,
        answers=(scope, impact, None, expectations),
        tried_below=case.attempts,
    )
    return after, taken


def handed_back(
    case: Case, escalation: Escalation, why: Return, by: PersonId, now: datetime
) -> tuple[Case, Escalation]:
    """Give the case back where it came from, with whoever had it then. Refused: an escalation that is over."""
    back = escalation_returned(escalation, by, why.reason, why.text, now)
    after = replace(
        case,
        tier=escalation.from_tier,
        team=escalation.from_team,
        handler=escalation.from_handler or (case.owner if is_rule(escalation.by) else escalation.by),
        decision=None,
        escalation=escalation.previous,
        escalation_state="",
        escalated_by=None,
        returned_at=now,
        returned_facts=why.facts,
        tried_below=0,
    )
    return after, back


def _must_be_above(case: Case, target: Target, policy: Policy) -> None:
    policy.tier(target.tier)
    if target.team and policy.team(target.team).tier != target.tier:
        raise Refused(f"Team {target.team} is in tier {policy.team(target.team).tier}, not in tier {target.tier}.")
    if target.tier <= case.tier:
        raise Refused(
            f"Case {case.id} is in tier {case.tier}; escalating goes up. To change the tier sideways or down, move it."
        )
