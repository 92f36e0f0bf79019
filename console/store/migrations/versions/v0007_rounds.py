"""The agenda of the clock side, what has fired, and who keeps watch.

The database itself sees to it that no case is forgotten: one that comes in, and one that changes, is to be planned
(anew) unless whoever wrote it has planned it in the same transaction.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
COMES_IN = """
CREATE TRIGGER case_is_to_be_planned AFTER INSERT ON "case" WHEN new.live
BEGIN INSERT OR IGNORE INTO agenda (case_id, policy) VALUES (new.id, ''); END
"""
CHANGES = """
CREATE TRIGGER case_is_to_be_planned_anew AFTER UPDATE OF version ON "case"
BEGIN
  INSERT INTO agenda (case_id, policy) VALUES (new.id, '')
  ON CONFLICT (case_id) DO UPDATE SET policy = '', retry_at = NULL, tries = 0, trouble = '';
END
"""
ALL = """
INSERT INTO agenda (case_id, policy) SELECT id, '' FROM "case" WHERE live = 1 OR escalation IS NOT NULL
"""


def upgrade() -> None:
    """Create the tables, the triggers that keep the agenda whole, and a row for each case that is worked on."""
    _agenda()
    _firing()
    _watch()
    for statement in (ALL, COMES_IN, CHANGES):
        op.execute(sa.text(statement))


def text(*names: str) -> list[sa.Column[str]]:
    """Give columns of text that always hold something, if only the empty word."""
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _agenda() -> None:
    op.create_table(
        "agenda",
        sa.Column("case_id", sa.Integer, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("next_at", BIG),
        *text("policy"),
        sa.Column("retry_at", BIG),
        sa.Column("tries", BIG, nullable=False, server_default="0"),
        *text("trouble"),
        sqlite_strict=True,
    )
    op.create_index("agenda_next", "agenda", ["next_at"], sqlite_where=sa.text("next_at IS NOT NULL"))
    op.create_index("agenda_policy", "agenda", ["policy"])


def _firing() -> None:
    op.create_table(
        "firing",
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("deadline", BIG, primary_key=True),
        sa.Column("step", BIG, primary_key=True),
        *(sa.Column(name, BIG, nullable=False) for name in ("version", "at")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _watch() -> None:
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer, primary_key=True),
        *text("holder"),
        sa.Column("until", BIG, nullable=False, server_default="0"),
        *(sa.Column(name, BIG) for name in ("wall", "steady")),
        *text("boot", "policy"),
        *(sa.Column(name, BIG) for name in ("held_since", "held_steady", "held_drift")),
        sa.CheckConstraint("id = 1"),
        sqlite_strict=True,
    )
    op.execute(sa.text("INSERT INTO watch (id) VALUES (1)"))
