"""Whatever happens to cases, the counts of local evidence are those counted anew, and those of their histories."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import evidence, rounds
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.evidence import Weighing
from console.domain.people import Actor
from console.domain.stays import likes_of
from console.domain.timing import ClockName
from console.store import cases
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.desk.conftest import Clock
from tests.desk.givens import open_case
from tests.desk.lived import ANYTHING, LEADS
from tests.desk.remembered import counts, local, settled, told
from tests.domain.timed import timed, within
from tests.template import a_copy


@given(seed=st.integers(0, 2**32), is_late=st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_counts_after_any_life_are_those_counted_anew(
    tmp_path_factory: pytest.TempPathFactory, *, seed: int, is_late: bool
) -> None:
    chosen, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    policy = replace(timed(targets=(within(ClockName.RESOLUTION, 100),)), evidence=Weighing(late=is_late))
    desk = Desk(store, policy, "the policy's text", clock)
    evidence.count_anew(desk)
    opened = [open_case(desk, category=chosen.choice(["checkout", "network", ""])) for _ in range(4)]
    for _ in range(chosen.randint(0, 30)):
        clock.forward(minutes=chosen.choice([0, 5, 90, 300]))
        with suppress(Refused):
            chosen.choice((*ANYTHING, tick))(desk, chosen.choice(LEADS), chosen.choice(opened))
    settled(desk)

    past = told(desk)
    assert counts(desk) == past.memory.known(clock.now)
    for case_id in opened:
        with desk.store.read(WHOLE) as tx:
            case = cases.get(tx, case_id)
        assert local(desk, case_id) == past.local(case_id, case.tier, likes_of(case), clock.now)
    before = _stays(desk)
    evidence.count_anew(desk)
    assert counts(desk) == past.memory.known(clock.now)
    assert _stays(desk) == before
    store.close()


def tick(desk: Desk, _: Actor, __: CaseId) -> None:
    """Do what is due by the clock."""
    rounds.make_rounds(desk)


def _stays(desk: Desk) -> object:
    with desk.store.read(WHOLE) as tx:
        return tx.rows("SELECT * FROM stay ORDER BY case_id, tier")
