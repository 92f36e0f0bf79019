"""Sight: for whom a transaction reads. The one place that says which cases somebody may know of.

Every statement over cases carries the condition `seen(...)`, and every transaction binds `:viewer` by itself, so that a
list, a count, a search, a history and an act leave out the same cases. A transaction opened for nobody in particular
sees no confidential case: what is forgotten shows too little, never too much.

Counts leak nothing, because `tally` counts open cases only and one's own confidential ones are added. Numbers leak
nothing either: a case that is confidential from the start takes its number at random from a range of its own
(`CONFIDENTIAL_FROM`), so that the numbers of open cases go on without a gap. One that becomes confidential later keeps
the number that its history and people's mail carry, and leaves a gap such as arrivals leave that joined another case
or were rejected (`desk.taking`). Escalations are numbered within their case, and `event.seq` is told to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.case import PersonId

CONFIDENTIAL_FROM = 1_000_000_000
"""Cases that are confidential from the start have numbers from here on, drawn at random."""

SEEN = "(NOT c.confidential OR EXISTS (SELECT 1 FROM circle k WHERE k.case_id = c.id AND k.person = :viewer))"
"""The condition that the case under the alias `c` may be seen; the indexes of the case table cover it."""

SEEN_BY_ID = (
    'NOT EXISTS (SELECT 1 FROM "case" h INDEXED BY case_confidential WHERE h.confidential AND h.id = {column} AND NOT'
    " EXISTS (SELECT 1 FROM circle k WHERE k.case_id = h.id AND k.person = :viewer))"
)
"""The same for whom only the id is at hand and reading each case would take longer; format it with the `column`."""


@dataclass(frozen=True, slots=True)
class Sight:
    """For whom a transaction reads: one person, or nobody in particular.

    `is_whole` sees everything; it is for what looks at the database and shows no case of it to anybody.
    """

    person: PersonId | None = None
    is_whole: bool = False

    def seen(self, column: str = "") -> str:
        """Give the condition that a case may be seen: the one under the alias `c`, or whose id stands in a column."""
        if self.is_whole:
            return "1"
        return f'EXISTS (SELECT 1 FROM "case" c WHERE c.id = {column} AND {SEEN})' if column else SEEN


OUTSIDE = Sight()
"""Sees what everybody may see."""

WHOLE = Sight(is_whole=True)
"""Sees everything."""
