"""Whatever happens to cases, what came of articles is what counting anew gives, and what their histories say."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import assignment, closing, evidence, triage, undo
from console.desk.desk import Desk
from console.desk.triage import Tried
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.people import Actor, Role
from console.domain.tries import tries_of
from console.store import articles, events
from console.store import evidence as counted
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import escalate, open_case
from tests.desk.test_articles import KB, fixes
from tests.template import a_copy

DEEDS: tuple[Callable[[Desk, Actor, CaseId], object], ...] = (
    lambda desk, by, case: triage.attempt(desk, by, case, Tried("this", article="KB-1")),
    lambda desk, by, case: triage.attempt(desk, by, case, Tried("this", article="KB-2", has_worked=True)),
    escalate,
    lambda desk, by, case: assignment.move(desk, by, case, (1, "")),
    lambda desk, by, case: triage.change(desk, by, case, {"category": "network"}),
    lambda desk, by, case: triage.change(desk, by, case, {"confidential": True}),
    lambda desk, by, case: closing.resolve(desk, by, case, "by KB-1"),
    closing.reopen,
    lambda desk, by, case: closing.merge(desk, by, case, CaseId(case % 4 + 1)),
    lambda desk, by, _: undo.undo(desk, by),
    lambda desk, by, _: undo.redo(desk, by),
)


@given(st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_the_counts_after_any_life_are_those_counted_anew(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chance, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    desk = Desk(store, a_policy(articles=(KB,)), "the policy's text", clock)
    people = [an_actor("ada"), an_actor("bo", Role.LEAD, tier=1)]
    for number in range(4):
        open_case(desk, category=("checkout", "")[number % 2])
    for _ in range(30):
        clock.forward(minutes=chance.randint(1, 90))
        with suppress(Refused):
            chance.choice(DEEDS)(desk, chance.choice(people), CaseId(chance.randint(1, 4)))

    before = fixes(desk)
    with desk.store.read(WHOLE) as tx:
        ids = counted.next_to_count(tx, CaseId(0))
        tries = [each for case in ids for each in tries_of(events.of_case(tx, case))]
        assert sum(each.fix.of for each in articles.every(tx)) == len(tries)
    evidence.count_anew(desk)
    assert fixes(desk) == before
    store.close()
