"""The migrated schema and the SQLModel tables say the same."""

from __future__ import annotations

from importlib.resources import as_file, files

import sqlmodel
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, inspect

from console.domain.case import Case
from console.store.codec import CASE_COLUMNS
from console.store.engine import Store
from console.store.tables import case as case_table
from console.store.tables import (
    escalation,
    event,
    evidence,
    handover,
    notice,
    person,
    policy,
    rounds,
    staff_key,
    together,
    view,
)
from console.store.write_engine import engine_for

TABLES = (
    case_table.CaseRow, case_table.CaseTextRow, event.EventRow, event.MessageRow, escalation.EscalationRow,
    person.PersonRow, person.DraftRow, person.PolicyRow, case_table.CircleRow, view.ViewRow, view.SearchRow,
    together.LeaseRow, together.PresenceRow, handover.HandoverRow,
    notice.NoticeRow, notice.DeliveryRow, rounds.AgendaRow, rounds.FiringRow, rounds.WatchRow,
    policy.PolicyTurnRow, policy.PolicyDraftRow,
    staff_key.StaffKeyRow, evidence.StayRow, evidence.EvidenceRow, evidence.EvidenceKeptRow,
)  # fmt: skip


def test_every_table_has_the_columns_its_rows_have(store: Store) -> None:
    inspector = inspect(engine_for(store.path, store.module, store.footing.stood_on))
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


def test_escalations_from_before_are_kept_and_can_be_exhausted_from_then_on() -> None:
    with create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        _upgrade(connection, "0009")
        connection.exec_driver_sql(
            'INSERT INTO "case" (id, title, status, severity, severity_from, live, owner, escalation_state)'
            " VALUES (7, 'it', 'open', 3, 'default', 1, 'ada', 'sent')"
        )
        for number, previous, state in ((7001, None, "decided"), (7002, 7001, "sent")):
            connection.exec_driver_sql(
                'INSERT INTO escalation (id, case_id, kind, state, "by", target, skipped, brief, previous)'
                " VALUES (?, 7, 'functional', ?, 'ada', '2', '[]', '{}', ?)",
                (number, state, previous),
            )
        _upgrade(connection, "head")

        kept = connection.exec_driver_sql("SELECT id, state, previous, acknowledged FROM escalation ORDER BY id")
        assert [tuple(row) for row in kept] == [(7001, "decided", None, ""), (7002, "sent", 7001, "")]
        connection.exec_driver_sql("UPDATE escalation SET state = 'exhausted' WHERE id = 7002")
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def _upgrade(connection: Connection, to: str) -> None:
    with as_file(files("console.store") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder))
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def test_only_a_database_without_cases_has_its_local_evidence_counted_from_the_start() -> None:
    for has_case in (False, True):
        with create_engine("sqlite://").connect() as connection:
            _upgrade(connection, "0013")
            if has_case:
                connection.exec_driver_sql(
                    'INSERT INTO "case" (id, title, status, severity, severity_from, live)'
                    " VALUES (7, 'it', 'open', 3, 'default', 1)"
                )
            _upgrade(connection, "head")
            counted = connection.exec_driver_sql("SELECT handled_after / 3600000000, upto FROM evidence_kept").all()
        assert counted == ([] if has_case else [(4, None)])
