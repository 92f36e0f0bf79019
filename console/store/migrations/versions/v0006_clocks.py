"""What the clocks of a case come to, kept with it, and the indexes that lists read it from.

Until a policy gives clocks targets, what presses is the due time that somebody stated.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
NO_DUE = 2**62
LIVE = "live = 1"
ORDER = ["severity", "due_key", "id"]
INDEXES = (
    ("case_live", [*ORDER, "confidential"], LIVE),
    ("case_tier", ["tier", *ORDER, "confidential"], LIVE),
    ("case_handler", ["handler", *ORDER, "confidential"], f"{LIVE} AND handler IS NOT NULL"),
    ("case_new", [*ORDER, "confidential"], "status = 'new'"),
    ("case_waiting", [*ORDER, "confidential"], "status = 'waiting'"),
    ("case_sent", ["escalated_by", *ORDER, "confidential"], "escalated_by IS NOT NULL"),
    ("case_due", ["due_key", "id", "status", "confidential"], f"{LIVE} AND next_due IS NOT NULL"),
    ("case_late", ["next_due", "status", "confidential"], f"{LIVE} AND next_due IS NOT NULL"),
    ("case_all", [*ORDER, "confidential"], ""),
    ("case_free", ["tier", *ORDER, "confidential"], f"{LIVE} AND handler IS NULL"),
    ("case_team", ["team", "tier", *ORDER, "confidential"], LIVE),
    ("case_board", ["team", "tier", "handler", "status", "next_due", "created", "confidential"], LIVE),
)
"""The indexes that hold a due time, or what sorts by it: gone while every row is written, and made anew."""

STATED = """
UPDATE "case" SET
  next_due = CASE WHEN status IN ('new', 'open') THEN due END,
  next_clock = CASE WHEN status IN ('new', 'open') AND due IS NOT NULL THEN 'resolution' ELSE '' END,
  due_key = CASE WHEN status IN ('new', 'open') THEN coalesce(due, {no_due}) ELSE {no_due} END
"""


def upgrade() -> None:
    """Add the columns and let lists go by them."""
    for name, _, _ in INDEXES:
        op.drop_index(name, "case")
    op.add_column("case", sa.Column("next_clock", sa.Text, nullable=False, server_default=""))
    op.add_column("case", sa.Column("next_due", BIG))
    op.add_column("case", sa.Column("time_left", BIG))
    op.execute(sa.text(STATED.format(no_due=NO_DUE)))
    for name, columns, where in INDEXES:
        op.create_index(name, "case", columns, sqlite_where=sa.text(where) if where else None)
