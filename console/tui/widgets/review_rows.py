"""The timeline of an escalation, what the case says to each question, and a review that was written, as rows."""

from __future__ import annotations

from datetime import datetime

from console.domain.events import Event
from console.domain.phrases import word
from console.domain.review_drawing import drawn, summed_up
from console.domain.review_prompts import Prompts
from console.domain.review_timeline import Timeline
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.moments import dated
from console.tui.widgets.sheet import Piece, Row, Rows, Section


def timeline(told: Timeline, now: datetime, glyphs: Glyphs) -> Section:
    """Give the timeline, a row for each thing that happened, and where the time went."""

    def rows(width: int) -> list[Row]:
        lines = drawn(told, max(width - 2, 1), now, ascii_only=glyphs is ASCII)
        written = Rows(width)
        written.text(summed_up(told), "strong", indent=1)
        for place, line in enumerate(lines):
            written.append((Piece(f" {line.text}", "label" if not place else "late" if line.is_late else ""),))
        return written

    return rows


def hints(prompts: Prompts) -> Section:
    """Give what the case says to each question."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.gap()
        written.head("What the case says")
        for label, said in (("happened", prompts.happened), ("why", prompts.why), ("next time", prompts.needs)):
            for number, each in enumerate(said):
                written.told("" if number else label, each)
        return written

    return rows


def said(review: Event, now: datetime) -> Section:
    """Give a review that was written."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        written.gap()
        written.head(f"Reviewed by {review.person}", dated(review.at, now).strip())
        needs = ": ".join(filter(None, (word(review, "need"), word(review, "needs"))))
        for label, text in (("happened", word(review, "happened")), ("why", word(review, "why")), ("needs", needs)):
            written.told(label, text)
        written.gap()
        return written

    return rows
