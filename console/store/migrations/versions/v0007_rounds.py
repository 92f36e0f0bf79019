"""The agenda of the clock side, what has fired, and who keeps watch."""

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create them."""
