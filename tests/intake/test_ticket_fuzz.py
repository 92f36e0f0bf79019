"""Records of ticket systems with anything in any place: no importer raises, and what comes out can be stored."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake import tickets
from tests.intake.test_github import REST
from tests.intake.test_github_timeline import EVENTS
from tests.intake.test_hostile_files import can_be_stored, items_of
from tests.intake.test_servicenow_audit import ROWS

RECORDS: dict[str, list[object]] = {
    "jira": [tickets.JIRA_ISSUE, {"issues": [tickets.JIRA_ISSUE], "total": 1, "startAt": 0}],
    "zendesk": [
        {"tickets": [tickets.ZENDESK_TICKET], "users": [{"id": 501, "name": "Ada"}]},
        {"audits": tickets.ZENDESK_AUDITS},
        tickets.ZENDESK_TICKET | {"comments": [], "audits": tickets.ZENDESK_AUDITS},
    ],
    "servicenow": [{"result": [tickets.SERVICENOW_RECORD]}, tickets.SERVICENOW_RECORD, {"result": ROWS}],
    "github": [{"issues": [REST | {"timeline": EVENTS, "assignees": []}]}],
    "freshdesk": [[tickets.FRESHDESK_TICKET], tickets.FRESHDESK_TICKET],
}
TABLES: dict[str, list[str]] = {
    "jira": [tickets.JIRA_TABLE],
    "zendesk": [tickets.ZENDESK_TABLE],
    "servicenow": [tickets.SERVICENOW_TABLE],
    "freshdesk": [tickets.FRESHDESK_TABLE],
    "osticket": [tickets.OSTICKET_TABLE],
}
ODD: st.SearchStrategy[Any] = st.sampled_from([
    None, True, -1, 0, 1e308, 10**30, "", " ", "\ud800", "\x1b]52;c;x\x07", "9999-12-31T23:59:59-14:00", "0001-01-01",
    "01/02/03", "13/13/2020 25:61", "٣/٤/٢٠٢٤", "3 - Moderate", "²", [], {}, [[[]]], {"name": {"name": {}}}, "x" * 2000,
    {"type": "doc", "content": [{"type": "text"}, 5, None]}, "12/31/99 13:00 PM", "a;b;c;d", '"', "1;2;",
    "1970-01-01 00:00:00",
])  # fmt: skip
VALUES = ODD | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
CELLS = st.text(max_size=30) | ODD.filter(lambda value: isinstance(value, str))


def spots(value: object) -> list[tuple[Any, Any]]:
    """Give every place in a document where something else may stand."""
    found: list[tuple[Any, Any]] = []
    stack = [value]
    while stack:
        each = stack.pop()
        keys: Any = each.keys() if isinstance(each, dict) else range(len(each)) if isinstance(each, list) else ()
        for key in keys:
            found.append((each, key))
            stack.append(each[key])  # type: ignore[index]
    return found


@pytest.mark.parametrize(
    ("format_", "which"), [(name, at) for name, all_ in RECORDS.items() for at in range(len(all_))]
)
def test_no_value_in_any_place_of_a_document_makes_an_importer_raise(tmp_path: Path, format_: str, which: int) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changes=st.lists(st.tuples(st.integers(0, 500), VALUES), min_size=1, max_size=4))
    def check(changes: list[tuple[int, object]]) -> None:
        document = deepcopy(RECORDS[format_][which])
        for number, value in changes:
            places = spots(document)
            where, key = places[number % len(places)]
            where[key] = deepcopy(value)
        (tmp_path / "file").write_bytes(json.dumps(document).encode("utf-8", "replace"))
        for item in items_of(tmp_path / "file", format_):
            can_be_stored(item)

    check()


@pytest.mark.parametrize("format_", TABLES)
def test_no_cell_of_a_table_makes_an_importer_raise(tmp_path: Path, format_: str) -> None:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changes=st.lists(st.tuples(st.integers(0, 100), CELLS), min_size=1, max_size=6))
    def check(changes: list[tuple[int, str]]) -> None:
        heading, *rows = TABLES[format_][0].splitlines()
        delimiter = ";" if heading.count(";") > heading.count(",") else ","
        cells = rows[-1].split(delimiter)
        for number, cell in changes:
            cells[number % len(cells)] = '"' + cell.replace('"', '""') + '"'
        content = "\n".join([heading, delimiter.join(cells), *rows])
        (tmp_path / "file").write_bytes(content.encode("utf-8", "replace"))
        for item in items_of(tmp_path / "file", format_):
            can_be_stored(item)

    check()
