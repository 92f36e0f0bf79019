"""How far each hook has read the history, and what it has told other systems or still has to."""

import sqlalchemy as sa
from alembic import op

from console.store.migrations.versions.v0001_first import BIG

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create both tables and their indexes."""
    op.create_table(
        "hook",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("config", sa.Text, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("since", BIG, nullable=False),
        sqlite_strict=True,
    )
    op.create_table(
        "hook_telling",
        sa.Column("hook", sa.Text, primary_key=True),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("version", BIG, primary_key=True),
        sa.Column("state", sa.Text, nullable=False, server_default="pending"),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("at", BIG, nullable=False),
        sa.Column("next_try", BIG),
        sa.Column("holder", sa.Text, nullable=False, server_default=""),
        sa.Column("sent_at", BIG),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'cancelled', 'dead')"),
        sqlite_strict=True,
    )
    for state, columns in (("open", ["hook", "next_try"]), ("sent", ["hook", "sent_at"]), ("dead", ["hook", "at"])):
        held = "state IN ('pending', 'sending')" if state == "open" else f"state = '{state}'"
        op.create_index(f"hook_telling_{state}", "hook_telling", columns, sqlite_where=sa.text(held))
