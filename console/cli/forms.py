"""Cases in lists, recommendations, events and people as JSON: the fields that scripts rely on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from console.domain.articles import Fix
from console.domain.case import Case
from console.domain.checklist import FACTORS, evidence, scores
from console.domain.events import Event
from console.domain.evidence import Evidence
from console.domain.policy import Policy
from console.domain.recommendation import Advice
from console.domain.sentences import sentence
from console.domain.timeline import answered_by

if TYPE_CHECKING:
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
