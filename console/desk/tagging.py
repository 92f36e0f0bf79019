"""Tags: words that people put on cases to find them by."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.act import Act
from console.desk.record import Told
from console.domain import acts
from console.domain.access import Deed
from console.domain.events import Kind

RESTS_ON = frozenset({"tags"})


def adding(tags: Sequence[str]) -> Act:
    """Give the act of putting tags on a case. Refused: no tag, one with a semicolon."""
    wanted = acts.tags_wanted(tags)
    return Act(Deed.CHANGE, lambda _, case: (acts.tagged(case, wanted), Told(kind=Kind.CHANGED)), RESTS_ON)


def removing(tags: Sequence[str]) -> Act:
    """Give the act of taking tags off a case. Refused: no tag."""
    wanted = acts.tags_wanted(tags)
    return Act(Deed.CHANGE, lambda _, case: (acts.untagged(case, wanted), Told(kind=Kind.CHANGED)), RESTS_ON)
