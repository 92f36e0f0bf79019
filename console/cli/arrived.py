"""What new cases look like that have just come in: how many are likely duplicates, and the first of them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from console.cli.call import Call
from console.cli.forms import Form
from console.domain.case import CaseId

if TYPE_CHECKING:
    from console.domain.kin import Like

LOOKED_AT = 100
"""How many of the new cases are looked at, the last that came; each costs a few milliseconds."""

SHOWN = 3


class Fresh:
    """The new cases of an import, as far as they are looked at afterwards."""

    def __init__(self) -> None:
        """Begin without any."""
        self._last: deque[CaseId] = deque(maxlen=LOOKED_AT)
        self._count = 0
        self.found: tuple[tuple[CaseId, Like], ...] = ()

    def add(self, case_id: CaseId) -> None:
        """Count a new case."""
        self._last.append(case_id)
        self._count += 1

    def look(self, call: Call) -> None:
        """Find out which of them are likely duplicates."""
        if self._last:
            from console.desk.likeness import likely_duplicates

            self.found = likely_duplicates(call.desk, call.actor, self._last)

    def told(self) -> str:
        """Say how many look like a case that is there, and the first few; empty for none."""
        if not self.found:
            return ""
        number = len(self.found)
        of_them = "of them" if self._count <= LOOKED_AT else f"of the {LOOKED_AT} that came last"
        first = "; ".join(f"{new} like {like.case.id} ({like.likeness.reason})" for new, like in self.found[:SHOWN])
        more = f"; and {number - SHOWN:,} more" if number > SHOWN else ""
        looks = "looks like a case that is" if number == 1 else "look like cases that are"
        return f"{number:,} {of_them} {looks} there already: {first}{more}"

    def forms(self) -> list[Form]:
        """Give each with what it is like, as JSON."""
        from console.cli.kin_page import similar_form

        return [{"case": new, "like": similar_form(like)} for new, like in self.found]
