"""A query as SQL: the same checks as the predicate's, over the alias `c` of the case table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from console.domain.case import PersonId, Status
from console.domain.query import Query, lowered
from console.domain.query.checks import Check, Checked, Test
from console.domain.query.tree import All, Any, Not, Word
from console.store.codec import micros
from console.store.sqlite_search import FOUND, phrase

TESTS: Mapping[Test, str] = {
    Test.SAME: "c.{column} = {value}",
    Test.LESS: "c.{column} < {value}",
    Test.AT_MOST: "c.{column} <= {value}",
    Test.MORE: "c.{column} > {value}",
    Test.AT_LEAST: "c.{column} >= {value}",
    Test.HAS: "instr(c.{column}, ';' || {value} || ';') > 0",
    Test.CONTAINS: "instr(lower(c.{column}), {value}) > 0",
}
NEVER_NULL = frozenset(
    {"id", "source", "ref", "title", "requester", "organisation", "category", "channel", "tags", "derived", "status"}
    | {"live", "severity", "confidential", "tier", "team", "waiting_for", "resolution", "stops", "attempts"}
    | {"manager_asks", "reopened", "known_fix", "escalation_state", "created", "updated"}
)
"""Columns that always hold a value, so that denying a comparison needs no care."""


def compiled(query: Query, me: PersonId, now: datetime) -> tuple[str, dict[str, object]]:
    """Give a WHERE expression, in brackets where it needs them, and the values of its named parameters."""
    writer = _Writer()
    return writer.node(lowered(query, me, now)), writer.values


class _Writer:
    """Writes SQL and collects its values as `q0`, `q1` and so on."""

    def __init__(self) -> None:
        """Start without values."""
        self.values: dict[str, object] = {}

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
        return TESTS[check.test].format(column=check.column, value=self._written(check))

    def _written(self, check: Check) -> str:
        """Write a value: words of the program's own in place, so that partial indexes serve, all others by name."""
        if check.column == "live":
            return str(check.value)
        if check.column == "status" and check.value in set(Status):
            return f"'{check.value}'"
        return self._named(micros(check.value) if isinstance(check.value, datetime) else check.value)

    def _found(self, words: list[Word]) -> str:
        expression = " ".join(phrase(word.text, is_begun=word.is_begun) for word in words)
        return FOUND.format(name=self._named(expression).removeprefix(":"))

    def _named(self, value: object) -> str:
        name = f"q{len(self.values)}"
        self.values[name] = value
        return f":{name}"
