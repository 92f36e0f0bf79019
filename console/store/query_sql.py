"""A query as SQL: the same checks as the predicate's, over the alias `c` of the case table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from console.domain.case import Status
from console.domain.escalation import State
from console.domain.query import Asking, Query, lowered
from console.domain.query.checks import Check, Checked, Test
from console.domain.query.tree import All, Any, Not, Word
from console.domain.views import Order
from console.store.codec import micros
from console.store.sight import SEEN
from console.store.sqlite_search import FOUND, phrase
from console.store.verdicts import ADVICE, judge
from console.store.windows import Selection

TESTS: Mapping[Test, str] = {
    Test.SAME: "c.{column} = {value}",
    Test.LESS: "c.{column} < {value}",
    Test.AT_MOST: "c.{column} <= {value}",
    Test.MORE: "c.{column} > {value}",
    Test.AT_LEAST: "c.{column} >= {value}",
    Test.HAS: "instr(c.{column}, ';' || {value} || ';') > 0",
    Test.CONTAINS: "instr(lower(c.{column}), {value}) > 0",
}
BESIDE: Mapping[str, str] = {
    "draft": "c.id IN (SELECT d.case_id FROM draft d WHERE d.person = {value})",
    "notes": "EXISTS (SELECT {value} FROM case_text t WHERE t.case_id = c.id AND t.notes <> '')",
    "brief": "EXISTS (SELECT {value} FROM escalation e WHERE e.case_id = c.id AND e.state <> 'withdrawn')",
}
"""What is kept beside a case."""

NEVER_NULL = frozenset(
    {
        "id",
        "source",
        "ref",
        "title",
        "requester",
        "organisation",
        "category",
        "item",
        "channel",
        "tags",
        "derived",
        "status",
    }
    | {
        "live",
        "next_clock",
        "severity",
        "confidential",
        "tier",
        "team",
        "waiting_for",
        "resolution",
        "stops",
        "attempts",
    }
    | {
        "draft",
        "notes",
        "brief",
        "advice",
        "manager_asks",
        "reopened",
        "known_fix",
        "escalation_state",
        "created",
        "updated",
    }
)
"""Columns that always hold a value, so that denying a comparison needs no care."""


def compiled(query: Query, asking: Asking) -> tuple[str, dict[str, object]]:
    """Give a WHERE expression, in brackets where it needs them, and the values of its named parameters."""
    writer = _Writer(asking)
    return writer.node(lowered(query, asking)), writer.values


def selected(query: Query, asking: Asking, order: Order) -> Selection:
    """Give what a query finds as a selection, of the cases that whoever reads may see, on every way the rows are read.

    Words that must hold stand apart from the rest, so that the rows can be read from the full-text index.
    """
    node = lowered(query, asking)
    parts = node.nodes if isinstance(node, All) else (node,)
    words = [part for part in parts if isinstance(part, Word)]
    writer = _Writer(asking)
    others = writer.node(All(tuple(part for part in parts if not isinstance(part, Word))))
    rest = SEEN if others == "1" else f"({SEEN} AND {others})"
    where, name = rest, ""
    if words:
        name = writer.expression(words)
        where = f"({rest} AND {FOUND.format(name=name)})"
    return Selection(where, writer.values, order, rest, name, judge(asking) if "advice(" in rest else None)


LIVE = "c.live = 1"
WORDS = {"status": frozenset(Status), "escalation_state": frozenset(State)}
"""Words of the program's own, by their column."""

UNDER_WAY = tuple(Check("status", Test.SAME, status.value) for status in (Status.NEW, Status.WAITING))


def _is_live(node: Checked) -> bool:
    """Say whether only live cases can meet a condition, so that the indexes of those serve.

    New and waiting cases have an index of their own.
    """
    match node:
        case Check("status", Test.SAME, value):
            return value == Status.OPEN
        case Any():
            return all(_is_live(each) or each in UNDER_WAY for each in node.nodes)
    return False


class _Writer:
    """Writes SQL and collects its values as `q0`, `q1` and so on."""

    def __init__(self, asking: Asking) -> None:
        """Start without values."""
        self.values: dict[str, object] = {}
        self.asking = asking

    def node(self, node: Checked) -> str:
        """Write any node."""
        match node:
            case Check():
                return self._check(node)
            case Word():
                return self._found([node])
            case Not():
                return self._denied(node.node)
            case All():
                return self._all(node)
            case Any():
                return f"({' OR '.join(self.node(each) for each in node.nodes)})"
            case _:
                assert_never(node)

    def _all(self, node: All[Check | Word]) -> str:
        """Write what must all hold; its words are searched for in one go."""
        words = [each for each in node.nodes if isinstance(each, Word)]
        parts = [self.node(each) for each in node.nodes if not isinstance(each, Word)]
        if any(_is_live(each) for each in node.nodes) and LIVE not in parts:
            parts.append(LIVE)
        if words:
            parts.append(self._found(words))
        return f"({' AND '.join(parts)})" if parts else "1"

    def _denied(self, node: Checked) -> str:
        """Write a denial that is true wherever the condition is not, also where the case has no value."""
        match node:
            case Not():
                return self.node(node.node)
            case Check(column="live"):
                return self._check(Check("live", Test.SAME, int(not node.value)))
            case Check() if node.value is None:
                return f"c.{node.column} IS NOT NULL"
            case Check() if node.column in NEVER_NULL:
                return f"NOT {self._check(node)}"
        return f"({self.node(node)}) IS NOT TRUE"

    def _check(self, check: Check) -> str:
        if check.value is None:
            return f"c.{check.column} IS NULL"
        if check.column in BESIDE:
            return BESIDE[check.column].format(value=self._named(check.value))
        if check.column == "advice":
            now = self._named(micros(self.asking.now))
            return f"{ADVICE.format(now=now)} = '{check.value}'"
        return TESTS[check.test].format(column=check.column, value=self._written(check))

    def _written(self, check: Check) -> str:
        """Write a value: words of the program's own in place, so that partial indexes serve, all others by name."""
        if check.column == "live":
            return str(check.value)
        if check.value in WORDS.get(check.column, ()):
            return f"'{check.value}'"
        return self._named(micros(check.value) if isinstance(check.value, datetime) else check.value)

    def _found(self, words: list[Word]) -> str:
        return FOUND.format(name=self.expression(words))

    def expression(self, words: list[Word]) -> str:
        """Give the name of the value that searches for all of these words."""
        expression = " ".join(phrase(word.text, is_begun=word.is_begun) for word in words)
        return self._named(expression).removeprefix(":")

    def _named(self, value: object) -> str:
        name = f"q{len(self.values)}"
        self.values[name] = value
        return f":{name}"
