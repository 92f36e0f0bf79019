"""Whichever way cases come in, the counts are theirs; where they are not, it is told and nothing is known."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from console.desk import checkup, evidence, queues
from console.desk.backup import backup
from console.desk.desk import Desk
from console.desk.founding import lay_down
from console.desk.restore import restore
from console.domain.evidence import Local, Weighing
from console.store import evidence as kept
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import MORNING, a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case
from tests.desk.lived import a_life
from tests.desk.remembered import FOUR_HOURS, counts, from_before, local, must_be_counted, settled
from tests.desk.test_founding import pasts
from tests.template import a_copy


def test_a_desk_that_begins_with_a_past_has_it_counted(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    given = pasts(desk)
    clock.forward(hours=9)
    there = Desk(Store(a_copy(tmp_path / "there.db")), desk.policy, desk.policy_text, clock)
    lay_down(there, ADA, given)

    must_be_counted(there)
    assert counts(there)
    before = counts(there)
    evidence.count_anew(there)
    assert counts(there) == before


def test_a_restored_database_has_the_counts_of_its_cases(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    a_life(desk, clock, random.Random(10))
    settled(desk)
    before = counts(desk)
    made = backup(desk.store.path, tmp_path / "backups", MORNING).path
    for _ in range(3):
        escalate(desk, ADA, open_case(desk))
    restore(desk.store.path, made, MORNING, is_sure=True)

    fresh = Desk(Store(desk.store.path), desk.policy, "", clock)
    assert counts(fresh) == before
    must_be_counted(fresh)


def test_the_checkup_tells_what_is_not_counted_and_what_is_wrong(desk: Desk) -> None:
    escalate(desk, ADA, open_case(desk, category="checkout"))
    assert [*evidence.miscounted(desk.store)] == []
    assert checkup.uncounted(desk.store.path) == ""
    with desk.store.write(WHOLE) as tx:
        tx.rows("UPDATE evidence SET \"of\" = 2 WHERE fact = 'category'")

    assert [*evidence.miscounted(desk.store)] == [
        "The counts of local evidence are not those of the cases; `triage evidence --anew` counts them anew."
    ]
    from_before(desk)
    assert "`triage evidence --anew` does it at once" in checkup.uncounted(desk.store.path)
    with desk.store.write(WHOLE) as tx:
        kept.begin(tx, FOUR_HOURS)
    assert "Not all cases are counted" in checkup.uncounted(desk.store.path)


def test_while_not_all_are_counted_the_checklist_decides_everywhere(desk: Desk) -> None:
    listening = replace(desk, policy=a_policy(evidence=Weighing(least=1)))
    asked = open_case(desk, category="checkout")
    escalate(desk, ADA, open_case(desk, category="checkout"))
    with desk.store.write(WHOLE) as tx:
        kept.begin(tx, FOUR_HOURS)

    assert local(listening, asked) == Local()
    told_here = queues.glance(listening, ADA, asked).explanation
    assert told_here.here == "no local evidence yet"
    assert [*queues.every(listening, ADA, f"advice:{told_here.advice.verdict}")] == [asked]
