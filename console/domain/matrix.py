"""The escalation matrix: category times severity gives the path of targets, one per level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.domain.case import Severity


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """Where an escalation goes: a tier, in it a team, or a party outside; written `2/database`, `2` or `3@vendor`."""

    tier: int
    team: str = ""
    party: str = ""

    def __str__(self) -> str:
        """Write it as the policy and the command line do."""
        if self.party:
            return f"{self.tier}@{self.party}"
        return f"{self.tier}/{self.team}" if self.team else str(self.tier)


Path = tuple[Target, ...]
"""Targets of one cell, in the order they are engaged; tiers strictly ascend."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """All cells; the category `*` answers for those that have no row of their own."""

    cells: Mapping[tuple[str, Severity], Path]

    def path(self, category: str, severity: Severity) -> Path:
        """Give the path of a cell, or of the `*` row, or nothing where the policy has neither."""
        found = self.cells.get((category, severity))
        return found if found is not None else self.cells.get(("*", severity), ())


@dataclass(frozen=True, slots=True)
class Route:
    """The target the matrix gives, and the levels that were skipped on the way with their reasons."""

    target: Target | None
    skipped: tuple[tuple[Target, str], ...] = ()


def route(path: Path, tier: int, levels: int, unavailable: Mapping[Target, str]) -> Route:
    """Give the next target above `tier`, `levels` rungs up (1, or 2 for skip-level severities).

    A target in `unavailable` (absent, or a subject of the case) is skipped with its reason. When fewer rungs remain
    than asked for, the last one that can be reached is taken.
    """
    above = [target for target in path if target.tier > tier]
    reachable = [target for target in above if target not in unavailable] if unavailable else above
    chosen = reachable[min(levels, len(reachable)) - 1] if reachable else None
    passed = [target for target in above if chosen is None or target.tier < chosen.tier]
    return Route(chosen, tuple((target, unavailable.get(target, "this severity skips a level")) for target in passed))


def target(text: str) -> Target:
    """Read `2`, `2/database` or `3@vendor`; ValueError says what is wrong."""
    tier, at, party = text.partition("@")
    team = ""
    if at and not party.strip():
        message = f"'{text}' names no party after the @"
        raise ValueError(message)
    if not at:
        tier, slash, team = text.partition("/")
        if slash and not team.strip():
            message = f"'{text}' names no team after the slash"
            raise ValueError(message)
    if not tier.strip().isdecimal():
        message = f"'{text}' is not a target such as 2, 2/database or 3@vendor"
        raise ValueError(message)
    return Target(int(tier), team.strip(), party.strip())
