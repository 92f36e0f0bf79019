"""Whatever happens to cases, the counts of local evidence are those counted anew, and those of their histories."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import evidence
from console.desk.desk import Desk
from console.domain.errors import Refused
from console.domain.stays import likes_of
from console.store import cases
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import open_case
from tests.desk.lived import ANYTHING, LEADS
from tests.desk.remembered import counts, local, settled, told
from tests.template import a_copy


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_the_counts_after_any_life_are_those_counted_anew(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chosen, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    desk = Desk(store, a_policy(), "the policy's text", clock)
    opened = [open_case(desk, category=chosen.choice(["checkout", "network", ""])) for _ in range(4)]
    for _ in range(chosen.randint(0, 30)):
        clock.forward(minutes=chosen.choice([0, 5, 90, 300]))
        with suppress(Refused):
            chosen.choice(ANYTHING)(desk, chosen.choice(LEADS), chosen.choice(opened))
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


def _stays(desk: Desk) -> object:
    with desk.store.read(WHOLE) as tx:
        return tx.rows("SELECT * FROM stay ORDER BY case_id, tier")
