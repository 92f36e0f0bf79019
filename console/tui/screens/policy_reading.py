"""How the policy's screen reads: the text in force and one's draft, line by line, with what is remarked on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.events import ScreenResume

from console.desk import policies
from console.desk.desk import Desk
from console.desk.holiday_library import unknown
from console.domain.people import Actor
from console.domain.policy_draft import Drafted, Line, Mark, compared, parted, table_of
from console.domain.policy_file import Fault, faults
from console.tui.messages import CasesTouched, PolicyTurned
from console.tui.screens.desk_screen import DeskScreen
from console.tui.screens.list_moves import ListMoves, Movable
from console.tui.screens.policy_keeper import PolicyKeeper, unkept
from console.tui.screens.policy_trial import DRAFT
from console.tui.widgets import policy_rows
from console.tui.widgets.footer import KeyFooter
from console.tui.widgets.moments import moment
from console.tui.widgets.policy_rows import PolicyList, Under
from console.tui.widgets.row_list import Item
from console.tui.widgets.rule_line import RuleLine
from console.tui.widgets.sheet import Sheet
from console.tui.widgets.status_line import StatusLine

THEIRS = "what differs from your draft may be theirs"
EMPTY = Drafted((), ())


class PolicyReading(ListMoves, DeskScreen):
    """A screen with the text of the policy, that in force and one's draft of another in one."""

    DEFAULT_CSS = """
    PolicyReading {
        background: $background;
        #title { height: 2; }
        PolicyList { height: 1fr; }
        #foot { height: 3; }
    }
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        super().__init__()
        self.standing = policies.Standing("", "")
        self.drafted = EMPTY
        self.lines: tuple[Line, ...] = ()
        self.faults: tuple[Fault, ...] = ()
        self.keeper = PolicyKeeper(self)
        self._under = Under()

    @property
    def moved_list(self) -> Movable:
        """The lines."""
        return self.list

    @property
    def list(self) -> PolicyList:
        """The lines."""
        return self.query_one(PolicyList)

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.list.place] if self.lines else None

    def compose(self) -> ComposeResult:
        """Lay out the heading, the lines, and what is to be said of the one under the cursor."""
        yield Sheet(id="title")
        yield RuleLine(self.glyphs)
        yield PolicyList(self.glyphs)
        yield RuleLine(self.glyphs, id="position")
        yield Sheet(id="foot")
        yield StatusLine()
        yield KeyFooter()

    def stand(self, drafted: Drafted, place: int | None = None) -> None:
        """Show a draft as it stands now, with the cursor on a line of it, and say what is wrong with it."""
        self.drafted = drafted
        self.lines = compared(drafted.base, drafted.lines)
        self.show()
        if place is not None:
            self.list.jump_to(self.index_of(place))
        self.lint()

    def index_of(self, place: int) -> int:
        """Give where a line of the draft stands among those that are shown."""
        last = len(self.lines) - 1
        there = (at for at, each in enumerate(self.lines) if each.place >= place and each.mark is not Mark.REMOVED)
        return next(there, last)

    def lint(self) -> None:
        """Ask what is wrong with the draft."""
        self.fetch(partial(faults, self.drafted.text, DRAFT, unknown), self._was_linted, "lint")

    def show(self) -> None:
        """Draw everything."""
        remarks = self.remarks
        items = [
            Item(place, policy_rows.rows(line, self.remarks_on(line, remarks), self.glyphs))
            for place, line in enumerate(self.lines)
        ]
        self.list.show(items)
        self.tell()

    @on(PolicyList.Moved)
    def tell(self) -> None:
        """Say where the cursor is, and what is to be said of its line."""
        self.query_one("#position", RuleLine).say(self.position)
        line = self.line
        table = table_of(self.drafted.lines, line.place) if line else ""
        told = policy_rows.under(line, table, self.remarks_on(line, self.remarks)) if line else Under()
        if told != self._under:
            self._under = told
            self.query_one("#foot", Sheet).show(policy_rows.foot(told))

    @property
    def position(self) -> str:
        """Where the cursor is."""
        return f"{self.list.place + 1:,} of {len(self.lines):,}"

    @property
    def remarks(self) -> Mapping[int, Sequence[Fault]]:
        """What is to be said of the draft, by line."""
        found: dict[int, list[Fault]] = {}
        for each in self.faults:
            found.setdefault(each.line, []).append(each)
        return found

    def remarks_on(self, line: Line, remarks: Mapping[int, Sequence[Fault]]) -> Sequence[Fault]:
        """Give what is to be said of a line; nothing of one that was taken out."""
        return () if line.mark is Mark.REMOVED else remarks.get(line.place + 1, ())

    @on(ScreenResume)
    @on(CasesTouched)
    @on(PolicyTurned)
    def read(self) -> None:
        """Read again what is in force; the draft stays as it is typed here."""
        self.fetch(partial(_opened, self.desk, self.actor), self._was_read, "policy")

    def _was_read(self, found: tuple[policies.Standing, policies.Draft | None]) -> None:
        standing, draft = found
        base, was = parted(standing.text), self.drafted
        if was is EMPTY:
            typed = unkept(self.console_app) or (draft.text if draft else None)
            self.standing, self.keeper.has_draft = standing, draft is not None
            self.stand(Drafted(base, parted(typed) if typed is not None else base))
            if draft and self.drafted.is_changed:
                when = f" of {moment(draft.at, self.desk.now())}" if draft.at else ""
                is_old = draft.base != standing.version
                rest = f"another policy is in force, and {THEIRS}." if is_old else "F8 drops it."
                self.say(f"Your draft{when} is back; {rest}")
        elif base != was.base:
            self.standing = standing
            self.stand(Drafted(base, was.lines if was.is_changed else base))
            if was.is_changed:
                self.say(f"{standing.came}; {THEIRS}.")
        else:
            self.standing = standing
            self.headline()

    def _was_linted(self, found: tuple[Fault, ...]) -> None:
        if found != self.faults:
            self.faults = found
            self.show()
        self.headline()

    def headline(self) -> None:
        """Draw the heading."""
        raise NotImplementedError


def _opened(desk: Desk, actor: Actor) -> tuple[policies.Standing, policies.Draft | None]:
    return policies.in_force(desk), policies.draft(desk, actor)
