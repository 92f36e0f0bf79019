"""The watch: one clock side at a time, whose clocks are trusted, and what everybody is told where that is not so.

Whoever keeps it renews a lease; who falls silent is followed by the next who looks. That is for order, not for safety:
what happens once is seen to by the transactions of the rounds. Times are those of the reading that is handed in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from console.desk import evidence, leases
from console.desk.desk import Desk, note_policy
from console.desk.rounds import BATCH, TURN, Rounds, make_rounds
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.domain.watch import OVERDUE, SLACK, Alarm, Held, Reading, Trust, judged
from console.log import Level
from console.store import agenda, people, policies, watch
from console.store.engine import Snapshot
from console.store.watch import Watch

HELD = timedelta(seconds=30)
"""How long a watch holds without being renewed. With the half minute after which consoles look, it is taken over within
a minute."""

COUNTED = 20
"""How many times a few cases are counted at most before what is due is looked at again."""

RENEWED = HELD / 3
"""How often it is renewed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping watch for a moment: what was done, or who else keeps it, or why acts are held.

    `next_at` is when something will be due next, as far as is known now; `is_counting`: not all cases are counted yet.
    """

    rounds: Rounds = field(default_factory=Rounds)
    other: str = ""
    held: Held | None = None
    next_at: datetime | None = None
    is_counting: bool = False


def keep(desk: Desk, holder: str, read: Callable[[], Reading]) -> Kept:
    """Keep watch for a moment: renew it, look at the clocks, do what is due, and count what is not counted yet."""
    found = _take(desk, holder, read())
    if found.holder != holder:
        return Kept(other=found.holder)
    if found.trust.held is not None:
        return Kept(held=found.trust.held)

    def may_go_on() -> bool:
        time.sleep(TURN)
        still = _take(desk, holder, read())
        return still.holder == holder and still.trust.held is None

    leases.expire(desk)
    rounds = make_rounds(desk, between=may_go_on)
    is_counting = not rounds.is_cut and evidence.catch_up(desk, COUNTED, may_go_on)
    with desk.read() as tx:
        return Kept(rounds, next_at=agenda.next_at(tx, desk.now()), is_counting=is_counting)


def stand_in(desk: Desk, holder: str, reading: Reading) -> Rounds | None:
    """Do what is due at a console where nobody keeps watch, one batch at a time; None where there is nothing to do.

    A plain read where somebody does, where nothing is due, and where acts are held. A console that was opened under a
    policy that has been replaced meanwhile leaves it to others.
    """
    with desk.read() as tx:
        found = watch.get(tx)
        is_due = agenda.has_due(tx, desk.policy.version, reading.wall)
        if _is_kept(found, reading.wall) or not (is_due or evidence.is_behind(desk, tx)):
            return None
        if found.trust.held is not None and judged(found.trust, reading).held == found.trust.held:
            return None
        if found.policy != desk.policy.version and _is_outdated(tx, desk.policy.version, found.policy):
            return None
    taken = _take(desk, holder, reading)
    if taken.holder != holder or taken.trust.held is not None:
        return None
    try:
        evidence.catch_up(desk)
        return make_rounds(desk, most=BATCH)
    finally:
        leave(desk, holder)


def leave(desk: Desk, holder: str) -> None:
    """Keep watch no longer, so that others need not wait."""
    with desk.jot() as tx:
        found = watch.get(tx)
        if found.holder == holder:
            watch.put(tx, replace(found, holder="", until=None))


def go(desk: Desk, actor: Actor, reading: Reading) -> Held | None:
    """Let acts by the clock go on: the clock is right as it is. Give what held them. Refused: an agent, an auditor."""
    with desk.read(actor) as look:
        known = people.find(look, actor.id) or actor.person
    if known.role not in {Role.LEAD, Role.ADMIN}:
        desk.denied(f"{actor.id} may not let acts by the clock go on")
        told = f"Only a lead or an admin can say that the clock is right; {actor.id} is {known.role}."
        raise Refused(told, RefusalCode.NOT_ALLOWED)
    with desk.jot(actor) as tx:
        found = watch.get(tx)
        watch.put(tx, replace(found, trust=Trust(reading)))
    if found.trust.held is not None:
        desk.note(Level.INFO, f"acts by the clock go on: {actor.id} says that the clock is right")
    return found.trust.held


def alarm(desk: Desk, actor: Actor | None = None) -> Alarm | None:
    """Say what is wrong with the clock side, as far as a person may know, or None: a cheap read."""
    with desk.read(actor) as tx:
        return alarm_in(tx, desk.now())


def alarm_in(tx: Snapshot, now: datetime) -> Alarm | None:
    """Give the alarm in a snapshot, as far as its viewer may know; see `alarm`."""
    found = watch.get(tx)
    number, since = agenda.overdue(tx, now - OVERDUE)
    if not number and found.trust.held is None:
        return None
    return Alarm(number, since, found.trust.held, watcher(tx, now))


def watcher(tx: Snapshot, now: datetime) -> str:
    """Give who keeps watch now, or the empty word."""
    found = watch.get(tx)
    return found.holder if _is_kept(found, now) else ""


def _take(desk: Desk, holder: str, reading: Reading) -> Watch:
    """Take or renew the watch, unless somebody else keeps it, and judge the clocks; give it as it stands then.

    Written only where that changes something, or a third of its time is over.
    """
    with desk.read() as look:
        found = watch.get(look)
    wanted = _after(desk, found, holder, reading)
    if wanted == found or (_is_fresh(found, wanted) and found.trust.held == wanted.trust.held):
        return wanted
    with desk.jot() as tx:
        wanted = _after(desk, watch.get(tx), holder, reading)
        watch.put(tx, wanted)
        if wanted.policy != found.policy:
            policy = desk.policy
            people.note_policy(tx, policy.version, policy.name, desk.policy_text, reading.wall)
    _note(desk, found, wanted)
    return wanted


def _note(desk: Desk, found: Watch, wanted: Watch) -> None:
    """Have it written down that the watch goes by another policy now, and that acts are held, or go on."""
    if wanted.policy != found.policy:
        note_policy(desk.policy, desk.note)
    before, held = found.trust.held, wanted.trust.held
    if held is not None and held != before:
        desk.note(Level.WARNING, f"acts by the clock are held: {held.why}")
    elif held is None and before is not None:
        desk.note(Level.INFO, "acts by the clock go on")


def _after(desk: Desk, found: Watch, holder: str, reading: Reading) -> Watch:
    """Give the watch as it is to stand after somebody has looked."""
    if found.holder != holder and _is_kept(found, reading.wall):
        return found
    return Watch(holder, reading.wall + HELD, desk.policy.version, judged(found.trust, reading))


def _is_fresh(found: Watch, wanted: Watch) -> bool:
    is_same = (found.holder, found.policy) == (wanted.holder, wanted.policy)
    return is_same and found.until is not None and wanted.until is not None and wanted.until - found.until < RENEWED


def _is_kept(found: Watch, now: datetime) -> bool:
    """Say whether somebody keeps watch. Nobody does until later than a lease holds: then a clock has jumped."""
    return bool(found.holder) and found.until is not None and now < found.until <= now + HELD + SLACK


def _is_outdated(tx: Snapshot, own: str, other: str) -> bool:
    """Say whether one's own policy was in use before the one that the watch was last kept under."""
    mine, theirs = policies.since(tx, own), policies.since(tx, other)
    return mine is not None and theirs is not None and mine < theirs
