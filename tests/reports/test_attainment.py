"""Attainment: what was answered and finished in time counts as kept, what came after its clock ran out as late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from console.desk import closing, rounds, triage
from console.desk.desk import Desk
from console.domain.arrival import Voice
from console.domain.timing import ClockName, Target, Timing
from console.reports.catalogue import find
from console.reports.drilling import cases_behind
from console.reports.report import Asked
from console.store.engine import Store
from tests.builders import a_policy
from tests.desk.conftest import Clock
from tests.desk.figured import OLGA
from tests.desk.givens import open_case
from tests.template import a_copy

TARGETS = (
    Target(clock=ClockName.RESPONSE, within=timedelta(hours=1), calendar="always"),
    Target(clock=ClockName.RESOLUTION, within=timedelta(hours=2), calendar="always", severity=None),
)


def test_it_is_late_what_ended_after_its_breach(tmp_path: Path, asked: Asked) -> None:
    clock = Clock()
    desk = Desk(Store(a_copy(tmp_path / "t.db")), a_policy(timing=Timing(targets=TARGETS)), "text", clock)
    soon, later = (open_case(desk, title=title, severity="S2") for title in ("soon", "later"))
    answer = triage.Said("we are on it", Voice.OUTBOUND)
    triage.note(desk, OLGA, soon, answer)
    clock.forward(minutes=90)
    rounds.make_rounds(desk, lambda: True)
    triage.note(desk, OLGA, later, answer)
    closing.resolve(desk, OLGA, soon, "done")

    report = find("sla").make(desk, OLGA, asked)

    assert [row.cells for row in report.rows] == [("response", "S2", 1, 1, 0.5), ("resolution", "S2", 1, 0, 1.0)]
    assert report.said == "2 of 3 in time, 67 %"
    late = report.rows[0].drills["late"]
    assert cases_behind(desk, OLGA, "", late) == (later,)
    bare = replace(desk, policy=a_policy())
    assert find("sla").make(bare, OLGA, asked).rows == ()
    desk.store.close()
