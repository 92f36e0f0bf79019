"""The migrated schema and the SQLModel tables say the same."""

from __future__ import annotations

import sqlmodel
from sqlalchemy import inspect

from console.domain.case import Case
from console.store.codec import CASE_COLUMNS
from console.store.engine import Store
from console.store.tables import case as case_table
from console.store.tables import escalation, event, handover, notice, person, rounds, together, view
from console.store.write_engine import engine_for

TABLES = (
    case_table.CaseRow, case_table.CaseTextRow, event.EventRow, event.MessageRow, escalation.EscalationRow,
    person.PersonRow, person.DraftRow, person.PolicyRow, case_table.CircleRow, view.ViewRow, view.SearchRow,
    together.LeaseRow, together.PresenceRow, handover.HandoverRow,
    notice.NoticeRow, notice.DeliveryRow, rounds.AgendaRow, rounds.FiringRow, rounds.WatchRow,
)  # fmt: skip


def test_every_table_has_the_columns_its_rows_have(store: Store) -> None:
    inspector = inspect(engine_for(store.path, store.module))
    for row in TABLES:
        table = sqlmodel.SQLModel.metadata.tables[str(row.__tablename__)]
        stored = {column["name"]: bool(column["nullable"]) for column in inspector.get_columns(table.name)}
        told = {column.name: bool(column.nullable) for column in table.columns if not column.primary_key}
        assert set(stored) == set(table.columns.keys())
        assert told == {name: stored[name] for name in told}


def test_every_field_of_a_case_has_its_column() -> None:
    fields = set(Case.__slots__) - {"answers"} | {
        f"answer_{word}" for word in ("scope", "impact", "attempts", "expectations")
    }
    assert set(CASE_COLUMNS) == fields
    assert set(case_table.CaseRow.model_fields) == fields | {"live", "due_key"}
