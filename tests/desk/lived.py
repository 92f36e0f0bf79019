"""Lives of cases: whatever can happen to them, drawn at random."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

from console.desk import assignment, closing, escalation, taking, triage, undo
from console.desk.desk import Desk
from console.domain.arrival import Arrival, Step
from console.domain.case import CaseId
from console.domain.checklist import FACTORS
from console.domain.errors import Refused
from console.domain.escalation import ReturnReason
from console.domain.people import Actor, Role
from tests.builders import MORNING, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.givens import escalate, open_case

LEADS = (an_actor("ada", Role.LEAD, tier=4), an_actor("bo", Role.LEAD, tier=4))
STEPS = ("opened", "up", "down", "up", "resolved")
TIERS = (1, 2, 1, 3, None)


def tell_more(desk: Desk, by: Actor, ref: int) -> None:
    """Have a source tell of a case of its own, and more of its past each time."""
    hours = int((desk.now() - MORNING).total_seconds() // 3600)
    steps = [Step(at(hours=n - 9), word, tier=tier) for n, (word, tier) in enumerate(zip(STEPS, TIERS, strict=True))]
    taking.take_in(
        desk, by, [Arrival("Told by a source", "log", str(ref), created=at(hours=-9), steps=(*steps[: 1 + hours % 5],))]
    )


Deed = Callable[[Desk, Actor, CaseId], object]
EVERYDAY: tuple[Deed, ...] = (
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

DEEDS: tuple[Deed, ...] = (
    *EVERYDAY,
    lambda desk, by, case: triage.change(desk, by, case, {"confidential": True}),
    lambda desk, by, case: triage.change(desk, by, case, {"confidential": False}),
)
"""What people do, which is known as soon as it is done."""

ANYTHING: tuple[Deed, ...] = (*DEEDS, lambda desk, by, case: tell_more(desk, by, case % 3))
"""That, and what is heard of only later."""


def a_life(desk: Desk, clock: Clock, chosen: random.Random) -> None:
    """Have a dozen cases of few kinds come in, and some of all that can happen to them happen."""
    opened = [
        open_case(
            desk, category=chosen.choice(["checkout", "network", ""]), organisation=chosen.choice(["ACME", "Zeta", ""]),
            severity=chosen.choice(["S2", "S3", "S4"]),
        )
        for _ in range(12)
    ]  # fmt: skip
    for case_id in chosen.sample(opened, 8):
        answers = {factor: chosen.choice([None, 0, 1, 2, 3]) for factor in FACTORS}
        with suppress(Refused):
            triage.answer(desk, chosen.choice(LEADS), case_id, answers)
    for _ in range(chosen.randint(0, 30)):
        clock.forward(minutes=chosen.choice([0, 5, 90, 300]))
        with suppress(Refused):
            chosen.choice(ANYTHING)(desk, chosen.choice(LEADS), chosen.choice(opened))
