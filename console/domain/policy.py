"""The whole policy as a value: tiers, teams, matrix, checklist, stop conditions, guards and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from console.domain.articles import USUAL_PERCENT, USUAL_SOLVED, Article, Fix, named_in
from console.domain.case import Severity
from console.domain.checklist import Checklist
from console.domain.errors import RefusalCode, Refused
from console.domain.evidence import Weighing
from console.domain.follow_up import FollowUp
from console.domain.matrix import Matrix, Target
from console.domain.notify import Notify
from console.domain.timing import Timing


class TierKind(StrEnum):
    """Whether escalating to a tier seeks skill (functional) or authority (hierarchical)."""

    FUNCTIONAL = "functional"
    HIERARCHICAL = "hierarchical"


@dataclass(frozen=True, slots=True)
class Tier:
    """A rung of the support ladder."""

    level: int
    name: str
    kind: TierKind = TierKind.FUNCTIONAL


@dataclass(frozen=True, slots=True)
class Team:
    """People of one tier with a skill; its manager answers for its open escalations."""

    id: str
    name: str
    tier: int
    skills: tuple[str, ...] = ()
    manager: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """A target outside: a vendor, a counter-party's management, an agency, with its contact and contract reference."""

    id: str
    name: str
    contact: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty to notify formally: whom, within how long, and what counts as proof."""

    recipient: str
    within: timedelta
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of issue, and the words by which intake knows it."""

    id: str
    name: str
    words: tuple[str, ...] = ()
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop condition: a fact that escalates at once whatever the score, to its own target.

    `manager_asks` is the number of times the requester asked for a supervisor that makes it hold; 0 where it does not
    go by that.
    """

    id: str
    says: str
    target: Target
    words: tuple[str, ...] = ()
    manager_asks: int = 0


class GuardKind(StrEnum):
    """The facts that can say handle first."""

    NOTHING_TRIED = "nothing-tried"
    KNOWN_FIX = "known-fix"
    DUPLICATE = "duplicate"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Guard:
    """A guard: a fact that says handle first, except for the severities it does not hold back.

    A fix is known by itself once an article has `solved` so many cases, and `of_percent` of those it was tried on; by
    what people set alone with 0.
    """

    kind: GuardKind
    says: str
    lifted_by: str
    within: timedelta = timedelta(0)
    unless: frozenset[Severity] = frozenset()
    solved: int = USUAL_SOLVED
    of_percent: int = USUAL_PERCENT

    def spares(self, severity: Severity) -> bool:
        """Say whether it does not hold a severity back: one that is named, or a worse one."""
        return bool(self.unless) and severity <= max(self.unless)

    def proven(self, fixes: Iterable[Fix]) -> tuple[Fix, ...]:
        """Give the fixes that are known by what they solved."""
        least, percent = self.solved, self.of_percent
        return tuple(fix for fix in fixes if fix.worked >= least > 0 and 100 * fix.worked >= percent * fix.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything a desk decides once and writes down; `version` is the hash of the file it came from."""

    name: str
    version: str
    tiers: tuple[Tier, ...]
    teams: tuple[Team, ...]
    parties: tuple[Party, ...] = ()
    categories: tuple[Category, ...]
    severities: tuple[tuple[Severity, Severity, Severity, Severity], ...]
    default_severity: Severity = Severity.S3
    labels: Mapping[str, Severity] = field(default_factory=dict)
    checklist: Checklist
    stops: tuple[Stop, ...] = ()
    guards: tuple[Guard, ...] = ()
    articles: tuple[Article, ...] = ()
    matrix: Matrix
    skip_level: frozenset[Severity] = frozenset()
    override_reasons: Mapping[str, str] = field(default_factory=dict)
    brief_requires: tuple[str, ...] = ()
    timing: Timing = field(default_factory=Timing)
    notify: Notify = field(default_factory=Notify)
    follow_up: FollowUp = field(default_factory=FollowUp)
    evidence: Weighing = field(default_factory=Weighing)

    def tier(self, level: int) -> Tier:
        """Give the tier of this level. Refused: a level the policy does not have."""
        for tier in self.tiers:
            if tier.level == level:
                return tier
        known = ", ".join(f"{tier.level} {tier.name}" for tier in self.tiers)
        raise Refused(f"There is no tier {level}; the policy has {known}.", RefusalCode.NOT_FOUND)

    def tier_name(self, level: int) -> str:
        """Give the name of a tier, empty for one that the policy has no more: cases of the past may have been there."""
        return next((tier.name for tier in self.tiers if tier.level == level), "")

    def team(self, team: str) -> Team:
        """Give the team of this id. Refused: a team the policy does not have."""
        for found in self.teams:
            if found.id == team:
                return found
        known = ", ".join(found.id for found in self.teams)
        raise Refused(f"There is no team '{team}'; the policy has {known}.", RefusalCode.NOT_FOUND)

    def category(self, category: str) -> Category | None:
        """Give the category of this id, or None where the policy has no such category."""
        return next((found for found in self.categories if found.id == category), None)

    def article(self, name: str) -> Article | None:
        """Give the knowledge article of this name in any spelling, or None where the policy has no such article."""
        said = " ".join(name.split()).casefold()
        return next((found for found in self.articles if found.id.casefold() == said), None)

    def spelt(self, name: str) -> str:
        """Give the name of an article on one line, as it is spelt here where it is known."""
        found = self.article(name)
        return found.id if found else " ".join(name.replace(";", ",").split())

    def named_in(self, text: str) -> tuple[str, ...]:
        """Give the ids of the knowledge articles that a text names."""
        return named_in(self.articles, text)

    def severity(self, impact: int | None, urgency: int | None) -> Severity | None:
        """Give the severity of impact times urgency, each 1 (highest) to 4, or None where one is unknown."""
        if impact is None or urgency is None:
            return None
        return self.severities[impact - 1][urgency - 1]

    def place(self, target: Target) -> str:
        """Name a target in words: `tier 2 database`, or `tier 3 vendor Oracle`."""
        if target.party:
            party = next((party.name for party in self.parties if party.id == target.party), target.party)
            return f"tier {target.tier}, {party}"
        return f"tier {target.tier} {target.team or self.tier_name(target.tier)}".rstrip()
