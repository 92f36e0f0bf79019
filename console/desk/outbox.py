"""The outbox: whoever an event concerns is given a notice of it, written in the transaction of the event itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.desk.desk import Desk
from console.desk.rights import roster
from console.domain.case import Case, PersonId
from console.domain.concern import may_concern, notices_of, settled_by
from console.domain.delivering import Delivery, routed
from console.domain.events import Event, Kind
from console.domain.notice import Notice
from console.domain.roster import Roster
from console.domain.sentences import who
from console.store import deliveries, events, notices
from console.store.engine import Tx

ACTED = "they have acted on the case since"


def put(desk: Desk, tx: Tx, done: Sequence[tuple[Case, Event]]) -> None:
    """Write the notices of events, and cancel those that an answer has made void.

    Whoever acts on a case knows what they were told of it before. Costs next to nothing where nobody is concerned:
    nothing is read then but whether the actor had news.
    """
    _known(tx, done)
    notices.settle(tx, [(case.id, each, _why(event)) for case, event in done for each in settled_by(event, case)])
    telling = [(case, event) for case, event in done if may_concern(event)]
    there = roster(desk, tx) if telling else Roster()
    if not there.people:
        return
    found = [(case, notice) for case, event in telling for notice in _of(desk, tx, case, event, there)]
    if found:
        notices.add(tx, [notice for _, notice in found])
        deliveries.add(tx, [way for case, notice in found for way in _ways(desk, case, notice, there)])


def _of(desk: Desk, tx: Tx, case: Case, event: Event, there: Roster) -> Iterator[Notice]:
    asked_by = _asked_by(tx, event) if event.kind is Kind.REPLIED else None
    yield from notices_of(event, case, there, desk.policy, asked_by)


def _ways(desk: Desk, case: Case, notice: Notice, there: Roster) -> list[Delivery]:
    return routed(notice, case.severity, there.find(notice.person), desk.policy.notify, desk.now())


def _why(event: Event) -> str:
    """Say what has settled a notice, for whoever wonders why it was not sent."""
    return f"{who(event)} was first: {event.kind.value}"


def _asked_by(tx: Tx, reply: Event) -> PersonId | None:
    """Give who asked last what a reply answers."""
    history = events.of_case(tx, reply.case)
    return next((event.person for event in reversed(history) if event.kind is Kind.ASKED), None)


def _known(tx: Tx, done: Sequence[tuple[Case, Event]]) -> None:
    """Note that people know of the cases they have acted on; what is done to many at once tells them nothing."""
    for case, event in done:
        if not event.batch and event.cause == "manual":
            notices.see_case(tx, event.person, [case.id], ACTED)
