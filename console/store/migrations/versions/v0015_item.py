"""The product or configuration item that a case is about; cases from before name none, and so does their evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column to cases, and to what is counted of them."""
    for table in ("case", "stay"):
        op.add_column(table, sa.Column("item", sa.Text, nullable=False, server_default=""))
