"""Whatever happens to cases, the counts of local evidence are those counted anew, and those of their histories."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import assignment, closing, escalation, evidence, taking, triage, undo
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Step
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.escalation import ReturnReason
from console.domain.events import Event
from console.domain.evidence import Local
from console.domain.memory import Memory, own, turns
from console.domain.people import Actor, Role
from console.domain.stays import FACTS, Likes
from console.store import cases, events, inspection
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import MORNING, a_policy, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.givens import escalate, open_case
from tests.desk.test_evidence import FOUR_HOURS, counts, local, settled
from tests.template import a_copy

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


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_the_counts_after_any_life_are_those_counted_anew(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chosen, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    desk = Desk(store, a_policy(), "the policy's text", clock)
    people = [an_actor("ada", Role.LEAD, tier=4), an_actor("bo", Role.LEAD, tier=4)]
    opened = [open_case(desk, category=chosen.choice(["checkout", "network", ""])) for _ in range(4)]
    for _ in range(chosen.randint(0, 30)):
        clock.forward(minutes=chosen.choice([0, 5, 90, 300]))
        with suppress(Refused):
            chosen.choice(DEEDS)(desk, chosen.choice(people), chosen.choice(opened))
    settled(desk)

    past = told(desk)
    assert counts(desk) == past.memory.known(clock.now)
    for case_id in opened:
        with desk.store.read(WHOLE) as tx:
            case = cases.get(tx, case_id)
        likes = tuple(str(getattr(case, fact)) for fact in FACTS)
        assert local(desk, case_id) == past.local(case_id, case.tier, likes, clock.now)
    before = _stays(desk)
    evidence.count_anew(desk)
    assert counts(desk) == past.memory.known(clock.now)
    assert _stays(desk) == before
    store.close()


def _stays(desk: Desk) -> object:
    with desk.store.read(WHOLE) as tx:
        return tx.rows("SELECT * FROM stay ORDER BY case_id, tier")
