"""Places of a policy: whether a target exists under it, and where cases come in."""

from __future__ import annotations

from console.domain.matrix import Target
from console.domain.policy import Policy
from console.domain.toml_table import nearest


def absent(policy: Policy, target: Target) -> str:
    """Say why a target does not exist under this policy, or nothing where it does."""
    if target.tier not in {tier.level for tier in policy.tiers}:
        known = ", ".join(str(tier.level) for tier in policy.tiers)
        return f"{target} leads to tier {target.tier}, which does not exist; the tiers are {known}."
    if target.party and target.party not in {party.id for party in policy.parties}:
        return f"There is no party '{target.party}'; {nearest(target.party, [party.id for party in policy.parties])}"
    if not target.team:
        return ""
    tiers = {team.id: team.tier for team in policy.teams}
    if target.team not in tiers:
        return f"There is no team '{target.team}'; {nearest(target.team, tiers)}"
    if tiers[target.team] != target.tier:
        right = f"{tiers[target.team]}/{target.team}"
        return f"Team {target.team} is in tier {tiers[target.team]}, not in tier {target.tier}; write {right}."
    return ""


def lowest(policy: Policy) -> int:
    """Give the level at which cases come in; 0 where there is none."""
    return min((tier.level for tier in policy.tiers), default=0)
