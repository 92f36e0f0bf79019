"""Reports on the command line: the list, one in each form, and the cases behind a figure."""

from __future__ import annotations

import csv
import io

import pytest

from console.cli.commands.report import FORMATS, HANDOVER, REPORTS
from console.reports.catalogue import REPORTS as MADE
from console.reports.forms import FORMS
from tests.cli.conftest import Shell

ALL = ("--since", "2020-01-01T00:00Z")


def test_the_names_are_those_of_the_reports() -> None:
    assert (*MADE, HANDOVER) == REPORTS
    assert {*FORMS, "text"} == set(FORMATS)


def test_without_a_name_the_reports_are_listed(shell: Shell) -> None:
    told = shell.done("report").out
    assert all(name in told for name in REPORTS)
    assert [each["report"] for each in shell.done("report", "--json").json] == [*MADE]


def test_a_table_says_how_to_get_at_the_cases(shell: Shell) -> None:
    said = shell.done("report", "backlog")
    assert "2 cases open" in said.out
    assert "--cases ROW" in said.err
    for case in ("1", "2"):
        shell.done("change", case, "item=till 5")
    assert "such as 'till 5'." in shell.done("report", "items").err
    listed = shell.done("report", "backlog", "--cases", "under-4h")
    assert "Checkout returns 502" in listed.out
    assert "The same: triage list 'live:yes -is:action created>=" in listed.err
    ids = [each["id"] for each in shell.done("report", "backlog", "--cases", "under-4h", "--json").json]
    assert ids == [1, 2]
    assert shell.done("report", "backlog", "--cases", "under-4h", "--of", "tier-2").err.startswith("No case is behind")


def test_a_view_and_a_period_narrow_it(shell: Shell) -> None:
    shell.done("claim", "1")
    assert "1 case open" in shell.done("report", "backlog", "--view", "mine").out
    assert "view Mine" in shell.done("report", "backlog", "--view", "mine").out
    assert shell.done("report", "flow", *ALL, "--until", "2021-01-01", "--json").json["said"].startswith("0 cases")
    assert "no view 'weather'" in shell("report", "flow", "--view", "weather").err
    assert "ends before it begins" in shell("report", "flow", "--since", "1h", "--until", "2h").err


def test_the_same_figures_stand_in_every_form(shell: Shell) -> None:
    shell.done("resolve", "2", "new toner")
    rows = shell.done("report", "flow", "--since", "1h", "--format", "json").json["rows"]
    assert sum(row["arrived"] for row in rows) == 2
    again = shell.done("report", "flow", "--since", "1h", "--json").json["rows"]
    assert [row | {"cases_of": {}} for row in rows] == [row | {"cases_of": {}} for row in again]
    table = [*csv.DictReader(io.StringIO(shell.done("report", "flow", "--since", "1h", "--format", "csv").out))]
    assert sum(int(row["finished"]) for row in table) == 1
    assert "2 cases arrived, 1 finished" in shell.done("report", "flow", "--format", "markdown").out
    assert "<h1>Arrivals and closures</h1>" in shell.done("report", "flow", "--format", "html").out
    key = rows[-1]["row"]
    finished = ("--cases", key, "--of", "finished", "--since", "1h")
    assert "Printer on floor 2" in shell.done("report", "flow", *finished).out
    assert "triage list" not in shell.done("report", "flow", *finished).err


def test_what_is_not_there_is_refused_by_name(shell: Shell) -> None:
    assert "it has under-4h, 4h-to-1d" in shell("report", "backlog", "--cases", "x").err
    assert "it has none this time" in shell("report", "late", "--cases", "x").err
    assert "name one of all, tier-1" in shell("report", "backlog", "--cases", "under-4h", "--of", "share").err
    assert shell("report", "weather").code == 2


@pytest.mark.parametrize("more", [["--format", "csv"], ["--format", "html"], ["--view", "1"], ["--cases", "1"]])
def test_the_handover_has_no_figures(shell: Shell, more: list[str]) -> None:
    assert "leave the rest out" in shell("report", "handover", *more).err
    assert shell.done("report", "handover", "--format", "json").json == []
