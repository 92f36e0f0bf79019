"""The dates of public holidays that calendars close on, so that no later version of a library moves a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "holiday",
        sa.Column("region", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sqlite_strict=True,
    )
