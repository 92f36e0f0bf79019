"""Why, why not and what next, as one person may see it: whoever may not see a case is told that there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from console.desk import evidence
from console.desk.desk import Desk
from console.desk.facts import facts_of
from console.desk.legend import legend
from console.desk.rights import closed_to
from console.domain.actions import Action, Does
from console.domain.as_of import as_of
from console.domain.case import Case, CaseId
from console.domain.errors import Refused
from console.domain.events import Event
from console.domain.explanation import Explanation, explain
from console.domain.matrix import Target
from console.domain.outcome import enacted
from console.domain.people import Actor
from console.domain.why import Why
from console.domain.why import why as explained
from console.domain.why_ahead import MOST, Ahead
from console.domain.why_ahead import ahead as foretold
from console.domain.why_clocks import ClockTold, clocks_told
from console.domain.why_words import next_line
from console.store import cases

NOT_KEPT = "what earlier cases had come to by then is not kept"
"""What is said of local evidence where a case is explained as of an earlier time."""

GLIMPSE = 6
"""How much is foretold for one line: warnings among it are left out where more is to come."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """A case with everything that explains it: the recommendation, and what time does to it."""

    case: Case
    history: tuple[Event, ...]
    explanation: Explanation
    why: Why


@dataclass(frozen=True, slots=True)
class Outlook:
    """A case with its clocks, and what comes if nobody acts, as they are at a time."""

    at: datetime
    case: Case
    clocks: tuple[ClockTold, ...]
    ahead: Ahead


def why(desk: Desk, actor: Actor, case_id: CaseId, at: datetime | None = None) -> Reasons:
    """Explain a case as it stands, as it stood at an earlier time, or as it will at a later one if nobody acts.

    What earlier cases had come to at an earlier time is not kept; the checklist alone is explained then.

    Refused: an id that no case has, a time before it was there.
    """
    now = desk.now()
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        facts = facts_of(desk, tx, case)
        barred, words = closed_to(desk, tx, case), legend(desk, tx)
        then = at or now
        facts = as_of(facts, desk.policy, now, then)
        known = evidence.local(desk, tx, facts.case, then) if then >= now else None
    advice = explain(facts.case, desk.policy, then, barred, known)
    if then < now and not advice.advice.standing:
        advice = replace(advice, here=NOT_KEPT)
    return Reasons(facts.case, facts.history, advice, explained(facts, desk.policy, then, words))


def ahead(desk: Desk, actor: Actor, case_id: CaseId, until: datetime | None = None, most: int = MOST) -> Outlook:
    """Tell what happens to a case, and when, if nobody acts; at most so much, until a time or for thirty days.

    Refused: an id that no case has.
    """
    now, policy = desk.now(), desk.policy
    with desk.read(actor) as tx:
        facts, words = facts_of(desk, tx, cases.get(tx, case_id)), legend(desk, tx)
    told = clocks_told(facts, policy, now, words)
    return Outlook(now, facts.case, told, foretold(facts, policy, now, until, most))


def next_of(desk: Desk, actor: Actor, case_id: CaseId) -> str:
    """Say in one line what happens next to a case if nobody acts; nothing where nothing is planned.

    Refused: an id that no case has.
    """
    with desk.read(actor) as tx:
        facts = facts_of(desk, tx, cases.get(tx, case_id))
    found = foretold(facts, desk.policy, desk.now(), most=GLIMPSE)
    return next_line(found, desk.policy, desk.now()) if found.foreseen else ""


def if_sent(desk: Desk, actor: Actor, case_id: CaseId, target: Target) -> str:
    """Say in one line whom its ladder would engage, and when, if a case were escalated now and nobody answered.

    Nothing where the policy has no ladder for it, and where it cannot go there. Refused: an id that no case has.
    """
    now, policy = desk.now(), desk.policy
    with desk.read(actor) as tx:
        facts = facts_of(desk, tx, cases.get(tx, case_id))
    sending = Action(does=Does.ESCALATE, source="manual", says="escalate", deadline=now, due=now, target=target)
    try:
        found = foretold(enacted(facts, sending, policy, now), policy, now)
    except Refused:
        return ""
    climbs = tuple(each for each in found.foreseen if each.action.source.startswith("ladder:"))
    return next_line(replace(found, foreseen=climbs), policy, now, ends="if nobody answers") if climbs else ""
