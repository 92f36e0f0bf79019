"""Whether what ran out of time counts as having needed a higher tier; until a policy says so it does not."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the column to what says how cases are counted."""
    op.add_column("evidence_kept", sa.Column("late", sa.Integer, nullable=False, server_default="0"))
