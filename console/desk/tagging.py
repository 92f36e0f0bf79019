"""Tags: words that people put on cases to find them by."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.act import Act
from console.desk.record import Told
from console.domain.access import Deed
from console.domain.acts import tags_wanted
from console.domain.events import Kind
from console.domain.tags import Tagging, retagged

RESTS_ON: frozenset[str] = frozenset()
"""Putting a tag on rests on nothing that others may have changed meanwhile, not even on the tags: they add up."""


def adding(tags: Sequence[str]) -> Act:
    """Give the act of putting tags on a case. Refused: no tag, one with a semicolon."""
    return changing(Tagging(on=tags_wanted(tags)))


def removing(tags: Sequence[str]) -> Act:
    """Give the act of taking tags off a case. Refused: no tag."""
    return changing(Tagging(off=tags_wanted(tags)))


def changing(wanted: Tagging) -> Act:
    """Give the act of putting tags on a case and taking others off, as one."""
    return Act(Deed.CHANGE, lambda _, case: (retagged(case, wanted), Told(kind=Kind.CHANGED)), RESTS_ON)
