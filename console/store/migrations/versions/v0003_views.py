"""Saved views, past searches, and the order in which an escalation manager looks at open escalations."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of views and searches, and the index of open escalations."""
    op.create_table(
        "view",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("shared", "owner", "name")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("key", "query", "sorting", "grouping")),
        sa.CheckConstraint("shared IN ('team', 'person')"),
        sa.CheckConstraint("key IN ('', '1', '2', '3', '4', '5', '6', '7', '8', '9')"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "searched",
        *(sa.Column(name, sa.Text, primary_key=True) for name in ("person", "query")),
        sa.Column("at", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "case_escalated", "case", ["updated", "id", "confidential"], sqlite_where=sa.text("escalation IS NOT NULL")
    )
