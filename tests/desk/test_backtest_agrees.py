"""A back-test under the policy in force tells at each minute what the desk told then."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import backtest, triage
from console.desk.desk import Desk
from console.desk.facts import facts_of
from console.domain.case import CaseId, Choice
from console.domain.checklist import FACTORS
from console.domain.errors import Refused
from console.domain.evidence import Weighing
from console.domain.people import Role
from console.domain.recommendation import Advice
from console.domain.replay import Judged, Lived, Trial
from console.domain.stages import stages
from console.store import cases, events
from console.store.engine import Store
from tests.builders import a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import open_case
from tests.desk.lived import EVERYDAY
from tests.template import a_copy

PEOPLE = [an_actor("ada", Role.LEAD, tier=4), an_actor("bo", Role.LEAD, tier=4)]
Told = dict[tuple[CaseId, int], Advice]
"""What was recommended for a case right after its event of this number."""


def lived(desk: Desk, clock: Clock, chosen: random.Random) -> Told:
    """Have cases of few kinds come in, and some of all that can happen to them happen; give what was told meanwhile."""
    told: Told = {}
    opened: list[CaseId] = []
    for _ in range(chosen.randint(5, 40)):
        clock.forward(minutes=chosen.choice([1, 5, 90, 300]))
        by = chosen.choice(PEOPLE)
        act = chosen.choice(["open", "answer", "decide", "deed", "deed"])
        if act == "open" or not opened:
            category, organisation = chosen.choice(["checkout", "network", ""]), chosen.choice(["ACME", "Zeta"])
            opened.append(open_case(desk, category=category, organisation=organisation, severity="S2"))
        case_id = chosen.choice(opened)
        with suppress(Refused):
            if act == "answer":
                triage.answer(desk, by, case_id, {factor: chosen.choice([None, 0, 1, 2, 3]) for factor in FACTORS})
            elif act == "decide":
                triage.decide(desk, by, case_id, Choice.HANDLE, triage.Reason("other", "so be it"))
            elif act == "deed":
                chosen.choice(EVERYDAY)(desk, by, case_id)
        for each in opened:
            told |= now_told(desk, each, clock.now)
    return told


def now_told(desk: Desk, case_id: CaseId, now: datetime) -> Told:
    """Give what is recommended for a case to which something happened just now."""
    with desk.write(PEOPLE[0]) as tx:
        case = cases.get(tx, case_id)
        is_live = case.status.is_live and events.of_case(tx, case_id)[-1].at == now
        return {(case_id, case.version): triage.case_advice(desk, tx, case_id)} if is_live else {}


def replayed(desk: Desk, case_id: CaseId, version: int) -> Judged:
    """Give what a back-test tells of the same minute."""
    trial = Trial(desk.policy, backtest.memory(desk, PEOPLE[0], desk.policy.evidence.counting))
    with desk.read(PEOPLE[0]) as tx:
        facts = facts_of(desk, tx, cases.get(tx, case_id))
    stage = next(each for each in stages(facts, desk.now(), desk.now()) if each.events == version)
    return next(trial.judging.judged(Lived(facts, desk.now(), trial.counting), stage))


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_what_is_told_of_any_minute_is_what_was_told_then(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chosen, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    policy = a_policy(evidence=Weighing(weight=2, least=3))
    desk = Desk(store, policy, "the policy's text", clock)
    told = lived(desk, clock, chosen)
    clock.forward(hours=24)

    for (case_id, version), advice in told.items():
        assert replayed(desk, case_id, version).advice == advice
    store.close()
