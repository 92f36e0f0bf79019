"""The fence: a schema version that no program fits, by which a database says that another has taken its place.

It keeps the version it had, so that the old file can be restored in its turn.
"""

from __future__ import annotations

FENCE = 0x7FFF0000
"""Versions from here on are fences."""


def fenced(version: int) -> int:
    """Give the fence of a database of this schema version."""
    return version if is_fenced(version) else FENCE + max(version, 0)


def is_fenced(version: int) -> bool:
    """Say whether a schema version is a fence."""
    return version >= FENCE


def behind(version: int) -> int:
    """Give the schema version that a database has behind its fence, where it has one."""
    return version - FENCE if is_fenced(version) else version
