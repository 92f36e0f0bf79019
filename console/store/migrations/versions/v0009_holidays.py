"""The dates of public holidays that calendars close on."""

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create them."""
