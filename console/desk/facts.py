"""Facts as the desk has them: a case with its history, its escalations, the people, and the policies it was sent under.

Read through the sight of the transaction at hand, so that nobody is told of a case that is not there for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from console.desk import holidays
from console.desk.desk import Desk
from console.domain import policy_file
from console.domain.case import Case, CaseId, CaseText
from console.domain.errors import Refused
from console.domain.escalation import Escalation
from console.domain.facts import Facts
from console.domain.people import Person
from console.domain.policy import Policy
from console.store import agenda, cases, escalations, events, people
from console.store.engine import Reading


def facts_of(desk: Desk, tx: Reading, case: Case) -> Facts:
    """Give everything that the clock side looks at of one case."""
    moves = escalations.of_case(tx, case.id)
    return Facts(
        case=case, history=events.of_case(tx, case.id), escalations=moves, people=people.everybody(tx),
        text=cases.text_of(tx, case.id), frozen=frozen(desk, tx, moves),
        is_done=not case.status.is_live and not agenda.holds(tx, case.id),
    )  # fmt: skip


def read_ahead(tx: Reading, ids: Sequence[CaseId]) -> None:
    """Read what the facts of many cases need, in a few statements, for `facts_of` and whatever is written of them."""
    cases.read_ahead(tx, ids)
    cases.read_texts_ahead(tx, ids)
    events.read_ahead(tx, ids)
    events.read_histories_ahead(tx, ids)
    escalations.read_ahead(tx, ids)
    people.read_ahead(tx)


def pasts(
    tx: Reading, found: Sequence[Case], staff: tuple[Person, ...] = (), *, with_text: bool = False
) -> list[Facts]:
    """Give what happened to cases, read in a few statements: all that looking back at them rests on."""
    ids = [case.id for case in found]
    if ids:
        events.read_histories_ahead(tx, ids)
        escalations.read_ahead(tx, ids)
        if with_text:
            cases.read_texts_ahead(tx, ids)
    return [
        Facts(
            case=case, history=events.of_case(tx, case.id), escalations=escalations.of_case(tx, case.id), people=staff,
            text=cases.text_of(tx, case.id) if with_text else CaseText(),
        )
        for case in found
    ]  # fmt: skip


def frozen(desk: Desk, tx: Reading, moves: Iterable[Escalation]) -> Mapping[str, Policy]:
    """Give the policies that open escalations were sent under, where another one is in force by now.

    One that this program cannot read any more is left out: then what is in force counts.
    """
    versions = {each.policy for each in moves if each.closed_at is None} - {"", desk.policy.version}
    found = {version: policy_of(tx, version) for version in versions}
    return {version: policy for version, policy in found.items() if policy is not None}


def policy_of(tx: Reading, version: str) -> Policy | None:
    """Give a policy that something ran under, or None where its text was not kept or is not read any more."""
    kept = people.policy_text(tx, version)
    policy = _read(*kept) if kept else None
    if kept is None or policy is None or not holidays.regions_of(policy):
        return policy
    return _closed(*kept, tuple((region, *days) for region, days in holidays.dates(tx, policy).items()))


@lru_cache(maxsize=32)
def _closed(name: str, text: str, closed: tuple[tuple[Any, ...], ...]) -> Policy | None:
    """Give a policy whose calendars close on the dates that are kept."""
    policy = _read(name, text)
    return policy and holidays.closed_on(policy, {region: dict.fromkeys(days, "") for region, *days in closed})


@lru_cache(maxsize=32)
def _read(name: str, text: str) -> Policy | None:
    try:
        return policy_file.read(text, name)
    except Refused:
        return None
