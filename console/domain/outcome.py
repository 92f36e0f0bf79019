"""Outcomes: what an action of the plan makes of a case; the desk writes it down, a preview only goes on from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from console.domain import acts
from console.domain.actions import Action, Does
from console.domain.brief import Brief
from console.domain.case import Case, PersonId, altered
from console.domain.changes import changes
from console.domain.circle import in_step
from console.domain.clock import pressed
from console.domain.drafting import brief_of
from console.domain.errors import Refused
from console.domain.escalation import Escalation, State, exhausted, started_again
from console.domain.escalation_changes import escalation_changes
from console.domain.events import Event, Kind, Plain
from console.domain.facts import Facts
from console.domain.outcome_sent import sent_up
from console.domain.people import RULE
from console.domain.policy import Policy
from console.domain.roster import Roster, above
from console.domain.words import lasting

LATE_FROM = timedelta(minutes=1)
"""How much later than it should something has to happen for it to be said."""

SHORT = 8
"""How many characters of a policy's version a cause names."""

Pairs = tuple[tuple[Escalation | None, Escalation], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The case after an action, and what its event tells.

    `at` is the time of the event: that of the action, or for a breach the due instant. `detail` holds the key of the
    firing (`source`, `deadline`, `step`), `due`, `late` (seconds, where it was late), `to`, `absent` and more by kind.
    """

    case: Case
    kind: Kind
    at: datetime
    detail: Mapping[str, Plain] = field(default_factory=dict)
    cause: str = ""
    reason_text: str = ""
    escalations: Pairs = ()


def outcome(facts: Facts, action: Action, policy: Policy, now: datetime, brief: Brief | None = None) -> Outcome:
    """Give what an action makes of the case. `brief` is for an escalation; without one it has the drafted one.

    Refused (`errors.Refused`): what the same act of a person would refuse.
    """
    done = _done(facts, action, policy, now, brief)
    at = action.due if action.does is Does.BREACH else now
    late = now - action.due
    return replace(
        done, at=at, detail=_told(action, now) | dict(done.detail), cause=_cause(action, late), reason_text=action.why
    )


def enacted(facts: Facts, action: Action, policy: Policy, now: datetime) -> Facts:
    """Give the facts as they are after an action, with its event in the history, as the desk would leave them."""
    done = outcome(facts, action, policy, now)
    before = facts.case
    barred = above(before.subjects, policy, Roster(facts.people, now)) if before.subjects else frozenset()
    wanted = in_step(done.case, barred)
    version = before.version + 1
    noted = dict(changes(before, wanted))
    for old, new in done.escalations:
        noted |= escalation_changes(old, new)
    event = Event(
        case=before.id, version=version, at=done.at, actor=actor_of(action), kind=done.kind, changes=noted,
        detail=done.detail, cause=done.cause, reason_text=done.reason_text,
    )  # fmt: skip
    made = {each.id: each for each in facts.escalations} | {new.id: new for _, new in done.escalations}
    history, moves = (*facts.history, event), tuple(made.values())
    found = pressed(wanted, history, moves, policy)
    case = altered(
        wanted, version=version, updated=max(now, before.updated),
        next_clock=found.name, next_due=found.due, time_left=found.left,
    )  # fmt: skip
    return replace(facts, case=case, history=history, escalations=moves)


def actor_of(action: Action) -> PersonId:
    """Give under whose name an action is done: its rule, or the clock, the ladder or the brake."""
    kind, _, name = action.source.partition(":")
    return PersonId(RULE + (name if kind == "rule" else kind))


def _done(facts: Facts, action: Action, policy: Policy, now: datetime, brief: Brief | None) -> Outcome:
    """Give what the act of an action makes of the case, without what all actions tell."""
    case = facts.case
    match action.does:
        case Does.RESUME:
            return Outcome(case=acts.resumed(case), kind=Kind.RESUMED, at=now)
        case Does.ESCALATE:
            known = brief or brief_of(facts, policy, now)
            after, pairs, told = sent_up(facts, action, policy, actor_of(action), known, now)
            return Outcome(case=after, kind=Kind.ESCALATED, at=now, detail=told, escalations=pairs)
        case Does.REASSIGN:
            return _reassigned(case, action, now)
        case Does.RAISE:
            return Outcome(case=acts.severity_set(case, case.severity.worse), kind=Kind.CHANGED, at=now)
        case Does.TAG:
            return Outcome(case=acts.tagged(case, acts.tags_wanted(action.tags)), kind=Kind.CHANGED, at=now)
        case Does.AGAIN:
            pairs = _altered(facts, action, started_again)
            return Outcome(case=case, kind=Kind.ENGAGED, at=now, escalations=pairs)
        case Does.EXHAUST:
            pairs = _altered(facts, action, exhausted)
            after = replace(case, escalation_state=State.EXHAUSTED)
            return Outcome(case=after, kind=Kind.EXHAUSTED, at=now, escalations=pairs)
    return Outcome(case=case, kind=KINDS[action.does], at=now)


KINDS: Mapping[Does, Kind] = {
    Does.WARN: Kind.WARNED,
    Does.BREACH: Kind.BREACHED,
    Does.REMIND: Kind.REMINDED,
    Does.NOTIFY: Kind.TOLD,
    Does.ENGAGE: Kind.ENGAGED,
}
"""What is written of actions that change nothing."""


def _reassigned(case: Case, action: Action, now: datetime) -> Outcome:
    """Give the case with the person a rule names, or in the place."""
    if action.target is not None:
        moved = acts.moved(case, action.target.tier, action.target.team)
        return Outcome(case=moved, kind=Kind.MOVED, at=now)
    if not action.to:
        raise Refused(f"Nobody whom case {case.id} was to be assigned to is there.")
    return Outcome(case=acts.assigned(case, action.to[0]), kind=Kind.ASSIGNED, at=now)


def _altered(facts: Facts, action: Action, change: Callable[[Escalation], Escalation]) -> Pairs:
    """Give the escalation of an action before and after a change."""
    return tuple((each, change(each)) for each in facts.escalations if each.id == action.escalation)


def _told(action: Action, now: datetime) -> dict[str, Plain]:
    """Give what the event of any action holds: its key, when it was due and how late that was, and who was told."""
    late = now - action.due
    told: dict[str, Plain] = {
        "source": action.source, "deadline": iso(action.deadline), "step": action.step, "steps": action.steps,
        "again": action.again, "due": iso(action.due), "late": late // timedelta(seconds=1) if late >= LATE_FROM else 0,
        "found": iso(now) if action.does is Does.BREACH else None, "to": [*action.to], "outside": [*action.outside],
        "absent": [[who, reason] for who, reason in action.absent], "escalation": action.escalation,
        "policy": action.policy,
    }  # fmt: skip
    kept = {name: value for name, value in told.items() if value or name == "step"}
    return kept | dict(action.detail)


def _cause(action: Action, late: timedelta) -> str:
    """Say what made it happen: `rule s1-unanswered, policy 3f2a…, 4 min late`."""
    parts = [" ".join(action.source.split(":", 1))]
    if action.policy:
        parts.append(f"policy {action.policy[:SHORT]}{'…' if len(action.policy) > SHORT else ''}")
    if late >= LATE_FROM:
        parts.append(f"{lasting(late)} late")
    return ", ".join(parts)


def iso(at: datetime) -> str:
    """Write a time as events hold it."""
    return at.astimezone(UTC).isoformat()
