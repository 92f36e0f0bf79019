"""Retelling: the past that a source tells of its cases becomes their history here, dated when it happened."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import Case, altered
from console.domain.changes import changes
from console.domain.concern import NEWS
from console.domain.escalation import Escalation
from console.domain.escalation_changes import escalation_changes
from console.domain.events import Event, Kind, sealed
from console.domain.known_as import names_of
from console.domain.past_step import begun
from console.domain.people import Actor
from console.domain.retold import Retelling, Told
from console.store import people
from console.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Past:
    """What the past of a case comes to: how it stands after it, what happened, and its escalations, oldest first."""

    case: Case
    told: tuple[Told, ...] = ()
    moves: tuple[Escalation, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Give what was written in it, for search."""
        return tuple(str(each.detail["text"]) for each in self.told if each.kind is Kind.NOTED)


def retold(
    desk: Desk, tx: Tx, case: Case, actor: Actor, arrival: Arrival, notes: Iterable[Told] = ()
) -> tuple[Case, Past]:
    """Give a new case where its past begins, and its past as an arrival tells it, with what was written meanwhile.

    Refused: a tier that the policy does not have.
    """
    if not arrival.steps:
        return case, Past(case)
    case = begun(case, arrival.steps, desk.policy)
    retelling = Retelling(case, desk.policy, actor.id, arrival.source)
    retelling.names = names_of(people.everybody(tx))
    return case, past_of(retelling, tuple(woven(retelling.tell(arrival.steps), notes, case)))


def news(desk: Desk, done: Iterable[tuple[Case, Event]]) -> list[tuple[Case, Event]]:
    """Give those events that somebody may still have to hear of, not what happened long ago."""
    return [(case, event) for case, event in done if desk.now() - event.at <= NEWS]


def chained(told: Iterable[Told], last: Event, actor: Actor, cause: str) -> Iterable[Event]:
    """Give what happened as events, dated then, each chained to the one before it."""
    signer, on_behalf_of = actor.signature
    for each in told:
        noted = dict(changes(each.before, each.after))
        for old, new in each.escalations:
            noted |= escalation_changes(old, new)
        event = Event(
            case=last.case, version=last.version + 1, at=each.at, actor=signer, on_behalf_of=on_behalf_of,
            kind=each.kind, changes=noted, detail=each.detail, cause=cause, reason_text=each.reason_text,
        )  # fmt: skip
        last = sealed(event, last.hash)
        yield last


def woven(told: Iterable[Told], notes: Iterable[Told], case: Case) -> list[Told]:
    """Give what happened to a case and what was written meanwhile in the order of time; what was done keeps its order.

    A note leaves the case as it stood when it was written.
    """
    found: list[Told] = []
    done = deque(told)
    for note in sorted(notes, key=lambda each: each.at):
        while done and done[0].at < note.at:
            found.append(done.popleft())
            case = found[-1].after
        found.append(replace(note, before=case, after=case))
    return [*found, *done]


def past_of(retelling: Retelling, told: tuple[Told, ...]) -> Past:
    """Give what was told comes to: how the case stands after it, as many events on."""
    case = retelling.case
    if not told:
        return Past(case)
    updated = max((case.updated, *(each.at for each in told)))
    after = altered(case, version=case.version + len(told), updated=updated)
    return Past(after, told, tuple(retelling.moves.values()))
