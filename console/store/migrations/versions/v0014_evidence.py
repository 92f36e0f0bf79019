"""What came of cases in each tier, counted by what they are like.

A database that holds cases already is counted by a command, since its whole history has to be read for it.
"""

import sqlalchemy as sa
from alembic import op

from console.store.migrations.versions.v0001_first import BIG

revision = "0014"
down_revision = "0013"

HOURS = 4 * 3_600_000_000


def upgrade() -> None:
    """Create the tables, and have a database without cases keep them from the start."""
    op.create_table(
        "stay",
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("tier", sa.Integer, primary_key=True),
        sa.Column("since", BIG, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("organisation", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("came", sa.Text, nullable=False),
        sa.Column("counted", sa.Integer, nullable=False),
        sa.Column("awaits", BIG),
        sa.CheckConstraint("came IN ('', 'handled', 'needed')"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("stay_awaits", "stay", ["awaits"], sqlite_where=sa.text("awaits IS NOT NULL"))
    _counts()


def _counts() -> None:
    """Create the counts, and what says that they are kept."""
    op.create_table(
        "evidence",
        sa.Column("tier", sa.Integer, primary_key=True),
        sa.Column("fact", sa.Text, primary_key=True),
        sa.Column("says", sa.Text, primary_key=True),
        sa.Column("needed", sa.Integer, nullable=False),
        sa.Column("of", sa.Integer, nullable=False),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "evidence_kept",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handled_after", BIG, nullable=False),
        sa.Column("upto", BIG),
        sa.CheckConstraint("id = 1"),
        sqlite_strict=True,
    )
    op.execute(
        sa.text(
            f'INSERT INTO evidence_kept (id, handled_after) SELECT 1, {HOURS} WHERE NOT EXISTS (SELECT 1 FROM "case")'
        )
    )
