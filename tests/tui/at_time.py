"""A bench where time counts: targets, a rule, a ladder, and people whom it engages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from console.desk import escalation, people, triage
from console.desk.escalation import Order
from console.desk.rounds import make_rounds
from console.domain.case import CaseId
from console.domain.matrix import Target
from console.domain.people import Role
from console.domain.timing import ClockName, Rule, RuleAct
from tests.builders import MORNING, a_brief, a_person
from tests.domain.timed import PEOPLE, timed, within
from tests.tui.at_desk import Bench

UNTAKEN = Rule(
    id="untaken", says="nobody has taken it for 20 min", when="status:new", do=RuleAct.NOTIFY, to=("ada",),
    held=timedelta(minutes=20), calendar="always",
)  # fmt: skip
POLICY = timed(
    targets=(
        within(ClockName.RESPONSE, 15), within(ClockName.RESOLUTION, 240), within(ClockName.ACCEPTANCE, 60),
        within(ClockName.REVIEW, 600),
    ),
    rules=(UNTAKEN,),
)  # fmt: skip


def timed_desk(at: Bench) -> Bench:
    """Let the bench's policy count time, and everybody be known; ada is an admin of tier 1."""
    at.desk = replace(at.desk, policy=POLICY)
    people.put(at.desk, at.ada, a_person("ada", Role.ADMIN))
    for person in PEOPLE[1:]:
        people.put(at.desk, at.ada, person)
    return at


def a_sent_case(at: Bench) -> CaseId:
    """Give a case that ada claimed at nine and sent to tier 2 ten minutes later."""
    at.clock.now = MORNING
    case_id = at.take_in(due=None)
    triage.claim(at.desk, at.ada, case_id)
    at.clock.forward(minutes=10)
    escalation.escalate(at.desk, at.ada, case_id, Order(brief=a_brief(), target=Target(2, "database")))
    return case_id


def look(at: Bench, minutes: float = 0) -> None:
    """Let time pass, and the clock side look."""
    at.clock.forward(minutes=minutes)
    make_rounds(at.desk, between=lambda: True)


def work_overdue(at: Bench) -> CaseId:
    """Give a case of whose rule nobody has made anything, ten minutes after it was due."""
    case_id = timed_desk(at).take_in(due=None, created=at.clock.now)
    look(at)
    at.clock.forward(minutes=30)
    return case_id
