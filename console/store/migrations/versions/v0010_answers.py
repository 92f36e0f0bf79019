"""What an escalation can be answered with: who said that they are on it, and that nobody answered at all."""

import sqlalchemy as sa
from alembic import op

from console.store.migrations.versions.v0001_first import BIG, maybe, maybe_numbers, numbers, one_of, text

revision = "0010"
down_revision = "0009"

KEPT = (
    'id, case_id, kind, state, "by", from_tier, from_team, from_handler, target, skipped, brief, incomplete, question,'
    " sent_at, answered_at, answered_by, reason, reason_text, outcome, closed_at, previous, policy"
)


def upgrade() -> None:
    """Make the table anew, since SQLite changes no check of one that is there, and move what it holds."""
    op.drop_index("escalation_of_case", "escalation")
    op.rename_table("escalation", "escalation_before")
    _escalation()
    op.execute(sa.text(f"INSERT INTO escalation ({KEPT}) SELECT {KEPT} FROM escalation_before ORDER BY id"))
    op.drop_table("escalation_before")
    op.create_index("escalation_of_case", "escalation", ["case_id", "id"])
    op.create_index(
        "case_exhausted",
        "case",
        ["updated", "id", "confidential"],
        sqlite_where=sa.text("escalation_state = 'exhausted'"),
    )


def _escalation() -> None:
    states = ("proposed", "sent", "accepted", "returned", "expired", "exhausted", "decided", "closed", "reviewed")
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), nullable=False),
        *text("kind", "state", "by"),
        *numbers("from_tier"),
        *text("from_team"),
        *maybe("from_handler"),
        *text("target", "skipped", "brief", "incomplete", "question", "acknowledged"),
        *numbers("sent_at"),
        *maybe_numbers("answered_at"),
        *maybe("answered_by"),
        *text("reason", "reason_text", "outcome"),
        *maybe_numbers("closed_at"),
        sa.Column("previous", BIG, sa.ForeignKey("escalation.id")),
        *text("policy"),
        one_of("kind", ("functional", "hierarchical", "automatic")),
        one_of("state", (*states, "withdrawn")),
        sqlite_strict=True,
    )
