"""Merging: where a case is to go, the likely ones first; and which of several is to stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Protocol

from console.desk import bulk, closing
from console.desk.batch import Batch
from console.desk.bulk import Seen
from console.desk.likeness import oldest, similar
from console.desk.record import Done
from console.domain.case import Case, CaseId
from console.domain.kin import Like
from console.domain.words import counted
from console.tui.screens.desk_screen import AtDesk
from console.tui.screens.merge import MergeDialog, number_of
from console.tui.screens.pick import QuickPick
from console.tui.screens.prompt import PromptDialog
from console.tui.widgets.choices import Choosable
from console.tui.widgets.moments import dated

OTHER = "other"
MOST_OFFERED = 8


class Marked(Protocol):
    """A screen on which cases are marked; see `screens.marking`."""

    @property
    def chosen(self) -> Sequence[CaseId]:
        """The marked cases."""

    def take_marks(self, ids: Sequence[CaseId]) -> None:
        """Mark exactly these."""

    def act_as_seen(self, act: Callable[[Sequence[CaseId], Seen], Batch], words: str) -> None:
        """Do an act on the marked cases, after a question."""


def ask_where(screen: AtDesk[Any], case: Case, then: Callable[[], object] | None = None) -> None:
    """Ask which case stays: those that this one is like, each by one key, or any by its number."""

    def gone(done: Done | None) -> None:
        if done is not None and then is not None:
            then()

    def merged(value: str | None) -> None:
        if value == OTHER:
            write_number()
        elif value:
            act = partial(closing.merge, screen.desk, screen.actor, case.id, CaseId(int(value)), case.version)
            screen.ask(act, gone)

    def write_number() -> None:
        screen.app.push_screen(MergeDialog(case), gone)

    def offer(likes: tuple[Like, ...]) -> None:
        if likes:
            screen.app.push_screen(QuickPick(f"Merge case {case.id} into", choosable(likes)), merged)
        else:
            write_number()

    screen.fetch(partial(similar, screen.desk, screen.actor, case.id), offer, "similar")


def choosable(likes: Sequence[Like]) -> list[Choosable]:
    """Offer the cases that one is like with the reasons, and any other."""
    found = [
        Choosable(str(each.case.id), f"{each.case.id} {each.case.title}", each.likeness.reason, str(place))
        for place, each in enumerate(likes, 1)
    ]
    return [*found, another(len(likes) + 1)]


def another(place: int) -> Choosable:
    """Offer a case by its number."""
    return Choosable(OTHER, "another case", "by its number", str(place))


class Staying:
    """Asks which case stays of all that are marked, or which other one."""

    def __init__(self, screen: AtDesk[Any], marked: Marked) -> None:
        """Take the screen, and its marks."""
        self._screen, self._marked = screen, marked

    def offer(self, cases: Sequence[Case]) -> None:
        """Offer the oldest of the marked ones first."""
        screen = self._screen
        offered = [
            Choosable(str(case.id), f"{case.id} {case.title}", _since(case, screen), str(place))
            for place, case in enumerate(cases, 1)
        ]
        title = f"Merge {counted(len(self._marked.chosen), 'marked case')} into"
        screen.app.push_screen(QuickPick(title, [*offered, another(len(offered) + 1)]), self._picked)

    def _picked(self, value: str | None) -> None:
        if value == OTHER:
            prompt = PromptDialog("Which case stays?", "its number, such as 4711", check=number_of)
            self._screen.app.push_screen(prompt, lambda text: self._merge(number_of(text)) if text else None)
        elif value:
            self._merge(CaseId(int(value)))

    def _merge(self, into: CaseId) -> None:
        """Merge the others; what stays is marked no longer."""
        desk, actor = self._screen.desk, self._screen.actor
        self._marked.take_marks([each for each in self._marked.chosen if each != into])
        if self._marked.chosen:
            self._marked.act_as_seen(
                lambda ids, seen: bulk.merge(desk, actor, ids, into, seen), f"Merge {{}} into case {into}?"
            )


def ask_which_stays(screen: AtDesk[Any], marked: Marked) -> None:
    """Ask which of the marked cases stays, and merge the others into it as one act."""
    asking = Staying(screen, marked)
    read = partial(oldest, screen.desk, screen.actor, marked.chosen, MOST_OFFERED)
    screen.fetch(read, asking.offer, "similar")


def _since(case: Case, screen: AtDesk[Any]) -> str:
    """Say what tells marked cases from each other."""
    told = [f"since {dated(case.created, screen.desk.now()).strip()}", case.requester, case.handler or "nobody has it"]
    return ", ".join(filter(None, told))
