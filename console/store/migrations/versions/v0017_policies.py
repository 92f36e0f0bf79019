"""Policies that people turn on, each word of which is kept for good, and the drafts of policies they write."""

import sqlalchemy as sa
from alembic import op

from console.store import sqlite_triggers
from console.store.migrations.versions.v0001_first import BIG, text

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Create the tables, and have what was turned on refuse to be changed."""
    op.create_table(
        "policy_turn",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.Text, sa.ForeignKey("policy.version"), nullable=False),
        *text("before", "instead_of"),
        sa.Column("at", BIG, nullable=False),
        *text("by", "on_behalf_of", "why"),
        sa.Column("takes_back", sa.Integer, sa.ForeignKey("policy_turn.id")),
        sqlite_strict=True,
    )
    op.create_table(
        "policy_draft",
        sa.Column("person", sa.Text, primary_key=True),
        *text("text", "base"),
        sa.Column("at", BIG, nullable=False),
        sqlite_strict=True,
    )
    for statement in sqlite_triggers.turns():
        op.execute(sa.text(statement))
