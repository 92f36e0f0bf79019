"""How the policy's screen is gone through: words found in it, its tables, its changes and remarks."""

from __future__ import annotations

from collections.abc import Callable

from console.domain.policy_draft import Line, Mark, is_header
from console.tui.screens.policy_reading import PolicyReading
from console.tui.screens.prompt import PromptDialog
from console.tui.widgets.status_line import Tone

NO_TABLE = "There is no table in this policy."
NO_CHANGE = "Nothing is changed in your draft, and nothing is to be said of it."


class PolicySeeking(PolicyReading):
    """A screen whose lines are jumped between."""

    def __init__(self) -> None:
        """Begin with no word."""
        super().__init__()
        self._sought = ""

    def action_find_word(self) -> None:
        """Ask for a word and go to the next line that has it."""
        self.app.push_screen(
            PromptDialog("Find in the policy", "a word, such as threshold", text=self._sought), self._find
        )

    def action_next_match(self) -> None:
        """Go to the next line with the word."""
        self._seek(1)

    def action_previous_match(self) -> None:
        """Go to the line with the word before this one."""
        self._seek(-1)

    def action_next_table(self) -> None:
        """Go to the next table."""
        self._go(1, lambda line: is_header(line.text), NO_TABLE)

    def action_previous_table(self) -> None:
        """Go to the table before."""
        self._go(-1, lambda line: is_header(line.text), NO_TABLE)

    def action_next_change(self) -> None:
        """Go to the next line that was changed, or that something is to be said of."""
        self._go(1, self._matters, NO_CHANGE)

    def action_previous_change(self) -> None:
        """Go to the line before this one that was changed, or that something is to be said of."""
        self._go(-1, self._matters, NO_CHANGE)

    def _find(self, word: str | None) -> None:
        if word:
            self._sought = word
            self._seek(1)

    def _seek(self, step: int) -> None:
        if not self._sought:
            self.action_find_word()
            return
        word = self._sought.lower()
        self._go(step, lambda line: word in line.text.lower(), f"Nothing in the policy says {self._sought}.")

    def _matters(self, line: Line) -> bool:
        return line.mark is not Mark.SAME or bool(self.remarks.get(line.place + 1))

    def _go(self, step: int, fits: Callable[[Line], bool], otherwise: str) -> None:
        """Go to the next line that fits, round the end of the text."""
        of, here = len(self.lines), self.list.place
        around = [(here + step * each) % of for each in range(1, of + 1)]
        found = next((place for place in around if fits(self.lines[place])), None)
        if found is None:
            self.say(otherwise, Tone.REFUSED)
        else:
            self.list.jump_to(found)
