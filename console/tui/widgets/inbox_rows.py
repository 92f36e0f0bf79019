"""What concerns a person, as rows: when, what it is to them, which case, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.cells import set_cell_size

from console.domain.case import Case
from console.domain.notice import TO_ME, Notice, NoticeKind, NoticeState
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.moments import left, moment
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

TIME, WHAT = 13, 27
LATE = frozenset({NoticeKind.LATE, NoticeKind.EXHAUSTED})
ASKING = frozenset({NoticeKind.ESCALATED, NoticeKind.ENGAGED, NoticeKind.ASKED, NoticeKind.REMINDED})
STATES = {NoticeState.SEEN: "seen", NoticeState.OVER: "settled"}


def entry(notice: Notice, case: Case, sentence: str, now: datetime, glyphs: Glyphs) -> Section:
    """Give the rows of one notice; what is news stands out, what has been seen or settled says so."""

    def rows(width: int) -> Sequence[Row]:
        is_new = notice.state is NoticeState.NEW
        mark = glyphs.warning if notice.kind in LATE and is_new else glyphs.mark if is_new else " "
        front = f" {mark} {moment(notice.at, now):<{TIME}}"
        what = TO_ME[notice.kind] if is_new else f"{TO_ME[notice.kind]} ({STATES[notice.state]})"
        time = left(case, now)
        aside = f"  {case.severity.name} {time:>6} "
        fit = set_cell_size(cut(what, WHAT - 1, glyphs.ellipsis), WHAT)
        named = safe_line(f"{case.id} {case.title}", ascii_only=glyphs is ASCII)
        room = max(width - len(front) - WHAT - len(aside), 1)
        drawn = Rows(width)
        drawn.append((
            Piece(front, tone(notice)), Piece(fit, tone(notice)),
            Piece(set_cell_size(cut(named, room, glyphs.ellipsis), room), "strong" if is_new else "muted"),
            Piece(aside, "late" if case.is_late(now) else "muted"),
        ))  # fmt: skip
        drawn.told("", sentence, "muted", indent=len(front), column=0)
        return drawn

    return rows


def tone(notice: Notice) -> str:
    """Give how a notice stands out."""
    if notice.state is not NoticeState.NEW:
        return "muted"
    if notice.kind in LATE:
        return "late"
    return "escalate" if notice.kind in ASKING else "mark"
