"""The top line of every screen about one case: what is done, to which case, who else is there, how urgent it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from console.domain.case import Case
from console.domain.safe import safe_line
from console.tui.widgets.moments import left, left_in_words
from console.tui.widgets.wrapping import cut

WORDY = 100
"""From so many cells on, what is left is written in words."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A case at a time, and the word for what the screen does with it."""

    case: Case | None = None
    now: datetime | None = None
    word: str = ""


class CaseHead(Widget):
    """Shows id and title at the left, company, severity, tier and time left at the right; the title gives way."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"case-head--s{number}" for number in range(1, 5)),
        *(f"case-head--{tone}" for tone in ("word", "title", "company", "aside", "late")),
    }
    DEFAULT_CSS = """
    CaseHead {
        height: 1; padding: 0 1; background: $background; color: $foreground;
        .case-head--word { color: $accent; text-style: bold; }
        .case-head--title { text-style: bold; }
        .case-head--company { color: $mark; }
        .case-head--aside { color: $muted; }
        .case-head--late { color: $late; text-style: bold; }
        .case-head--s1 { color: $severity-1; text-style: bold; }
        .case-head--s2 { color: $severity-2; text-style: bold; }
        .case-head--s3 { color: $severity-3; }
        .case-head--s4 { color: $severity-4; }
    }
    """

    heading: reactive[Heading] = reactive(Heading())
    company: reactive[str] = reactive("")

    def render_line(self, y: int) -> Strip:
        """Give the one line."""
        width = self.content_size.width
        case, now, word = self.heading.case, self.heading.now, self.heading.word
        if y or case is None or now is None:
            return Strip.blank(width, self.rich_style)
        ends = self._ends(case, now)
        before = f"{word} {case.id}" if word else str(case.id)
        room = width - cell_len(before) - 2 - sum(segment.cell_length for segment in ends)
        title = cut(safe_line(case.title), max(room, 0))
        gap = " " * max(room - cell_len(title), 0)
        parts = [self._drawn(before, "word"), self._drawn("  "), self._drawn(title, "title"), self._drawn(gap), *ends]
        return Strip(parts).adjust_cell_length(width, self.rich_style)

    def _ends(self, case: Case, now: datetime) -> list[Segment]:
        """Give what stands at the right."""
        time = left_in_words(case, now) if self.content_size.width >= WORDY else left(case, now)
        state = "" if case.status.is_live else case.status.value
        place = f"tier {case.tier}{f' {safe_line(case.team)}' if case.team else ''}"
        secret = [self._drawn("  confidential", "late")] if case.confidential else []
        return [
            *secret,
            self._drawn(f"  {safe_line(self.company)}" if self.company else "", "company"),
            self._drawn(f"  {case.severity.name}", f"s{case.severity.value}"),
            self._drawn(f"  {place}", "aside"),
            self._drawn(f"  {time or state}" if time or state else "", "late" if case.is_late(now) else "aside"),
        ]

    def _drawn(self, text: str, tone: str = "") -> Segment:
        style = self.rich_style
        return Segment(text, style + self.get_component_rich_style(f"case-head--{tone}") if tone else style)
