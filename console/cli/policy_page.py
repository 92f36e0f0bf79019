"""The policy for people to read, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from console.cli.policy_time import time_form, time_page
from console.domain.case import Severity
from console.domain.policy import Policy
from console.domain.words import lasting


def page(policy: Policy, by: str = "") -> Iterator[str]:
    """Give the policy section by section; who turned it on stands beneath its name."""
    yield f"{policy.name}  (version {policy.version})"
    if by:
        yield by
    yield from ("", "Tiers and teams")
    for tier in policy.tiers:
        yield f"  {tier.level} {tier.name}{' (hierarchical)' if tier.kind == 'hierarchical' else ''}"
        for team in policy.teams:
            if team.tier == tier.level:
                yield f"      {team.id:<14}{team.name}{f', managed by {team.manager}' if team.manager else ''}"
    for party in policy.parties:
        yield f"  @{party.id}  {party.name}"
    yield from ("", f"Checklist (threshold {policy.checklist.threshold} of {policy.checklist.out_of})")
    for question in policy.checklist.questions:
        yield f"  {question.factor} (weight {question.weight}): {question.asks}"
        yield from (f"      {score} {meaning}" for score, meaning in enumerate(question.answers))
    yield from ("", "Stop conditions")
    yield from (f"  {stop.id:<14}to {stop.target}: {stop.says}" for stop in policy.stops)
    yield from ("", "Guards")
    yield from (f"  {guard.kind:<14}{guard.says}; lifted by: {guard.lifted_by}" for guard in policy.guards)
    if policy.articles:
        yield from ("", "Articles")
        yield from (f"  {each.id:<14}{each.title} ({', '.join(each.categories) or 'all'})" for each in policy.articles)
    yield from ("", "Matrix", f"  {'':<16}" + "".join(f"{severity.name:<26}" for severity in Severity))
    yield from (f"  {name:<16}" + "".join(f"{path:<26}" for path in paths) for name, paths in _matrix(policy).items())
    yield from ("", "Reasons for going against a recommendation")
    yield from (f"  {code:<18}{meaning}" for code, meaning in policy.override_reasons.items())
    yield f"  {'other: text':<18}in your own words"
    yield from ("", f"A brief needs: {', '.join(policy.brief_requires) or 'nothing'}")
    for category in policy.categories:
        if category.duty is not None:
            within = lasting(category.duty.within)
            yield f"Duty: {category.name} must be notified to {category.duty.recipient} within {within}"
    yield from time_page(policy.timing)


def form(policy: Policy) -> dict[str, Any]:
    """Give the policy as JSON."""
    return {
        "name": policy.name,
        "version": policy.version,
        "tiers": [{"level": each.level, "name": each.name, "kind": each.kind.value} for each in policy.tiers],
        "teams": [
            {"id": each.id, "name": each.name, "tier": each.tier, "manager": each.manager, "contact": each.contact,
             "skills": list(each.skills)}
            for each in policy.teams
        ],
        "parties": [{"id": each.id, "name": each.name, "contact": each.contact} for each in policy.parties],
        "categories": [{"id": each.id, "name": each.name, "words": list(each.words)} for each in policy.categories],
        "checklist": {
            "version": policy.checklist.version,
            "threshold": policy.checklist.threshold,
            "questions": [
                {"factor": each.factor.value, "asks": each.asks, "weight": each.weight, "answers": list(each.answers)}
                for each in policy.checklist.questions
            ],
        },
        "stops": [{"id": each.id, "says": each.says, "target": str(each.target)} for each in policy.stops],
        "guards": [
            {"kind": each.kind.value, "says": each.says, "lifted_by": each.lifted_by} for each in policy.guards
        ],
        "articles": [
            {"id": each.id, "title": each.title, "categories": list(each.categories), "items": list(each.items),
             "words": list(each.words), "tier": each.tier or None, "file": each.file or None, "url": each.url or None}
            for each in policy.articles
        ],
        "matrix": {
            name: {each.name: path.split(", ") if path else [] for each, path in zip(Severity, paths, strict=True)}
            for name, paths in _matrix(policy).items()
        },
        "override_reasons": dict(policy.override_reasons),
        "brief_requires": list(policy.brief_requires),
        **time_form(policy.timing),
    }  # fmt: skip


def _matrix(policy: Policy) -> dict[str, list[str]]:
    """Give each row of the matrix with its path for S1 to S4."""
    rows = sorted({category for category, _ in policy.matrix.cells})
    return {
        row: [", ".join(map(str, policy.matrix.cells.get((row, severity), ()))) for severity in Severity]
        for row in rows
    }
