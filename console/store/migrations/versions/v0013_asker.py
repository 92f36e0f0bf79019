"""The live cases of one requester, so that the same thing asked twice is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the index; what is over needs none."""
    op.execute(
        sa.text(
            'CREATE INDEX case_asker ON "case" (requester COLLATE NOCASE, id, confidential)'
            " WHERE live = 1 AND requester <> ''"
        )
    )
