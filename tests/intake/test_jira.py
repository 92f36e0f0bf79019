"""Jira: search results, single issues, webhooks and tables; the changelog comes as the past of an issue."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.domain.arrival import Voice
from console.domain.errors import Refused
from tests.intake.files import Taken, stands, take, told
from tests.intake.tickets import JIRA_ISSUE, JIRA_TABLE


def taken(folder: Path, document: object) -> Taken:
    """Give what a JSON document holds."""
    return take(folder, json.dumps(document, indent=1))


def issue(**fields: object) -> dict[str, Any]:
    """Give an issue with some fields changed."""
    changed = deepcopy(JIRA_ISSUE)
    changed["fields"] |= fields
    return changed


def test_an_issue_is_found_and_read(tmp_path: Path) -> None:
    found = taken(tmp_path, JIRA_ISSUE)

    assert found.format == "jira"
    (case,) = found.arrivals
    assert (case.source, case.ref, case.title) == ("jira", "OPS-7", "Login fails")
    assert case.body == "Nobody can sign in.\nSince nine."
    assert (case.requester, case.channel, case.severity) == ("Ada Holm", "jira", "S1")
    assert (*stands(case), case.resolution) == ("waiting", "customer", "")
    assert case.created == datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert case.due == datetime(2026, 1, 9, tzinfo=UTC)
    assert case.labels == case.tags == ("vpn", "Gateway")
    assert case.derived == {"requester", "channel", "severity"}
    assert (case.owner, case.handler, case.team, case.category) == ("", "", "", "Gateway")
    assert case.follows == ("10279",)


def test_comments_and_changelog_come_in_the_order_they_happened(tmp_path: Path) -> None:
    (case,) = taken(tmp_path, JIRA_ISSUE).arrivals

    assert [(message.ref, message.by, message.voice, message.text) for message in case.messages[:2]] == [
        ("10279/21", "Bo Lind", Voice.OUTBOUND, "On it"),
        ("10279/22", "Ada Holm", Voice.REQUESTER, "Thanks"),
    ]
    assert told(case) == [
        "created", "Bo Lind | status: Open → In Progress | open", "Bo Lind | assignee: — → Bo Lind | Bo Lind",
        "Jira | waiting | Bo Lind | S1",
    ]  # fmt: skip
    assert [step.at for step in case.steps] == sorted(step.at for step in case.steps)
    facts = case.messages[-1]
    assert (facts.voice, facts.text) == (Voice.INTERNAL, "Project: Operations\nType: Incident\nFiles: shot.png")


@pytest.mark.parametrize(
    "wrapped",
    [
        {"startAt": 0, "maxResults": 50, "total": 1, "issues": [JIRA_ISSUE]},
        {"issues": [JIRA_ISSUE], "nextPageToken": "x", "isLast": True},
        [JIRA_ISSUE],
        [{"startAt": 0, "issues": [JIRA_ISSUE]}],
    ],
)
def test_answers_lists_and_pages_are_opened(tmp_path: Path, wrapped: object) -> None:
    found = taken(tmp_path, wrapped)

    assert (found.format, [case.ref for case in found.arrivals], found.rejects) == ("jira", ["OPS-7"], [])


def test_issues_line_by_line_and_in_old_bytes_are_read(tmp_path: Path) -> None:
    lines = f"{json.dumps(JIRA_ISSUE)}\n{json.dumps(issue(summary='Schöne Grüße'), ensure_ascii=False)}\n"

    found = take(tmp_path, lines.encode("cp1252"))

    assert [case.title for case in found.arrivals] == ["Login fails", "Schöne Grüße"]


def test_texts_of_the_newer_interface_are_written_out(tmp_path: Path) -> None:
    document = {
        "type": "doc",
        "content": [
            {"type": "paragraph", "content": [
                {"type": "text", "text": "See "}, {"type": "mention", "attrs": {"text": "@Bo"}},
            ]},
            {"type": "bulletList", "content": [
                {"type": "listItem", "content": [{"type": "paragraph", "content": [{"type": "text", "text": "one"}]}]},
            ]},
            {"type": "inlineCard", "attrs": {"url": "https://example.org"}},
        ],
    }  # fmt: skip

    (case,) = taken(tmp_path, issue(description=document, environment="Linux")).arrivals

    assert case.body == "See @Bo\n- one\nhttps://example.org\n\nEnvironment: Linux"


def test_a_status_with_a_name_of_its_own_follows_its_category(tmp_path: Path) -> None:
    named = {"In QA 7": "indeterminate", "Shipped": "done", "Icebox": "new", "Waiting for vendor": "indeterminate"}
    issues = [
        issue(status={"name": name, "statusCategory": {"key": key}}, resolution={"name": "Fixed"})
        | {"key": f"OPS-{at}"}
        for at, (name, key) in enumerate(named.items())
    ]

    cases = taken(tmp_path, {"issues": issues}).arrivals

    assert [(*stands(case), case.steps[-1].text) for case in cases] == [
        ("open", "", ""), ("closed", "", "Fixed"), ("open", "", ""), ("waiting", "third party", ""),
    ]  # fmt: skip


def test_what_only_agents_read_and_what_apps_write_is_internal(tmp_path: Path) -> None:
    at = "2026-01-05T09:00:00.000+0000"
    comments = [
        {"id": "1", "author": {"displayName": "Bo"}, "body": "a", "created": at, "jsdPublic": False},
        {"id": "2", "author": {"displayName": "Bo"}, "body": "b", "created": at, "visibility": {"type": "role"}},
        {"id": "3", "author": {"displayName": "Bot", "accountType": "app"}, "body": "c", "created": at},
        {"id": "4", "author": {"displayName": "Cy", "accountType": "customer"}, "body": "d", "created": at},
    ]

    found = taken(tmp_path, issue(comment={"comments": comments, "total": 9}))

    said = [message for message in found.arrivals[0].messages if message.ref in {f"10279/{at}" for at in range(1, 5)}]
    assert [message.voice for message in said] == [Voice.INTERNAL] * 3 + [Voice.REQUESTER]
    assert found.warnings == ["Some issues have more comments at Jira than the file holds."]


def test_a_webhook_brings_its_change_and_its_comment(tmp_path: Path) -> None:
    bare = {"id": "10279", "key": "OPS-7", "fields": {"summary": "Login fails", "status": {"name": "Reopened"}}}
    hook = {
        "timestamp": 1767605100000,
        "webhookEvent": "jira:issue_updated",
        "user": {"displayName": "Bo Lind"},
        "issue": bare,
        "changelog": {"id": "40", "items": [{"field": "status", "fromString": "Closed", "toString": "Reopened"}]},
        "comment": {
            "id": "50",
            "author": {"displayName": "Bo Lind"},
            "body": "Again",
            "created": "2026-01-05T09:30:00Z",
        },
    }

    (case,) = taken(tmp_path, hook).arrivals
    gone = taken(tmp_path, hook | {"webhookEvent": "jira:issue_deleted"})

    assert (case.status, stands(case)) == ("closed", ("open", ""))
    assert told(case)[1] == "Bo Lind | status: Closed → Reopened | open"
    assert case.steps[1].at == datetime(2026, 1, 5, 9, 25, tzinfo=UTC)
    assert [(message.ref, message.text) for message in case.messages] == [("10279/50", "Again")]
    assert [reject.reason for reject in gone.rejects] == ["The issue was deleted at Jira; there is nothing to take in."]


def test_what_is_no_issue_is_rejected_with_its_place(tmp_path: Path) -> None:
    found = taken(
        tmp_path, {"startAt": 0, "issues": [JIRA_ISSUE, 5, {"key": "A-1", "fields": None}, issue(created="soon")]}
    )

    assert len(found.arrivals) == 1
    assert [(reject.place, reject.number, reject.reason) for reject in found.rejects] == [
        ("item", 2, "This is not a Jira issue: it has no key."),
        ("item", 3, "This is not a Jira issue: its fields hold no summary."),
        ("item", 4, "created is 'soon', but takes an ISO 8601 time."),
    ]


def test_an_answer_that_breaks_off_gives_the_issues_before_it(tmp_path: Path) -> None:
    text = json.dumps({"startAt": 0, "issues": [JIRA_ISSUE, JIRA_ISSUE]})

    found = take(tmp_path, text[:-200])

    assert len(found.arrivals) == 1
    assert found.rejects[0].number == 2


def test_a_table_with_repeated_headings_is_read(tmp_path: Path) -> None:
    found = take(tmp_path, JIRA_TABLE)

    assert found.format == "jira"
    first, second = found.arrivals
    assert (first.ref, first.title, first.requester) == ("OPS-7", "Login fails", "Ada Holm")
    assert (first.status, first.waiting_for, first.severity) == ("waiting", "third party", "S2")
    assert (first.tags, first.item) == (("vpn", "gateway"), "Sign-in")
    assert first.created == datetime(2026, 1, 5, 15, 54, tzinfo=UTC)
    assert first.updated == datetime(2026, 1, 6, 0, 5, tzinfo=UTC)
    assert [(message.by, message.voice, message.text) for message in first.messages[:2]] == [
        ("Bo Lind", Voice.OUTBOUND, "On it; wait"),
        ("Ada Holm", Voice.REQUESTER, "Thanks"),
    ]
    assert (first.handler, second.handler, first.follows, second.category) == ("Bo Lind", "", ("10279",), "Task")
    assert told(second) == [
        "created",
        "Jira | resolution: Won't Do | closed | Won't Do",
        "Jira | closed | S3",
    ]
    assert second.steps[1].at == datetime(2026, 1, 3, 9, tzinfo=UTC)
    assert found.warnings == [
        "Columns that are not read: Custom field (Rank).",
        "The times name no zone and were read as UTC.",
    ]


def test_a_thousand_columns_and_rows_wider_than_the_heading_are_read(tmp_path: Path) -> None:
    heading = "Summary,Issue key,Created" + ",Comment" * 1000
    cells = [f"05/Jan/26 4:{number % 60:02} PM;712:b;Word {number}" for number in range(1000)]
    row = ",".join(["Wide", "OPS-1", "05/Jan/26 3:54 PM", *cells, "05/Jan/26 6:00 PM;712:b;Beyond"])

    found = take(tmp_path, f"{heading}\n{row}\n")

    (case,) = found.arrivals
    assert len(case.messages) == 1000
    assert "Some rows have more cells than the heading has columns; what stands there was not read." in found.warnings


def test_a_heading_in_german_and_dates_of_a_spreadsheet_are_read(tmp_path: Path) -> None:
    table = (
        "Zusammenfassung;Vorgangsschlüssel;Status;Priorität;Autor;Erstellt;Aktualisiert;Statuskategorie\n"
        "Anmeldung;OPS-1;Fertig;Hoch;Ada;21.06.2025 16:14;22.06.2025 16:14;Fertig\n"
    )

    (case,) = take(tmp_path, table).arrivals

    assert (case.ref, case.status, case.severity, case.requester) == ("OPS-1", "closed", "S2", "Ada")
    assert case.created == datetime(2025, 6, 21, 16, 14, tzinfo=UTC)


def test_dates_that_a_spreadsheet_rewrote_are_read_by_the_whole_column(tmp_path: Path) -> None:
    rows = "".join(f"Case,OPS-{day},6/{day}/2025 16:14\n" for day in (5, 6, 21))

    found = take(tmp_path, f"Summary,Issue key,Created\n{rows}")
    unclear = take(tmp_path, "Summary,Issue key,Created\nCase,OPS-1,6/5/2025 16:14\n")

    assert [case.created and case.created.day for case in found.arrivals] == [5, 6, 21]
    assert unclear.arrivals == []
    assert unclear.rejects[0].reason.startswith("created is '6/5/2025 16:14': day or month may come first")
    assert (unclear.rejects[0].place, unclear.rejects[0].number) == ("line", 2)


def test_a_table_without_keys_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="has no column 'Issue key'"):
        take(tmp_path, "Summary,Created\nx,y\n", "jira")
