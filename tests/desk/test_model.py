"""The desk against a model of it: whatever people do in whatever order, both say the same."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from console.desk import bulk, closing, taking, triage, undo
from console.desk.batch import Batch
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.domain.errors import Refused
from console.domain.people import Role
from console.store import cases, events
from console.store.engine import Store
from tests.builders import MORNING, a_policy, an_actor
from tests.desk import model
from tests.desk.model import FREE, Model, No
from tests.figures import counted
from tests.template import template

ACTORS = {name: an_actor(name, Role.ADMIN) for name in ("ada", "bo", "cy")}
NAMES = st.sampled_from(sorted(ACTORS))
NUMBERS = st.integers(1, 5)
SEVERAL = st.lists(NUMBERS, min_size=1, max_size=4)
TAGS = st.sampled_from(["vip", "eu"])


class DeskMachine(RuleBasedStateMachine):
    """Does the same at the desk and in the model, and counts how often."""

    steps = 0

    def __init__(self) -> None:
        """Start with three cases."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(template(), self.folder / "triage.db")
        self.desk = Desk(Store(self.folder / "triage.db"), a_policy(), "text", lambda: MORNING)
        self.model = Model()
        self.compared = 0
        for _ in range(3):
            self.open()

    def both(self, at_desk: Callable[[], Done | Batch], in_model: Callable[[], list[int]]) -> None:
        """Do it here and there, and compare which cases it was done on."""
        try:
            what = at_desk()
            done = [each.case.id for each in (what.done if isinstance(what, Batch) else (what,))]
        except Refused:
            done = []
        try:
            expected = in_model()
        except No:
            expected = []
        assert sorted(done) == sorted(expected)

    @rule()
    def open(self) -> None:
        """Open a case, up to five."""
        if len(self.model.cases) < 5:
            assert taking.open_case(self.desk, ACTORS["ada"], Arrival("Case")) == self.model.open()

    @rule(name=NAMES, number=NUMBERS)
    def claim(self, name: str, number: int) -> None:
        """Claim a case."""
        deed = model.given(name, by=name)
        self.both(
            lambda: triage.claim(self.desk, ACTORS[name], CaseId(number)),
            lambda: self.model.act(name, [number], deed),
        )

    @rule(name=NAMES, number=NUMBERS)
    def release(self, name: str, number: int) -> None:
        """Release a case."""
        self.both(
            lambda: triage.release(self.desk, ACTORS[name], CaseId(number)),
            lambda: self.model.act(name, [number], model.released),
        )

    @rule(name=NAMES, number=NUMBERS)
    def resume(self, name: str, number: int) -> None:
        """Resume a case."""
        self.both(
            lambda: triage.resume(self.desk, ACTORS[name], CaseId(number)),
            lambda: self.model.act(name, [number], model.resumed),
        )

    @rule(name=NAMES, number=NUMBERS)
    def reopen(self, name: str, number: int) -> None:
        """Reopen a case."""
        self.both(
            lambda: closing.reopen(self.desk, ACTORS[name], CaseId(number)),
            lambda: self.model.act(name, [number], model.reopened),
        )

    @rule(name=NAMES, numbers=SEVERAL, person=NAMES)
    def assign(self, name: str, numbers: Sequence[int], person: str) -> None:
        """Assign cases."""
        deed = model.given(person, by=name)
        self.both(
            lambda: bulk.assign(self.desk, ACTORS[name], map(CaseId, numbers), person),
            lambda: self.model.act(name, numbers, deed),
        )

    @rule(name=NAMES, numbers=SEVERAL, tier=st.integers(1, 3))
    def move(self, name: str, numbers: Sequence[int], tier: int) -> None:
        """Move cases."""
        self.both(
            lambda: bulk.move(self.desk, ACTORS[name], map(CaseId, numbers), (tier, "")),
            lambda: self.model.act(name, numbers, model.moved(tier)),
        )

    @rule(name=NAMES, numbers=SEVERAL)
    def wait(self, name: str, numbers: Sequence[int]) -> None:
        """Let cases wait."""
        self.both(
            lambda: bulk.wait(self.desk, ACTORS[name], map(CaseId, numbers), "vendor"),
            lambda: self.model.act(name, numbers, model.waits("vendor")),
        )

    @rule(name=NAMES, numbers=SEVERAL)
    def resolve(self, name: str, numbers: Sequence[int]) -> None:
        """Resolve cases."""
        self.both(
            lambda: bulk.resolve(self.desk, ACTORS[name], map(CaseId, numbers), "done"),
            lambda: self.model.act(name, numbers, model.resolved),
        )

    @rule(name=NAMES, numbers=SEVERAL, tag=TAGS)
    def tag(self, name: str, numbers: Sequence[int], tag: str) -> None:
        """Tag cases."""
        self.both(
            lambda: bulk.tag(self.desk, ACTORS[name], map(CaseId, numbers), [tag]),
            lambda: self.model.act(name, numbers, model.tagged(tag)),
        )

    @rule(name=NAMES, numbers=SEVERAL, tag=TAGS)
    def untag(self, name: str, numbers: Sequence[int], tag: str) -> None:
        """Take a tag off cases."""
        self.both(
            lambda: bulk.untag(self.desk, ACTORS[name], map(CaseId, numbers), [tag]),
            lambda: self.model.act(name, numbers, model.untagged(tag)),
        )

    @rule(name=NAMES)
    def undo(self, name: str) -> None:
        """Undo the newest act of somebody."""
        self.both(lambda: undo.undo(self.desk, ACTORS[name]), lambda: self.model.undo(name))

    @rule(name=NAMES)
    def redo(self, name: str) -> None:
        """Redo what somebody undid last."""
        self.both(lambda: undo.redo(self.desk, ACTORS[name]), lambda: self.model.redo(name))

    @invariant()
    def both_agree_and_history_says_the_same(self) -> None:
        """Compare every case with the model, and with its own history."""
        self.compared += 1
        with self.desk.store.read() as tx:
            for number, facts in self.model.cases.items():
                case = cases.get(tx, CaseId(number))
                assert {name: getattr(case, name) for name in FREE} == facts
                assert differences(case, replayed(events.of_case(tx, CaseId(number)))) == []

    def teardown(self) -> None:
        """Look at the chains, and clean up."""
        DeskMachine.steps += self.compared
        with self.desk.store.read() as tx:
            assert list(events.broken_chains(tx)) == []
        self.desk.store.close()
        shutil.rmtree(self.folder)


def run(examples: int, steps: int, *, is_full: bool = False) -> None:
    """Run the machine."""
    DeskMachine.steps = 0
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(DeskMachine, settings=chosen)
    counted(2, "the desk against a model of it", DeskMachine.steps, "steps, 0 silent overwrites", is_full=is_full)


@pytest.mark.timeout(300)
def test_the_desk_does_what_the_model_does() -> None:
    run(15, 30)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_the_desk_does_what_the_model_does_for_ten_thousand_steps() -> None:
    run(200, 50, is_full=True)
