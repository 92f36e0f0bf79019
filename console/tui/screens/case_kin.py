"""A case that is followed by what it is like: new cases may be, and others may be merged into it."""

from __future__ import annotations

from textual import on

from console.domain.case import CaseId
from console.domain.events import Event, Kind
from console.tui.messages import OthersActed
from console.tui.screens.at_case import AtCase


class CaseKin(AtCase):
    """A screen about one case that shows its kin, and reads them again when they may have changed."""

    @on(OthersActed)
    def _hear_of_kin(self, heard: OthersActed) -> None:
        """Read again where a new case has come, or one was merged into this one or taken out again."""
        if any(may_be_kin(event, self.case_id) for event in heard.events):
            self.kin_may_have_changed()

    def kin_may_have_changed(self) -> None:
        """Read the case again."""
        raise NotImplementedError


def may_be_kin(event: Event, case_id: CaseId) -> bool:
    """Say whether an event on another case may change what a case is like, or what was merged into it."""
    return event.case != case_id and (
        event.kind is Kind.OPENED or case_id in event.changes.get("duplicate_of", (None, None))
    )
