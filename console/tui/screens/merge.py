"""Joining a case to the one it repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from console.desk import closing
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from console.tui.screens.dialogs import Act, FormDialog
from console.tui.widgets.form import Field

LONGEST = 18
"""How many digits the number of a case can have."""


def number_of(text: str) -> CaseId:
    """Read the number of a case. Refused: what is no number."""
    number = text.strip().lstrip("#")
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST):
        raise Refused("Write the number of the case that stays, such as 4711.", RefusalCode.BAD_INPUT)
    return CaseId(int(number))


class MergeDialog(FormDialog):
    """Asks for the case that stays."""

    FORM: ClassVar[str] = "merge"
    WORD: ClassVar[str] = "Merge"
    HINT: ClassVar[str] = "Enter closes this case as a duplicate; the other stays as it is."

    def fields(self) -> Sequence[Field]:
        """Give the number of the other case."""
        return (Field(name="into", label="duplicate of", hint="the number of the case that stays", is_required=True),)

    def act(self, words: dict[str, str]) -> Act:
        """Give the act that merges. Refused: what is no number."""
        number = number_of(words["into"])

        def merge(desk: Desk, actor: Actor) -> Done:
            return closing.merge(desk, actor, self.case.id, number, self.case.version)

        return merge
