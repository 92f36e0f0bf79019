"""What is counted of local evidence, and what all histories tell instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from console.desk import evidence
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.events import Event
from console.domain.evidence import Count, Key, Local
from console.domain.memory import Memory, own, turns
from console.domain.stays import Counting, Likes
from console.store import cases, events, inspection
from console.store import evidence as kept
from console.store.sight import WHOLE

FOUR_HOURS = Counting(timedelta(hours=4))


def counts(desk: Desk) -> dict[Key, Count]:
    """Give what is counted."""
    with desk.store.read(WHOLE) as tx:
        return kept.every(tx)


def local(desk: Desk, case_id: CaseId) -> Local:
    """Give what is known of cases like one."""
    with desk.store.read(WHOLE) as tx:
        return evidence.local(desk, tx, cases.get(tx, case_id))


def from_before(desk: Desk) -> None:
    """Have a database as it is after it was brought up to date from before there were counts."""
    with desk.store.write(WHOLE) as tx:
        kept.begin(tx, FOUR_HOURS)
        tx.rows("DELETE FROM evidence_kept")


def settled(desk: Desk) -> None:
    """Count what has lasted long enough, as any act does."""
    with desk.store.write(WHOLE) as tx:
        evidence.keep(desk, tx, ())


@dataclass(frozen=True)
class Past:
    """What is known by everything that was written."""

    memory: Memory
    histories: dict[CaseId, tuple[Event, ...]]

    def local(self, case_id: CaseId, tier: int, likes: Likes, now: datetime) -> Local:
        """Give what is known of cases like one, without itself."""
        itself = own(turns(self.histories[case_id], self.memory.counting), tier, now)
        return self.memory.local(tier, likes, now, itself)


def told(desk: Desk) -> Past:
    """Give what everything that was written tells."""
    memory = Memory(desk.policy.evidence.counting)
    with desk.store.read(WHOLE) as tx:
        every = {case: events.of_case(tx, case) for case in inspection.case_ids(tx)}
    for history in every.values():
        memory.hear(history)
    return Past(memory, every)


def must_be_counted(desk: Desk) -> None:
    """Compare the counts with what all histories tell by now."""
    assert counts(desk) == told(desk).memory.known(desk.now())
