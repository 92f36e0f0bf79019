"""Cases, recommendations, events and escalations as JSON: the fields that scripts rely on, and the native form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from console.domain.articles import Fix
from console.domain.brief import Brief, to_words
from console.domain.case import Case
from console.domain.checklist import FACTORS, evidence, scores
from console.domain.events import Event
from console.domain.evidence import Evidence
from console.domain.policy import Policy
from console.domain.recommendation import Advice
from console.domain.sentences import sentence
from console.domain.timeline import answered_by

if TYPE_CHECKING:
    from console.desk.queues import Dossier
    from console.domain.attached import Numbered
    from console.domain.escalation import Escalation
    from console.domain.explanation import Explanation
    from console.domain.people import Person

Form = dict[str, Any]


def when(at: datetime | None) -> str | None:
    """Write a time in UTC, ISO 8601."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def listed(case: Case, advice: Advice, now: datetime) -> Form:
    """Give a case as lists show it."""
    return {
        "id": case.id, "source": case.source, "ref": case.ref, "title": case.title, "status": case.status.value,
        "tier": case.tier, "team": case.team, "severity": case.severity.name, "owner": case.owner,
        "handler": case.handler, "category": case.category, "item": case.item, "organisation": case.organisation,
        "created": when(case.created), "updated": when(case.updated), "due": when(case.due or case.next_due),
        "clock": pressing(case, now), "late": case.is_late(now), "version": case.version, "advice": advised(advice),
    }  # fmt: skip


def pressing(case: Case, now: datetime) -> Form | None:
    """Give the clock that presses most: its name, when it is due (none while it is paused), and the seconds left."""
    if not case.next_clock:
        return None
    left = case.time_left if case.next_due is None else case.next_due - now
    seconds = None if left is None else int(left.total_seconds())
    return {"name": case.next_clock, "due": when(case.next_due), "left": seconds}


def advised(advice: Advice) -> Form:
    """Give a recommendation, with what earlier cases like it came to."""
    return {
        "verdict": advice.verdict.value, "score": [advice.low, advice.high], "threshold": advice.threshold,
        "out_of": advice.out_of, "target": str(advice.target) if advice.target else None,
        "ask": advice.ask.value if advice.ask else None, "stop": advice.stop.id if advice.stop else None,
        "guard": advice.guard.kind.value if advice.guard else None,
        "evidence": known(advice.evidence), "fix": fixed(advice.fix),
    }  # fmt: skip


def fixed(fix: Fix | None) -> Form | None:
    """Give what a known fix is known by: the article, and how many cases it solved; null where it is not by that."""
    return None if fix is None else {"article": fix.article, "solved": fix.worked, "of": fix.of}


def known(evidence: Evidence | None) -> Form:
    """Give local evidence: how many outcomes of the tier are known, the rate, what tells most of it, and its points.

    Of the `of` cases that tell most, `count` needed a higher tier, or ran late where `late` says so. The rate is null
    where there are too few to tell.
    """
    found = evidence or Evidence(0)
    return {
        "known": found.known, "rate": None if found.rate is None else round(found.rate, 3),
        "count": found.count.needed, "of": found.count.of, "fact": found.fact.value if found.fact else None,
        "says": found.says or None, "points": found.points, "late": found.late,
    }  # fmt: skip


def explained(explanation: Explanation) -> Form:
    """Give a recommendation with its reasons."""
    return advised(explanation.advice) | {
        "why": list(explanation.why),
        "why_not": list(explanation.why_not),
        "would_change": list(explanation.would_change),
    }


