"""Times as sources write them, read into aware UTC times."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: str) -> datetime:
    """Give an ISO 8601 time as aware UTC; a time without a zone is UTC, a date alone is its midnight.

    Raises ValueError for what is not such a time or lies outside the years 1 to 9999.
    """
    read = datetime.fromisoformat(text.strip().upper())
    try:
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(text) from error
