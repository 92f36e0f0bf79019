"""What a screen may ask to see: windows of views, their counts and groups, and everything about one case.

Every list, count and search goes through `selection_of`, which binds it to the cases the person may see
(`store.sight`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.desk.advising import explained, lines
from console.desk.desk import Desk
from console.desk.legend import legend
from console.desk.rights import closed_to, roster
from console.desk.views import views_for
from console.domain import query, timeline
from console.domain.brief import Brief
from console.domain.case import Case, CaseId, CaseText, Status
from console.domain.escalation import Escalation
from console.domain.events import Event
from console.domain.explanation import Explanation
from console.domain.facts import Facts
from console.domain.matrix import Target
from console.domain.people import Actor
from console.domain.policy import Policy
from console.domain.roster import Roster
from console.domain.views import BUILT_IN, MOST, Anchor, Grouping, Line, Order, View, Window, named
from console.domain.why_clocks import NO_LEGEND, ClockTold, Legend, clocks_told
from console.store import cases, escalations, events, groupings, query_sql, tally, windows
from console.store.engine import Reading
from console.store.windows import Selection


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one case; `barred` are the targets it cannot be sent to now, each with its reason.

    `legend` is what its clocks are explained with.
    """

    case: Case
    text: CaseText
    explanation: Explanation
    history: tuple[Event, ...]
    attempts: tuple[timeline.Attempt, ...]
    notes: tuple[timeline.Note, ...]
    escalations: tuple[Escalation, ...]
    barred: Mapping[Target, str] = field(default_factory=dict)
    legend: Legend = NO_LEGEND

    def clocks(self, policy: Policy, now: datetime) -> tuple[ClockTold, ...]:
        """Explain the clocks of the case."""
        return clocks_told(
            Facts(case=self.case, history=self.history, escalations=self.escalations), policy, now, self.legend
        )

    @property
    def brief(self) -> Brief | None:
        """Give the brief of the newest escalation that was not withdrawn."""
        sent = [each for each in self.escalations if each.state.value != "withdrawn"]
        return sent[-1].brief if sent else None


