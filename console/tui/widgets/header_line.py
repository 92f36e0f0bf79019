"""The queue's top line: which tier, how many cases, who sits here, and who else does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_line
from console.tui.widgets.wrapping import cut

GAP = 2
"""How far the place stands from the counts."""
BEHIND = "! clock"
"""Says that the clock side is behind, or held; L tells the sentence that was said of it."""

TONES = {"late": "late", "exhausted": "late", "for you": "news"}
"""Which counts stand out, by their word."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the top line says; a count that is not known yet is left out."""

    place: str = ""
    counts: tuple[tuple[str, int], ...] = ()
    person: str = ""


class HeaderLine(Widget):
    """Shows name and place at the left, counts and the person at the right; the place gives way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"header-line--{tone}" for tone in ("name", "place", "count", "late", "news")
    }
    DEFAULT_CSS = """
    HeaderLine {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .header-line--name { color: $accent; text-style: bold; }
        .header-line--place { color: $foreground; }
        .header-line--count { color: $muted; }
        .header-line--late { color: $late; }
        .header-line--news { color: $mark; text-style: bold; }
    }
    """

    standing: reactive[Standing] = reactive(Standing())
    company: reactive[str] = reactive("")
    is_behind: reactive[bool] = reactive(False)
    strait: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width, standing = self.content_size.width, self.standing
        if y:
            return Strip.blank(width, self.rich_style)
        name = "Triage  "
        counts = [(f"{number:,} {word}", self._tone_of(word, number)) for word, number in standing.counts]
        told = [Segment(f"{text}  ", self._style(tone)) for text, tone in counts]
        told += [Segment(f"{BEHIND}  ", self._style("late"))] if self.is_behind else []
        told += [Segment(f"! {self.strait}  ", self._style("late"))] if self.strait else []
        who = f"{safe_line(standing.person)}  {self.company}".rstrip()
        person = Segment(f"  {who}", self._style("place"))
        while told and sum(part.cell_length for part in (*told, person)) + cell_len(name) > width:
            told.pop(0)
        room = width - cell_len(name) - sum(part.cell_length for part in (*told, person))
        place = set_cell_size(cut(safe_line(standing.place), max(room - GAP, 0)), max(room, 0))
        parts = [Segment(name, self._style("name")), Segment(place, self._style("place")), *told, person]
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _tone_of(self, word: str, number: int) -> str:
        return TONES.get(word, "count") if number else "count"

    def _style(self, tone: str) -> Style:
        return self.get_component_rich_style(f"header-line--{tone}")
