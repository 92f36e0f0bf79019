"""What must hold of a database whatever happened to whoever wrote into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.store import cases, events, inspection
from console.store.engine import Store
from console.store.sight import WHOLE

ASIDE = ("presence", "lease", "watch", "search_", "sqlite_")
"""How tables begin that hold what is said in passing, or what follows from others."""

DRAWN = frozenset({"batch", "hash", "holder", "token", "key"})
"""Columns whose values are drawn, or depend on one that is."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a database holds: its schema, every table's content, what happened, owners by case."""

    schema: int
    tables: Mapping[str, str]
    events: frozenset[tuple[int, int, str]]
    owners: Mapping[int, str]

    def has_all_of(self, other: Found) -> bool:
        """Say whether everything that happened by then is in."""
        return self.events >= other.events and self.schema >= other.schema

    def is_as(self, other: Found) -> bool:
        """Say whether as much is in, and the same happened."""
        return (self.schema, self.tables, self.events) == (other.schema, other.tables, other.events)


NOTHING = Found(0, {}, frozenset(), {})


def found(path: Path) -> Found:
    """Look at a database that must be sound: file, chains, and every case as its history says."""
    store = Store(path)
    if not store.schema():
        return NOTHING
    driver = store.module.connect(str(path))
    try:
        assert driver.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert driver.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: _content(driver, name) for name in names if not name.startswith(ASIDE)}
    finally:
        driver.close()
    if store.schema() < inspection.KNOWN_SCHEMA:
        return Found(store.schema(), tables, frozenset(), {})
    try:
        return _histories(store, tables)
    finally:
        store.close()


def _content(driver: Any, table: str) -> str:  # noqa: ANN401 - a DB-API connection has no type
    """Give what stands in a table, without what is drawn, as one number."""
    columns = [row[1] for row in driver.execute(f'PRAGMA table_info("{table}")') if row[1] not in DRAWN]
    said = ", ".join(f'"{column}"' for column in columns)
    lines = sorted(map(repr, driver.execute(f'SELECT {said} FROM "{table}"')))  # noqa: S608 - names of the schema
    return f"{len(lines)} rows, {sha256(chr(10).join(lines).encode()).hexdigest()[:12]}"


def _histories(store: Store, tables: Mapping[str, str]) -> Found:
    with store.read(WHOLE) as tx:
        assert list(events.broken_chains(tx)) == []
        owners: dict[int, str] = {}
        happened: set[tuple[int, int, str]] = set()
        for case_id in inspection.case_ids(tx):
            case, history = cases.get(tx, case_id), events.of_case(tx, case_id)
            assert differences(case, replayed(history)) == [], case_id
            happened |= {(int(event.case), event.version, event.kind.value) for event in history}
            _never_lost(case_id, [event.changes["owner"] for event in history if "owner" in event.changes])
            owners[int(case_id)] = str(case.owner or "")
    return Found(store.schema(), tables, frozenset(happened), owners)


def _never_lost(case_id: CaseId, moves: list[tuple[Any, Any]]) -> None:
    """See that nobody who owned a case was followed by nobody."""
    for before, after in moves:
        assert after or not before, f"case {case_id} lost its owner"


def owners_stay(before: Found, after: Found) -> bool:
    """Say whether every case that had an owner has one."""
    return all(after.owners.get(case) for case, owner in before.owners.items() if owner)