@dataclass(frozen=True, slots=True)
class Glance:
    """What a preview shows of one case."""

    case: Case
    text: CaseText
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which lines of a view are wanted: `size` from place `index` on; `near` is a line whose place is known."""

    index: int
    size: int
    near: Anchor | None = None


def window(desk: Desk, actor: Actor, view: View, wanted: Stretch) -> Window:
    """Give a stretch of a view with the recommendation of each case. Refused: a query that cannot be read."""
    selection = selection_of(desk, actor, view)
    with desk.read(actor) as tx:
        if wanted.index <= 0 and len(found := windows.first(tx, selection, wanted.size)) < wanted.size:
            return Window(lines(desk, tx, found), 0, len(found))
        total, is_more = _total(tx, view, selection, actor, wanted.index + wanted.size)
        first = max(0, min(wanted.index, total - wanted.size))
        if first or wanted.index > 0:
            known = windows.UNKNOWN if is_more else total
            found = windows.stretch(tx, selection, first, wanted.size, known, wanted.near)
        return Window(lines(desk, tx, found), first, max(total, first + len(found)), is_more)


def around(desk: Desk, actor: Actor, view: View, case_id: CaseId, wanted: Stretch) -> Window:
    """Give the stretch of a view around a case, wherever it stands now; the stretch that was wanted if it has left."""
    selection = selection_of(desk, actor, view)
    with desk.read(actor) as tx:
        index, near = wanted.index, None
        if windows.holds(tx, selection, case_id):
            near = Anchor(windows.rank(tx, selection, case := cases.get(tx, case_id)), case)
            index = near.index - wanted.size // 2
        total, is_more = _total(tx, view, selection, actor, index + wanted.size)
        first = max(0, min(index, total - wanted.size))
        found = windows.stretch(tx, selection, first, wanted.size, windows.UNKNOWN if is_more else total, near)
        return Window(lines(desk, tx, found), first, max(total, first + len(found)), is_more)


def find(desk: Desk, actor: Actor, text: str, order: Order, limit: int) -> tuple[Line, ...]:
    """Give the first cases that a query finds, in an order, and count nothing. Refused: a query that cannot be read."""
    selection = selection_of(desk, actor, View("", "", text, order))
    with desk.read(actor) as tx:
        return lines(desk, tx, windows.first(tx, selection, limit))


def every(desk: Desk, actor: Actor, text: str, only: frozenset[CaseId] | None = None) -> Iterable[CaseId]:
    """Give the ids of all cases that a query finds, or of those of them that are among these, oldest first."""
    selection = selection_of(desk, actor, View("", "", text, Order.OLDEST, only=only))
    with desk.read(actor) as tx:
        return tuple(windows.ids(tx, selection))


def locate(desk: Desk, actor: Actor, view: View, case: Case) -> int | None:
    """Give the place of a case in a view, or None where it is not in it (any more)."""
    selection = selection_of(desk, actor, view)
    with desk.read(actor) as tx:
        return windows.rank(tx, selection, case) if windows.holds(tx, selection, case.id) else None


def counts(desk: Desk, actor: Actor, views: Iterable[View] = BUILT_IN) -> Mapping[str, int]:
    """Give the number of cases of each view by its key; what is not known anyhow is counted to one more than `MOST`."""
    chosen = tuple((view, selection_of(desk, actor, view)) for view in views)
    with desk.read(actor) as tx:
        found = {view.key: _total(tx, view, selection, actor) for view, selection in chosen}
    return {key: total + is_more for key, (total, is_more) in found.items()}


def groups(desk: Desk, actor: Actor, view: View) -> tuple[tuple[str, int], ...]:
    """Give the groups of a view with how many cases each has, in their own order or else by size.

    An empty name is for the cases that have none. Refused: a query that cannot be read.
    """
    if view.grouping is Grouping.NONE:
        return ()
    selection = selection_of(desk, actor, view)
    with desk.read(actor) as tx:
        return groupings.sizes(tx, selection, view.grouping)


def line(desk: Desk, case: Case) -> Line:
    """Give one case with its recommendation."""
    with desk.read() as tx:
        return lines(desk, tx, [case])[0]


def glance(desk: Desk, actor: Actor, case_id: CaseId) -> Glance:
    """Give a case with its recommendation, and nothing of its history. Refused: an id that no case has."""
    with desk.read(actor) as tx:
        case, text = cases.get(tx, case_id), cases.text_of(tx, case_id)
        told = explained(desk, tx, case, closed_to(desk, tx, case))
    return Glance(case, text, told)


def dossier(desk: Desk, actor: Actor, case_id: CaseId) -> Dossier:
    """Give everything about a case. Refused: an id that no case has."""
    with desk.read(actor) as tx:
        case = cases.get(tx, case_id)
        text = cases.text_of(tx, case_id)
        history = events.of_case(tx, case_id)
        moves = escalations.of_case(tx, case_id)
        barred, words = closed_to(desk, tx, case), legend(desk, tx)
        told = explained(desk, tx, case, barred)
    return Dossier(
        case, text, told, history, timeline.attempts(history),
        timeline.notes(history), moves, barred, words,
    )  # fmt: skip


def chronicle(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Case, CaseText, tuple[Event, ...]]:
    """Give a case with its text and its history, and nothing that is worked out. Refused: an id that no case has."""
    with desk.read(actor) as tx:
        return cases.get(tx, case_id), cases.text_of(tx, case_id), events.of_case(tx, case_id)


def newest_event(desk: Desk) -> int:
    """Give the sequence number of the newest event, from which a listener goes on."""
    with desk.read() as tx:
        return events.newest(tx)


def selection_of(desk: Desk, actor: Actor, view: View) -> Selection:
    """Compile a view for a person; views it names with `in:` are theirs. Not to be called inside a transaction."""
    parsed, there = query.parse(view.query, lambda: named(views_for(desk, actor))), Roster()
    if parsed.names("advice"):
        with desk.read(actor) as tx:
            there = roster(desk, tx)
    asking = query.Asking(actor.person, desk.now(), desk.policy, there)
    return replace(query_sql.selected(parsed, asking, view.order).among(view.only), grouping=view.grouping)


def _total(tx: Reading, view: View, selection: Selection, actor: Actor, reach: int = 0) -> tuple[int, bool]:
    """Count a view, and say whether there are more: not where it is known anyhow, or is read beyond `MOST`."""
    known = _known(tx, view, actor)
    if known is not None:
        return known, False
    counted = windows.total(tx, selection, None if reach >= MOST else MOST + 1)
    return (counted, False) if reach >= MOST else (min(counted, MOST), counted > MOST)


def _known(tx: Reading, view: View, actor: Actor) -> int | None:
    """Give the number of cases of a view that the tally knows, or None."""
    match view.query if view.only is None else None:
        case "status:new":
            return tally.with_status(tally.per_tier(tx), Status.NEW)
        case "status:waiting":
            return tally.with_status(tally.per_tier(tx), Status.WAITING)
        case "live:yes":
            return tally.live(tally.per_tier(tx))
        case "live:no":
            return tally.with_status(tally.per_tier(tx), Status.RESOLVED, Status.CLOSED)
        case "tier:mine live:yes":
            return tally.live(tally.per_tier(tx), actor.person.tier)
        case _:
            return None
