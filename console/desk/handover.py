"""Shift handover: the outgoing shift writes a line a case, the incoming one takes them on, each signed in history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.desk.act import Act, Made, prepared
from console.desk.advising import lines
from console.desk.batch import Batch, many
from console.desk.desk import Desk
from console.desk.record import Told, person_known
from console.domain.access import Deed
from console.domain.case import Case, CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.events import Event, Kind, Plain
from console.domain.explanation import headline
from console.domain.handover import Handover, State, Words, drafted, handed, taken_on
from console.domain.people import Actor
from console.domain.sharing import NEVER
from console.domain.views import Line
from console.store import cases, handovers, loads, people
from console.store.engine import Reading, Tx

FORM = "handover"
"""The name of the drafts of handover words."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A case that could be handed over, what can be said of it, and whether that was handed over already.

    `typed` is the draft of somebody's own words, where there is one.
    """

    case: Case
    words: Words
    given: Handover | None = None
    typed: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a handover with its case."""

    case: Case
    handover: Handover


def draft(desk: Desk, actor: Actor) -> dict[CaseId, Words]:
    """Give what can be said of each case the actor handles without writing anything, the worst first."""
    with desk.read(actor) as tx:
        mine = lines(desk, tx, loads.of_handler(tx, actor.id))
    return {line.case.id: drafted(line.case, headline(line.advice, desk.policy)) for line in mine}


def outgoing(desk: Desk, actor: Actor, ids: Iterable[CaseId] = ()) -> tuple[Outgoing, ...]:
    """Give these cases, or else those the actor handles, as they could be handed over, the worst first."""
    wanted = tuple(ids)
    with desk.read(actor) as tx:
        found = lines(desk, tx, cases.some(tx, wanted) if wanted else loads.of_handler(tx, actor.id))
        waiting = {each.case: each for each in handovers.pending(tx)}
        typed = {line.case.id: people.draft(tx, actor.id, line.case.id, FORM) for line in found}
    rows = [_outgoing(desk, line, waiting.get(line.case.id), typed[line.case.id]) for line in found]
    return tuple(sorted(rows, key=lambda row: (row.case.severity, row.case.next_due or NEVER, row.case.id)))


def write(desk: Desk, actor: Actor, rows: Mapping[CaseId, Words]) -> Batch:
    """Hand cases over in words, all at once; each stays with its handler until somebody takes it on.

    A lead writes for others too; drafts of the words are dropped. Refused: of these, the ones that are done or in
    nobody's hands, those without a word on what is open, and those meant for somebody nobody knows or who is away.
    """
    return many(desk, actor, rows, lambda tx, case: prepared(desk, tx, actor, _handing(desk, actor, rows[case]), case))


