"""The shift handover: what one hands over, row by row and sent at once, and what waits to be taken on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from console.desk import drafts, handover, people
from console.desk.batch import Batch
from console.desk.handover import Outgoing
from console.desk.people import Colleague
from console.domain.case import CaseId
from console.domain.handover import Words
from console.domain.words import counted
from console.tui.keys import Where
from console.tui.screens import handing_over
from console.tui.screens.assigning import choosable, in_reach
from console.tui.screens.confirm import ConfirmDialog
from console.tui.screens.handing_over import WHOEVER
from console.tui.screens.handover_reading import HandoverReading, Part
from console.tui.screens.handover_words import HandoverWordsDialog
from console.tui.screens.meant import in_parts
from console.tui.screens.pick import QuickPick
from console.tui.screens.taking_back import TakingBack
from console.tui.widgets.choices import Choosable
from console.tui.widgets.row_list import RowList
from console.tui.widgets.status_line import Tone


class HandoverScreen(HandoverReading, TakingBack):
    """Hands over and takes on."""

    CSS_PATH: ClassVar[str] = "handover.tcss"
    WHERE: ClassVar[Where | None] = Where.HANDOVER

    def action_row(self) -> None:
        """Write the words of the case, or take it on."""
        if self.part is Part.COMING:
            self.action_accept()
        elif row := self.going_row:
            dialog = HandoverWordsDialog(row, self.handing.words(row))
            self.app.push_screen(dialog, partial(self._write, row.case.id))

    def action_accept(self) -> None:
        """Take the case on."""
        current = self.query_one(RowList).current
        if self.part is Part.COMING and current is not None:
            self.ask_many(partial(handover.accept, self.desk, self.actor, [CaseId(current)]))
        elif self.part is Part.GOING:
            self.say("This is what you hand over; ] shows what waits for you.")

    def action_toggle_row(self) -> None:
        """Leave the case out of the handover, or take it in again, and go to the next."""
        row = self.going_row
        if row is None:
            return
        if row.given is not None and row.case.id not in self.handing.edited:
            self.say(f"Case {row.case.id} is handed over already; Enter writes it anew.")
        else:
            self.stand(self.handing.toggled(row.case.id))
        self.action_move_down()

    def action_mean_for(self) -> None:
        """Choose whom the case is meant for."""
        if row := self.going_row:
            ask = partial(people.assignable, self.desk, self.actor, row.case)
            self.fetch(ask, partial(self._choose_person, row), "people")

    def action_send(self) -> None:
        """Hand everything over that is not left out, once that is meant."""
        rows = self.handing.to_send
        if self.part is Part.COMING or not rows:
            self.say("Nothing is there to be handed over anew; Enter writes a case's words.", Tone.REFUSED)
            return
        number = counted(len(rows), "case")
        question = f"Hand over {number}? Each stays with its handler until somebody takes it on.{in_parts(len(rows))}"
        self.app.push_screen(ConfirmDialog(question), lambda sure: self._send(rows) if sure else None)

    def action_back(self) -> None:
        """Go back to the queue; what was typed is kept."""
        self.dismiss(None)

    def _write(self, case: CaseId, words: Words | None) -> None:
        if words is not None:
            self.stand(self.handing.with_words(case, words))

    def _choose_person(self, row: Outgoing, everybody: Sequence[Colleague]) -> None:
        there = [each for each in everybody if not each.is_away and each.person.id != row.case.handler]
        near = in_reach(there, self.actor.person, self.console_app.recent_people)
        offered = [Choosable(WHOEVER, WHOEVER), *choosable(near)]
        self.app.push_screen(QuickPick(f"Case {row.case.id} is for", offered), partial(self._mean_for, row))

    def _mean_for(self, row: Outgoing, name: str | None) -> None:
        if name:
            words = replace(self.handing.words(row), meant_for="" if name == WHOEVER else name)
            self.stand(self.handing.with_words(row.case.id, words))
            typed = handing_over.typed_words(words)
            self.change(partial(drafts.keep, self.desk, self.actor, row.case.id, handover.FORM, typed), lambda _: None)

    def _send(self, rows: dict[CaseId, Words]) -> None:
        self.ask_many(partial(handover.write, self.desk, self.actor, rows), self._was_sent, len(rows))

    def _was_sent(self, batch: Batch) -> None:
        self.stand(self.handing.sent(frozenset(each.case.id for each in batch.done)))
