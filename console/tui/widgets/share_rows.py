"""A plan to share cases out, as rows: what each person carries now and then, and who is to take which case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.cells import set_cell_size

from console.domain.case import Case
from console.domain.safe import safe_line
from console.domain.sharing import Load, Share
from console.tui.terminal.glyphs import ASCII, Glyphs
from console.tui.widgets.moments import left
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

WHO, PLACE, NUMBER, TO, WHY = 12, 16, 5, 14, 25
LEAST_WHAT = 12


@dataclass(frozen=True, slots=True)
class Shared:
    """One case of a plan with its share, as it stands in the plan now."""

    case: Case
    share: Share
    is_left_out: bool = False


def people(loads: Sequence[Load], most: int, glyphs: Glyphs) -> Section:
    """Give a row for each of the people who are given something, the others counted in one."""

    def rows(width: int) -> list[Row]:
        head = f" {'who':<{WHO}}{'where':<{PLACE}}{'now':>{NUMBER}}{'then':>{NUMBER}}{'of':>{NUMBER}}  gets"
        drawn: list[Row] = [(Piece(cut(head, width), "muted"),)]
        shown = [load for load in loads if load.given] or list(loads)
        shown = shown if len(shown) <= most else shown[: most - 1]
        drawn += [_person(load, width, glyphs) for load in shown]
        if hidden := len(loads) - len(shown):
            drawn.append((Piece(f" and {hidden:,} more {'is' if hidden == 1 else 'are'} there", "muted"),))
        return drawn

    return rows


def cases(shared: Shared, now: datetime, glyphs: Glyphs, number: int) -> Section:
    """Give the row of one case whose number takes so many cells; one that nobody can take says why in a second row."""

    def rows(width: int) -> Sequence[Row]:
        case, share = shared.case, shared.share
        front = f"  {case.id:>{number}}  {case.severity.name:<3} {left(case, now) or glyphs.nothing:>5}  "
        what = max(width - len(front) - 2 - TO - 2 - WHY, LEAST_WHAT)
        fit = _fit(glyphs)
        to, why, tone = _said(shared, glyphs)
        text = f"{front}{fit(safe_line(case.title, ascii_only=glyphs is ASCII), what)}  {fit(to, TO)}  "
        drawn = Rows(width)
        drawn.append((Piece(text, tone), Piece(cut(safe_line(why), WHY, glyphs.ellipsis), tone or "muted")))
        if share.person is None and not shared.is_left_out:
            drawn[0] = (Piece(text, tone),)
            drawn.told("", f"nobody: {share.why}", "muted", indent=len(front), column=0)
        return drawn

    return rows


def _said(shared: Shared, glyphs: Glyphs) -> tuple[str, str, str]:
    """Say who takes a case, why, and in which tone."""
    share = shared.share
    now_with = safe_line(share.now_with or "")
    if shared.is_left_out:
        return f"stays {now_with or 'free'}", "taken out of the plan", "muted"
    if share.person is None:
        return glyphs.nothing, "", "late"
    if not share.is_new:
        return f"stays {now_with}", share.why, "muted"
    person = safe_line(share.person)
    return (f"{now_with} > {person}" if now_with else person), share.why, ""


def _person(load: Load, width: int, glyphs: Glyphs) -> Row:
    person, fit = load.person, _fit(glyphs)
    place = f"tier {person.tier} {' '.join(person.teams)}".rstrip()
    most = glyphs.nothing if person.capacity is None else str(person.capacity)
    front = f" {fit(safe_line(person.id), WHO)}{fit(safe_line(place), PLACE)}{load.now:>{NUMBER}}"
    then = f"{load.then:>{NUMBER}}{most:>{NUMBER}}"
    gets = f"  {len(load.given)}: {' '.join(map(str, load.given))}" if load.given else "  none"
    room = max(width - len(front) - len(then), 0)
    is_full = person.capacity is not None and load.then == person.capacity
    tone = "late" if load.is_over else "ask" if is_full else "strong"
    told = " more than they can carry" if load.is_over else ""
    return (
        Piece(front),
        Piece(then, tone),
        Piece(told, "late"),
        Piece(cut(gets, room - len(told), glyphs.ellipsis), "muted"),
    )


def _fit(glyphs: Glyphs) -> Callable[[str, int], str]:
    def fit(text: str, width: int) -> str:
        return set_cell_size(cut(text, width - 1, glyphs.ellipsis), width)

    return fit
