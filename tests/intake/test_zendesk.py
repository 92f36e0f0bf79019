"""Zendesk: lists, incremental and full exports, audits as history, and tables."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.arrival import Voice
from tests.intake.files import Taken, stands, take, told
from tests.intake.tickets import ZENDESK_AUDITS, ZENDESK_TABLE, ZENDESK_TICKET

USERS = [{"id": 501, "name": "Ada Holm", "email": "ada@example.org"}, {"id": 601, "name": "Bo Lind"}]


def taken(folder: Path, document: object) -> Taken:
    """Give what a JSON document holds."""
    return take(folder, json.dumps(document, indent=1))


def test_a_list_of_tickets_is_found_and_read(tmp_path: Path) -> None:
    bare = {"priority": None, "type": None, "id": 36, "status": "new", "subject": ""}
    found = taken(tmp_path, {"tickets": [ZENDESK_TICKET, ZENDESK_TICKET | bare], "count": 2, "next_page": None})

    assert found.format == "zendesk"
    case, second = found.arrivals
    assert (case.source, case.ref, case.title, case.body) == ("zendesk", "35", "Invoice wrong", "The sum is wrong.")
    assert (case.requester, case.organisation, case.channel) == ("501", "701", "mail")
    assert (case.status, case.waiting_for, case.severity) == ("waiting", "customer", "S1")
    assert case.updated == datetime(2026, 2, 2, 8, tzinfo=UTC)
    assert (second.title, second.severity, second.status) == ("The sum is wrong.", "", "new")
    assert case.messages[0].text == "Group: 801\nAssignee: 601"


def test_people_are_named_by_what_stands_behind_the_tickets(tmp_path: Path) -> None:
    export = {
        "tickets": [ZENDESK_TICKET],
        "users": USERS,
        "groups": [{"id": 801, "name": "Billing"}],
        "organizations": [{"id": 701, "name": "Acme"}],
        "after_cursor": "x",
        "end_of_stream": True,
    }

    (case,) = taken(tmp_path, export).arrivals

    assert (case.requester, case.organisation) == ("ada@example.org", "Acme")
    assert (case.handler, case.category, case.messages[0].text) == ("Bo Lind", "problem", "Group: Billing")


def test_what_was_deleted_is_left_out_and_said(tmp_path: Path) -> None:
    found = taken(tmp_path, {"tickets": [ZENDESK_TICKET | {"status": "deleted"}], "end_of_stream": True})

    assert (found.arrivals, found.rejects) == ([], [])
    assert found.warnings == ["Tickets that were deleted at Zendesk were left out."]


def test_audits_alone_tell_the_ticket_and_its_history(tmp_path: Path) -> None:
    found = taken(tmp_path, {"audits": ZENDESK_AUDITS, "users": USERS, "next_page": None})

    assert found.format == "zendesk"
    (case,) = found.arrivals
    assert (case.ref, case.title, case.body, case.status) == ("35", "Invoice wrong", "The sum is wrong.", "new")
    assert (case.requester, case.channel) == ("ada@example.org", "mail")
    assert case.created == datetime(2026, 2, 1, 8, tzinfo=UTC)
    assert [(message.ref, message.by, message.voice, message.text) for message in case.messages[:2]] == [
        ("35/6", "Bo Lind", Voice.OUTBOUND, "Which invoice?"),
        ("35/9", "Bo Lind", Voice.INTERNAL, "Ask finance"),
    ]
    assert told(case) == [
        "created",
        "Bo Lind | Status: new → pending; Group: — → 801 | waiting | 801",
        "Zendesk | waiting | 801",
    ]
    assert case.derived == {"requester", "channel"}


def test_audits_of_several_tickets_may_be_mixed_and_newest_first(tmp_path: Path) -> None:
    other = ZENDESK_AUDITS[1] | {"id": 9100, "ticket_id": 36}

    found = taken(
        tmp_path, {"ticket_audits": [ZENDESK_AUDITS[2], other, *reversed(ZENDESK_AUDITS[:2])], "after_url": "x"}
    )

    assert {case.ref: len(case.messages) for case in found.arrivals} == {"35": 3, "36": 2}
    (bare,) = [case for case in found.arrivals if case.ref == "36"]
    assert bare.title == "Zendesk ticket 36"
    assert "title" in bare.derived


def test_events_of_an_incremental_export_are_audits_too(tmp_path: Path) -> None:
    event = {
        "id": 77, "ticket_id": 35, "timestamp": 1769936400, "updater_id": 601, "event_type": "Audit",
        "child_events": [
            {"id": 1, "event_type": "Change", "status": "solved", "previous_value": "open", "via": "Web"},
            {"id": 2, "event_type": "Comment", "body": "Done", "public": True, "author_id": 601},
        ],
    }  # fmt: skip

    (case,) = taken(tmp_path, {"ticket_events": [event], "end_time": 1769936400}).arrivals

    assert [(message.ref, message.text) for message in case.messages] == [("35/2", "Done")]
    assert told(case) == ["created", "601 | Status: open → solved | resolved | solved", "Zendesk | resolved"]
    assert case.steps[1].at == case.messages[0].at == datetime(2026, 2, 1, 9, tzinfo=UTC)


def test_a_full_export_brings_a_ticket_a_line_with_its_comments(tmp_path: Path) -> None:
    own = {
        "requester": {"id": 501, "name": "Ada Holm", "email": "ada@example.org"},
        "organization": {"id": 701, "name": "Acme"},
        "comments": [
            {
                "id": 1,
                "author_id": 501,
                "created_at": "2026-02-01T08:00:00Z",
                "body": "The sum is wrong.",
                "public": True,
            },
            {"id": 2, "author_id": 601, "created_at": "2026-02-01T09:00:00Z", "body": "Which?", "public": True},
            {"id": 3, "author_id": 501, "created_at": "2026-02-01T10:00:00Z", "body": "All", "public": True},
        ],
    }

    found = take(tmp_path, f"{json.dumps(ZENDESK_TICKET | own)}\n" * 2)

    assert [case.ref for case in found.arrivals] == ["35", "35"]
    assert (found.arrivals[0].requester, found.arrivals[0].organisation) == ("ada@example.org", "Acme")
    assert [(message.ref, message.voice) for message in found.arrivals[0].messages[:2]] == [
        ("35/2", Voice.OUTBOUND),
        ("35/3", Voice.REQUESTER),
    ]


@pytest.mark.parametrize(
    "document",
    [
        {"ticket": ZENDESK_TICKET},
        {"results": [ZENDESK_TICKET | {"result_type": "ticket"}, {"id": 1, "result_type": "user"}], "count": 2},
        [{"tickets": [ZENDESK_TICKET]}],
    ],
)
def test_single_tickets_searches_and_pages_are_opened(tmp_path: Path, document: object) -> None:
    found = taken(tmp_path, document)

    assert (found.format, [case.ref for case in found.arrivals], found.rejects) == ("zendesk", ["35"], [])


def test_what_is_no_ticket_is_rejected_with_its_place(tmp_path: Path) -> None:
    bad = [ZENDESK_TICKET, 5, {"id": 4}, ZENDESK_TICKET | {"created_at": "soon"}]

    found = taken(tmp_path, {"tickets": bad})

    assert [(reject.number, reject.reason) for reject in found.rejects] == [
        (2, "This is not a Zendesk ticket: it has no id."),
        (3, "This is not a Zendesk ticket: it has neither subject nor description."),
        (4, "created_at is 'soon', but takes an ISO 8601 time."),
    ]


def test_memory_is_bounded_and_names_that_come_late_are_known_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.intake.zendesk.HELD", 5_000)
    monkeypatch.setattr("console.intake.zendesk_audit.HELD", 5_000)
    many = [ZENDESK_TICKET | {"id": number} for number in range(20)]
    audits = [ZENDESK_AUDITS[1] | {"ticket_id": number, "id": number} for number in range(20)] * 2

    found = taken(tmp_path, {"tickets": [*many, 5], "users": USERS})
    broken = take(tmp_path, json.dumps({"tickets": many})[:-1] + ', "tickets": [{"id": 1, "id": 1}]}')
    told = taken(tmp_path, {"audits": audits})

    assert {case.requester for case in found.arrivals} == {"ada@example.org"}
    assert [reject.reason for reject in found.rejects] == ["This is not a Zendesk ticket: it has no id."]
    assert [reject.reason for reject in broken.rejects][:1] == ["The key 'id' stands there twice; keep one."]
    assert len({case.ref for case in told.arrivals}) == 20
    assert len(told.arrivals) > 20


def test_an_exported_view_is_found_and_read(tmp_path: Path) -> None:
    found = take(tmp_path, ZENDESK_TABLE)

    assert found.format == "zendesk"
    (case,) = found.arrivals
    assert (case.ref, case.title, case.requester, case.organisation) == (
        "35",
        "Invoice wrong",
        "ada@example.org",
        "Acme",
    )
    assert case.item == "Ledgerline"
    assert (stands(case)[0], case.severity, case.tags, case.channel) == ("resolved", "S2", ("billing", "late"), "mail")
    assert told(case) == [
        "created | Bo Lind | Billing", "Zendesk | solved | resolved | Bo Lind",
        "Zendesk | resolved | Bo Lind | S2 | Billing",
    ]  # fmt: skip
    assert "Reopened: 1" in case.messages[-1].text
