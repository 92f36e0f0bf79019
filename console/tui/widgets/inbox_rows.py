"""What concerns a person, as rows: when, what it is to them, which case, and in a few words what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import set_cell_size

from console.domain.case import Case
from console.domain.events import Event
from console.domain.notice import TO_ME, Notice, NoticeKind, NoticeState
from console.domain.safe import safe_line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.fired_words import told
from console.tui.widgets.moments import left, moment
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

TIME, WHAT, ROWS = 13, 22, 2
"""How wide the time and what it is stand, and how many rows what happened may take."""
LATE = frozenset({NoticeKind.LATE, NoticeKind.EXHAUSTED})
ASKING = frozenset({NoticeKind.ESCALATED, NoticeKind.ENGAGED, NoticeKind.ASKED, NoticeKind.REMINDED})
STATES = {NoticeState.NEW: "", NoticeState.SEEN: "seen: ", NoticeState.OVER: "settled: "}
SHORTER = {NoticeKind.OUTCOME: "of your escalation"}
"""What some kinds are called here, where there is little room."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One notice with its case as that stands now, and the event it tells of."""

    notice: Notice
    case: Case
    event: Event


def entry(entered: Entered, now: datetime, glyphs: Glyphs) -> Section:
    """Give the rows of one notice; what is news stands out, what has been seen or settled says so."""
    notice, case = entered.notice, entered.case

    def rows(width: int) -> Sequence[Row]:
        is_new = notice.state is NoticeState.NEW
        mark = glyphs.warning if notice.kind in LATE and is_new else glyphs.mark if is_new else " "
        front = f" {mark} {moment(notice.at, now):<{TIME}}"
        what = SHORTER.get(notice.kind, TO_ME[notice.kind])
        fit = set_cell_size(cut(what, WHAT - 1, glyphs.ellipsis), WHAT)
        aside = f"  {case.severity.name} {left(case, now):>6} "
        named = safe_line(f"{case.id} {case.title}", ascii_only=glyphs is ASCII)
        room = max(width - len(front) - WHAT - len(aside), 1)
        drawn = Rows(width)
        drawn.append((
            Piece(front + fit, tone(notice)),
            Piece(set_cell_size(cut(named, room, glyphs.ellipsis), room), "strong" if is_new else "muted"),
            Piece(aside, "late" if case.is_late(now) else "muted"),
        ))  # fmt: skip
        words = Rows(width)
        words.told("", STATES[notice.state] + told(entered.event, now), "muted", indent=len(front), column=0)
        return [*drawn, *words[:ROWS]]

    return rows


def tone(notice: Notice) -> str:
    """Give how a notice stands out."""
    if notice.state is not NoticeState.NEW:
        return "muted"
    if notice.kind in LATE:
        return "late"
    return "escalate" if notice.kind in ASKING else "mark"
