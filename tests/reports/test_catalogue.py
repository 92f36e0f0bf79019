"""Every report, end to end on a desk: what it says, and that each figure leads to exactly the cases it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from console.desk import triage
from console.desk.calibration import decided
from console.desk.desk import Desk
from console.desk.queues import every
from console.domain.calibration import Decision
from console.domain.errors import Refused
from console.domain.people import Actor, Role
from console.reports.calibration import CALIBRATION
from console.reports.catalogue import REPORTS, find
from console.reports.drilling import cases_behind
from console.reports.forms import FORMS, Paper
from console.reports.report import Asked, Report
from console.reports.words import number
from tests.builders import an_actor
from tests.desk.figured import OLGA
from tests.reports.test_forms import must_be_golden


def made(desk: Desk, asked: Asked, name: str) -> Report:
    """Make a report for somebody who may see everything."""
    return find(name).make(desk, OLGA, asked)


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_reads_as_it_did(desk: Desk, asked: Asked, name: str) -> None:
    report = made(desk, asked, name)
    must_be_golden(f"{name}-80x24.txt", "".join(FORMS["table"](report, Paper())))
    assert (report.name, report.title) == (REPORTS[name].name, REPORTS[name].title)
    for form in FORMS:
        lines = "".join(FORMS[form](report, Paper())).splitlines()
        assert lines
        assert form != "table" or (len(lines) <= 22 and max(map(len, lines)) <= 80)


@pytest.mark.parametrize("view", ["", 'in:"Open"', "category:network or severity:S3"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_leads_to_its_cases(desk: Desk, asked: Asked, name: str, view: str) -> None:
    report = made(desk, replace(asked, query=view), name)
    places = {column.key: place for place, column in enumerate(report.columns)}
    for row in report.rows:
        for key, drill in row.drills.items():
            found = cases_behind(desk, OLGA, view, drill)
            assert len(found) <= number(row.cells[places[key]])
            assert "cases" not in places or len(found) == row.cells[places["cases"]]
            assert not drill.query or tuple(every(desk, OLGA, drill.query)) == found


@pytest.mark.parametrize("name", REPORTS)
def test_rows_are_asked_for_by_words_of_their_own(desk: Desk, asked: Asked, name: str) -> None:
    keys = [row.key for row in made(desk, asked, name).rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_of_nothing_says_so(desk: Desk, asked: Asked, name: str) -> None:
    report = made(desk, replace(asked, query="id:0"), name)
    assert "0 " in report.said
    assert all(FORMS[form](report, Paper()) for form in FORMS)


def test_an_unknown_report_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match="did you mean backlog"):
        find("backlg")


def test_a_report_counts_what_its_reader_may_see(desk: Desk, asked: Asked) -> None:
    whole = {name: made(desk, replace(asked), name) for name in REPORTS}
    for case_id in every(desk, OLGA, ""):
        triage.change(desk, OLGA, case_id, {"confidential": True})
    for name, report in whole.items():
        assert made(desk, asked, name) == report
        assert not any(row.cells[-1] for row in find(name).make(desk, an_actor("bo"), asked).rows)


def test_figures_of_people_are_for_themselves_and_for_those_who_lead(desk: Desk, asked: Asked) -> None:
    for case_id, who in zip(every(desk, OLGA, "category:network"), ("ada", "bo"), strict=True):
        triage.claim(desk, an_actor(who), case_id)
    rows = {role: find("workload").make(desk, an_actor("ada", role), asked).rows for role in Role}
    assert [row.key for row in rows[Role.AGENT]] == ["ada"]
    assert {len(rows[role]) for role in (Role.LEAD, Role.ADMIN, Role.AUDITOR)} == {3}


def test_reports_on_decisions_that_are_asked_for_in_one_go_read_them_once(
    desk: Desk, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[Actor] = []

    def noted(desk: Desk, actor: Actor, text: str, since: datetime, until: datetime) -> Iterator[Decision]:
        readers.append(actor)
        return decided(desk, actor, text, since, until)

    apart = [made(desk, replace(asked), each.name) for each in CALIBRATION]
    monkeypatch.setattr("console.reports.calibration.decided", noted)
    assert [made(desk, asked, each.name) for each in CALIBRATION] == apart
    assert [find(each.name).make(desk, an_actor("ada"), asked) for each in CALIBRATION]
    assert readers == [OLGA, an_actor("ada")]


def test_decisions_of_people_are_for_themselves_and_for_those_who_lead(desk: Desk, asked: Asked) -> None:
    report = find("agreement-people")
    assert [row.key for row in report.make(desk, an_actor("ada"), asked).rows] == ["ada"]
    assert report.make(desk, an_actor("noor"), asked).rows == ()
    assert report.make(desk, an_actor("noor", Role.LEAD), asked).rows
