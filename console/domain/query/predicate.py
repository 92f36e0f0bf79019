"""A query as a predicate over cases, compiled to closures; and what each of its conditions finds in one case."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any as Anything
from typing import NamedTuple, assert_never

from console.domain.case import Case
from console.domain.query.asking import Asking, Beside
from console.domain.query.checks import LOWER, Check, Checked, Test, lowered
from console.domain.query.fields import FIELDS, Field, Kind
from console.domain.query.tokens import holds, tokens
from console.domain.query.tree import All, Any, Clause, Not, Query, Word, leaves
from console.domain.recommendation import Verdict, advise
from console.domain.roster import unavailable

Predicate = Callable[[Case, Beside], bool]


class Finding(NamedTuple):
    """One condition as it was written, whether it holds, and what the case has there."""

    clause: str
    holds: bool
    value: str


def matches(query: Query, case: Case, beside: Beside, asking: Asking) -> bool:
    """Say whether a query finds a case."""
    return predicate(query, asking)(case, beside)


def predicate(query: Query, asking: Asking) -> Predicate:
    """Compile a query for a person, a time and a policy."""
    return _compiled(lowered(query, asking), asking)


def explained(query: Query, case: Case, beside: Beside, asking: Asking) -> list[Finding]:
    """Tell each condition of a query from left to right: whether it holds, and the value it looked at."""
    found = []
    for leaf in leaves(query.node):
        says = leaf.says if isinstance(leaf, Clause) else f'"{leaf.text}"'
        value = _shown(case, FIELDS[leaf.field], asking) if isinstance(leaf, Clause) else ""
        found.append(Finding(says, matches(Query(leaf), case, beside, asking), value))
    return found


def _compiled(node: Checked, asking: Asking) -> Predicate:
    match node:
        case Check():
            return _beside(node, asking) or _check(node)
        case Word():
            return _word(node)
        case Not():
            inner = _compiled(node.node, asking)
            return lambda case, beside: not inner(case, beside)
        case All():
            every = [_compiled(each, asking) for each in node.nodes]
            return lambda case, beside: all(each(case, beside) for each in every)
        case Any():
            some = [_compiled(each, asking) for each in node.nodes]
            return lambda case, beside: any(each(case, beside) for each in some)
        case _:
            assert_never(node)


COMPARED: Mapping[Test, Callable[[Anything, Anything], bool]] = {
    Test.SAME: operator.eq,
    Test.LESS: operator.lt,
    Test.AT_MOST: operator.le,
    Test.MORE: operator.gt,
    Test.AT_LEAST: operator.ge,
    Test.HAS: lambda found, value: value in found,
    Test.CONTAINS: lambda found, value: value in found.translate(LOWER),
}


def _beside(check: Check, asking: Asking) -> Predicate | None:
    """Compile a check of what is no field of the case; give None for all others."""
    match check.column:
        case "draft":
            return lambda _, beside: check.value in beside.drafts_of
        case "notes":
            return lambda _, beside: bool(beside.text.notes)
        case "brief":
            return lambda _, beside: beside.has_brief
        case "advice":
            return lambda case, _: _verdict(case, asking) == check.value
    return None


def _verdict(case: Case, asking: Asking) -> Verdict:
    barred = unavailable(case, asking.policy, asking.there)
    return advise(case, asking.policy, asking.now, barred, asking.local(case)).verdict


def _check(check: Check) -> Predicate:
    column, value, compared = check.column, check.value, COMPARED[check.test]
    if value is None:
        return lambda case, _: getattr(case, column) is None
    if column == "live":
        return lambda case, _: case.status.is_live == bool(value)
    if check.test is Test.SAME and value == "":
        return lambda case, _: not getattr(case, column)

    def holds_for(case: Case, _: Beside) -> bool:
        found = getattr(case, column)
        return found is not None and compared(found, value)

    return holds_for


def _word(word: Word) -> Predicate:
    wanted, is_begun = tokens(word.text), word.is_begun

    def holds_for(case: Case, beside: Beside) -> bool:
        texts = (case.title, beside.text.body, beside.text.notes)
        return any(holds(tokens(each), wanted, is_begun=is_begun) for each in texts)

    return holds_for


def _shown(case: Case, field: Field, asking: Asking) -> str:
    """Write what a case has in a field; the flags that are concluded show what they rest on."""
    if field.kind is Kind.HAS:
        return ""
    if field.kind is Kind.ADVICE:
        return _verdict(case, asking)
    name = {"live": "status", "late": "next_due", "merged": "duplicate_of"}.get(field.column, field.column)
    value = getattr(case, name)
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    return value.name if name == "severity" else str(value)
