"""Deliveries: what is due to leave the console is claimed in batches, and what came of it is written down.

Whoever sends does so between the two, outside any transaction. A batch belongs to one deliverer until its lease ends;
one that died in between is taken up by another, with the same keys, so that everything is sent at least once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from console.desk.desk import Desk
from console.desk.rights import allow, roster
from console.domain.access import Deed
from console.domain.case import Case
from console.domain.circle import sees
from console.domain.delivering import MOST_TRIES, Delivery, Result, State, after_try, held_back, is_stale
from console.domain.letters import Letter, Told, digest, letter
from console.domain.people import Actor, Person
from console.store import cases, deliveries, events
from console.store.engine import Tx
from console.store.sight import WHOLE

LEASE = timedelta(minutes=10)
"""How long a deliverer has for a batch; channels give up on one message in much less (`notify.channels`)."""

BATCH, IN_A_DIGEST = 20, 200
NO_CHANNEL_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to be sent: its letter, through which channel, and to whom; `person` is None for outside.

    `is_secret`: it is about a confidential case.
    """

    delivery: Delivery
    letter: Letter
    person: Person | None
    address: str
    is_secret: bool = False

    @property
    def key(self) -> str:
        """Give the idempotency key."""
        return self.delivery.key


@dataclass(slots=True)
class Claimed:
    """A batch to be sent, whether more may be due, and how many were held back, cancelled or given up instead.

    What is about confidential cases is not counted, so that whoever delivers does not hear of it.
    """

    parcels: list[Parcel]
    is_more: bool = False
    held: int = 0
    cancelled: int = 0
    dead: int = 0


def must_may(desk: Desk, actor: Actor) -> None:
    """Refuse to send what is due for whoever may not: letters go through the channels of whoever sends them."""
    with desk.read(actor) as tx:
        allow(desk, tx, actor, Deed.DELIVER)


def claim(desk: Desk, holder: str, channels: Collection[str]) -> Claimed:
    """Claim the next batch of what is due, for a deliverer who can send through these channels."""
    now = desk.now()
    with desk.read(WHOLE) as look:
        if not deliveries.is_any_due(look, now):
            return Claimed([])
    with desk.write(WHOLE) as tx:
        return _Batch(desk, tx, holder, channels).claimed()


def settle(desk: Desk, holder: str, parcel: Parcel, result: Result, jitter: float) -> State | None:
    """Write down what came of sending; give the state after it, or None where another deliverer has taken it since."""
    tried = parcel.delivery
    after = replace(tried, **after_try(tried.tries, result, desk.now(), jitter))
    with desk.write(WHOLE) as tx:
        return after.state if deliveries.settle(tx, after, holder) else None


