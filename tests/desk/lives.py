"""Lives: all that can happen to cases, and what is known by everything that was written of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from console.desk import assignment, closing, escalation, taking, triage, undo
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Step
from console.domain.case import CaseId
from console.domain.escalation import ReturnReason
from console.domain.events import Event
from console.domain.evidence import Local
from console.domain.memory import Memory, own, turns
from console.domain.people import Actor
from console.domain.stays import Likes
from console.store import events, inspection
from console.store.sight import WHOLE
from tests.builders import MORNING, at
from tests.desk.givens import escalate
from tests.desk.test_evidence import FOUR_HOURS

STEPS = ("opened", "up", "down", "up", "resolved")
TIERS = (1, 2, 1, 3, None)


def tell_more(desk: Desk, by: Actor, ref: int) -> None:
    """Have a source tell of a case of its own, and more of its past each time."""
    hours = int((desk.now() - MORNING).total_seconds() // 3600)
    steps = [Step(at(hours=n - 9), word, tier=tier) for n, (word, tier) in enumerate(zip(STEPS, TIERS, strict=True))]
    taking.take_in(
        desk, by, [Arrival("Told by a source", "log", str(ref), created=at(hours=-9), steps=(*steps[: 1 + hours % 5],))]
    )


EVERYDAY: tuple[Callable[[Desk, Actor, CaseId], object], ...] = (
    escalate,
    escalate,
    escalation.accept,
    lambda desk, by, case: escalation.hand_back(desk, by, case, ReturnReason.SOLVABLE_BELOW),
    lambda desk, by, case: escalation.hand_back(desk, by, case, ReturnReason.WRONG_TEAM),
    lambda desk, by, case: assignment.move(desk, by, case, (3, "lab")),
    lambda desk, by, case: assignment.move(desk, by, case, (1, "")),
    lambda desk, by, case: triage.change(desk, by, case, {"category": "network"}),
    lambda desk, by, case: triage.change(desk, by, case, {"item": "checkout-api"}),
    lambda desk, by, case: closing.resolve(desk, by, case, "done"),
    closing.reopen,
    lambda desk, by, case: closing.merge(desk, by, case, CaseId(case % 4 + 1)),
    lambda desk, by, _: undo.undo(desk, by),
    lambda desk, by, _: undo.redo(desk, by),
)
"""What people do with cases that everybody sees."""

DEEDS: tuple[Callable[[Desk, Actor, CaseId], object], ...] = (
    *EVERYDAY,
    lambda desk, by, case: triage.change(desk, by, case, {"confidential": True}),
    lambda desk, by, case: triage.change(desk, by, case, {"confidential": False}),
    lambda desk, by, case: tell_more(desk, by, case % 3),
)


@dataclass(frozen=True)
class Past:
    """What is known by everything that was written."""

    memory: Memory
    histories: dict[CaseId, tuple[Event, ...]]

    def local(self, case_id: CaseId, tier: int, likes: Likes, now: datetime) -> Local:
        """Give what is known of cases like one, without itself."""
        itself = own(turns(self.histories[case_id], FOUR_HOURS), tier, now)
        return self.memory.local(tier, likes, now, itself)


def told(desk: Desk) -> Past:
    """Give what everything that was written tells."""
    memory = Memory(FOUR_HOURS)
    with desk.store.read(WHOLE) as tx:
        every = {case: events.of_case(tx, case) for case in inspection.case_ids(tx)}
    for history in every.values():
        memory.hear(history)
    return Past(memory, every)
