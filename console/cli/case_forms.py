"""A whole case in the words of JSON: its facts, checklist, attempts, notes, escalations, clocks, brief, attachments."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from console.cli.forms import Form, checklist, listed, when
from console.cli.why_forms import clock
from console.domain.attached import Numbered, attached
from console.domain.brief import Brief, to_words
from console.domain.policy import Policy

if TYPE_CHECKING:
    from console.desk.queues import Dossier
    from console.domain.escalation import Escalation


def shown(dossier: Dossier, policy: Policy, now: datetime) -> Form:
    """Give everything about a case."""
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
