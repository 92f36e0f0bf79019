"""Which case's review asked for a case: the actions of reviews are cases of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the link, and find the few cases that have one."""
    op.execute(sa.text('ALTER TABLE "case" ADD COLUMN action_of INTEGER REFERENCES "case" (id)'))
    op.execute(sa.text('CREATE INDEX case_action ON "case" (action_of, id) WHERE action_of IS NOT NULL'))
