"""The people of the desk: who is here, what they carry, and who stands in for those who are away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from textual import on

from console.desk import people
from console.desk.people import Colleague
from console.domain.safe import safe_line
from console.domain.words import counted
from console.tui.keys import Where
from console.tui.messages import CaseChanged, CasesTouched, OthersActed
from console.tui.screens.page import PageScreen
from console.tui.widgets.sheet import Piece, Row, Rows, Section
from console.tui.widgets.wrapping import cut

NAME, ROLE, TIER, TEAMS, LOAD = 12, 8, 5, 22, 8
FIXED = NAME + ROLE + TIER + LOAD + 4


class PeopleScreen(PageScreen):
    """Lists everybody by tier; to change somebody is for the command line."""

    WHERE: ClassVar[Where | None] = Where.PEOPLE
    DEFAULT_CSS = "PeopleScreen { #title { height: 2; } }"

    def on_mount(self) -> None:
        """Ask who there is."""
        self._read()

    @on(CaseChanged)
    @on(CasesTouched)
    @on(OthersActed)
    def _read(self) -> None:
        self.fetch(partial(people.colleagues, self.desk, self.actor), self._show, "people")

    def _show(self, found: Sequence[Colleague]) -> None:
        self.entitle(_headed(found))
        self.sheet.show(_listed(found))


def _headed(found: Sequence[Colleague]) -> Section:
    """Give the title and the heads of the columns."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        here = sum(each.is_there for each in found)
        written.head("People", f"{here} of {counted(len(found), 'person').replace('persons', 'people')} at work now")
        heads = ("name", "role", "tier", "teams", "carries", "")
        written.append((Piece(_columns(heads, width), "muted"),))
        return written

    return rows


def _listed(found: Sequence[Colleague]) -> Section:
    """Give a row for each person, or say how the first comes in."""

    def rows(width: int) -> list[Row]:
        written = Rows(width)
        for each in found:
            told, tone = _state(each)
            written.append((Piece(_columns((*_facts(each), told), width), tone),))
        if not found:
            written.told(
                "", "Nobody is known to this desk yet; `triage people add NAME` adds somebody.", "muted", column=0
            )
        return written

    return rows


def _facts(each: Colleague) -> tuple[str, ...]:
    person = each.person
    room = "" if person.capacity is None else f" of {person.capacity}"
    return person.id, person.role.value, str(person.tier), " ".join(person.teams), f"{each.load}{room}"


def _state(each: Colleague) -> tuple[str, str]:
    """Say whether somebody is here, and in which tone."""
    if each.is_away:
        until = f" to {each.person.absent_until:%d %b}" if each.person.absent_until else ""
        return f"away{until}{f', {each.stand_in} instead' if each.stand_in else ''}", "mark"
    if not each.is_there:
        return f"off: {each.person.hours}", "muted"
    full = each.person.capacity is not None and each.load >= each.person.capacity
    return ("full", "late") if full else ("here", "")


def _columns(cells: Sequence[str], width: int) -> str:
    """Write one row; the teams and the last column share what the others leave."""
    rest = max(width - FIXED, 2)
    teams = min(TEAMS, rest // 3)
    sizes = (NAME, ROLE, TIER, teams, LOAD, rest - teams)
    told = [set_cell_size(cut(safe_line(cell), size - 1), size) for cell, size in zip(cells, sizes, strict=True)]
    return f"   {''.join(told)}".rstrip()
