"""Which knowledge articles were followed on each case, and how often each solved one of its kind.

A database that counts its cases' evidence is counted in this, too, by the command that does so.
"""

import sqlalchemy as sa
from alembic import op

from console.store.migrations.versions.v0001_first import BIG

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column, and create the tables."""
    op.add_column("case", sa.Column("articles", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "followed",
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("tier", sa.Integer, primary_key=True),
        sa.Column("article", sa.Text, primary_key=True),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("worked", sa.Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "solving",
        sa.Column("category", sa.Text, primary_key=True),
        sa.Column("tier", sa.Integer, primary_key=True),
        sa.Column("article", sa.Text, primary_key=True),
        sa.Column("worked", sa.Integer, nullable=False),
        sa.Column("of", sa.Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
