"""Which cases a key is meant for, the one at hand or all that are marked, and the question before it acts on many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from console.desk import bulk
from console.desk.batch import Batch, parts_of
from console.desk.bulk import Seen
from console.domain.case import Case, CaseId
from console.domain.words import counted
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.desk_screen import DeskScreen

Act = Callable[[Sequence[CaseId]], Batch]
SeenAct = Callable[[Sequence[CaseId], Seen], Batch]
"""An act on cases; the second kind is refused where a case has moved on since the person saw it."""


class MeantCases(DeskScreen):
    """A screen with a case at hand, or with marked cases, on which one key acts."""

    @property
    def at_hand(self) -> Case | None:
        """The case the keys act on; None where there is none."""
        raise NotImplementedError

    @property
    def chosen(self) -> Sequence[CaseId]:
        """The marked cases, where there are any."""
        return ()

    @property
    def in_sight(self) -> Mapping[CaseId, int]:
        """The versions of the cases as they are shown here."""
        return {}

    @property
    def meant(self) -> str:
        """Name the cases a key is meant for."""
        return counted(len(self.chosen), "case") if self.chosen else f"case {self.at_hand.id}" if self.at_hand else ""

    def act_on(self, act: Act, words: str) -> None:
        """Do an act that rests on nothing seen; see `act_as_seen`."""
        self.act_as_seen(lambda ids, _: act(ids), words)

    def act_as_seen(self, act: SeenAct, words: str) -> None:
        """Do an act on the case at hand at once, or after one question on all that are marked.

        `words` ask that question, with `{}` for how many there are. The act rests on the cases as they are shown, and
        those that are not, as they are when the question is asked.
        """
        marked = tuple(self.chosen)
        if marked:
            known = partial(bulk.versions, self.desk, self.actor, marked)
            self.fetch(known, partial(self._ask_first, marked, act, words), "versions")
        elif case := self.at_hand:
            self.ask_many(partial(act, [case.id], {case.id: case.version}))

    def all_done(self, batch: Batch) -> None:
        """Hear what became of an act on marked cases."""

    def _ask_first(self, marked: Sequence[CaseId], act: SeenAct, words: str, known: Seen) -> None:
        shown = self.in_sight
        do = partial(act, marked, {**known, **{each: shown[each] for each in marked if each in shown}})
        if len(marked) == 1:
            self._act_on_all(do, 1, is_sure=True)
            return
        question = f"{words.format(counted(len(marked), 'case'))}{in_parts(len(marked))}"
        self.app.push_screen(
            ConfirmDialog(question), lambda sure: self._act_on_all(do, len(marked), is_sure=bool(sure))
        )

    def _act_on_all(self, do: Callable[[], Batch], size: int, *, is_sure: bool) -> None:
        if is_sure:
            self.ask_many(do, self.all_done, size)


def in_parts(number: int) -> str:
    """Say so where so many cases are not changed all at once."""
    parts = parts_of(number)
    return f" That is done in {parts} parts, one after another; one u takes all of it back." if parts > 1 else ""
