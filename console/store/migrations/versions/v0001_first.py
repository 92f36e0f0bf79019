"""The first schema: cases, their text, events, escalations, people, drafts, policies."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

from console.store import sqlite_triggers

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LIVE = "live = 1"


def upgrade() -> None:
    """Create every table, index and trigger."""
    _case()
    _case_text()
    _history()
    _escalation()
    _people()
    _indexes()
    for statement in sqlite_triggers.statements():
        op.execute(sa.text(statement.replace(":", "\\:")))


def text(*names: str) -> list[sa.Column[str]]:
    """Give columns of text that always hold something, if only the empty word."""
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def maybe(*names: str) -> list[sa.Column[str]]:
    """Give columns of text that may be absent."""
    return [sa.Column(name, sa.Text) for name in names]


def numbers(*names: str) -> list[sa.Column[int]]:
    """Give columns of whole numbers that always hold one."""
    return [sa.Column(name, BIG, nullable=False, server_default="0") for name in names]


def maybe_numbers(*names: str) -> list[sa.Column[int]]:
    """Give columns of whole numbers, times among them, that may be absent."""
    return [sa.Column(name, BIG) for name in names]


def one_of(column: str, words: Iterable[str]) -> sa.CheckConstraint:
    """Give the check that a column holds one of these words."""
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(word) for word in words)})")


def _case() -> None:
    op.create_table(
        "case",
        sa.Column("id", sa.Integer, primary_key=True),
        *text("source", "ref"),
        sa.Column("title", sa.Text, sa.CheckConstraint("title <> ''"), nullable=False),
        *text("requester", "organisation", "category", "channel", "tags", "derived"),
        *maybe_numbers("impact", "urgency"),
        *numbers("severity"),
        *text("severity_from"),
        *maybe_numbers("affected"),
        *numbers("confidential"),
        *text("status"),
        *numbers("tier"),
        *text("team"),
        *maybe("owner", "handler"),
        *text("waiting_for"),
        *maybe_numbers("resume_at", "due", "promised_at"),
        *text("resolution"),
        *maybe_numbers("answer_scope", "answer_impact", "answer_attempts", "answer_expectations"),
        *text("stops"),
        *numbers("attempts", "tried_below", "manager_asks", "reopened"),
        *text("known_fix"),
        sa.Column("duplicate_of", BIG, sa.ForeignKey("case.id")),
        *maybe("decision"),
        *maybe_numbers("escalation"),
        *text("escalation_state"),
        *maybe("escalated_by"),
        *maybe_numbers("returned_at"),
        *text("returned_facts"),
        *numbers("created", "updated", "version", "live", "due_key"),
        *_case_checks(),
        sqlite_strict=True,
    )


def _case_checks() -> list[sa.CheckConstraint]:
    """Give what must hold of every case, whoever writes it."""
    answers = ("answer_scope", "answer_impact", "answer_attempts", "answer_expectations")
    return [
        one_of("status", ("new", "open", "waiting", "resolved", "closed")),
        one_of("severity_from", ("default", "matrix", "stated", "override")),
        sa.CheckConstraint("severity BETWEEN 1 AND 4"),
        sa.CheckConstraint("live = (status IN ('new', 'open', 'waiting'))"),
        sa.CheckConstraint("(status = 'waiting') = (waiting_for <> '')"),
        sa.CheckConstraint("owner IS NOT NULL OR escalation_state = ''"),
        *(sa.CheckConstraint(f"{name} BETWEEN 0 AND 3") for name in answers),
    ]


def _case_text() -> None:
    op.create_table(
        "case_text",
        sa.Column("case_id", sa.Integer, sa.ForeignKey("case.id"), primary_key=True),
        *text("body", "notes"),
        sqlite_strict=True,
    )


def _history() -> None:
    op.create_table(
        "event",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), nullable=False),
        *numbers("version", "at"),
        *text("actor"),
        *maybe("on_behalf_of"),
        *text("kind", "changes", "detail", "cause", "reason", "reason_text", "batch"),
        *maybe_numbers("annuls"),
        *text("hash"),
        sa.UniqueConstraint("case_id", "version"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "message",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("ref", sa.Text, primary_key=True),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _escalation() -> None:
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), nullable=False),
        *text("kind", "state", "by"),
        *numbers("from_tier"),
        *text("from_team"),
        *maybe("from_handler"),
        *text("target", "skipped", "brief", "incomplete", "question"),
        *numbers("sent_at"),
        *maybe_numbers("answered_at"),
        *maybe("answered_by"),
        *text("reason", "reason_text", "outcome"),
        *maybe_numbers("closed_at"),
        sa.Column("previous", BIG, sa.ForeignKey("escalation.id")),
        *text("policy"),
        one_of("kind", ("functional", "hierarchical", "automatic")),
        one_of(
            "state",
            (
                "proposed",
                "sent",
                "accepted",
                "returned",
                "expired",
                "decided",
                "closed",
                "reviewed",
                "withdrawn",
            ),
        ),
        sqlite_strict=True,
    )
    op.create_index("escalation_of_case", "escalation", ["case_id", "id"])


def _people() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Text, primary_key=True),
        *text("name", "role"),
        *numbers("tier"),
        *text("teams", "skills", "mail"),
        *numbers("is_absent"),
        one_of("role", ("agent", "lead", "admin", "auditor")),
        sqlite_strict=True,
    )
    op.create_table(
        "draft",
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("form", sa.Text, primary_key=True),
        *text("words"),
        *numbers("at"),
        sqlite_strict=True,
    )
    op.create_table(
        "policy",
        sa.Column("version", sa.Text, primary_key=True),
        *text("name", "text"),
        *numbers("first_used"),
        sqlite_strict=True,
    )


def _indexes() -> None:
    order = ["severity", "due_key", "id"]
    op.create_index("case_source", "case", ["source", "ref"], unique=True, sqlite_where=sa.text("ref <> ''"))
    for name, columns, where in (
        ("case_live", order, LIVE),
        ("case_tier", ["tier", *order], LIVE),
        ("case_handler", ["handler", *order], f"{LIVE} AND handler IS NOT NULL"),
        ("case_new", order, "status = 'new'"),
        ("case_waiting", order, "status = 'waiting'"),
        ("case_sent", ["escalated_by", *order], "escalated_by IS NOT NULL"),
        ("case_due", ["due_key", "id", "status"], f"{LIVE} AND due IS NOT NULL"),
        ("case_late", ["due", "status"], f"{LIVE} AND due IS NOT NULL"),
        ("case_done", ["updated", "id"], "live = 0"),
    ):
        op.create_index(name, "case", columns, sqlite_where=sa.text(where))
    op.create_index("case_all", "case", order)
    op.create_index("event_of_kind", "event", ["kind", "case_id"])
