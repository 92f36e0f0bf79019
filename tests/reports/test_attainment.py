"""Attainment: a clock that ended in time counts as kept, one whose time had run out by then as late."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from console.desk import closing, rounds, triage
from console.desk.attainment import attained
from console.desk.desk import Desk
from console.domain.arrival import Voice
from console.domain.timing import ClockName, Target, Timing
from console.reports import attainment
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


def test_it_needs_no_clock_side_to_have_looked(tmp_path: Path, asked: Asked) -> None:
    clock = Clock()
    desk = Desk(Store(a_copy(tmp_path / "t.db")), a_policy(timing=Timing(targets=TARGETS)), "text", clock)
    case_id = open_case(desk, title="long", severity="S2")
    clock.forward(hours=3)
    closing.resolve(desk, OLGA, case_id, "done")
    closing.reopen(desk, OLGA, case_id, "it is back")
    clock.forward(hours=1)
    closing.resolve(desk, OLGA, case_id, "done at last")

    report = find("sla").make(desk, OLGA, asked)

    assert [row.cells[:4] for row in report.rows if row.cells[0] == "resolution"] == [("resolution", "S2", 0, 2)]
    early = replace(asked, until=clock.now - timedelta(minutes=30))
    assert [row.cells[3] for row in find("sla").make(desk, OLGA, early).rows if row.cells[0] == "resolution"] == [1]
    desk.store.close()


def test_of_very_many_cases_some_are_taken_and_it_says_so(
    tmp_path: Path, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Store(a_copy(tmp_path / "t.db")), a_policy(timing=Timing(targets=TARGETS)), "text", Clock())
    for number in range(8):
        closing.resolve(desk, OLGA, open_case(desk, title=f"Case {number}", severity="S2"), "done")
    for most, said in ((8, "100 %"), (4, "100 %; worked out on one case in 2"), (3, "one case in 3")):
        monkeypatch.setattr(attainment, "attained", partial(attained, most=most))
        assert find("sla").make(desk, OLGA, asked).said.endswith(said)
    desk.store.close()
