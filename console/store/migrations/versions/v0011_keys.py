"""The keys of people who come over SSH to one account that all of them share."""

import sqlalchemy as sa
from alembic import op

from console.store.migrations.versions.v0001_first import BIG

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "staff_key",
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("added_at", BIG, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("key_of_person", "staff_key", ["person", "added_at"])
