"""What a policy that can be read still gets wrong: gaps, names that lead nowhere, loops, parts that never count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from console.domain.article_tables import article_findings
from console.domain.calendar_lint import calendar_findings
from console.domain.case import Severity
from console.domain.checklist import WORST
from console.domain.clock_lint import clock_findings
from console.domain.matrix import Target
from console.domain.notify_lint import notify_findings
from console.domain.policy import GuardKind, Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.policy_places import absent, lowest
from console.domain.rule_lint import rule_findings
from console.domain.toml_lines import KeyPath
from console.domain.toml_table import nearest

ANY = "*"
"""The row of the matrix for categories without a row of their own."""


def lint(policy: Policy) -> tuple[Finding, ...]:
    """Give everything to be said about a policy, in the order of its parts; nothing for one without faults."""
    return (
        *_tiers_and_teams(policy),
        *_categories(policy),
        *_severities(policy),
        *_checklist(policy),
        *_evidence(policy),
        *_stops(policy),
        *_guards(policy),
        *article_findings(policy),
        *_matrix(policy),
        *_decision(policy),
        *_places_nobody_goes(policy),
        *calendar_findings(policy),
        *clock_findings(policy),
        *rule_findings(policy),
        *notify_findings(policy),
    )


def _tiers_and_teams(policy: Policy) -> Iterator[Finding]:
    levels = {tier.level for tier in policy.tiers}
    bottom = lowest(policy)
    if len(levels) == 1:
        yield Finding(("tier",), "There is only one tier, so nothing can be escalated; add the tier above it.")
    for team in policy.teams:
        at = ("team", team.id)
        if team.tier not in levels:
            known = ", ".join(map(str, sorted(levels)))
            yield Finding((*at, "tier"), f"There is no tier {team.tier}; the tiers are {known}.", Grade.ERROR)
        elif team.tier > bottom and not team.manager:
            yield Finding(at, f"Nobody answers for the open escalations of {team.id}; name its manager.", Grade.NOTE)


def _categories(policy: Policy) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for category in policy.categories:
        at = ("category", category.id)
        if not category.words:
            yield Finding(at, "No word leads here, so only a source or a person can choose it.", Grade.NOTE)
        for word in category.words:
            said = " ".join(word.casefold().split())
            if not said:
                yield Finding((*at, "words"), "One of the words is empty; remove it.")
            elif said in first:
                yield Finding((*at, "words"), f"'{word}' already leads to {first[said]}; keep it in one place.")
            first.setdefault(said, category.id)
        if category.duty and not category.duty.recipient.strip():
            yield Finding((*at, "duty"), "The duty to notify names nobody to be notified.")
        if category.duty and category.duty.within <= timedelta(0):
            yield Finding((*at, "duty"), "The duty to notify has no time within which it must be met.")


def _severities(policy: Policy) -> Iterator[Finding]:
    grid = policy.severities
    falling = all(a <= b for row in grid for a, b in pairwise(row))
    falling = falling and all(a <= b for above, below in pairwise(grid) for a, b in zip(above, below, strict=True))
    if not falling:
        yield Finding(("severity", "matrix"), "A higher impact or urgency gives a milder severity somewhere; sort it.")
    if len(policy.skip_level) == len(Severity):
        yield Finding(("skip", "severities"), "Every severity skips a level, so the next tier is never asked first.")


def _checklist(policy: Policy) -> Iterator[Finding]:
    checklist = policy.checklist
    top, at = WORST * sum(checklist.weights), ("checklist", "threshold")
    if not top:
        yield Finding(("checklist",), "All weights are 0, so no answer counts; give at least one question a weight.")
    elif checklist.threshold > top:
        yield Finding(at, f"The threshold {checklist.threshold} can't be reached; all worst answers give {top}.")
    if checklist.threshold <= 0:
        yield Finding(at, "The threshold is always reached, so every case would be escalated; make it 1 or more.")
    for question in checklist.questions:
        if top and not question.weight:
            yield Finding(("checklist", question.factor), "Its weight is 0, so it is never asked.", Grade.NOTE)
    if not _ascends(checklist.scope_steps):
        yield Finding(
            ("checklist", "scope", "affected"), "The counts for 1, 2 and 3 must each be higher than the last."
        )
    if not _ascends(checklist.attempts_steps) or checklist.attempts_steps[0] == 0:
        yield Finding(
            ("checklist", "attempts", "failed"), "The counts for 1, 2 and 3 must start at 1 and each be higher."
        )
    by_severity = checklist.impact_by_severity
    if max(by_severity) > WORST or any(a < b for a, b in pairwise(by_severity)):
        yield Finding(
            ("checklist", "impact", "severity"), "The scores for S1 to S4 must be 3 to 0, and never rise from S1 to S4."
        )


def _evidence(policy: Policy) -> Iterator[Finding]:
    weighing, threshold = policy.evidence, policy.checklist.threshold
    most, at = weighing.weight * WORST, ("evidence", "weight")
    if not most:
        yield Finding(at, "Its weight is 0, so local evidence is shown but decides nothing.", Grade.NOTE)
    elif 0 < threshold <= most:
        yield Finding(at, f"Local evidence can add {most} and so reach the threshold {threshold} alone; weigh it less.")
    if weighing.least < FEW:
        told = f"So few known outcomes say little of the next case; make it {FEW} or more."
        yield Finding(("evidence", "least"), told)


FEW = 30
"""Fewer outcomes than these tell hardly more than chance."""


def _stops(policy: Policy) -> Iterator[Finding]:
    for stop in policy.stops:
        at = ("stop", stop.id)
        reason = absent(policy, stop.target)
        if reason:
            yield Finding((*at, "target"), reason, Grade.ERROR)
        elif stop.target.tier <= lowest(policy):
            yield Finding((*at, "target"), f"{stop.target} is where cases come in; a stop condition must lead up.")
        if any(not word.strip() for word in stop.words):
            yield Finding((*at, "words"), "One of the words is empty; remove it.")
        if not stop.words and not stop.manager_asks:
            yield Finding(at, "No word and no count leads here, so only a person can mark it.", Grade.NOTE)


def _guards(policy: Policy) -> Iterator[Finding]:
    for guard in policy.guards:
        if all(guard.spares(severity) for severity in Severity):
            yield Finding(("guard", guard.kind, "unless"), "Every severity is exempt, so this guard never holds.")
        if guard.kind is GuardKind.RETURNED and guard.within <= timedelta(0):
            yield Finding(("guard", guard.kind), "Without a time in within this guard never holds.")


def _matrix(policy: Policy) -> Iterator[Finding]:
    known = {category.id for category in policy.categories}
    rows = dict.fromkeys(category for category, _ in policy.matrix.cells)
    for row in rows:
        if row != ANY and row not in known:
            yield Finding(("matrix", row), f"There is no category '{row}'; {nearest(row, known)}", Grade.ERROR)
    for category in policy.categories:
        for severity in Severity:
            if not policy.matrix.path(category.id, severity):
                yield Finding(
                    ("matrix", category.id, severity.name),
                    "This cell is empty, so such a case can go nowhere; write a path, or one in the row '*'.",
                )
    if ANY not in rows:
        yield Finding(("matrix",), "There is no row '*', so a case without a category can go nowhere.")
    for severity in Severity:
        if ANY in rows and not policy.matrix.cells.get((ANY, severity)):
            yield Finding(
                ("matrix", ANY, severity.name),
                "This cell is empty, so a case without a category can go nowhere; write a path.",
            )
    for (row, severity), path in policy.matrix.cells.items():
        yield from _path(policy, ("matrix", row, severity.name), path)


def _path(policy: Policy, at: KeyPath, path: tuple[Target, ...]) -> Iterator[Finding]:
    """Give what is wrong with one path: targets that do not exist, loops, steps that do not lead up."""
    for target in dict.fromkeys(path):
        reason = absent(policy, target)
        if reason:
            yield Finding(at, reason, Grade.ERROR)
        elif target.tier <= lowest(policy):
            yield Finding(at, f"{target} is where cases come in; a path starts above it.")
    for place, (below, above) in enumerate(pairwise(path), 1):
        if above in path[:place]:
            yield Finding(at, f"The path comes back to {above}; a path is no loop.")
        elif above.tier <= below.tier:
            yield Finding(at, f"{above} does not lead up from {below}; the tiers of a path must ascend.")


def _decision(policy: Policy) -> Iterator[Finding]:
    if not policy.override_reasons:
        yield Finding(
            ("decision", "reasons"),
            "There are no coded reasons for going against the recommendation, so nothing can be learnt from it.",
        )


def _places_nobody_goes(policy: Policy) -> Iterator[Finding]:
    """Give tiers, teams and parties above the lowest tier that no path and no stop condition leads to."""
    targets = {target for path in policy.matrix.cells.values() for target in path}
    targets |= {stop.target for stop in policy.stops}
    tiers = {target.tier for target in targets}
    whole = {target.tier for target in targets if not target.team and not target.party}
    teams = {target.team for target in targets}
    parties = {target.party for target in targets}
    for tier in policy.tiers:
        if tier.level > lowest(policy) and tier.level not in tiers:
            yield Finding(("tier", str(tier.level)), f"No path ever leads to tier {tier.level} {tier.name}.")
    for team in policy.teams:
        if team.tier > lowest(policy) and team.tier in tiers and team.id not in teams and team.tier not in whole:
            yield Finding(("team", team.id), f"No path ever leads to team {team.id}.")
    for party in policy.parties:
        if party.id not in parties:
            yield Finding(("party", party.id), f"No path ever leads to {party.name}.")


def _ascends(steps: Iterable[int]) -> bool:
    """Say whether each number is higher than the one before."""
    return all(a < b for a, b in pairwise(steps))
