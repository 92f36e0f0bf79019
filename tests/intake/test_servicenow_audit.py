"""ServiceNow's audits and history lines: the past of a record, a row for each field that changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from console.domain.arrival import Voice
from console.intake import servicenow_audit
from tests.intake.files import take, told


def row(at: str, field: str, before: str, after: str, **more: object) -> dict[str, Any]:
    """Give a row of the audit."""
    key = {"display_value": "Incident: INC0010002", "value": "46d44a5dc0a8010e000046d44a5dc0a8"}
    return {
        "documentkey": key, "tablename": "incident", "fieldname": field, "oldvalue": before, "newvalue": after,
        "user": "bo.lind", "sys_created_on": f"2026-03-01 {at}", "sys_id": at,
    } | more  # fmt: skip


ROWS = [
    row("08:30:00", "state", "1", "2"), row("08:30:00", "assigned_to", "", "Bo Lind"),
    row("09:00:00", "work_notes", "", "Server 3 it is."), row("09:10:00", "comments", "", "Soon."),
    row("09:20:00", "assignment_group", "Desk", "Network"), row("09:30:00", "location", "Bonn", "Bern"),
    row("09:40:00", "priority", "3 - Moderate", "1 - Critical"), row("10:00:00", "state", "2", "6"),
    row("10:00:00", "resolved_by", "", "6816f79cc0a8016401c5a33be04be441"), row("10:30:00", "category", "a", "b"),
    row("10:40:00", "assigned_to", "Bo Lind", "6816f79cc0a8016401c5a33be04be441"),
]  # fmt: skip


def test_rows_of_a_record_are_its_past(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps({"result": ROWS}))

    (case,) = found.arrivals
    assert (found.format, case.ref, case.title) == ("servicenow", "INC0010002", "ServiceNow record INC0010002")
    assert (case.status, case.severity, case.category) == ("new", "S3", "a")
    assert told(case) == [
        "created | Desk", "bo.lind | state: 1 → 2 | open", "bo.lind | assigned to: — → Bo Lind | Bo Lind",
        "bo.lind | assignment group: Desk → Network | Bo Lind | Network",
        "bo.lind | priority: 3 - Moderate → 1 - Critical | Bo Lind | S1",
        "bo.lind | state: 2 → 6 | resolved | Bo Lind", "bo.lind | category: a → b | Bo Lind", "ServiceNow",
    ]  # fmt: skip
    assert [(message.voice, message.text) for message in case.messages] == [
        (Voice.INTERNAL, "Server 3 it is."), (Voice.OUTBOUND, "Soon."), (Voice.INTERNAL, "location: Bonn → Bern"),
    ]  # fmt: skip


def test_history_lines_are_told_by_what_they_show(tmp_path: Path) -> None:
    lines = [
        {"set": "46d4", "field": "state", "label": "State", "old": "New", "new": "On Hold", "user_name": "Bo Lind",
         "update_time": "2026-03-01 09:00:00"},
    ]  # fmt: skip

    (case,) = take(tmp_path, json.dumps({"result": lines})).arrivals

    assert (case.ref, told(case)[1]) == ("46d4", "Bo Lind | State: New → On Hold | waiting")


def test_an_item_that_was_set_later_is_known_from_then_on(tmp_path: Path) -> None:
    rows = [row("08:30:00", "state", "1", "2"), row("09:00:00", "cmdb_ci", "", "db7")]

    (case,) = take(tmp_path, json.dumps({"result": rows})).arrivals

    assert (case.item, [step.item for step in case.steps]) == ("", ["", "", "db7", ""])


def test_rows_that_name_no_record_or_no_time_are_rejected(tmp_path: Path) -> None:
    bad = [row("08:30:00", "state", "1", "2") | {"documentkey": ""}, row("soon", "state", "1", "2"), 5]

    found = take(tmp_path, json.dumps({"result": bad}))

    assert [(reject.number, reject.reason) for reject in found.rejects] == [
        (1, "This row names no record: it has no documentkey and no set."),
        (2, "sys_created_on is '2026-03-01 soon', but takes a time such as 2026-03-01 09:30:00."),
    ]


def test_a_record_with_too_many_rows_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servicenow_audit, "MOST", 3)

    found = take(tmp_path, json.dumps({"result": ROWS}))

    assert [reject.reason for reject in found.rejects] == ["INC0010002 has more than 3 changes and is left out."]
