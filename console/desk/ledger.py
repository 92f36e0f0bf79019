"""The ledger: where every delivery stands and why, for whoever wonders whether somebody was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from console.desk.desk import Desk
from console.desk.rights import allow
from console.domain.access import Deed
from console.domain.case import Case
from console.domain.delivering import Delivery, State
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.domain.words import counted
from console.store import cases, deliveries, people
from console.store.engine import Reading

MOST = 200
PATIENCE = timedelta(hours=1)
"""How long what is due may wait before `doctor` says so."""

EVERYTHING = tuple(State)
ALL = "all"
"""Stands for everything that is dead."""


@dataclass(frozen=True, slots=True)
class Item:
    """One delivery with its case, which is None for a digest."""

    delivery: Delivery
    case: Case | None

    @property
    def name(self) -> str:
        """Give what it is called, for `retry` and `drop`: case, event, recipient and channel, between dots."""
        return name(self.delivery)


def name(delivery: Delivery) -> str:
    """Give what a delivery is called."""
    if delivery.case is None:
        return f"digest.{delivery.key[:8]}"
    return f"{delivery.case}.{delivery.version}.{delivery.person or delivery.outside}.{delivery.channel}"


def items(desk: Desk, actor: Actor, states: Iterable[State], limit: int = MOST) -> tuple[Item, ...]:
    """Give deliveries in some states, the newest first: an agent's own, for all others those about what they see."""
    with desk.read(actor) as tx:
        me = people.find(tx, actor.id) or actor.person
        found = deliveries.ledger(tx, states, actor.id if me.role is Role.AGENT else None, limit)
        return _items(tx, found)


def remarks(desk: Desk) -> Iterator[str]:
    """Tell that notices were given up, or that nobody sends what is due; of what everybody may see."""
    with desk.read() as tx:
        dead = len(deliveries.ledger(tx, [State.DEAD], None, MOST))
        pending = deliveries.ledger(tx, [State.PENDING], None, MOST)
    late = sum(each.next_try is not None and each.next_try < desk.now() - PATIENCE for each in pending)
    if dead:
        yield f"{_many(dead, 'notice')} given up; `triage notices --dead` says why."
    if late:
        told = f"{_many(late, 'notice')} not sent for more than an hour"
        yield f"{told}; `triage deliver` sends what is due, `triage watch` all the time."


def retry(desk: Desk, actor: Actor, wanted: str) -> tuple[Item, ...]:
    """Put a dead delivery, or `all` of them, back on its way. Refused: anybody but an admin, one that is not dead."""
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
        found = _named(tx, wanted, [State.DEAD])
        for each in found:
            deliveries.again(tx, each, desk.now())
        return _items(tx, found)


def drop(desk: Desk, actor: Actor, wanted: str) -> tuple[Item, ...]:
    """Cancel a delivery that has not left or is dead, or `all` dead ones.

    Refused: anybody but an admin, one that has left.
    """
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)
        states = [State.DEAD] if wanted == ALL else [State.DEAD, State.HELD, State.PENDING]
        found = _named(tx, wanted, states)
        for each in found:
            deliveries.drop(tx, each, f"dropped by {actor.id}")
        return _items(tx, found)


def _many(number: int, thing: str) -> str:
    """Write `1 notice was`, `2 notices were`, or that there are more than are looked at."""
    some = f"{number:,} or more {thing}s" if number == MOST else counted(number, thing)
    return f"{some} {'was' if number == 1 else 'were'}"


def _named(tx: Reading, wanted: str, states: list[State]) -> tuple[Delivery, ...]:
    """Give the delivery of this name, or all, in these states."""
    found = [each for each in deliveries.ledger(tx, states, None, _EVERY) if wanted in {ALL, name(each)}]
    if not found and wanted != ALL:
        words = " or ".join(state.value for state in states)
        told = f"There is no delivery {wanted} that is {words}; `triage notices --dead` lists those that are dead."
        raise Refused(told, RefusalCode.NOT_FOUND)
    return tuple(found)


def _items(tx: Reading, found: Iterable[Delivery]) -> tuple[Item, ...]:
    given = tuple(found)
    of_id = {case.id: case for case in cases.some(tx, {each.case for each in given if each.case is not None})}
    return tuple(Item(each, of_id[each.case] if each.case is not None else None) for each in given)


_EVERY = 100_000
