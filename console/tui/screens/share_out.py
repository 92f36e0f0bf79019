"""Sharing cases out: the plan is shown before anything is done, row by row, and is itself the question."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from console.desk.share_out import Plan
from console.domain.case import Case, CaseId, PersonId
from console.domain.circle import sees
from console.domain.sharing import Load, fits, skill_for
from console.domain.words import counted
from console.tui.keys import Where, footer
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.screens.meant import in_parts
from console.tui.screens.pick import QuickPick
from console.tui.widgets import share_rows
from console.tui.widgets.choices import DIGITS, Choosable
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.row_list import Item, RowList
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.share_rows import Shared
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine, Tone

PEOPLE_OF_ALL = 3
"""One row in so many is for people, the others are for cases."""


class ShareOutScreen(ListMoves, DeskScreen):
    """Gives back the plan that is to be done, or None."""

    WHERE: ClassVar[Where | None] = Where.SHARE
    CSS_PATH: ClassVar[str] = "share_out.tcss"

    def __init__(self, plan: Plan) -> None:
        """Take the plan as it was made."""
        super().__init__()
        self._plan = plan
        self._is_shown = False

    @property
    def moved_list(self) -> Movable:
        """The cases of the plan."""
        return self.query_one(RowList)

    def compose(self) -> ComposeResult:
        """Lay out who carries what, the cases, and the keys."""
        yield Static("", id="title", markup=False)
        yield RuleLine(self.glyphs)
        yield Sheet(id="people")
        yield RuleLine(self.glyphs, id="position")
        yield RowList(self.glyphs)
        yield RuleLine(self.glyphs)
        yield StatusLine()
        yield KeyFooter()

    def on_mount(self) -> None:
        """Show the plan; a key that was pressed before it could be read does nothing."""
        self.query_one(KeyFooter).show(footer(Where.SHARE, self.console_app.keymap))
        self.query_one(RowList).focus()
        self._show()
        if READ_AFTER:
            self.set_timer(READ_AFTER, self._was_shown)
        else:
            self._was_shown()

    def action_share_out(self) -> None:
        """Do what the plan says now."""
        if not self._plan.wanted:
            self.say("This plan gives nobody anything: a gives the case to somebody, Esc leaves.", Tone.REFUSED)
        elif self._is_shown:
            self.dismiss(self._plan)
        else:
            self.say("This is the plan; Enter or y does it, n and Esc leave everything as it is.")

    def action_toggle_row(self) -> None:
        """Take the case out of the plan, or put it back, and go to the next."""
        share = next((each for each in self._plan.shares if each.case == self._current), None)
        if share is not None and share.is_new:
            self._plan = self._plan.toggled(share.case)
            self._show()
        elif share is not None:
            self.say(f"Case {share.case} is given to nobody anew; a gives it to somebody.")
        self.action_move_down()

    def action_give(self) -> None:
        """Choose somebody else for the case."""
        case = self._plan.cases.get(self._current) if self._current else None
        if case is not None:
            offered = takers(self._plan, case, self)
            self.app.push_screen(QuickPick(f"Give case {case.id} to", offered), partial(self._give, case.id))

    def action_back(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)

    @property
    def _current(self) -> CaseId | None:
        key = self.query_one(RowList).current
        return None if key is None else CaseId(key)

    def _give(self, case: CaseId, person: str | None) -> None:
        if person:
            self._plan = self._plan.given(case, PersonId(person))
            self._show()

    def _was_shown(self) -> None:
        self._is_shown = True

    def _show(self) -> None:
        plan, now, glyphs = self._plan, self.desk.now(), self.glyphs
        number = max((len(str(each)) for each in plan.cases), default=1)
        most = max(self.app.size.height // PEOPLE_OF_ALL - 2, 3)
        self.query_one("#title", Static).update(Content(heading(plan)))
        self.query_one("#people", Sheet).show(share_rows.people(plan.then, most, glyphs))
        self.query_one(RowList).show([
            Item(
                share.case,
                share_rows.cases(
                    Shared(plan.cases[share.case], share, share.case in plan.left_out), now, glyphs, number
                ),
            )
            for share in plan.shares
        ])  # fmt: skip


READ_AFTER = 0.4
"""Seconds that a plan must have been in sight before Enter does it: nobody agrees to what they could not see."""


def heading(plan: Plan) -> str:
    """Say how many cases a plan gives to how many people, and how many it does not."""
    given, nobody = plan.wanted, sum(share.person is None for share in plan.shares)
    takers_of = counted(len({share.person for share in given}), "person").replace("persons", "people")
    stay = len(plan.shares) - len(given) - nobody
    told = [f"Share out: {counted(len(given), 'case')} to {takers_of}"]
    told += [f"{nobody:,} to nobody"] if nobody else []
    told += [f"{stay:,} stay as they are" if stay > 1 else "1 stays as it is"] if stay else []
    return f"{', '.join(told)}.{in_parts(len(given))}"


def takers(plan: Plan, case: Case, screen: DeskScreen) -> list[Choosable]:
    """Offer everybody who is there and may see a case: who knows of it first, then who carries least."""
    policy = screen.desk.policy

    def order(load: Load) -> tuple[bool, bool, int, PersonId]:
        person = load.person
        return not fits(case, person), not skill_for(case, person, policy), load.then, person.id

    able = sorted((load for load in plan.then if sees(load.person.id, case)), key=order)
    return [
        Choosable(load.person.id, load.person.id, _about(load, case, screen), str(n) if n <= DIGITS else "")
        for n, load in enumerate(able, 1)
    ]


def _about(load: Load, case: Case, screen: DeskScreen) -> str:
    person = load.person
    of = f" of {person.capacity}" if person.capacity is not None else ""
    skill = skill_for(case, person, screen.desk.policy)
    place = f"tier {person.tier} {' '.join(person.teams)}".rstrip()
    away = "" if fits(case, person) else "  not where the case is"
    return f"{load.then}{of} then{f', knows {skill}' if skill else ''}  {place}{away}"
