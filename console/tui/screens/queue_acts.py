"""What the queue's keys do with cases: take, open, undo, and the acts that work on all that are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from console.desk import bulk, queues, triage
from console.desk.batch import Batch
from console.desk.bulk import Seen
from console.desk.queues import Dossier
from console.desk.record import Done
from console.desk.triage import Said
from console.domain.brief import as_text
from console.domain.case import CaseId
from console.domain.words import counted
from console.tui import clipboard
from console.tui.screens.case import CaseScreen
from console.tui.screens.case_clock import CaseClock
from console.tui.screens.case_pages import Part
from console.tui.screens.case_places import CasePlaces
from console.tui.screens.prompt import PromptDialog
from console.tui.screens.taking_back import TakingBack
from console.tui.widgets.status_line import Tone

Wordy = Callable[[Sequence[CaseId], str, Seen], Batch]


class QueueActs(TakingBack, CasePlaces, CaseClock):
    """A queue, or a board, from which cases are worked."""

    def __init__(self) -> None:
        """Begin with nothing typed."""
        super().__init__()
        self._unsent: dict[str, str] = {}

    def action_open(self) -> None:
        """Show everything about the case."""
        if case := self.at_hand:
            self.app.push_screen(CaseScreen(case.id))

    def action_show_people(self) -> None:
        """Show who there is, and what they carry."""
        from console.tui.screens.people import PeopleScreen

        self.app.push_screen(PeopleScreen())

    def action_show_policy(self) -> None:
        """Show the policy in force, with one's draft of another."""
        from console.tui.screens.policy import PolicyScreen

        self.app.push_screen(PolicyScreen())

    def action_show_figures(self) -> None:
        """Show the reports."""
        from console.tui.screens.figures import FiguresScreen

        self.app.push_screen(FiguresScreen())

    def action_history(self) -> None:
        """Show the case's history."""
        self._open_at(Part.HISTORY)

    def action_time(self) -> None:
        """Show the case's clocks, and what comes next."""
        self._open_at(Part.TIME)

    def _open_at(self, part: Part) -> None:
        if case := self.at_hand:
            self.app.push_screen(CaseScreen(case.id, part))

    def action_take(self) -> None:
        """Claim the next case that nobody has, and open it."""
        self.ask(partial(triage.take_next, self.desk, self.actor), self._open_taken)

    def action_hand_over(self) -> None:
        """Open the shift handover, about the cases that are marked or else those one handles."""
        from console.tui.screens.handover import HandoverScreen

        self.app.push_screen(HandoverScreen(self.chosen))

    def action_note(self) -> None:
        """Write a note on the case, or one on all that are marked."""
        if not self.chosen:
            super().action_note()
            return
        self._for_marked(
            "Note on {}",
            "what to note",
            lambda ids, text, seen: bulk.note(self.desk, self.actor, ids, Said(text), seen),
        )

    def action_wait(self) -> None:
        """Let the case wait, or all that are marked."""
        if not self.chosen:
            super().action_wait()
            return
        self._for_marked(
            "Let {} wait",
            "for whom: customer, vendor, or a name",
            lambda ids, text, seen: bulk.each(
                self.desk, self.actor, ids, triage.setting_waiting(self.desk, text), seen
            ),
        )

    def action_resolve(self) -> None:
        """Resolve the case, or all that are marked."""
        if not self.chosen:
            super().action_resolve()
            return
        self._for_marked(
            "Resolve {}", "how they were solved, in one sentence", partial(bulk.resolve, self.desk, self.actor)
        )

    def action_copy_brief(self) -> None:
        """Copy the brief of the case as text."""
        if case := self.at_hand:
            self.fetch(partial(queues.dossier, self.desk, self.actor, case.id), self._copy_brief, "copy")

    def _for_marked(self, words: str, hint: str, act: Wordy) -> None:
        """Ask for the words, then once whether all are meant; what is typed is there again until it was done."""
        asked = words.format(counted(len(self.chosen), "case"))
        dialog = PromptDialog(asked, hint, text=self._unsent.get(words, ""))

        def do(ids: Sequence[CaseId], seen: Seen, text: str) -> Batch:
            batch = act(ids, text, seen)
            self._unsent.pop(words, None)
            return batch

        def go_on(text: str | None) -> None:
            self._unsent[words] = dialog.text
            if text:
                self.act_as_seen(lambda ids, seen: do(ids, seen, text), f"{words}?")

        self.app.push_screen(dialog, go_on)

    def _open_taken(self, done: Done) -> None:
        self.app.push_screen(CaseScreen(done.case.id))

    def _copy_brief(self, dossier: Dossier) -> None:
        if dossier.brief is None:
            self.say(f"Case {dossier.case.id} has no brief yet; e writes it.", Tone.REFUSED)
            return
        text = as_text(dossier.brief, dossier.case)
        self.fetch(partial(clipboard.copy, text, self.console_app.send), lambda _: None, "copy")
        self.say(f"Copied the brief, {len(text):,} characters.", Tone.DONE)
