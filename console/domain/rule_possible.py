"""Whether the query of a rule can ever find a case that is being worked on, as far as the policy alone can tell.

The query is taken apart into conjunctions; one of them is possible when, for each field it names, some value meets all
its conditions on that field. What is not fields (words of the text, notes, recommendations) is taken to be possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice, product
from typing import Any as Anything

from console.domain.case import Case, Choice, EscalationId, Severity, Status
from console.domain.escalation import State
from console.domain.policy import Policy
from console.domain.query import Beside, Query, predicate
from console.domain.query.fields import FIELDS, Field, Kind
from console.domain.query.tree import All, Any, Clause, Node, Not, Stretch, Value, Who, Word, leaves
from console.domain.rule_query import EARLY, asked_at

MOST = 256
"""How many conjunctions are looked at; a query that comes to more is taken to be possible."""

STANDING = "status"
GROUPS: Mapping[str, str] = dict.fromkeys(("status", "live", "late", "merged"), STANDING)
"""Fields that look at the same thing; others are looked at by the stored field they read."""

UNKNOWN = frozenset({Kind.HAS, Kind.ADVICE, Kind.VIEW})
INSTANT = timedelta(seconds=1)
RANGES: Mapping[str, Sequence[int]] = dict.fromkeys(("impact", "urgency"), range(1, 5))
PROBE = Case(title="x", created=EARLY, updated=EARLY)

Leaf = Clause | Word
Values = Mapping[str, object]


def impossible(query: Query, policy: Policy) -> tuple[str, ...]:
    """Give the conditions that can never be met, alone or together; nothing where the query can find a case."""
    found = [*islice(_conjunctions(query.node, is_wanted=True), MOST + 1)]
    if len(found) > MOST:
        return ()
    against = [_clash(each, policy) for each in found]
    return against[0] if all(against) and against else ()


def may_find(query: Query, case: Case, fields: frozenset[str], policy: Policy) -> bool:
    """Say whether a query may find a case of which only these fields are known."""
    for each in islice(_conjunctions(query.node, is_wanted=True), MOST):
        known = [leaf for leaf in each if any(_is_about(clause, fields) for clause in leaves(leaf))]
        if _finds(known, case, policy):
            return True
    return False


def _is_about(leaf: Leaf, fields: frozenset[str]) -> bool:
    return isinstance(leaf, Clause) and leaf.field in fields


def _conjunctions(node: Node[Leaf], *, is_wanted: bool) -> Iterator[tuple[Node[Leaf], ...]]:
    """Give the ways in which a part of a query can be as it is wanted, each as conditions that must all hold."""
    match node:
        case Not():
            yield from _conjunctions(node.node, is_wanted=not is_wanted)
        case All() | Any():
            parts = [_conjunctions(each, is_wanted=is_wanted) for each in node.nodes]
            if isinstance(node, All) is is_wanted:
                capped = [[*islice(each, MOST + 1)] for each in parts]
                yield from (tuple(chain(*each)) for each in product(*capped))
            else:
                yield from chain(*parts)
        case _:
            yield (node if is_wanted else Not(node),)


def _clash(conjunction: Iterable[Node[Leaf]], policy: Policy) -> tuple[str, ...]:
    """Give the conditions on one field that no value meets, as they are written; nothing where there are none."""
    groups: dict[str, list[Node[Leaf]]] = {}
    for node in conjunction:
        for leaf in leaves(node):
            if isinstance(leaf, Clause) and FIELDS[leaf.field].kind not in UNKNOWN:
                groups.setdefault(GROUPS.get(leaf.field, FIELDS[leaf.field].column), []).append(node)
    for group, nodes in groups.items():
        clauses = [leaf for node in nodes for leaf in leaves(node) if isinstance(leaf, Clause)]
        probes = (_probed(values) for values in _candidates(group, clauses, policy))
        if not any(_finds(nodes, probe, policy) for probe in probes):
            return tuple(_written(node) for node in nodes)
    return ()


def _written(node: Node[Leaf]) -> str:
    says = " ".join(leaf.says for leaf in leaves(node) if isinstance(leaf, Clause))
    return f"-{says}" if isinstance(node, Not) else says


def _finds(nodes: Iterable[Node[Leaf]], case: Case, policy: Policy) -> bool:
    return predicate(Query(All(tuple(nodes))), asked_at(EARLY, policy))(case, Beside())


def _probed(values: Values) -> Case:
    given: dict[str, Anything] = {"title": "x", "created": EARLY, "updated": EARLY, **values}
    return Case(**given)


def _candidates(group: str, clauses: Sequence[Clause], policy: Policy) -> Iterator[Values]:
    """Give values of a field such that, if none of these meets some conditions, none does."""
    field = FIELDS[clauses[0].field]
    named = {each.value for each in clauses if not isinstance(each.value, Who)}
    if group == STANDING:
        for status, due in product((Status.NEW, Status.OPEN, Status.WAITING), (None, EARLY - INSTANT, EARLY + INSTANT)):
            yield {"status": status, "due": due, "next_due": due}
    elif field.kind is Kind.SENT:
        yield {}
        yield from ({"escalation": EscalationId(1), field.column: each} for each in (*named, "\0"))
    else:
        yield from ({field.column: each} for each in _values(field, named, policy))


def _values(field: Field, named: set[Value], policy: Policy) -> Iterator[object]:
    """Give values of one stored field."""
    known: Mapping[str, Iterable[object]] = {
        "severity": Severity,
        "tier": [tier.level for tier in policy.tiers],
        "team": ["", *(team.id for team in policy.teams)],
        "category": ["", *(category.id for category in policy.categories)],
        "escalation_state": ["", *State],
        "decision": [None, *Choice],
        **RANGES,
    }
    if getattr(PROBE, field.column) is None:
        yield None
    if field.column in known:
        yield from known[field.column]
    elif field.kind is Kind.FLAG:
        yield from (False, True)
    elif field.kind is Kind.NUMBER:
        near = {number + by for number in named if isinstance(number, int) for by in (-1, 0, 1)}
        yield from (number for number in near | {0} if number >= 0)
    elif field.kind in {Kind.AGE, Kind.AHEAD}:
        yield from _times(field, named)
    else:
        yield from _texts(field, [str(each) for each in named])


def _times(field: Field, named: Iterable[Value]) -> Iterator[datetime]:
    """Give times on either side of those that are named; none ahead for what has happened already."""
    sign = -1 if field.kind is Kind.AGE else 1
    for value in named:
        ends = (value.start, value.end) if isinstance(value, Stretch) else (_moved(value, sign),)
        for at in (end + by for end in ends for by in (-INSTANT, timedelta(0), INSTANT)):
            if field.kind is not Kind.AGE or at <= EARLY or isinstance(value, Stretch):
                yield at


def _moved(value: Value, sign: int) -> datetime:
    return EARLY + sign * value if isinstance(value, timedelta) else EARLY


def _texts(field: Field, named: list[str]) -> Iterator[object]:
    if field.kind is Kind.LIST:
        yield ()
        yield tuple(named)
        yield from ((each,) for each in named)
    else:
        yield from ("", "\0", *named, "\n".join(named))
