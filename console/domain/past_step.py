"""A step of the past: how a case stands after it, from what it says and from what it leaves unsaid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.domain.arrival import Step
from console.domain.case import Case, Status, altered
from console.domain.escalation import Escalation
from console.domain.events import Kind
from console.domain.policy import Policy, Team, TierKind

STATUS_OF = {
    Kind.WAITING: Status.WAITING,
    Kind.RESOLVED: Status.RESOLVED,
    Kind.CLOSED: Status.CLOSED,
    **dict.fromkeys((Kind.RESUMED, Kind.REOPENED, Kind.ESCALATED, Kind.RETURNED), Status.OPEN),
    **dict.fromkeys((Kind.CLAIMED, Kind.ACCEPTED, Kind.ASSIGNED), Status.OPEN),
}
"""What a case is after such a step, where the step does not say it."""

TAKING = frozenset({Kind.CLAIMED, Kind.ACCEPTED, Kind.ASSIGNED})
"""What makes somebody its handler."""

TELLABLE = frozenset({*STATUS_OF, Kind.OPENED, Kind.MOVED, Kind.RELEASED, Kind.NOTED})
"""Kinds of events that a source can tell of."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a case stands after a step; `handler` is None where that is not said, empty where nobody has it."""

    status: Status
    tier: int
    team: str
    handler: str | None
    waiting_for: str


def wanted(step: Step, case: Case, standing: Escalation | None, policy: Policy) -> Wanted:
    """Give how a case stands after a step; `standing` is its open escalation. Refused: a tier that is not there."""
    status = Status(step.status) if step.status else STATUS_OF.get(step.kind or Kind.NOTED, case.status)
    is_queued = status is Status.NEW and case.status is not Status.NEW
    tier, team = _place(step, case, standing, policy)
    return Wanted(
        status=Status.OPEN if is_queued else status,
        tier=tier,
        team=team,
        handler="" if is_queued and step.handler is None else _handler(step, status),
        waiting_for=step.waiting_for or case.waiting_for or "customer",
    )


def begun(case: Case, steps: Sequence[Step], policy: Policy) -> Case:
    """Give a new case where its past begins; a step that moves it says where it went. Refused: as `wanted`."""
    if not steps or steps[0].kind in {Kind.ESCALATED, Kind.MOVED}:
        return case
    tier, team = _place(steps[0], case, None, policy)
    return case if (tier, team) == (case.tier, case.team) else altered(case, tier=tier, team=team)


def _handler(step: Step, status: Status) -> str | None:
    """Give who has it: whoever is named, or who took it; who only works on it has it, who writes or waits does not."""
    if step.handler is not None or step.kind is Kind.RELEASED:
        return step.handler or ""
    takes = step.kind in TAKING or (step.kind is None and step.status == Status.OPEN and status is Status.OPEN)
    return step.by or None if takes else None


def team_named(said: str, policy: Policy) -> Team | None:
    """Give the team of the policy that is called so, by id or name, or None where none is, or more than one."""
    exact = [team for team in policy.teams if team.id == said]
    found = exact or [team for team in policy.teams if said.casefold() in {team.id.casefold(), team.name.casefold()}]
    return found[0] if said and len(found) == 1 else None


def _place(step: Step, case: Case, standing: Escalation | None, policy: Policy) -> tuple[int, str]:
    """Give where it is: a team that the policy has says its tier, any other only that it is another team's."""
    team = team_named(step.team, policy)
    if step.tier is not None:
        tier = policy.tier(step.tier).level
        if team is not None and team.tier == tier:
            return tier, team.id
        return tier, case.team if tier == case.tier and not step.team else ""
    if team is not None:
        return team.tier, team.id
    if step.kind is Kind.ESCALATED:
        above = sorted(t.level for t in policy.tiers if t.level > case.tier and t.kind is not TierKind.HIERARCHICAL)
        return (above[0], "") if above else (case.tier, case.team)
    if step.kind is Kind.RETURNED and standing is not None:
        return standing.from_tier, standing.from_team
    return case.tier, case.team
