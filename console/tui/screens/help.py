"""Help: every key that works here, narrowed down by typing; Enter does the chosen one."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from console.tui.keys import Keymap, Where, help_rows
from console.tui.screens.pick import QuickPick
from console.tui.widgets.choices import Choosable


class HelpDialog(QuickPick):
    """Gives back the id of the key that was chosen."""

    WHERE: ClassVar[Where | None] = Where.HELP

    def __init__(self, where: Where, absent: Collection[str] = ()) -> None:
        """Take the place whose keys are asked for, and the ids of those that are not there for this person."""
        keys = keys_of(where, self.console_app.keymap)
        super().__init__(
            "Keys: type to narrow down, Enter does it", [each for each in keys if each.value not in absent]
        )

    def action_run(self) -> None:
        """Do what the chosen key does."""
        self.action_choose()

    def action_page_down(self) -> None:
        """Go a page down."""
        self.turn(PAGE)

    def action_page_up(self) -> None:
        """Go a page up."""
        self.turn(-PAGE)


PAGE = 10


def keys_of(where: Where, keymap: Keymap) -> list[Choosable]:
    """Give the keys of a place as things to choose; those with several meanings stand for the first."""
    return [Choosable(key.id, words, key=pressed) for key, pressed, words in help_rows(where, keymap)]
