"""Survivors: where merged cases lead, and what leads to a case."""

from __future__ import annotations

from console.domain.case import Case, CaseId
from console.store import cases, repeats
from console.store.engine import Reading


def survivor(tx: Reading, case_id: CaseId) -> CaseId:
    """Give the case that a merged one leads to in the end, itself where it is not merged, as far as the viewer may see.

    What is confidential leads only to where nobody reads what comes for it who may not know of it.
    """
    passed: set[CaseId] = set()
    while case_id not in passed:
        passed.add(case_id)
        case = next(iter(cases.some(tx, [case_id])), None)
        into = next(iter(cases.some(tx, [case.duplicate_of])), None) if case and case.duplicate_of else None
        if case is None or into is None or not _may_lead(case, into):
            break
        case_id = into.id
    return case_id


def repeats_of(tx: Reading, case_id: CaseId) -> tuple[CaseId, ...]:
    """Give every case that leads to this one, also by way of others, lowest number first; see `survivor`."""
    return tuple(each for each in repeats.leading_to(tx, case_id) if survivor(tx, each) == case_id)


def _may_lead(case: Case, into: Case) -> bool:
    """Say whether whoever may see the one case may see all of the other."""
    return not case.confidential or (into.confidential and set(into.circle) <= set(case.circle))
