"""Which keys are greyed: those whose deed the person may not do, on the case at hand."""

from __future__ import annotations

from dataclasses import replace

from console.domain.access import Deed, may
from console.domain.case import Case
from console.domain.people import Actor
from console.domain.roster import Roster
from console.tui.keys import Where, at

WHATEVER = frozenset({"take", "undo", "redo"})
"""Keys that do not act on the case under the cursor."""


def denied(where: Where, actor: Actor, case: Case | None, roster: Roster, *, is_readonly: bool = False) -> set[str]:
    """Give the ids of the keys that would be refused; without a case, those that would be on any.

    The rights are those of the person as they are known now, not as they were when the console was opened.
    """
    actor = replace(actor, person=roster.find(actor.id) or actor.person)
    return {
        key.id
        for key in at(where)
        if key.deed is not None
        and (is_readonly or not may(actor, _deed(key.deed, actor, case), None if key.id in WHATEVER else case, roster))
    }


def is_anothers(case: Case, actor: Actor) -> bool:
    """Say whether somebody else handles a case, so that claiming it means taking it over."""
    return case.handler not in {None, actor.id}


def _deed(deed: Deed, actor: Actor, case: Case | None) -> Deed:
    return Deed.TAKE_OVER if deed is Deed.CLAIM and case is not None and is_anothers(case, actor) else deed
