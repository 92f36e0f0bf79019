"""What the clocks of a case come to, kept with it, and the indexes that lists read it from."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create them."""
