"""What every screen about one case knows of others: who else is at it, and what they do to it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual import on
from textual.events import Mount

from console.desk import queues
from console.desk.queues import Dossier
from console.domain.case import Case, CaseId
from console.domain.events import Event
from console.domain.presence import Doing, company
from console.domain.sentences import sentence
from console.tui.messages import OthersActed, PeopleMoved, PolicyTurned
from console.tui.screens.case_pages import titles
from console.tui.screens.desk_screen import AtDesk
from console.tui.widgets.case_head import CaseHead
from console.tui.widgets.moments import moment


class AtCase(AtDesk[Any]):
    """A screen about one case; what others do to it is said, shown, and takes nothing that was typed."""

    doing: Doing = Doing.EDITING
    case_id: CaseId

    def follow(self, case: Case) -> None:
        """Show the case as others have left it."""

    @staticmethod
    def as_seen(case: Case, seen: Case) -> Case:
        """Give a case as it stands, in the version the person knew: an act rests on that until they have acted anew.

        So the desk still refuses, naming fields and person, what rests on something that changed while it was typed.
        """
        return replace(case, version=seen.version)

    @on(Mount)
    @on(PeopleMoved)
    def _show_company(self) -> None:
        """Say who else has the case in front of them."""
        told = company(self.console_app.here, self.actor.id, self.case_id)
        for head in self.query(CaseHead):
            head.company = told

    @on(OthersActed)
    def _hear_others(self, heard: OthersActed) -> None:
        mine = [event for event in heard.events if event.case == self.case_id]
        line = next((line for line in heard.lines if line.case.id == self.case_id), None)
        if not mine or line is None:
            return
        if next((each for each in reversed(self.app.screen_stack) if isinstance(each, AtCase)), None) is self:
            self.say(news(mine, self))
        self.follow(line.case)

    @on(PolicyTurned)
    def _go_by_it(self) -> None:
        """Show what another policy makes of the case; nothing that was typed is lost."""

        def read(dossier: Dossier) -> None:
            self.follow(dossier.case)

        self.fetch(partial(queues.dossier, self.desk, self.actor, self.case_id), read, "dossier under another policy")


def news(events: Sequence[Event], screen: AtDesk[Any]) -> str:
    """Tell what others did last, when, and how much before that."""
    last = events[-1]
    more = f", after {len(events) - 1:,} more" if len(events) > 1 else ""
    return f"{sentence(last, titles=titles(screen.desk.policy))}, {moment(last.at, screen.desk.now())}{more}."
