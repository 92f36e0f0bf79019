"""A query as a predicate over cases, compiled to closures; and what each of its conditions finds in one case."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any as Anything
from typing import NamedTuple, assert_never

from console.domain.case import Case, CaseText, PersonId
from console.domain.query.checks import LOWER, Check, Checked, Test, lowered
from console.domain.query.fields import FIELDS
from console.domain.query.tokens import holds, tokens
from console.domain.query.tree import All, Any, Clause, Node, Not, Query, Word

Predicate = Callable[[Case, CaseText], bool]


class Finding(NamedTuple):
    """One condition as it was written, whether it holds, and what the case has there."""

    clause: str
    holds: bool
    value: str


def matches(query: Query, case: Case, text: CaseText, me: PersonId, now: datetime) -> bool:
    """Say whether a query finds a case."""
    return predicate(query, me, now)(case, text)


@lru_cache(maxsize=64)
def predicate(query: Query, me: PersonId, now: datetime) -> Predicate:
    """Compile a query for a person and a time."""
    return _compiled(lowered(query, me, now))


def explained(query: Query, case: Case, text: CaseText, me: PersonId, now: datetime) -> list[Finding]:
    """Tell each condition of a query from left to right: whether it holds, and the value it looked at."""
    found = []
    for leaf in _leaves(query.node):
        says = leaf.says if isinstance(leaf, Clause) else f'"{leaf.text}"'
        value = _shown(case, FIELDS[leaf.field].column) if isinstance(leaf, Clause) else ""
        found.append(Finding(says, matches(Query(leaf), case, text, me, now), value))
    return found


def _leaves(node: Node[Clause | Word]) -> Iterator[Clause | Word]:
    match node:
        case Clause() | Word():
            yield node
        case Not():
            yield from _leaves(node.node)
        case All() | Any():
            for each in node.nodes:
                yield from _leaves(each)
        case _:
            assert_never(node)


def _compiled(node: Checked) -> Predicate:
    match node:
        case Check():
            return _check(node)
        case Word():
            return _word(node)
        case Not():
            inner = _compiled(node.node)
            return lambda case, text: not inner(case, text)
        case All():
            every = [_compiled(each) for each in node.nodes]
            return lambda case, text: all(each(case, text) for each in every)
        case Any():
            some = [_compiled(each) for each in node.nodes]
            return lambda case, text: any(each(case, text) for each in some)
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


def _check(check: Check) -> Predicate:
    column, value, compared = check.column, check.value, COMPARED[check.test]
    if value is None:
        return lambda case, _: getattr(case, column) is None
    if column == "live":
        return lambda case, _: case.status.is_live == bool(value)
    if check.test is Test.SAME and value == "":
        return lambda case, _: not getattr(case, column)

    def holds_for(case: Case, _: CaseText) -> bool:
        found = getattr(case, column)
        return found is not None and compared(found, value)

    return holds_for


def _word(word: Word) -> Predicate:
    wanted, is_begun = tokens(word.text), word.is_begun

    def holds_for(case: Case, text: CaseText) -> bool:
        return any(holds(tokens(each), wanted, is_begun=is_begun) for each in (case.title, text.body, text.notes))

    return holds_for


def _shown(case: Case, column: str) -> str:
    """Write what a case has in a field; the flags that are concluded show what they rest on."""
    name = {"live": "status", "late": "due", "merged": "duplicate_of"}.get(column, column)
    value = getattr(case, name)
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M UTC")
    return value.name if name == "severity" else str(value)
