"""Writing a note: to oneself and colleagues, to the requester, or from the requester."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import triage
from console.desk.desk import Desk
from console.desk.record import Done
from console.desk.triage import Said
from console.domain.arrival import Voice
from console.domain.case import Case
from console.domain.people import Actor
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field
from console.tui.widgets.times import typed_time

KINDS = (
    (Voice.INTERNAL.value, "internal"),
    (Voice.OUTBOUND.value, "to requester"),
    (Voice.REQUESTER.value, "from requester"),
    (Voice.CONVERSATION.value, "conversation"),
)
NO, YES = "", "yes"


class NoteDialog(FormDialog):
    """Takes the text first, since that is what a note is; the rest has a sensible start."""

    FORM: ClassVar[str] = "note"
    WORD: ClassVar[str] = "Note"

    def __init__(self, case: Case, voice: Voice = Voice.INTERNAL) -> None:
        """Take which way the note goes at first."""
        super().__init__(case)
        self._voice = voice

    def fields(self) -> Sequence[Field]:
        """Give text, kind, and what follows from it."""
        kinds = sorted(KINDS, key=lambda kind: kind[0] != self._voice)
        return (
            Field(name="text", label="text", hint="what was said or found", lines=4, is_required=True),
            Field(name="voice", label="kind", choices=tuple(kinds)),
            Field(name="spoken_with", label="spoken with", hint="of a conversation: who, by phone or in person"),
            Field(name="supervisor", label="supervisor", choices=((NO, "not asked for"), (YES, "asked for one"))),
            Field(name="promised_at", label="next news by", hint="what they were promised: 15:00, in 2h, or nothing"),
        )

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that writes the note."""
        said = Said(
            text=words["text"],
            voice=Voice(words["voice"]),
            asks_for_supervisor=words["supervisor"] == YES,
            promised_at=typed_time(words["promised_at"], self.desk.now()),
            spoken_with=words["spoken_with"],
        )

        def write(desk: Desk, actor: Actor) -> Done:
            return triage.note(desk, actor, self.case.id, said)

        return write
