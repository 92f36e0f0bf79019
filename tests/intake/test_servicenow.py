"""ServiceNow: lists as tables in any setting of dates, and answers of the table interface."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.arrival import Voice
from console.domain.errors import Refused
from tests.intake.files import take
from tests.intake.tickets import SERVICENOW_RECORD as RECORD
from tests.intake.tickets import SERVICENOW_TABLE


def test_a_list_with_american_dates_is_read_by_its_whole_column(tmp_path: Path) -> None:
    found = take(tmp_path, SERVICENOW_TABLE)

    assert found.format == "servicenow"
    first, second = found.arrivals
    assert (first.source, first.ref, first.title) == ("servicenow", "INC0000060", "Unable to connect to email")
    assert first.created == datetime(2025, 12, 2, 7, 19, 57, tzinfo=UTC)
    assert (first.requester, first.status, first.severity) == ("Joe Employee", "closed", "S3")
    assert (second.status, second.waiting_for, second.severity) == ("waiting", "third party", "S1")
    assert first.handler == "David Loo"
    assert "Assignment group: Network" in first.messages[-1].text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-02-01 07:00:00", "2025-02-28 07:00:00"), ("02/01/2025 07:00:00 AM", "02/28/2025 07:00:00 AM"),
        ("01/02/2025 07:00:00", "28/02/2025 07:00:00"), ("01.02.2025 07:00:00", "01.02.2025 07:00:00"),
        ("02-01-2025 07:00:00", "02-28-2025 07:00:00"),
    ],
)  # fmt: skip
def test_every_setting_of_dates_is_found(tmp_path: Path, written: str, day: str) -> None:
    table = f"number,opened_at,short_description\nINC1,{written},a\n" + f"INC2,{day},b\n"

    assert take(tmp_path, table).arrivals[0].created == datetime(2025, 2, 1, 7, tzinfo=UTC)


def test_the_order_of_one_column_follows_another(tmp_path: Path) -> None:
    table = "number,opened_at,short_description,closed_at\nINC1,01/02/2025 07:00:00,a,25/02/2025 07:00:00\n"

    assert take(tmp_path, table).arrivals[0].created == datetime(2025, 2, 1, 7, tzinfo=UTC)


def test_dates_that_nothing_decides_are_rejected_row_by_row(tmp_path: Path) -> None:
    table = "number,opened_at,short_description\nINC1,01/02/2025 07:00:00,a\nINC2,03/03/2025 07:00:00,b\n"

    found = take(tmp_path, table)

    assert [case.ref for case in found.arrivals] == ["INC2"]
    (reject,) = found.rejects
    assert (reject.place, reject.number) == ("line", 2)
    assert reject.reason.startswith("opened at is '01/02/2025 07:00:00': day or month may come first, and nothing in ")


def test_a_column_that_changes_its_order_is_not_guessed(tmp_path: Path) -> None:
    rows = "INC1,28/02/2025,a\nINC2,02/28/2025,b\nINC3,01/02/2025,c\n"

    found = take(tmp_path, f"number,opened_at,short_description\n{rows}")

    assert [case.ref for case in found.arrivals] == ["INC1", "INC2"]
    assert "both orders stand in it" in found.rejects[0].reason


def test_headings_as_a_spreadsheet_shows_them_are_known(tmp_path: Path) -> None:
    table = (
        "Number;Opened;Short description;Caller;Priority;State;Impact;Urgency;Task type;Resolution code;"
        "Resolution notes\n"
        "SCTASK0001;2026-03-01 08:00:00;Laptop;Ada;4 - Low;Closed Skipped;2 - Medium;3 - Low;Task;Solved;Gone\n"
    )

    (case,) = take(tmp_path, table).arrivals

    assert (case.ref, case.status, case.resolution) == ("SCTASK0001", "closed", "Solved: Gone")
    assert (case.impact, case.urgency, case.severity) == (2, 3, "")


def test_its_item_is_what_it_is_about_else_the_service(tmp_path: Path) -> None:
    heading, at = "number,short_description,opened_at,cmdb_ci,business_service", "2026-03-01 08:00:00"
    rows = [f"INC1,Slow,{at},db7,Shop", f"INC2,Slow,{at},,Shop", f"INC3,Slow,{at},db7,"]

    found = take(tmp_path, "\n".join([heading, *rows]))

    assert [case.item for case in found.arrivals] == ["db7", "Shop", "db7"]
    assert ["Service: Shop" in str(case.messages) for case in found.arrivals] == [True, False, False]


@pytest.mark.parametrize(
    "wrapped",
    [
        {"result": [RECORD]},
        {"result": RECORD},
        {"records": [RECORD]},
        [RECORD],
    ],
)
def test_answers_of_the_table_interface_are_read(tmp_path: Path, wrapped: object) -> None:
    found = take(tmp_path, json.dumps(wrapped))

    assert found.format == "servicenow"
    (case,) = found.arrivals
    assert (case.ref, case.title, case.requester, case.channel) == ("INC0010002", "Mail is down", "Ada Holm", "phone")
    assert (case.status, case.waiting_for) == ("waiting", "customer")
    assert (case.impact, case.urgency, case.severity, case.category) == (1, 2, "", "Software")
    assert [(message.by, message.voice, message.text) for message in case.messages[:3]] == [
        ("Bo Lind", Voice.OUTBOUND, "We look into it."),
        ("Bo Lind", Voice.INTERNAL, "Server 3 it is."),
        ("Ada Holm", Voice.REQUESTER, "Thanks."),
    ]


def test_of_a_time_what_is_stored_counts_and_of_the_rest_what_is_shown(tmp_path: Path) -> None:
    record = {
        "number": {"display_value": "TASK7", "value": "TASK7"},
        "short_description": {"display_value": "Disk", "value": "Disk"},
        "state": {"display_value": "Closed Complete", "value": "3"},
        "opened_at": {"display_value": "01/02/2025 09:00:00", "value": "2025-02-01 08:00:00"},
    }

    (case,) = take(tmp_path, json.dumps({"result": [record]})).arrivals

    assert (case.ref, case.status) == ("TASK7", "closed")
    assert case.created == datetime(2025, 2, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "state", "status"),
    [("INC1", "1", "new"), ("INC1", "3", "waiting"), ("INC1", "6", "resolved"), ("TASK1", "3", "closed"),
     ("SCTASK1", "2", "open"), ("TASK1", "-5", "waiting"), ("INC1", "99", "")],
)  # fmt: skip
def test_a_bare_number_of_a_state_depends_on_the_kind(tmp_path: Path, number: str, state: str, status: str) -> None:
    record = {"number": number, "short_description": "x", "state": state, "priority": "5"}

    (case,) = take(tmp_path, json.dumps({"result": [record]})).arrivals

    assert (case.status, case.severity) == (status, "S4")


def test_a_record_without_a_number_is_rejected_and_one_without_a_title_is_not(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps({"result": [{"short_description": "x"}, {"number": "INC1"}]}))

    assert [case.title for case in found.arrivals] == ["(no title)"]
    assert found.rejects[0].reason == "This is not a ServiceNow record: it has no number."


def test_a_table_without_descriptions_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no column"):
        take(tmp_path, "number,opened_at\nINC1,2025-01-01\n", "servicenow")
