"""The board: an index of live cases by team, and one that holds all that the heads of its columns say.

Both begin with the team, so that what asks for a tier alone is not read from them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

INDEXES = (
    ("case_team", ["team", "tier", "severity", "due_key", "id", "confidential"]),
    ("case_board", ["team", "tier", "handler", "status", "due", "created", "confidential"]),
)


def upgrade() -> None:
    """Create the indexes."""
    for name, columns in INDEXES:
        op.create_index(name, "case", columns, sqlite_where=sa.text("live = 1"))