def accept(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> Batch:
    """Take on cases that are handed over, and become their handler.

    Refused: of these, the ones that somebody took first, that have moved on, or that are meant for another.
    """
    return many(desk, actor, ids, lambda tx, case: prepared(desk, tx, actor, _taking_on(actor), case))


def pending(desk: Desk, actor: Actor) -> tuple[Row, ...]:
    """Give what waits to be taken on by the actor or by whoever comes, not what they hand over themselves."""
    with desk.read(actor) as tx:
        rows = _rows(tx, handovers.pending(tx))
    return tuple(row for row in rows if row.handover.giver != actor.id and row.handover.meant_for in {"", actor.id})


def since(desk: Desk, actor: Actor, at: datetime) -> tuple[Row, ...]:
    """Give everything that was handed over since a time, taken on or not, the oldest first."""
    with desk.read(actor) as tx:
        return _rows(tx, handovers.since(tx, at))


def must_be_pending(tx: Tx, event: Event) -> None:
    """Refuse to take a handover back that somebody has taken on since."""
    found = handovers.get(tx, event.case, event.version) if event.kind is Kind.HANDED_OVER else None
    if found is not None and found.state is State.TAKEN:
        raise Refused(
            f"Undo is not possible: case {event.case} has been taken on since by {found.taken_by}.",
            RefusalCode.CONFLICT,
            found.taken_by,
        )


def follow_undo(tx: Tx, event: Event, history: Iterable[Event]) -> None:
    """Keep a handover in step when an event of it is taken back, or done again."""
    of_version = {each.version: each for each in history}
    is_back = True
    while event.kind is Kind.UNDONE and event.annuls is not None:
        event, is_back = of_version[event.annuls], not is_back
    if event.kind is Kind.HANDED_OVER:
        found = handovers.get(tx, event.case, event.version)
        handovers.put(tx, replace(found, state=State.WITHDRAWN if is_back else State.PENDING))
    if event.kind is Kind.TAKEN_OVER:
        found = handovers.get(tx, event.case, int(str(event.detail["handed"])))
        handovers.put(tx, _pending_again(found) if is_back else _taken(found, event))


def _outgoing(
    desk: Desk, line: Line, given: Handover | None, typed: tuple[Mapping[str, str], object] | None
) -> Outgoing:
    """Give one case in the words it was handed over with, or else in those that can be said of it."""
    if given is not None:
        words = Words(given.standing, given.promised, given.asks, given.meant_for)
    else:
        words = drafted(line.case, headline(line.advice, desk.policy))
    return Outgoing(line.case, words, given, typed[0] if typed else None)


def _handing(desk: Desk, actor: Actor, words: Words) -> Act:
    def make(tx: Tx, case: Case) -> Made:
        giver = case.handler or actor.id
        if words.meant_for:
            person_known(tx, words.meant_for, desk.now())
            if words.meant_for == case.handler:
                raise Refused(f"Case {case.id} is with {case.handler} already; mean it for somebody else.")

        def keep(tx: Tx, event: Event) -> None:
            handovers.put(
                tx,
                Handover(
                    case=case.id, version=event.version, by=actor.id, giver=giver, meant_for=words.meant_for,
                    standing=words.standing.strip(), promised=words.promised, asks=words.asks.strip(), at=event.at,
                ),
            )  # fmt: skip
            people.keep_draft(tx, (actor.id, case.id, FORM), {}, event.at)

        return handed(case, words), Told(kind=Kind.HANDED_OVER, detail=_told(words), also=keep)

    return Act(Deed.RELEASE, make)


def _taking_on(actor: Actor) -> Act:
    def make(tx: Tx, case: Case) -> Made:
        given = handovers.newest(tx, case.id)
        if given is None:
            raise Refused(f"Nobody hands case {case.id} over; claim it instead.", RefusalCode.NOT_FOUND)
        detail: dict[str, Plain] = {"handed": given.version, "giver": given.giver}
        told = Told(kind=Kind.TAKEN_OVER, detail=detail, also=lambda tx, event: handovers.put(tx, _taken(given, event)))
        return taken_on(case, given, actor.id), told

    return Act(Deed.CLAIM, make)


def _told(words: Words) -> dict[str, Plain]:
    told: dict[str, Plain] = {"standing": words.standing.strip()}
    if words.promised:
        told["promised"] = words.promised.isoformat()
    if words.asks.strip():
        told["asks"] = words.asks.strip()
    if words.meant_for:
        told["to"] = words.meant_for
    return told


def _taken(handover: Handover, event: Event) -> Handover:
    return replace(handover, state=State.TAKEN, taken_by=event.person, taken_at=event.at)


def _pending_again(handover: Handover) -> Handover:
    return replace(handover, state=State.PENDING, taken_by=None, taken_at=None)


def _rows(tx: Reading, found: Iterable[Handover]) -> tuple[Row, ...]:
    """Give handovers with their cases, as far as those may be seen."""
    given = tuple(found)
    of_id = {case.id: case for case in cases.some(tx, {each.case for each in given})}
    return tuple(Row(of_id[each.case], each) for each in given if each.case in of_id)
