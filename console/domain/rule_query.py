"""The criteria of a rule: its query made ready once, so that most cases are known not to fit at a glance.

What a condition finds may depend on the time (`age>3d`, `late:yes`), on what only the history tells (when a case last
changed, which of its clocks is due next), or on neither. The conditions of the last kind are asked first; only where
they leave it open is the rest worked out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import cast

from console.domain.case import Case, PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Person
from console.domain.policy import Policy
from console.domain.query import Asking, Beside, Query, lowered, parse, predicate
from console.domain.query.checks import Check, Checked
from console.domain.query.fields import FIELDS, Kind
from console.domain.query.tree import All, Any, Clause, Node, Not, Word, leaves

NOBODY = Person(id=PersonId(""))
"""Who asks when a rule does: no person, so that nothing is theirs."""

BY_HISTORY = frozenset({"updated", "next_clock", "next_due", "time_left"})
"""Stored fields that no event tells; what they were is worked out from the history."""

ADVISED_BY: Mapping[str, timedelta] = dict.fromkeys(("next_due", "due", "promised_at"), timedelta(0))
"""The stored times whose passing may turn a recommendation."""

Settled = Callable[[Case, Beside], bool | None]


@dataclass(frozen=True, slots=True)
class Criteria:
    """A query as a rule asks it.

    `settled` says whether it finds a case, or None where that takes the time or the history. `turning` are stored times
    with how long before them (after them, where negative) they may turn the answer. `looks_at` are the fields of
    `BY_HISTORY` that it reads, `is_advised` says that it asks for the recommendation.
    """

    query: Query
    settled: Settled
    turning: frozenset[tuple[str, timedelta]]
    looks_at: frozenset[str]
    is_advised: bool

    def found(self, case: Case, beside: Beside, asking: Asking) -> bool:
        """Say whether it finds a case that has everything the history tells, at a time."""
        return predicate(self.query, asking)(case, beside)


@lru_cache(maxsize=1024)
def criteria(when: str) -> Criteria:
    """Make the query of a rule ready. Refused: what `rule_query.read` refuses."""
    query = read(when)
    clauses = [leaf for leaf in leaves(query.node) if isinstance(leaf, Clause)]
    is_advised = any(FIELDS[clause.field].kind is Kind.ADVICE for clause in clauses)
    looks_at = {check.column for clause in clauses for check in _checks(clause, EARLY)} & BY_HISTORY
    turning = {found for clause in clauses for found in _turning(clause)}
    return Criteria(
        query, _settled(query.node), frozenset(turning | ({*ADVISED_BY.items()} if is_advised else set())),
        frozenset(looks_at | ({"next_due"} if is_advised else set())), is_advised,
    )  # fmt: skip


def read(when: str) -> Query:
    """Read the query of a rule. Refused: one that cannot be read, or that names a saved view."""
    return parse(when, _no_views)


def asked_at(now: datetime, policy: Policy) -> Asking:
    """Give what a rule asks as, without people."""
    return Asking(NOBODY, now, policy)


def _no_views() -> Mapping[str, str]:
    raise Refused(
        "A rule cannot name a saved view, since people change theirs; write its conditions here.",
        RefusalCode.BAD_INPUT,
    )


def _settled(node: Node[Clause | Word]) -> Settled:
    """Compile what can be known without time and history; unknown is None, as in a logic of three values."""
    match node:
        case Not():
            return _denied(_settled(node.node))
        case All():
            return _joined([_settled(each) for each in node.nodes], ends=False)
        case Any():
            return _joined([_settled(each) for each in node.nodes], ends=True)
    if isinstance(node, Clause) and _is_open(node):
        return lambda _case, _beside: None
    return predicate(Query(node), _asking(EARLY))


def _denied(inner: Settled) -> Settled:
    def settled(case: Case, beside: Beside) -> bool | None:
        found = inner(case, beside)
        return None if found is None else not found

    return settled


def _joined(parts: list[Settled], *, ends: bool) -> Settled:
    """Join what must all hold, or of which one must: `ends` is the answer of one part that decides it."""

    def settled(case: Case, beside: Beside) -> bool | None:
        answer: bool | None = not ends
        for each in parts:
            found = each(case, beside)
            if found is ends:
                return ends
            if found is None:
                answer = None
        return answer

    return settled


def _is_open(clause: Clause) -> bool:
    """Say whether a condition depends on more than the case as its events tell it."""
    checks = _checks(clause, EARLY)
    is_advice = FIELDS[clause.field].kind is Kind.ADVICE
    return is_advice or bool(_turning(clause)) or any(check.column in BY_HISTORY for check in checks)


def _turning(clause: Clause) -> set[tuple[str, timedelta]]:
    """Give the stored times that a condition compares with now, and how long before them it may turn.

    They are found by asking at two times: what is compared with another value then goes by the time.
    """
    pairs = zip(_checks(clause, EARLY), _checks(clause, LATER), strict=True)
    return {(a.column, a.value - EARLY) for a, b in pairs if isinstance(a.value, datetime) and a.value != b.value}


def _checks(clause: Clause, now: datetime) -> list[Check]:
    """Give the comparisons that a condition comes to at a time."""
    return [*_leaves(lowered(Query(clause), _asking(now)))]


def _leaves(node: Checked) -> list[Check]:
    match node:
        case Not():
            return _leaves(node.node)
        case All() | Any():
            return [check for each in node.nodes for check in _leaves(each)]
    return [node] if isinstance(node, Check) else []


def _asking(now: datetime) -> Asking:
    """Give a time to ask at, for conditions that no policy is looked up for."""
    return Asking(NOBODY, now, cast("Policy", None))


EARLY = datetime(2200, 1, 1, tzinfo=UTC)
LATER = EARLY + timedelta(days=1)
"""Two times, to see what goes by the time; a hundred years on either side of them are times, too."""
