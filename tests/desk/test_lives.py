"""Whatever happens to cases, their export makes the same cases elsewhere, with the same history and clocks."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import answering, assignment, closing, escalation, rounds, triage, undo
from console.desk.desk import Desk
from console.desk.taking import Outcome
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.events import as_written
from console.domain.people import Actor, Role
from console.domain.sentences import sentence
from console.store.engine import Store
from tests.builders import MORNING, an_actor
from tests.desk.conftest import Clock
from tests.desk.exported import brought, exported
from tests.desk.givens import escalate, is_whole, open_case, stored
from tests.domain.timed import timed
from tests.template import template

DEEDS: tuple[Callable[[Desk, Actor, CaseId], object], ...] = (
    triage.claim,
    triage.release,
    lambda desk, by, case: triage.note(desk, by, case, triage.Said(f"note by {by.id}\nof two lines")),
    lambda desk, by, case: triage.attempt(desk, by, case, triage.Tried("restart", "nothing")),
    lambda desk, by, case: triage.wait(desk, by, case, "customer", desk.now() + timedelta(hours=3), "wait, please"),
    triage.resume,
    lambda desk, by, case: triage.change(desk, by, case, {"affected": 40, "tags": ("vip", "eu")}),
    escalate,
    escalation.accept,
    answering.acknowledge,
    answering.remind,
    lambda desk, by, case: escalation.ask_back(desk, by, case, "which?"),
    lambda desk, by, case: escalation.reply(desk, by, case, "all"),
    lambda desk, by, case: assignment.move(desk, by, case, (2, "")),
    lambda desk, by, case: closing.resolve(desk, by, case, "done\nat last"),
    closing.close,
    closing.reopen,
    lambda desk, by, case: closing.merge(desk, by, case, CaseId(case % 4 + 1)),
    lambda desk, by, _: undo.undo(desk, by),
    lambda desk, by, _: undo.redo(desk, by),
    lambda desk, *_: rounds.make_rounds(desk),
)


@given(st.integers(0, 2**32))
@settings(max_examples=25, deadline=None)
def test_any_life_comes_out_and_in_again(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    chosen, folder = random.Random(seed), tmp_path_factory.mktemp("life")
    clock, policy = Clock(), timed()
    desks = []
    for name in ("here", "there"):
        shutil.copy(template(), folder / name)
        desks.append(Desk(Store(folder / name), policy, "text", clock))
    here, there = desks
    ids = [open_case(here, title=f"Case {number}", created=MORNING) for number in range(4)]
    people = [an_actor(name, Role.ADMIN) for name in ("ada", "bo", "cy")]
    for _ in range(chosen.randint(1, 40)):
        clock.forward(minutes=chosen.choice([0, 1, 90]))
        with suppress(Refused):
            chosen.choice(DEEDS)(here, chosen.choice(people), chosen.choice(ids))

    taken = brought(there, exported(here))

    assert {each.outcome for each in taken} == {Outcome.NEW}
    assert exported(there) == exported(here)
    assert is_whole(there)
    for case_id in ids:
        case, history, moves = stored(here, case_id)
        other, told, theirs = stored(there, case_id)
        assert theirs == moves
        assert [sentence(as_written(each)) for each in told] == [sentence(each) for each in history]
        assert (other.next_due, other.next_clock, other.status) == (case.next_due, case.next_clock, case.status)
    for desk in desks:
        desk.store.close()
