"""A desk on which time does something: an answer within the hour, a ladder, a rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from console.desk import people
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.people import Role
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Rule, RuleAct, Target, Timing
from console.store.sight import WHOLE
from tests.builders import MORNING, a_person, a_policy, an_actor
from tests.desk.givens import BO, stored

TEN = timedelta(minutes=10)
HOUR = Target(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always")
LADDER = Ladder(id="up", steps=tuple(LadderStep(to=(name,), after=TEN, count=Count.WALL) for name in ("bo", "kim")))
UNANSWERED = Rule(
    id="unanswered", says="unanswered for an hour", when="status:new severity:S1", do=RuleAct.ESCALATE,
    held=timedelta(hours=1), count=Count.WALL,
)  # fmt: skip
ROOT = an_actor("root", Role.ADMIN)


def timed(desk: Desk) -> Desk:
    """Give a desk with four people, whose policy wants an answer within the hour and knows a ladder and a rule."""
    timing = Timing(targets=(HOUR,), warn=(50, 100), ladders=(LADDER,), rules=(UNANSWERED,))
    own = replace(desk, policy=a_policy(timing=timing))
    for person in (a_person("ada"), BO.person, a_person("kim", tier=2, teams=("database",)), ROOT.person):
        people.put(own, ROOT, person)
    return own


def by_the_clock(desk: Desk, case_id: CaseId) -> list[tuple[str, str]]:
    """Give what the clock side did to a case: kind and time."""
    return [(e.kind.value, f"{e.at:%H:%M}") for e in stored(desk, case_id)[1] if e.actor.startswith("rule:")]


def rows(desk: Desk) -> list[tuple[Any, ...]]:
    """Give the agenda: case, minutes after nine, policy, tries."""
    with desk.store.read(WHOLE) as tx:
        found = tx.rows("SELECT case_id, next_at, policy, tries FROM agenda ORDER BY case_id")
    at = int(MORNING.timestamp() * 1_000_000)
    return [(case, None if when is None else (when - at) // 60_000_000, *rest) for case, when, *rest in found]
