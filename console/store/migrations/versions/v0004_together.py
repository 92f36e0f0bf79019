"""Many hands: leases of claims, presence, handovers, and the indexes that loads, batches and undo need."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
LEASE_ENDS = """
CREATE TRIGGER lease_ends AFTER UPDATE OF handler, status ON "case"
WHEN old.handler IS NOT new.handler OR new.status NOT IN ('new', 'open')
BEGIN DELETE FROM lease WHERE case_id = new.id; END
"""


def upgrade() -> None:
    """Create the tables, their trigger and the indexes."""
    _together()
    _handover()
    op.execute(sa.text(LEASE_ENDS))
    op.create_index(
        "case_free",
        "case",
        ["tier", "severity", "due_key", "id", "confidential"],
        sqlite_where=sa.text("live = 1 AND handler IS NULL"),
    )
    op.create_index(
        "case_carried",
        "case",
        ["handler", "status", "confidential"],
        sqlite_where=sa.text("live = 1 AND handler IS NOT NULL"),
    )
    op.create_index("event_of_batch", "event", ["batch"], sqlite_where=sa.text("batch <> ''"))
    op.create_index("event_of_actor", "event", ["actor"])
    op.create_index("event_of_merge", "event", ["case_id"], sqlite_where=sa.text("kind = 'merged'"))


def text(*names: str) -> list[sa.Column[str]]:
    """Give columns of text that always hold something, if only the empty word."""
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _together() -> None:
    op.create_table(
        "lease",
        sa.Column("case_id", sa.Integer, sa.ForeignKey("case.id"), primary_key=True),
        *text("person", "session"),
        sa.Column("until", BIG, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("lease_until", "lease", ["until"])
    op.create_table(
        "presence",
        sa.Column("session", sa.Text, primary_key=True),
        *text("person"),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id")),
        *text("doing"),
        sa.Column("at", BIG, nullable=False),
        sqlite_strict=True,
    )


def _handover() -> None:
    op.create_table(
        "handover",
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("version", BIG, primary_key=True),
        *text("by", "giver", "meant_for", "standing"),
        sa.Column("promised", BIG),
        *text("asks"),
        sa.Column("at", BIG, nullable=False),
        *text("state"),
        sa.Column("taken_by", sa.Text),
        sa.Column("taken_at", BIG),
        sa.CheckConstraint("state IN ('pending', 'taken', 'withdrawn')"),
        sqlite_strict=True,
    )
    op.create_index("handover_pending", "handover", ["at"], sqlite_where=sa.text("state = 'pending'"))
    op.create_index("handover_at", "handover", ["at"])
