"""Notices to people, their deliveries, and the ledger of what was held back."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

BIG = sa.BigInteger().with_variant(sa.Integer, "sqlite")
RECIPIENT = ("case_id", "version", "person", "outside")


def upgrade() -> None:
    """Create both tables and their indexes."""
    _notice()
    _delivery()


def text(*names: str) -> list[sa.Column[str]]:
    """Give columns of text that always hold something, if only the empty word."""
    return [sa.Column(name, sa.Text, nullable=False, server_default="") for name in names]


def _notice() -> None:
    op.create_table(
        "notice",
        sa.Column("case_id", BIG, sa.ForeignKey("case.id"), primary_key=True),
        sa.Column("version", BIG, primary_key=True),
        sa.Column("person", sa.Text, primary_key=True),
        sa.Column("outside", sa.Text, primary_key=True),
        *text("kind"),
        sa.Column("at", BIG, nullable=False),
        sa.Column("is_urgent", sa.Integer, nullable=False),
        sa.Column("escalation", BIG),
        *text("state"),
        sa.CheckConstraint("state IN ('new', 'seen', 'over')"),
        sa.CheckConstraint("(person = '') <> (outside = '')"),
        sqlite_strict=True,
    )
    op.create_index("notice_inbox", "notice", ["person", "at"])
    op.create_index("notice_new", "notice", ["person", "case_id"], sqlite_where=sa.text("state = 'new'"))


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("case_id", BIG),
        sa.Column("version", BIG),
        *text("person", "outside", "channel", "state"),
        sa.Column("is_urgent", sa.Integer, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("at", BIG, nullable=False),
        sa.Column("next_try", BIG),
        *text("holder"),
        sa.Column("sent_at", BIG),
        *text("reason", "digest"),
        sa.ForeignKeyConstraint(RECIPIENT, [f"notice.{name}" for name in RECIPIENT]),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'held', 'cancelled', 'dead')"),
        sqlite_strict=True,
    )
    op.create_index("delivery_once", "delivery", [*RECIPIENT, "channel"], unique=True)
    op.create_index(
        "delivery_due", "delivery", ["next_try"], sqlite_where=sa.text("state IN ('pending', 'sending', 'held')")
    )
    op.create_index("delivery_spent", "delivery", ["person", "sent_at"], sqlite_where=sa.text("state = 'sent'"))
    op.create_index("delivery_dead", "delivery", ["at"], sqlite_where=sa.text("state = 'dead'"))
    op.create_index("delivery_digest", "delivery", ["digest"], sqlite_where=sa.text("digest <> ''"))
