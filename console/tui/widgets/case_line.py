"""One case as a line of the queue: its words, in columns that share the width out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from rich.cells import set_cell_size

from console.domain.case import CaseId, Status
from console.domain.explanation import short
from console.domain.recommendation import Verdict
from console.domain.safe import safe_line
from console.domain.views import Line
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.advice_box import sign
from console.tui.widgets.moments import PAUSED, left, span
from console.tui.widgets.sheet import Piece, Row
from console.tui.widgets.wrapping import cut

SEVERITY, LEFT, BY, ADVICE, TEAM, AGE = 3, 6, 6, 12, 11, 5
LONG_LEFT = len("paused 1h40")
"""How wide what is left stands where there is room to say what is left of a case that is paused."""
LEAST_ID, LEAST_WHAT, LEAST_LEGIBLE = 4, 30, 16


@dataclass(frozen=True, slots=True)
class Columns:
    """How many cells the columns take that are not always the same; 0 leaves one out."""

    id: int
    what: int
    team: int = 0
    age: int = 0
    left: int = LEFT
    by: int = BY
    advice: int = ADVICE


@dataclass(frozen=True, slots=True)
class Words:
    """What the columns of one case say."""

    sign: str
    id: str
    severity: str
    left: str
    what: str
    by: str
    team: str
    age: str
    advice: str


def columns(width: int, largest: CaseId) -> Columns:
    """Share a width out: what a case is about gets what is left, and others give way where that would be too little."""
    number = max(len(str(largest)), LEAST_ID)
    what = width - (3 + number + 2 + SEVERITY + 1 + LEFT + 2 + 2 + BY + 1 + ADVICE)
    team = TEAM if what - TEAM - 2 >= LEAST_WHAT else 0
    what -= team + 2 if team else 0
    age = AGE if team and what - AGE - 2 >= LEAST_WHAT else 0
    what -= age + 2 if age else 0
    wide = LONG_LEFT if age and what - LONG_LEFT + LEFT >= LEAST_WHAT else LEFT
    what -= wide - LEFT
    by, advice = BY, ADVICE
    if what < LEAST_LEGIBLE:
        what, by = what + BY + 2, 0
    if what < LEAST_LEGIBLE:
        what, advice = what + ADVICE + 1, 0
    return Columns(number, max(what, 1), team, age, wide, by, advice)


def heads(sizes: Columns) -> str:
    """Give the line above the cases."""
    told = Words(" ", "id".ljust(sizes.id), "sev", "left", "what", "by", "team", "age", "advice")
    return "".join(
        (
            _front(told, sizes, " "),
            told.severity.ljust(SEVERITY),
            _middle(told, sizes),
            _fitted(told.advice, sizes.advice, ""),
        )
    )


def words(line: Line, now: datetime, glyphs: Glyphs, *, is_marked: bool) -> Words:
    """Say one case in the words of its columns, all of it safe to show."""
    case = line.case
    kind, advice = short(line.advice, case)
    safe = partial(safe_line, ascii_only=glyphs is ASCII)
    bullet = glyphs.waiting if case.status is Status.WAITING else " "
    return Words(
        sign=glyphs.mark if is_marked else glyphs.warning if case.is_late(now) else bullet,
        id=str(case.id),
        severity=case.severity.name,
        left=_left(line, now, glyphs),
        what=f"{glyphs.confided} {safe(case.title)}" if case.confidential else safe(case.title),
        by=safe(case.handler or glyphs.nothing),
        team=safe(f"{case.tier} {case.team}".rstrip()),
        age=span(now - case.created),
        advice=f"{sign(Verdict(kind), glyphs)} {safe(advice)}",
    )


def pieces(line: Line, now: datetime, glyphs: Glyphs, sizes: Columns, *, is_marked: bool) -> Row:
    """Draw one case in as few colours as say it: each change of colour is forty bytes on the wire."""
    told = words(line, now, glyphs, is_marked=is_marked)
    front, severity, middle = _front(told, sizes, " "), told.severity.ljust(SEVERITY), _middle(told, sizes, glyphs)
    advice = Piece(_fitted(told.advice, sizes.advice, glyphs.ellipsis), short(line.advice, line.case)[0])
    if line.case.is_late(now) and not is_marked:
        late = len(front) + SEVERITY + 1 + sizes.left
        whole = front + severity + middle
        return Piece(whole[:late], "late"), Piece(whole[late:]), advice
    return Piece(front, "mark" if is_marked else ""), Piece(severity, told.severity.lower()), Piece(middle), advice


def under_cursor(line: Line, now: datetime, glyphs: Glyphs, sizes: Columns, *, is_marked: bool) -> Row:
    """Draw the case under the cursor: one colour, with the bar before it."""
    told = words(line, now, glyphs, is_marked=is_marked)
    front, severity, middle = (
        _front(told, sizes, glyphs.cursor),
        told.severity.ljust(SEVERITY),
        _middle(told, sizes, glyphs),
    )
    return (Piece(front + severity + middle + _fitted(told.advice, sizes.advice, glyphs.ellipsis), "cursor"),)


def _left(line: Line, now: datetime, glyphs: Glyphs) -> str:
    """Say what is left; of what is paused as well, which a narrow column cuts off."""
    told, paused = left(line.case, now), line.case.time_left
    if told == PAUSED and paused is not None:
        return f"{told} {span(paused)}"
    return told or glyphs.nothing


def _front(told: Words, sizes: Columns, bar: str) -> str:
    return f"{bar}{told.sign} {told.id:>{sizes.id}}  "


def _middle(told: Words, sizes: Columns, glyphs: Glyphs | None = None) -> str:
    ellipsis = glyphs.ellipsis if glyphs else ""
    team = f"  {_fitted(told.team, sizes.team, ellipsis)}" if sizes.team else ""
    age = f"  {told.age:>{sizes.age}}" if sizes.age else ""
    by = f"  {_fitted(told.by, sizes.by, ellipsis)}" if sizes.by else ""
    what = _fitted(told.what, sizes.what, ellipsis)
    time = told.left if len(told.left) <= sizes.left else told.left.partition(" ")[0]
    return f" {time:>{sizes.left}}  {what}{team}{age}{by}{' ' if sizes.advice else ''}"


def _fitted(text: str, width: int, ellipsis: str) -> str:
    return set_cell_size(cut(text, width, ellipsis), width)
