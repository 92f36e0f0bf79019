"""People and rights: what is known of people, and circles that keep confidential cases out of every list and count."""

import sqlalchemy as sa
from alembic import op

from console.store import sqlite_triggers

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LIVE = "live = 1"
ORDER = ["severity", "due_key", "id"]
INDEXES = (
    ("case_live", ORDER, LIVE),
    ("case_tier", ["tier", *ORDER], LIVE),
    ("case_handler", ["handler", *ORDER], f"{LIVE} AND handler IS NOT NULL"),
    ("case_new", ORDER, "status = 'new'"),
    ("case_waiting", ORDER, "status = 'waiting'"),
    ("case_sent", ["escalated_by", *ORDER], "escalated_by IS NOT NULL"),
    ("case_due", ["due_key", "id", "status"], f"{LIVE} AND due IS NOT NULL"),
    ("case_late", ["due", "status"], f"{LIVE} AND due IS NOT NULL"),
    ("case_done", ["updated", "id"], "live = 0"),
    ("case_all", ORDER, ""),
)
"""The indexes that lists are read from, which now also say whether a case is confidential."""

CIRCLES = """
UPDATE "case" SET circle = coalesce((
  SELECT ';' || group_concat(person, ';') || ';' FROM (
    SELECT owner AS person WHERE owner IS NOT NULL UNION SELECT handler WHERE handler IS NOT NULL
    UNION SELECT escalated_by WHERE escalated_by IS NOT NULL
    UNION SELECT actor FROM event WHERE case_id = "case".id AND version = 1)), '')
WHERE confidential
"""
ADMITTED = """
INSERT INTO circle (case_id, person)
SELECT id, owner FROM "case" WHERE confidential AND owner IS NOT NULL
UNION SELECT id, handler FROM "case" WHERE confidential AND handler IS NOT NULL
UNION SELECT id, escalated_by FROM "case" WHERE confidential AND escalated_by IS NOT NULL
UNION SELECT c.id, e.actor FROM "case" c JOIN event e ON e.case_id = c.id AND e.version = 1 WHERE c.confidential
"""


def upgrade() -> None:
    """Add the columns of people and circles, and count and index with regard to them."""
    _people()
    _circles()
    _messages()
    _indexes()
    for statement in sqlite_triggers.recount():
        op.execute(sa.text(statement.replace(":", "\\:")))


def _people() -> None:
    for name in ("languages", "hours"):
        op.add_column("person", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in ("absent_from", "absent_until", "capacity"):
        op.add_column("person", sa.Column(name, BIG))
    op.add_column("person", sa.Column("deputy", sa.Text))


def _circles() -> None:
    """Give each case its circle; the confidential ones there are, to those who opened them and work on them."""
    for name in ("circle", "named", "subjects"):
        op.add_column("case", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_table(
        "circle",
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("circle_of", "circle", ["person", "case_id"])
    op.execute(sa.text(CIRCLES))
    op.execute(sa.text(ADMITTED))


def _messages() -> None:
    """Let one message be on several cases, since who may not see a confidential one cannot know that it is there."""
    op.create_table(
        "message_of",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("source", "ref")),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.execute(sa.text("INSERT INTO message_of SELECT source, ref, case_id FROM message"))
    op.drop_table("message")
    op.rename_table("message_of", "message")


def _indexes() -> None:
    for name, columns, where in INDEXES:
        op.drop_index(name, "case")
        op.create_index(name, "case", [*columns, "confidential"], sqlite_where=sa.text(where) if where else None)
    op.drop_index("case_source", "case")
    op.create_index(
        "case_source",
        "case",
        ["source", "ref"],
        unique=True,
        sqlite_where=sa.text("ref <> '' AND confidential = 0"),
    )
    op.create_index("case_confidential", "case", ["id"], sqlite_where=sa.text("confidential"))
    op.create_index("event_on_behalf", "event", ["on_behalf_of"], sqlite_where=sa.text("on_behalf_of IS NOT NULL"))
    op.create_index("case_repeats", "case", ["duplicate_of"], sqlite_where=sa.text("duplicate_of IS NOT NULL"))
