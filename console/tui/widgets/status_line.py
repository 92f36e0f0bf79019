"""The status line: the last thing the console said, and what keeps it from keeping anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.domain.safe import safe_line
from console.domain.strait import Strait


class Tone(StrEnum):
    """How something was said; the sign before it says the same without colour."""

    NOTE = "note"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


SIGNS = {Tone.NOTE: "", Tone.DONE: "", Tone.REFUSED: "! ", Tone.FAILED: "!! "}


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence for the person at the console; its text may quote text from outside.

    `report` holds what belongs to it and does not fit into one line; the log shows it.
    """

    text: str = ""
    tone: Tone = Tone.NOTE
    report: tuple[str, ...] = ()


class StatusLine(Widget):
    """Shows one saying in one line, as it is: no markup, no controls, cut at the right edge.

    While the desk is in a strait, its mark stands before every saying, and its sentence where nothing is said.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"status-line--{tone}" for tone in Tone}
    DEFAULT_CSS = """
    StatusLine {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .status-line--note { color: $muted; }
        .status-line--done { color: $handle; }
        .status-line--refused { color: $escalate; }
        .status-line--failed { color: $late; }
    }
    """

    saying = reactive(Saying())
    strait = reactive(Strait())

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width = self.content_size.width
        saying, strait = self.saying, self.strait
        if strait.mark and saying.text in {"", strait.sentence}:
            saying, strait = Saying(strait.sentence, Tone.FAILED), Strait()
        style = self.get_component_rich_style(f"status-line--{saying.tone}")
        if y:
            return Strip.blank(width, style)
        mark = f"! {strait.mark}  " if strait.mark else ""
        late = self.get_component_rich_style(f"status-line--{Tone.FAILED}")
        text = set_cell_size(SIGNS[saying.tone] + safe_line(saying.text), max(width - len(mark), 0))
        return Strip([Segment(mark, late), Segment(text, style)]).adjust_cell_length(width, style)
