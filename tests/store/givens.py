"""Cases for the store's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from console.domain.case import Case, CaseId, CaseText, PersonId, Severity, Status
from console.store import cases
from console.store.engine import Store
from tests.builders import due_as_stated

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def a_case(number: int, **facts: Any) -> Case:  # noqa: ANN401 - any field of a case
    """Give a case with this id."""
    told: dict[str, Any] = {"title": f"Case {number}", "created": NOON, "updated": NOON, "version": 1} | facts
    return due_as_stated(Case(id=CaseId(number), **told))


def some_cases(store: Store, count: int) -> list[Case]:
    """Add cases of mixed severity and due time, and give them in urgent order."""
    made = [
        a_case(
            number,
            severity=Severity(number % 4 + 1),
            due=NOON + timedelta(minutes=number * 7 % 100) if number % 3 else None,
            tier=number % 2 + 1,
            status=Status.OPEN if number % 5 else Status.NEW,
            handler=PersonId(("ada", "bo")[number % 2]) if number % 5 else None,
            team="database" if number % 7 == 0 else "",
            organisation=("ACME", "", "Globex")[number % 3],
        )
        for number in range(1, count + 1)
    ]
    with store.write() as tx:
        cases.add(tx, [(case, CaseText(f"body of {case.id}")) for case in made])
    return sorted(made, key=lambda case: (case.severity, case.next_due or NOON + timedelta(days=9999), case.id))
