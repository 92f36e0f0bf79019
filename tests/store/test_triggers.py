"""What the database itself refuses and keeps."""

from __future__ import annotations

import pytest

from console.domain.case import CaseId, CaseText, Severity, Status
from console.domain.errors import Refused
from console.domain.events import Event, Kind
from console.store import cases, events, tally
from console.store.engine import Store
from tests.store.givens import NOON, a_case, some_cases


@pytest.mark.parametrize(
    "statement",
    ["UPDATE event SET actor = 'mallory'", "DELETE FROM event", 'DELETE FROM "case"', 'UPDATE "case" SET severity = 9',
     "UPDATE \"case\" SET status = 'lost'", 'UPDATE "case" SET live = 0', "UPDATE \"case\" SET severity = 'high'"],
)  # fmt: skip
def test_the_database_refuses_what_would_spoil_history(store: Store, statement: str) -> None:
    with store.write() as tx:
        cases.add(tx, [(a_case(1), CaseText())])
        events.append(tx, [Event(case=CaseId(1), version=1, at=NOON, actor="ada", kind=Kind.OPENED)])  # type: ignore[arg-type]
    with pytest.raises(Refused), store.write() as tx:
        tx.rows(statement)


def test_the_tally_agrees_with_counting(store: Store) -> None:
    made = some_cases(store, 30)
    with store.write() as tx:
        for case in made[:10]:
            moved = a_case(case.id, tier=3, status=Status.RESOLVED, severity=Severity.S1, version=2)
            assert cases.save(tx, moved, 1)
    with store.read() as tx:
        counted = {
            (tier, Status(s)): n for tier, s, n in tx.rows('SELECT tier, status, count(*) FROM "case" GROUP BY 1, 2')
        }
        kept = tally.per_tier(tx)
    assert {key: number for key, number in kept.items() if number} == counted
    assert tally.live(kept) == 20
    assert tally.with_status(kept, Status.RESOLVED) == 10


def test_search_follows_title_body_and_notes(store: Store) -> None:
    with store.write() as tx:
        cases.add(tx, [(a_case(1, title="Printer offline"), CaseText("on floor two"))])

    def found(word: str) -> list[int]:
        with store.read() as tx:
            return [rowid for (rowid,) in tx.rows("SELECT rowid FROM search WHERE search MATCH :w", {"w": word})]

    assert found("printer") == found("floor") == [1]
    with store.write() as tx:
        cases.save(tx, a_case(1, title="Scanner offline", version=2), 1)
        cases.add_notes(tx, CaseId(1), "toner replaced")
        cases.add_notes(tx, CaseId(1), "drum replaced")
    assert found("printer") == []
    assert found("scanner") == found("floor") == found("toner") == found("drum") == [1]
