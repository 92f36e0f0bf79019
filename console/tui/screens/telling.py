"""What came of an act, as the status line says it and every open screen hears it."""

from __future__ import annotations

from console.desk.batch import Batch
from console.desk.record import Done
from console.domain.case import Case
from console.domain.events import Kind
from console.domain.sentences import sentence
from console.domain.words import counted
from console.tui.desk_app import DeskApp
from console.tui.messages import CaseChanged, CasesTouched
from console.tui.widgets.status_line import Tone


def tell_of(console: DeskApp, batch: Batch) -> None:
    """Say what was done, and tell every open screen of it."""
    done = batch.done
    is_one = len(done) == 1
    if is_one and not batch.refused:
        console.say(told(done[0]), Tone.DONE)
    else:
        report = [f"{case_id}: {why.sentence}" for case_id, why in batch.refused]
        console.say(told_of_many(batch), Tone.REFUSED if batch.refused else Tone.DONE, report)
    for screen in console.screen_stack:
        screen.post_message(CaseChanged(done[0].case, done[0].event) if is_one else CasesTouched())


def told(done: Done) -> str:
    """Tell what was done, naming the case."""
    return f"{name_of(done.case)}: {sentence(done.event)}."


def name_of(case: Case) -> str:
    """Name a case in a sentence."""
    return f"Case {case.id}"


def told_of_many(batch: Batch) -> str:
    """Tell what became of an act on many cases, with the first refusal and the key that lists them all."""
    first = batch.done[0].event if batch.done else None
    is_undo = first is not None and first.kind is Kind.UNDONE and not first.detail.get("again")
    deed = "taken back" if is_undo else "done"
    done = f"{counted(len(batch.done), 'case')} {deed}" if batch.done else f"Nothing {deed}"
    if not batch.refused:
        return f"{done}; {'U does it again' if is_undo else 'u takes them back together'}."
    return f"{done}, {len(batch.refused):,} refused (L lists them): {batch.refused[0][1].sentence}"