def shown(dossier: Dossier, policy: Policy, now: datetime) -> Form:
    """Give everything about a case."""
    from console.cli.why_forms import clock
    from console.domain.attached import attached

    case = dossier.case
    return listed(case, dossier.explanation.advice, now) | {
        "requester": case.requester, "channel": case.channel, "tags": list(case.tags), "derived": list(case.derived),
        "impact": case.impact, "urgency": case.urgency, "severity_from": case.severity_from.value,
        "affected": case.affected, "confidential": case.confidential, "circle": list(case.circle),
        "subjects": list(case.subjects), "waiting_for": case.waiting_for,
        "resume_at": when(case.resume_at), "promised_at": when(case.promised_at), "decision": case.decision,
        "stops": list(case.stops), "known_fix": case.known_fix, "followed": list(case.articles),
        "reopened": case.reopened,
        "duplicate_of": case.duplicate_of, "action_of": case.action_of,
        "escalation_state": case.escalation_state or None, "resolution": case.resolution, "body": dossier.text.body,
        "checklist": checklist(case, policy, dossier.history, now),
        "attempts": [
            {"at": when(each.at), "by": each.by, "what": each.what, "result": each.result, "error": each.error,
             "article": each.article, "worked": each.has_worked}
            for each in dossier.attempts
        ],
        "notes": [
            {"at": when(each.at), "by": each.by, "text": each.text, "voice": each.voice.value, "with": each.spoken_with}
            for each in dossier.notes
        ],
        "escalations": [escalated(each) for each in dossier.escalations],
        "clocks": [clock(each) for each in dossier.clocks(policy, now)],
        "brief": briefed(dossier.brief) if dossier.brief else None,
        "attachments": [attached_form(each) for each in attached(dossier.history)],
    }  # fmt: skip


def attached_form(numbered: Numbered) -> Form:
    """Give one attachment."""
    _, number, at, each = numbered
    return {
        "number": number, "at": when(at), "name": each.name, "type": each.kind, "size": each.size,
        "sha256": each.sha256, "kept": bool(each.kept), "why": each.why or None,
    }  # fmt: skip


def checklist(case: Case, policy: Policy, history: Iterable[Event], now: datetime) -> Form:
    """Give the four factors with their score, and where each comes from: a person, a fact, or nowhere."""
    given = answered_by(history)
    filled = zip(
        FACTORS, case.answers, scores(case, policy.checklist, now), evidence(case, policy.checklist, now), strict=True
    )
    form: Form = {}
    for factor, answer, score, fact in filled:
        event = given.get(factor) if answer is not None else None
        source = "person" if answer is not None else "fact" if score is not None else None
        form[factor.value] = {
            "value": score, "source": source, "evidence": fact or None,
            "by": event.person if event else None, "at": when(event.at) if event else None,
        }  # fmt: skip
    return form


def escalated(escalation: Escalation) -> Form:
    """Give one move up."""
    return {
        "id": escalation.id, "kind": escalation.kind.value, "state": escalation.state.value, "by": escalation.by,
        "from_tier": escalation.from_tier, "from_team": escalation.from_team, "target": str(escalation.target),
        "skipped": [[str(target), reason] for target, reason in escalation.skipped],
        "sent_at": when(escalation.sent_at), "answered_at": when(escalation.answered_at),
        "answered_by": escalation.answered_by, "question": escalation.question,
        "acknowledged": [*escalation.acknowledged], "reason": escalation.reason,
        "reason_text": escalation.reason_text, "incomplete": escalation.incomplete, "outcome": escalation.outcome,
        "closed_at": when(escalation.closed_at), "policy": escalation.policy, "brief": briefed(escalation.brief),
    }  # fmt: skip


def briefed(brief: Brief) -> Form:
    """Give a brief with the keys that `escalate --brief` reads."""
    return to_words(brief) | {"decide_by": when(brief.decide_by)}


def told(event: Event) -> Form:
    """Give an event with its sentence."""
    return {
        "seq": event.version, "at": when(event.at), "actor": event.actor, "on_behalf_of": event.on_behalf_of,
        "kind": event.kind.value, "changes": {name: list(pair) for name, pair in event.changes.items()},
        "cause": event.cause, "reason": event.reason, "reason_text": event.reason_text, "version": event.version,
        "annuls": event.annuls, "sentence": sentence(event),
    }  # fmt: skip


def person(known: Person) -> Form:
    """Give a person."""
    return {
        "id": known.id, "name": known.name, "role": known.role.value, "tier": known.tier, "teams": list(known.teams),
        "skills": list(known.skills), "mail": known.mail, "absent": known.is_absent,
        "languages": list(known.languages), "hours": known.hours, "capacity": known.capacity,
        "absent_from": when(known.absent_from), "absent_until": when(known.absent_until), "deputy": known.deputy,
    }  # fmt: skip
