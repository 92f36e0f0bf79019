"""What is like a case, in a line each, and what was merged into it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from console.domain.case import Case
from console.domain.folding import folded_away
from console.domain.kin import Kin, Like, Repeat
from console.domain.safe import safe_block, safe_line
from console.domain.solved import Solved
from console.domain.words import shortened
from console.tui.terminal.glyphs import UNICODE, Glyphs
from console.tui.widgets.article_rows import told as told_article
from console.tui.widgets.moments import dated
from console.tui.widgets.sheet import Piece, Row, Rows, Section, Sheet
from console.tui.widgets.timeline_view import VOICES
from console.tui.widgets.wrapping import cut

MERGES = "M merges"
LONGEST_TITLE, LEAST_TITLE, LONGEST_SOLUTION = 60, 12, 160
REPEAT_LINES = 12
SHOWN = 3


def told(like: Like, width: int, ellipsis: str = UNICODE.ellipsis) -> str:
    """Say in so many cells which case is like another, and why; the title gives way, then the reason.

    A likely duplicate names the key that merges.
    """
    case = like.case
    end = f"   {MERGES}" if like.is_likely else ""
    over = "" if case.status.is_live else f" ({case.status})"
    reason = f"{over}: {safe_line(like.likeness.reason)}"
    room = width - cell_len(f"{case.id} {reason}{end}")
    title = cut(safe_line(case.title), max(min(room, LONGEST_TITLE), LEAST_TITLE), ellipsis)
    return f"{cut(f'{case.id} {title}{reason}', max(width - cell_len(end), 1), ellipsis)}{end}"


def likes(every: Sequence[Like]) -> Section:
    """Give the cases that are like one, the likeliest duplicate first; nothing where there are none."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for number, each in enumerate(every[:SHOWN]):
            case = each.case
            over = "" if case.status.is_live else f" ({case.status})"
            text = f"{case.id} {shortened(case.title, LONGEST_TITLE)}{over}: {each.likeness.reason}"
            written.told("" if number else "like", text, "mark" if each.is_likely else "", column=9)
            if each.is_likely and not number:
                written.told("", f"{MERGES} this case into it", column=9)
        if every:
            written.gap()
        return written

    return rows


def solved(every: Sequence[Solved]) -> Section:
    """Give how ended cases that say much of what one says were solved, the best first; nothing where there are none."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for number, each in enumerate(every):
            written.told("" if number else "solved", told_solved(each), column=9)
        if every:
            written.gap()
        return written

    return rows


def actions(every: Sequence[Case], now: datetime) -> Section:
    """Give what the review of a case asked for, and how each stands; nothing where it asked for nothing."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for number, each in enumerate(every):
            is_late = each.status.is_live and each.due is not None and each.due < now
            due = f", due {dated(each.due, now).strip()}" if each.due and each.status.is_live else ""
            words = f"{each.id} {each.status}, {each.owner or 'nobody'}{due}: {shortened(each.title, LONGEST_TITLE)}"
            written.told("" if number else "actions", words, "late" if is_late else "", column=9)
        if every:
            written.gap()
        return written

    return rows


def told_solved(each: Solved) -> str:
    """Say how an ended case was solved, where, how many so, and by which article."""
    often = f", {each.times} so" if each.times > 1 else ""
    how = shortened(" ".join(each.case.resolution.split()), LONGEST_SOLUTION)
    article = f", by {each.article}" if each.article and each.article not in how else ""
    return f"{each.case.id} in tier {each.case.tier}{often}{article}: {how}"


def repeats(every: Sequence[Repeat], now: datetime) -> Section:
    """Give what was merged into a case, with what was written, tried and noted there; nothing where there is none."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for each in every:
            written.gap()
            written.head(f"Merged into it: {each.case.id} {shortened(each.case.title, LONGEST_TITLE)}", _by(each, now))
            for at, by, text in _said(each):
                written.told(dated(at, now), by, "muted", column=len(dated(at, now)) + 2)
                written.text(safe_block(text.strip("\r\n"), lines=REPEAT_LINES), indent=5)
        return written

    return rows


def _by(repeat: Repeat, now: datetime) -> str:
    return f"by {repeat.by}, {dated(repeat.at, now).strip()}"


def _said(repeat: Repeat) -> list[tuple[datetime, str, str]]:
    """Give everything that was said on a merged case, oldest first."""
    case: Case = repeat.case
    found = [(case.created, case.requester or "the requester", repeat.body)]
    found += [
        (
            each.at,
            f"{each.by}, tried",
            f"{each.what}: {each.result or ('it worked' if each.has_worked else 'no effect')}",
        )
        for each in repeat.attempts
    ]
    found += [(each.at, f"{each.by}, {VOICES[each.voice]}", folded_away(each.text)) for each in repeat.notes]
    return sorted((one for one in found if one[2].strip()), key=lambda one: one[0])


class SolvedLines(Sheet):
    """Shows in a line each how ended cases like one were solved, and the best article; no room where there is none."""

    DEFAULT_CSS = "SolvedLines { height: auto; }"

    def tell(self, found: Kin, glyphs: Glyphs = UNICODE) -> None:
        """Show these, or nothing."""
        said = [("" if number else "solved", told_solved(each)) for number, each in enumerate(found.solved)]
        said += [("article", told_article(each)) for each in found.helpful[:1]]

        def rows(width: int) -> list[Row]:
            return [
                (Piece(f"   {label:<9}", "label"), Piece(cut(safe_line(text), width - 13, glyphs.ellipsis)))
                for label, text in said
            ]

        self.show(rows)


class LikeLine(Widget):
    """Shows in one line what a case is most like, and takes no room where it is like none."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"like-line--label", "like-line--words"}
    DEFAULT_CSS = """
    LikeLine {
        height: 1; display: none; background: $background; color: $foreground;
        .like-line--label { color: $muted; }
        .like-line--words { color: $mark; }
        &.-some { display: block; }
    }
    """

    def __init__(self, glyphs: Glyphs = UNICODE) -> None:
        """Begin with none."""
        super().__init__()
        self._glyphs = glyphs
        self._like: Like | None = None

    def tell(self, like: Like | None) -> None:
        """Show this one, or nothing."""
        self._like = like
        self.set_class(like is not None, "-some")
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Give the line."""
        width = self.size.width
        if y or self._like is None:
            return Strip.blank(width, self.rich_style)
        label = " like  "
        words = told(self._like, width - len(label) - 1, self._glyphs.ellipsis)
        parts = [
            Segment(label, self.get_component_rich_style("like-line--label")),
            Segment(words, self.get_component_rich_style("like-line--words")),
        ]
        return Strip(parts).adjust_cell_length(width, self.rich_style)
