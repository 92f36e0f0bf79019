"""An escalation before it is sent: where it could go, what stands in the way, and what will happen; no widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.domain.brief import PARTS, Brief, completeness, missing_parts
from console.domain.case import Case, Choice, PersonId
from console.domain.decision import has_agreed
from console.domain.evidence import Local
from console.domain.explanation import chosen_by
from console.domain.matrix import Target
from console.domain.people import Actor
from console.domain.policy import Policy
from console.domain.recommendation import Advice, advise, stop_for, way_up
from console.domain.words import listed
from console.tui.widgets.send_line import Sending


@dataclass(frozen=True, slots=True)
class Plan:
    """A case, the recommendation for it, and the places it could go to, the recommended one first."""

    case: Case
    policy: Policy
    advice: Advice
    targets: tuple[Target, ...]
    skipped: tuple[tuple[Target, str], ...] = ()
    place: int = 0
    given: Target | None = None

    @property
    def target(self) -> Target | None:
        """The target that is chosen now."""
        return self.targets[self.place] if self.targets else None

    @property
    def own_target(self) -> Target | None:
        """The target where a person chose another than the policy gives."""
        return self.target if self.target != self.given else None

    @property
    def is_against(self) -> bool:
        """Whether escalating goes against the recommendation."""
        return has_agreed(self.advice, Choice.ESCALATE) is False

    def lacking(self, brief: Brief) -> tuple[str, ...]:
        """Name the parts that the policy requires and nobody has filled."""
        return missing_parts(brief, self.policy.brief_requires)

    def turned(self, by: int) -> Plan:
        """Choose another target."""
        return replace(self, place=(self.place + by) % len(self.targets)) if self.targets else self

    def towards(self, target: Target | None) -> Plan:
        """Choose a target that was chosen before, where it can still be chosen."""
        return replace(self, place=self.targets.index(target)) if target in self.targets else self


def planned(case: Case, policy: Policy, now: datetime, barred: Mapping[Target, str], local: Local | None) -> Plan:
    """Plan the escalation of a case: the policy's target, then the rest of its path, then everything above.

    `barred` are the targets it goes round, since nobody is there or a subject of the case would hear of it; `local` is
    what is known of earlier cases like it.
    """
    way = way_up(case, policy, stop_for(case, policy), barred)
    path = policy.matrix.path(case.category, case.severity)
    every = [*path, *(Target(team.tier, team.id) for team in policy.teams), *(Target(t.level) for t in policy.tiers)]
    above = [target for target in every if target.tier > case.tier and target not in barred]
    targets = tuple(dict.fromkeys([*([way.target] if way.target else []), *above]))
    advice = advise(case, policy, now, barred, local)
    return Plan(case, policy, advice, targets, way.skipped, given=way.target)


def told(plan: Plan, brief: Brief, actor: Actor, lacking: str = "", ahead: str = "") -> Sending:
    """Say what the send line shows; `lacking` is the reason a person gave for an incomplete brief.

    `ahead` says whom its ladder engages, and when, if nobody answers.
    """
    target = plan.target
    if target is None:
        return Sending(place="nowhere", notes=("There is no tier above this one.",))
    filled, parts = completeness(brief)
    is_given = target == plan.given
    notes = [_what_happens(plan.case, actor.id), f"Then {ahead}." if ahead else "", _contact(plan.policy, target)]
    notes += [f"Passes over {plan.policy.place(passed)}: {why}." for passed, why in plan.skipped if is_given]
    missing = plan.lacking(brief)
    return Sending(
        place=plan.policy.place(target),
        chosen_by=chosen_by(plan.advice, plan.case) if is_given else "chosen by you",
        brief=f"brief {filled} of {parts}",
        notes=tuple(note for note in notes if note),
        warning=in_the_way(missing) if missing and not lacking else "",
    )


def in_the_way(missing: Iterable[str]) -> str:
    """Name the required parts that are still empty."""
    return f"Still empty: {listed(PARTS[part].split(':')[0] for part in missing)}."


def _what_happens(case: Case, me: PersonId) -> str:
    handler, owner = case.handler or me, case.owner or me
    if handler == owner:
        who = "you keep it" if handler == me else f"{handler} keeps it"
        stays = "stay its owner" if handler == me else "stays its owner"
        return f"It waits in their queue; {who} until they accept, and {stays}."
    keeps = "you keep it" if handler == me else f"{handler} keeps it"
    owns = "you stay its owner" if owner == me else f"{owner} stays its owner"
    return f"It waits in their queue; {keeps} until they accept; {owns}."


def _contact(policy: Policy, target: Target) -> str:
    """Say how the target is reached."""
    if target.party:
        party = next((party for party in policy.parties if party.id == target.party), None)
        return "; ".join(part for part in (party.contact, party.reference) if part) if party else ""
    team = next((team for team in policy.teams if team.id == target.team), None)
    return f"{team.name}: {team.contact}" if team and team.contact else ""
