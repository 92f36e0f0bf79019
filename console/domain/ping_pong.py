"""The brake on ping-pong: what came back often enough between two tiers goes to those with authority over both.

After so many returns between the same tiers within a time (the policy says how many) peers cannot move the case between
them any more (domain section 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case
from console.domain.errors import Refused
from console.domain.escalation import Escalation, State
from console.domain.matrix import Target
from console.domain.policy import Policy, TierKind
from console.domain.words import lasting, times


@dataclass(frozen=True, slots=True)
class Bounced:
    """Two sides between which a case came back too often: from where it was sent and where to, and when it last did."""

    sent_from: Target
    sent_to: Target
    times: int
    last: datetime

    @property
    def tiers(self) -> frozenset[int]:
        """Give the two tiers."""
        return frozenset({self.sent_from.tier, self.sent_to.tier})

    def told(self, policy: Policy) -> str:
        """Say how often it came back, naming both sides."""
        sides = f"{policy.place(self.sent_from)} and {policy.place(self.sent_to)}"
        return f"came back {times(self.times)} between {sides} within {lasting(policy.timing.ping_pong.within)}"


def bounces(escalations: Iterable[Escalation], policy: Policy, now: datetime) -> tuple[Bounced, ...]:
    """Give the pairs of tiers between which peers cannot move a case any more, the last that came back first."""
    brake = policy.timing.ping_pong
    pairs: dict[frozenset[int], list[tuple[datetime, Escalation]]] = {}
    for each in escalations if brake.bounces else ():
        if each.state is State.RETURNED and each.closed_at is not None and each.closed_at > now - brake.within:
            pairs.setdefault(frozenset({each.from_tier, each.target.tier}), []).append((each.closed_at, each))
    found = []
    for returns in pairs.values():
        at, last = max(returns, key=lambda pair: (pair[0], pair[1].id))
        if len(returns) >= brake.bounces:
            found.append(Bounced(Target(last.from_tier, last.from_team), last.target, len(returns), at))
    return tuple(sorted(found, key=lambda each: each.last, reverse=True))


def must_not_bounce(
    case: Case, target: Target | None, escalations: Iterable[Escalation], policy: Policy, now: datetime
) -> None:
    """Refuse to send or move a case between two tiers of skill once more, naming both sides."""
    for each in bounces(escalations, policy, now) if target else ():
        if target and each.tiers == {case.tier, target.tier} and not _is_authority(target, policy):
            raise Refused(
                f"Case {case.id} {each.told(policy)}; peers cannot move it between them any more:"
                " escalate it to management (--to TIER), which decides for both."
            )


def braked(case: Case, targets: Iterable[Target], found: Iterable[Bounced], policy: Policy) -> Mapping[Target, str]:
    """Give the targets that a case cannot be sent to since it came back from there too often."""
    pairs = [each.tiers for each in found]
    return {
        each: "it came back from there too often"
        for each in targets
        if {case.tier, each.tier} in pairs and not _is_authority(each, policy)
    }


def authority_above(case: Case, policy: Policy, unavailable: Mapping[Target, str]) -> Target | None:
    """Give the first place with authority above a case that it can be sent to: of its path, else of the tiers."""
    path = policy.matrix.path(case.category, case.severity)
    tiers = [Target(tier.level) for tier in sorted(policy.tiers, key=lambda each: each.level)]
    return next(
        (
            each
            for each in (*path, *tiers)
            if each.tier > case.tier and _is_authority(each, policy) and each not in unavailable
        ),
        None,
    )


def _is_authority(target: Target, policy: Policy) -> bool:
    return policy.tier(target.tier).kind is TierKind.HIERARCHICAL
