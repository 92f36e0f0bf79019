"""What a screen may ask to see: windows of views, their counts, and everything about one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.desk.desk import Desk
from console.domain import query, timeline
from console.domain.brief import Brief
from console.domain.case import Case, CaseId, CaseText, Status
from console.domain.escalation import Escalation
from console.domain.events import Event
from console.domain.explanation import Explanation, explain
from console.domain.people import Actor
from console.domain.recommendation import advise
from console.domain.views import BUILT_IN, Anchor, Line, Order, View, Window
from console.store import cases, escalations, events, query_sql, tally, windows
from console.store.engine import Reading
from console.store.windows import Selection


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything about one case; `drafted` is the brief as it stands now."""

    case: Case
    text: CaseText
    explanation: Explanation
    history: tuple[Event, ...]
    attempts: tuple[timeline.Attempt, ...]
    notes: tuple[timeline.Note, ...]
    escalations: tuple[Escalation, ...]

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
    selection = _selection(desk, actor, view)
    with desk.store.read() as tx:
        total = _total(tx, view, selection, actor)
        first = max(0, min(wanted.index, total - wanted.size))
        found = windows.stretch(tx, selection, first, wanted.size, total, wanted.near)
    return Window(lines(desk, found), first, max(total, first + len(found)))


def around(desk: Desk, actor: Actor, view: View, case_id: CaseId, wanted: Stretch) -> Window:
    """Give the stretch of a view around a case, wherever it stands now; the stretch that was wanted if it has left."""
    selection = _selection(desk, actor, view)
    with desk.store.read() as tx:
        total, index, near = _total(tx, view, selection, actor), wanted.index, None
        if windows.holds(tx, selection, case_id):
            near = Anchor(windows.rank(tx, selection, case := cases.get(tx, case_id)), case)
            index = near.index - wanted.size // 2
        first = max(0, min(index, total - wanted.size))
        found = windows.stretch(tx, selection, first, wanted.size, total, near)
    return Window(lines(desk, found), first, max(total, first + len(found)))


def find(desk: Desk, actor: Actor, text: str, order: Order, limit: int) -> tuple[Line, ...]:
    """Give the first cases that a query finds, in an order. Refused: a query that cannot be read."""
    return window(desk, actor, View("", "", text, order), Stretch(0, limit)).lines


def every(desk: Desk, actor: Actor, text: str) -> Iterable[CaseId]:
    """Give the ids of all cases that a query finds, oldest first."""
    selection = _selection(desk, actor, View("", "", text, Order.OLDEST))
    with desk.store.read() as tx:
        return tuple(windows.ids(tx, selection))


def locate(desk: Desk, actor: Actor, view: View, case: Case) -> int | None:
    """Give the place of a case in a view, or None where it is not in it (any more)."""
    selection = _selection(desk, actor, view)
    with desk.store.read() as tx:
        return windows.rank(tx, selection, case) if windows.holds(tx, selection, case.id) else None


def counts(desk: Desk, actor: Actor, views: Iterable[View] = BUILT_IN) -> Mapping[str, int]:
    """Give the number of cases of each view by its key."""
    chosen = tuple(views)
    with desk.store.read() as tx:
        return {view.key: _total(tx, view, _selection(desk, actor, view), actor) for view in chosen}


def line(desk: Desk, case: Case) -> Line:
    """Give one case with its recommendation."""
    return Line(case, advise(case, desk.policy, desk.now()))


def lines(desk: Desk, found: Iterable[Case]) -> tuple[Line, ...]:
    """Give cases with their recommendations."""
    now = desk.now()
    return tuple(Line(case, advise(case, desk.policy, now)) for case in found)


def glance(desk: Desk, case_id: CaseId) -> Glance:
    """Give a case with its recommendation, and nothing of its history. Refused: an id that no case has."""
    with desk.store.read() as tx:
        case, text = cases.get(tx, case_id), cases.text_of(tx, case_id)
    return Glance(case, text, explain(case, desk.policy, desk.now()))


def dossier(desk: Desk, case_id: CaseId) -> Dossier:
    """Give everything about a case. Refused: an id that no case has."""
    with desk.store.read() as tx:
        case = cases.get(tx, case_id)
        text = cases.text_of(tx, case_id)
        history = events.of_case(tx, case_id)
        moves = escalations.of_case(tx, case_id)
    return Dossier(
        case, text, explain(case, desk.policy, desk.now()), history, timeline.attempts(history),
        timeline.notes(history), moves,
    )  # fmt: skip


def chronicle(desk: Desk, case_id: CaseId) -> tuple[Case, CaseText, tuple[Event, ...]]:
    """Give a case with its text and its history, and nothing that is worked out. Refused: an id that no case has."""
    with desk.store.read() as tx:
        return cases.get(tx, case_id), cases.text_of(tx, case_id), events.of_case(tx, case_id)


def newest_event(desk: Desk) -> int:
    """Give the sequence number of the newest event, from which a listener goes on."""
    with desk.store.read() as tx:
        return events.newest(tx)


def _selection(desk: Desk, actor: Actor, view: View) -> Selection:
    text = view.query.replace("tier:mine", f"tier:{actor.person.tier}")
    where, values = query_sql.compiled(query.parse(text), actor.id, desk.now())
    return Selection(where, values, view.order)


def _total(tx: Reading, view: View, selection: Selection, actor: Actor) -> int:
    """Count a view: from the tally where that knows it, else by counting."""
    match view.query:
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
            return windows.total(tx, selection)
