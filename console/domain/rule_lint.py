"""What is to be said about rules, ladders and the brake of a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from console.domain.case import Case, Severity
from console.domain.ladder_lint import known_calendar, ladder_findings, uncovered
from console.domain.matrix import route
from console.domain.policy import Policy
from console.domain.policy_finding import Finding, Grade
from console.domain.policy_places import lowest
from console.domain.query.fields import FIELDS, Kind
from console.domain.query.tree import Clause, Op, Query, Who, leaves
from console.domain.recipient_lint import recipient_findings
from console.domain.recipients import WORDS, place_of
from console.domain.rule_possible import PROBE, impossible, may_find
from console.domain.rule_query import criteria
from console.domain.timing import Count, Rule, RuleAct
from console.domain.toml_lines import KeyPath
from console.domain.toml_table import nearest
from console.domain.words import listed

ERROR = Grade.ERROR
PLACED = frozenset({"category", "severity", "tier"})
"""The fields by which the matrix finds a way."""


def rule_findings(policy: Policy) -> Iterator[Finding]:
    """Give what is wrong, or could be better."""
    for rule in policy.timing.rules:
        at = ("rule", rule.id)
        query = criteria(rule.when).query
        wrong = [*_conditions(policy, query, (*at, "when"))]
        yield from wrong or _never(policy, query, (*at, "when"))
        yield from _to(policy, rule, at)
        yield from _times(rule, at)
        if rule.do is RuleAct.ESCALATE and not rule.to:
            yield from _way_up(policy, query, at)
        if rule.held and rule.count is Count.BUSINESS and query.names("severity"):
            found = {each for each in Severity if _may_be(query, policy, severity=each)}
            yield from uncovered(policy, at, known_calendar(policy, rule.calendar), found)
    yield from ladder_findings(policy)


def _conditions(policy: Policy, query: Query, at: KeyPath) -> Iterator[Finding]:
    """Give conditions that mean nothing in a rule, or that name what the policy does not have."""
    names = {
        "category": [category.id for category in policy.categories],
        "team": [team.id for team in policy.teams],
        "tier": [str(tier.level) for tier in policy.tiers],
        "stop": [stop.id for stop in policy.stops],
    }
    for leaf in leaves(query.node):
        if not isinstance(leaf, Clause):
            continue
        is_draft = FIELDS[leaf.field].kind is Kind.HAS and leaf.value == "draft"
        if leaf.value in {Who.ME, Who.MINE} or is_draft:
            yield Finding(at, f"'{leaf.says}' depends on who asks, and nobody asks here; say it otherwise.", ERROR)
            continue
        known = names.get(leaf.field)
        if known and leaf.op in {Op.IS, Op.EQ} and leaf.value is not Who.NONE and str(leaf.value) not in known:
            yield Finding(at, f"There is no {leaf.field} '{leaf.value}'; {nearest(str(leaf.value), known)}", ERROR)


def _never(policy: Policy, query: Query, at: KeyPath) -> Iterator[Finding]:
    against = impossible(query, policy)
    if against:
        told = listed(f"'{each}'" for each in against)
        yield Finding(at, f"This can never hold: no case that is being worked on meets {told}.", ERROR)


def _to(policy: Policy, rule: Rule, at: KeyPath) -> Iterator[Finding]:
    """Give what is wrong with whom or what a rule names for its act."""
    here = (*at, "to")
    yield from recipient_findings(policy, here, rule.to)
    places = [place_of(word) for word in rule.to if word not in WORDS]
    match rule.do:
        case RuleAct.ESCALATE if rule.to:
            if len(rule.to) > 1 or None in places or not places:
                yield Finding(here, "An escalation goes along the matrix, or to one place such as 2/database.", ERROR)
            elif places[0] is not None and places[0].tier <= lowest(policy):
                yield Finding(here, f"{places[0]} is where cases come in; an escalation goes up.", ERROR)
        case RuleAct.REASSIGN:
            if len(rule.to) != 1 or any(place and place.party for place in places):
                yield Finding(here, "A case can be reassigned to one person or one place inside.", ERROR)
        case RuleAct.RAISE | RuleAct.TAG if rule.to:
            yield Finding(here, f"To {rule.do} tells nobody; remove it, or write a second rule that notifies.")
    if rule.do is RuleAct.TAG and not rule.tags:
        yield Finding(at, "It says no tags; name them in tags.", ERROR)
    if rule.tags and rule.do is not RuleAct.TAG:
        yield Finding((*at, "tags"), f"Tags are not set to {rule.do}; write a second rule that does.")


def _times(rule: Rule, at: KeyPath) -> Iterator[Finding]:
    if rule.remind and rule.do is not RuleAct.ESCALATE:
        yield Finding((*at, "remind"), "Only before an escalation somebody is reminded; remove it.")
    elif rule.remind and rule.remind >= rule.held:
        yield Finding((*at, "remind"), "The reminder needs time before the escalation; make it shorter than for.")
    if rule.every and rule.times == 1:
        yield Finding((*at, "every"), "It fires once all the same; say how often in times.")
    if rule.times > 1 and not rule.every:
        yield Finding((*at, "times"), "It fires once all the same; say how long between in every.")


def _way_up(policy: Policy, query: Query, at: KeyPath) -> Iterator[Finding]:
    """Say for which cases there is no way up from where the rule finds them: where cases come in, or its own tiers."""
    tiers = [tier.level for tier in policy.tiers] if query.names("tier") else [lowest(policy)]
    stuck: dict[str, None] = {}
    for category in ["", *(each.id for each in policy.categories)]:
        for severity in Severity:
            path = policy.matrix.path(category, severity)
            lost = [tier for tier in tiers if route(path, tier, 1, {}).target is None]
            if any(_may_be(query, policy, category=category, severity=severity, tier=tier) for tier in lost):
                stuck[f"{category or 'no category'} {severity.name}"] = None
    if stuck:
        told = listed([*[*stuck][:4], *(["others"] if len(stuck) > 4 else [])])  # noqa: PLR2004
        yield Finding(at, f"There is no way up for {told}; give them one in the matrix, or leave them out here.")


def _may_be(query: Query, policy: Policy, **facts: str | int) -> bool:
    case: Case = replace(PROBE, **facts)  # type: ignore[arg-type]
    return may_find(query, case, frozenset(facts) & PLACED, policy)