class _Batch:
    """One batch being claimed: what is due, with the cases, events and people it is about."""

    def __init__(self, desk: Desk, tx: Tx, holder: str, channels: Collection[str]) -> None:
        self.desk, self.tx, self.holder, self.channels = desk, tx, holder, channels
        self.now = desk.now()
        self.due = deliveries.due(tx, self.now, BATCH)
        self.there = roster(desk, tx)
        self.spent = self._spent()
        self.found = Claimed([], len(self.due) == BATCH)
        self.done: set[str] = set()

    def claimed(self) -> Claimed:
        """Look at each: send it, hold it back, or cancel it."""
        for delivery in sorted(self.due, key=lambda each: each.state is not State.HELD):
            if delivery.key not in self.done:
                self.done.add(delivery.key)
                self._one(delivery)
        return self.found

    def _spent(self) -> dict[str, int]:
        """Count what those concerned were sent today, where the policy has a budget for it."""
        notify = self.desk.policy.notify
        people = [each.person for each in self.due if each.person] if notify.budget else []
        return deliveries.spent(self.tx, people, notify.day_began(self.now)) if people else {}

    def _one(self, delivery: Delivery) -> None:
        if delivery.state is State.SENDING and delivery.tries >= MOST_TRIES:
            self._give_up(delivery, "nobody who tried to send it came back")
        elif delivery.tries == 0 and is_stale(delivery, self.now, is_there=delivery.channel in self.channels):
            self._give_up(delivery, "it could not be sent for a week")
        elif delivery.channel not in self.channels:
            self._hold([delivery], f"there is no channel '{delivery.channel}' here; set one up", NO_CHANNEL_PAUSE)
        elif delivery.case is None:
            self._send(delivery, list(deliveries.parts(self.tx, delivery.key)))
        elif delivery.state is State.HELD:
            self._together(delivery)
        else:
            self._send(delivery, [delivery])

    def _together(self, delivery: Delivery) -> None:
        """Send what was held back for the same recipient in one message; what is confidential goes by itself."""
        held = deliveries.held_with(self.tx, delivery, self.now, IN_A_DIGEST)
        is_secret = self._is_secret([delivery])
        group = [each for each in held if self._is_secret([each]) is is_secret]
        self.done |= {each.key for each in group}
        if len(group) < _SEVERAL:
            self._send(delivery, [delivery])
        elif wait := held_back(delivery, self.desk.policy, 0, self.now):
            self._hold(group, wait.why, wait.until - self.now)
        else:
            self._send(deliveries.add_digest(self.tx, delivery, group, self.now), group)

    def _send(self, delivery: Delivery, parts: list[Delivery]) -> None:
        """Claim a message, unless it has to wait or nothing of it may be told any more."""
        told = [each for part in parts if (each := self._told(part))]
        if not told:
            deliveries.mark(self.tx, delivery.key, State.CANCELLED, GONE)
            self.found.cancelled += not self._is_secret(parts)
            return
        person, key = self.there.find(delivery.person), delivery.person or ""
        is_secret = self._is_secret(parts)
        wait = held_back(delivery, self.desk.policy, 0 if is_secret else self.spent.get(key, 0), self.now)
        if wait and delivery.state is not State.SENDING:
            self._hold([delivery], wait.why, wait.until - self.now)
            return
        words = self._words(delivery, told)
        if words:
            address = person.mail if person else delivery.outside
            claimed = deliveries.claim(self.tx, delivery, self.holder, self.now + LEASE)
            self.found.parcels += [Parcel(each, words, person, address, is_secret) for each in claimed]
            self.spent[key] = self.spent.get(key, 0) + (not is_secret and delivery.case is not None)

    def _words(self, delivery: Delivery, told: list[Told]) -> Letter | None:
        """Write the letter; one that cannot be written is given up, and holds up no other."""
        try:
            if delivery.case is None:
                return digest(told, delivery.person, self.desk.policy, self.now)
            return letter(told[0], delivery.person, self.desk.policy, self.now)
        except Exception as error:  # noqa: BLE001 - an event of a shape that nobody thought of
            self._give_up(delivery, f"its letter cannot be written ({type(error).__name__})")
            return None

    def _give_up(self, delivery: Delivery, why: str) -> None:
        deliveries.mark(self.tx, delivery.key, State.DEAD, why)
        self.found.dead += not self._is_secret([delivery])

    def _told(self, delivery: Delivery) -> Told | None:
        """Give what a delivery tells, or None, cancelling it, where its recipient may not hear of it any more."""
        (notice,) = deliveries.noted(self.tx, delivery)
        (case,) = cases.some(self.tx, [notice.case])
        (event,) = events.some(self.tx, [(notice.case, notice.version)])
        if not self._may_hear(delivery, case):
            deliveries.mark(self.tx, delivery.key, State.CANCELLED, GONE)
            return None
        return Told(notice, case, event)

    def _may_hear(self, delivery: Delivery, case: Case) -> bool:
        if delivery.person is None:
            return not case.confidential
        return self.there.find(delivery.person) is not None and sees(delivery.person, case)

    def _is_secret(self, parts: Sequence[Delivery]) -> bool:
        """Say whether any of these deliveries, or of what goes out in them, is about a confidential case."""
        inner = [part for each in parts if each.case is None for part in deliveries.parts(self.tx, each.key)]
        found = cases.some(self.tx, {each.case for each in (*parts, *inner) if each.case is not None})
        return any(case.confidential for case in found)

    def _hold(self, held: list[Delivery], why: str, pause: timedelta) -> None:
        for each in held:
            deliveries.mark(self.tx, each.key, State.HELD, why, self.now + pause)
        self.found.held += 0 if self._is_secret(held) else len(held)


_SEVERAL = 2
GONE = "they may not know of the case any more"
