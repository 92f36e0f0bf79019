"""Notices to people, their deliveries, and the ledger of what was held back."""

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create them."""
