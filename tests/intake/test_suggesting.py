"""A first map is suggested for a table, and what is suggested can be used."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.arrival import Arrival
from console.domain.errors import Refused
from console.intake import read
from console.intake.heading_words import grade_of, late_of, line_of, status_of
from console.intake.mapped import Mapped
from console.intake.suggesting import suggested
from console.intake.table_map_file import faults, read_map
from tests.intake.test_hostile_files import CHANGES, NOISE, spoiled

GERMAN = """\
Ticketnummer;Betreff;Beschreibung;Absender;Priorität;Abteilung;Aktueller Status;Erstellt am;Raum
T1;Drucker aus;Papier;ute@x;Hoch;IT;In Bearbeitung;13.7.2024 15:54;12
T2;Netz;;kim@x;Normal;IT;Abgeschlossen;14.7.2024 15:54;13
"""
FRENCH = "Numéro\tObjet\tDemandeur\tPriorité\tÉtat\tCréé le\n1\tRéseau\tLéa\tHaute\tEn attente\t13/07/2024 15:54\n"
US = "number,short_description,caller_id,priority,state,opened_at\n"
US += "INC1,Mail down,Ann,1 - Critical,On Hold,7/13/2024 3:54 PM\n"
LOG = """\
Case ID,Activity,Resource,Complete Timestamp,involved,product
1,Accepted-In Progress,Tomas,2006-01-12 01:19:42.000,M1,P1
1,Require upgrade,Tomas,2006-01-13 01:19:42.000,M1 2nd,P1
2,Completed-Closed,Ida,2006-01-12 01:19:42.000,M1,P2
"""


def written(folder: Path, text: str | bytes) -> str:
    """Put a table into a file and give its path."""
    (folder / "table").write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(folder / "table")


def by_suggestion(folder: Path, text: str) -> list[Arrival]:
    """Give what a table holds by the map that is suggested for it; nothing of it is rejected."""
    path = written(folder, text)
    with read(path, by=Mapped(read_map(suggested(path), "map"))) as reading:
        items = list(reading.items)
    assert all(isinstance(each, Arrival) for each in items), items
    return [each for each in items if isinstance(each, Arrival)]


def test_a_german_table_is_understood(tmp_path: Path) -> None:
    said = suggested(written(tmp_path, GERMAN))
    assert 'delimiter = "semicolon"' in said
    assert 'dates = "dmy"  # sure: every date can be read so, and in no other order' in said
    assert 'title = "Betreff"  # sure: the heading says it' in said
    assert '# team = "Abteilung"  # take it in once [values.team] says' in said
    assert "# Not used: Raum" in said
    first, second = by_suggestion(tmp_path, GERMAN)
    assert (first.ref, first.title, first.requester, first.severity) == ("T1", "Drucker aus", "ute@x", "S2")
    assert (first.status, second.status, second.severity) == ("open", "closed", "S3")


@pytest.mark.parametrize(
    ("text", "facts"),
    [(FRENCH, ("1", "Réseau", "Léa", "S2", "waiting")), (US, ("INC1", "Mail down", "Ann", "S1", "waiting"))],
)
def test_so_are_others(tmp_path: Path, text: str, facts: tuple[str, ...]) -> None:
    (case,) = by_suggestion(tmp_path, text)
    assert (case.ref, case.title, case.requester, case.severity, case.status) == facts
    assert case.created is not None
    assert (case.created.month, case.created.day) == (7, 13)


def test_a_log_of_events_is_known_by_its_cases_that_repeat(tmp_path: Path) -> None:
    first, second = by_suggestion(tmp_path, LOG)
    assert [(step.kind, step.status, step.tier) for step in first.steps] == [(None, "open", 1), ("escalated", "", 2)]
    assert (first.category, first.item, second.steps[0].status) == ("", "P1", "closed")


STATES = """\
number,incident_state,made_sla,opened_at,sys_updated_at,category,cmdb_ci,priority
INC1,New,true,29/2/2016 01:16,29/2/2016 01:23,Category 55,?,3 - Moderate
INC1,Resolved,true,29/2/2016 01:16,29/2/2016 08:53,Category 55,?,3 - Moderate
INC1,Closed,false,29/2/2016 01:16,5/3/2016 12:00,Category 55,?,3 - Moderate
INC2,New,true,29/2/2016 04:40,29/2/2016 04:57,Category 40,?,2 - High
INC2,Active,true,29/2/2016 04:40,29/2/2016 05:30,Category 40,db7,2 - High
"""


def test_rows_that_say_how_a_case_stood_are_a_log_of_events(tmp_path: Path) -> None:
    first, second = by_suggestion(tmp_path, STATES)

    assert [(step.status, step.late) for step in first.steps] == [("new", False), ("resolved", False), ("closed", True)]
    assert [(step.status, step.item) for step in second.steps] == [("new", ""), ("open", "db7")]
    assert (first.severity, first.category, first.item) == ("S3", "Category 55", "")


@pytest.mark.parametrize(
    ("heading", "value", "is_late"),
    [
        ("made_sla", "false", "yes"),
        ("Made SLA", "TRUE", "no"),
        ("SLA breached", "true", "yes"),
        ("Has breached", "0", "no"),
        ("made_sla", "perhaps", ""),
        ("priority", "true", ""),
    ],
)
def test_whether_a_case_ran_late_goes_by_the_heading(heading: str, value: str, is_late: str) -> None:
    assert late_of(heading, value) == is_late


@pytest.mark.parametrize(
    "heading",
    [
        "product",
        "Product",
        "cmdb_ci",
        "Configuration item",
        "component",
        "service",
        "CI Name (aff)",
        "asset",
        "Produkt",
    ],
)
def test_what_a_case_is_about_is_known_by_many_headings(tmp_path: Path, heading: str) -> None:
    (case,) = by_suggestion(tmp_path, f"Subject,seriousness,{heading},CI Name (CBy)\nIt is down,1,checkout-api,db7\n")
    assert case.item == "checkout-api"


def test_support_lines_are_known_where_most_groups_name_none(tmp_path: Path) -> None:
    """The groups that name one may be rarer than sixty that do not; what those end in is no line."""
    heading, *_ = LOG.splitlines()
    rows = [f"{case},Accepted-In Progress,Tomas,2006-01-12 01:19:42.000,V{case % 70},P1" for case in range(280)]
    rows += [f"{case},Queued,Tomas,2006-01-13 01:19:42.000,W{case} 2nd,P1" for case in range(0, 280, 10)]
    arrivals = by_suggestion(tmp_path, "\n".join([heading, *rows]) + "\n")
    assert {step.tier for each in arrivals for step in each.steps[:1]} == {1}
    assert sum(step.tier == 2 for each in arrivals for step in each.steps) == 28


def test_what_is_not_known_is_left_to_whoever_reads_it(tmp_path: Path) -> None:
    text = "Key,What,State,Filed\n1,It is down since nine,Limbo,1/2/2024\n2,Nothing works here,Open,2/3/2024\n"
    said = suggested(written(tmp_path, text))
    assert 'title = "What"  # a guess: the longest texts stand here' in said
    assert '\n"Limbo" = ""  # 1 of the rows looked at; not known: say what it means' in said
    dated = suggested(written(tmp_path, text.replace("Filed", "Created")))
    assert 'dates = "dmy"  # a guess: dmy and mdy are both possible' in dated


def test_a_heading_alone_is_enough_and_empty_columns_are_passed_over(tmp_path: Path) -> None:
    said = suggested(written(tmp_path, '\ufeff"Ticket Number",Subject,"Current Status"\n'))
    assert 'status = "Current Status"' in said
    said = suggested(written(tmp_path, "Subject,Summary,Solution,Case\nx,y,,\n"))
    assert '# resolution = "Solution"  # sure: the heading says it, but no row looked at has a value' in said
    said = suggested(written(tmp_path, "sep=,\nSubject,Case\n,1\n"))
    assert '\ntitle = "Subject"  # sure: the heading says it, but no row looked at has a value' in said


def test_bytes_that_are_no_utf8_are_told(tmp_path: Path) -> None:
    said = suggested(written(tmp_path, "Betreff;Priorität\nx;hoch\n".encode("cp1252")))
    assert 'encoding = "cp1252"  # a guess: Some bytes were not UTF-8' in said
    assert 'severity = "Priorität"' in said


@pytest.mark.parametrize("text", ["", "just a line\n", "\x00\n"])
def test_what_is_no_table_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused, match="is no table"):
        suggested(written(tmp_path, text))


def test_words_of_several_languages_are_known() -> None:
    said = ("Wartet auf Kunde", "en cours", "Resuelto", "chiuso", "New", "Queued-Awaiting Assignment", "limbo")
    assert [status_of(each) for each in said] == ["waiting", "open", "resolved", "closed", "new", "new", ""]
    said = ("P1", "3 - Moderate", "5 - Planning", "sehr hoch", "basse", "whatever", "10 people")
    assert [grade_of(each) for each in said] == ["1", "3", "4", "1", "4", "", ""]
    assert [line_of(each) for each in ("V32 2nd", "3rd", "V2", "B22nd")] == ["2", "3", "", ""]


CELLS = st.text(max_size=12) | st.sampled_from(["Subject", "Status", "Case", "1.1.2024", "open", "Time", "Event"])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=5), mark=st.sampled_from(",;\t|"))
def test_every_suggestion_is_a_map_without_faults(tmp_path: Path, rows: list[list[str]], mark: str) -> None:
    held = io.StringIO()
    csv.writer(held, delimiter=mark, escapechar="\\").writerows(rows)
    path = written(tmp_path, held.getvalue().encode("utf-8", "surrogatepass"))
    try:
        said = suggested(path)
    except Refused:
        return
    assert [str(each) for each in faults(said, "map")] == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changes=CHANGES, noise=NOISE)
def test_no_file_makes_a_suggestion_raise(tmp_path: Path, changes: list[tuple[int, int, bytes]], noise: bytes) -> None:
    for content in (spoiled(LOG.encode(), changes), spoiled(GERMAN.encode(), changes), noise):
        try:
            said = suggested(written(tmp_path, content))
        except Refused:
            continue
        assert [str(each) for each in faults(said, "map")] == []


def test_a_map_is_suggested_for_json_by_paths(tmp_path: Path) -> None:
    records = [
        {"id": 1, "summary": "A", "created_at": 1709285400000, "state": {"name": "open"}, "deep": [[1]], "none": None},
        {"id": 2, "summary": "B", "created_at": 1709285500000, "state": {"name": "done"}, "ok": True},
    ]
    for text in (json.dumps(records), "\n".join(map(json.dumps, records)), json.dumps({"page": 1, "data": records})):
        first, second = by_suggestion(tmp_path, text)
        assert (first.ref, first.title, first.status, second.status) == ("1", "A", "open", "resolved")
        assert first.created == datetime(2024, 3, 1, 9, 30, tzinfo=UTC)
    said = suggested(written(tmp_path, text))
    assert 'records = "data"  # the list under this key holds them' in said
    assert "delimiter" not in said


def test_a_report_with_lines_before_its_heading_is_understood(tmp_path: Path) -> None:
    report = (
        "Service Desk;;;\nAs of;1.3.2024;;\n\nNr;Betreff;Ebene;Erstellt\n1;Aus;Level 2;45352.5\n2;An;Level 1;45353\n"
    )
    first, second = by_suggestion(tmp_path, report)
    assert (first.ref, first.title, first.tier, second.tier) == ("1", "Aus", 2, 1)
    assert first.created == datetime(2024, 3, 1, 12, tzinfo=UTC)


def test_tiers_and_teams_that_cannot_be_known_are_set_out_to_be_filled_in(tmp_path: Path) -> None:
    said = suggested(written(tmp_path, "Subject,Level,Group,State\nx,Gold,Net,Odd\ny,Gold,Net,Odd\n"))
    assert '# tier = "Level"  # take it in once [values.tier] says which tier' in said
    assert '# [values.team]\n# "Net" = ""  # 2 of the rows looked at; say which it is here' in said
    assert '"Odd" = ""  # 2 of the rows looked at; not known: say what it means' in said
    assert len(by_suggestion(tmp_path, "Subject,Level,State\nx,Gold,Odd\n")) == 1
