"""Conditions lowered to checks: comparisons of one stored field with one plain value, all that evaluators know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeAlias, assert_never

from console.domain.query.asking import Asking
from console.domain.query.fields import FIELDS, Field, Kind
from console.domain.query.tree import All, Any, Clause, Node, Not, Op, Query, Stretch, Value, Who, Word
from console.domain.recommendation import Verdict


class Test(Enum):
    """What a check asks of its field; SAME on nothing asks whether it is empty."""

    SAME = auto()
    LESS = auto()
    AT_MOST = auto()
    MORE = auto()
    AT_LEAST = auto()
    HAS = auto()
    CONTAINS = auto()


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison; `column` is a stored field, or `live` for whether somebody still has to act.

    Kept beside the case are `draft` (of this person), `notes` and `brief`; `advice` is concluded from the policy.
    """

    column: str
    test: Test
    value: str | int | datetime | None


Checked: TypeAlias = "Node[Check | Word]"
TESTS: Mapping[Op, Test] = {
    Op.IS: Test.SAME,
    Op.EQ: Test.SAME,
    Op.LT: Test.LESS,
    Op.LE: Test.AT_MOST,
    Op.GT: Test.MORE,
    Op.GE: Test.AT_LEAST,
}
MIRRORED: Mapping[Test, Test] = {
    Test.SAME: Test.SAME,
    Test.LESS: Test.MORE,
    Test.AT_MOST: Test.AT_LEAST,
    Test.MORE: Test.LESS,
    Test.AT_LEAST: Test.AT_MOST,
}
EMPTY_TEXT = frozenset({Kind.WORD, Kind.TEXT, Kind.LIST})
"""Kinds whose fields are empty text when there is nothing; the others hold no value at all then."""


def lowered(query: Query, asking: Asking) -> Checked:
    """Give a query as checks, for a person and a time."""
    return _node(query.node, asking)


def _node(node: Node[Clause | Word], asking: Asking) -> Checked:
    match node:
        case Word():
            return node
        case Clause():
            return _clause(FIELDS[node.field], node, asking)
        case Not():
            return Not(_node(node.node, asking))
        case All():
            return All(tuple(_node(each, asking) for each in node.nodes))
        case Any():
            return Any(tuple(_node(each, asking) for each in node.nodes))
        case _:
            assert_never(node)


def _clause(field: Field, clause: Clause, asking: Asking) -> Checked:
    """Turn one condition into checks of what is stored."""
    column, test = field.column, TESTS[clause.op]
    value: Value = asking.person.id if clause.value is Who.ME else clause.value
    match field.kind:
        case Kind.SENT:
            return _sent(column, value)
        case Kind.HAS:
            return _has(str(value), asking)
        case Kind.ADVICE:
            return _advised(Verdict(str(value)))
    if value is Who.MINE and field.kind is Kind.WORD:
        return _one_of(column, asking.person.teams)
    return _compared_with(field, clause.op, asking.person.tier if value is Who.MINE else value, test, asking.now)


def _compared_with(field: Field, op: Op, value: Value, test: Test, now: datetime) -> Checked:
    """Compare a stored field with a value of whatever kind."""
    if value is Who.NONE:
        return Check(field.column, Test.SAME, "" if field.kind in EMPTY_TEXT else None)
    if isinstance(value, Stretch):
        return _in_time(field.column, test, value)
    if isinstance(value, timedelta):
        return _at_distance(field, test, value, now)
    if field.kind is Kind.FLAG:
        return _flag(field.column, now, is_set=bool(value))
    if field.kind is Kind.SEVERITY:
        return Check(field.column, MIRRORED[test], value)
    return _compared(field, op, value)


def _one_of(column: str, words: tuple[str, ...]) -> Checked:
    """Compare with each of these; whoever has none of them finds nothing."""
    return Any(tuple(Check(column, Test.SAME, word) for word in words)) if words else Not(All())


def _has(what: str, asking: Asking) -> Checked:
    """Ask for what lies beside a case, or for a field of it that is not empty."""
    match what:
        case "draft":
            return Check("draft", Test.SAME, asking.person.id)
        case "note":
            return Check("notes", Test.SAME, 1)
        case "brief":
            return Check("brief", Test.SAME, 1)
        case "attempt":
            return Check("attempts", Test.MORE, 0)
        case "action":
            return Not(Check("action_of", Test.SAME, None))
    field = FIELDS[what]
    return Not(Check(field.column, Test.SAME, "" if field.kind in EMPTY_TEXT else None))


def _advised(verdict: Verdict) -> Checked:
    """Ask for a recommendation; a case that is done is never anything but handled, which is quick to know."""
    advised = Check("advice", Test.SAME, verdict.value)
    if verdict is Verdict.HANDLE:
        return Any((Check("live", Test.SAME, 0), advised))
    return All((Check("live", Test.SAME, 1), advised))


def _sent(column: str, value: Value) -> Checked:
    nobody = Check("escalation", Test.SAME, None)
    return nobody if value is Who.NONE else All((Check(column, Test.SAME, str(value)), Not(nobody)))


def _at_distance(field: Field, test: Test, span: timedelta, now: datetime) -> Check:
    """Compare with a time this long ago, or this far ahead; older is earlier."""
    if field.kind is Kind.AGE:
        return Check(field.column, MIRRORED[test], now - span)
    return Check(field.column, test, now + span)


def _compared(field: Field, op: Op, value: str | int) -> Check:
    """Compare with a plain value; `:` on long text asks for a part of it, in any case."""
    if isinstance(value, str) and value and field.kind is Kind.LIST:
        return Check(field.column, Test.HAS, value.replace(";", ","))
    if isinstance(value, str) and value and field.kind is Kind.TEXT and op is Op.IS:
        return Check(field.column, Test.CONTAINS, value.translate(LOWER))
    return Check(field.column, TESTS[op], value)


LOWER = {ord(letter): ord(letter.lower()) for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
"""Folds A to Z only, as the database does."""


def _in_time(column: str, test: Test, stretch: Stretch) -> Checked:
    """Compare with a time as exactly as it was written: `due:2026-12-01` is any moment of that day."""
    match test:
        case Test.LESS:
            return Check(column, Test.LESS, stretch.start)
        case Test.AT_MOST:
            return Check(column, Test.LESS, stretch.end)
        case Test.MORE:
            return Check(column, Test.AT_LEAST, stretch.end)
        case Test.AT_LEAST:
            return Check(column, Test.AT_LEAST, stretch.start)
    return All((Check(column, Test.AT_LEAST, stretch.start), Check(column, Test.LESS, stretch.end)))


def _flag(column: str, now: datetime, *, is_set: bool) -> Checked:
    match column:
        case "late":
            found: Checked = All((Check("live", Test.SAME, 1), Check("next_due", Test.LESS, now)))
        case "merged":
            closed = Check("status", Test.SAME, "closed")
            found = All((closed, Not(Check("duplicate_of", Test.SAME, None))))
        case _:
            return Check(column, Test.SAME, int(is_set))
    return found if is_set else Not(found)
