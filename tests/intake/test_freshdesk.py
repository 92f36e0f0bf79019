"""Freshdesk: lists, single tickets, account exports and tables."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.domain.arrival import Voice
from tests.intake.files import stands, take, told
from tests.intake.tickets import FRESHDESK_TABLE, FRESHDESK_TICKET


@pytest.mark.parametrize(
    "wrapped",
    [
        FRESHDESK_TICKET, [FRESHDESK_TICKET], {"results": [FRESHDESK_TICKET], "total": 1},
        [{"helpdesk_ticket": FRESHDESK_TICKET}], {"ticket": FRESHDESK_TICKET},
    ],
)  # fmt: skip
def test_tickets_are_found_and_read_whatever_wraps_them(tmp_path: Path, wrapped: object) -> None:
    found = take(tmp_path, json.dumps(wrapped, indent=1))

    assert found.format == "freshdesk"
    (case,) = found.arrivals
    assert (case.source, case.ref, case.title, case.body) == ("freshdesk", "12", "Printer", "It is broken.")
    assert (case.requester, case.channel, case.severity) == ("ada@example.org", "mail", "S1")
    assert (*stands(case), case.item, case.tags) == ("waiting", "customer", "77", ("floor 3", "escalated"))
    assert case.due == datetime(2026, 4, 3, 8, tzinfo=UTC)


def test_conversations_and_times_come_as_messages(tmp_path: Path) -> None:
    (case,) = take(tmp_path, json.dumps([FRESHDESK_TICKET])).arrivals

    assert [(message.ref, message.by, message.voice, message.text) for message in case.messages[:3]] == [
        ("12/71", "42", Voice.OUTBOUND, "Which one?"),
        ("12/72", "ada@example.org", Voice.REQUESTER, "The grey one"),
        ("12/73", "42", Voice.INTERNAL, "Toner?"),
    ]
    assert told(case) == ["created", "Freshdesk | reopened | open", "Freshdesk | waiting | S1"]
    assert "Agent: 42" in case.messages[-1].text


def test_old_exports_with_html_and_notes_are_read(tmp_path: Path) -> None:
    note = {"note": {"id": 5, "body": "<p>Which <b>one</b>?</p>", "user_id": 42, "created_at": "2026-04-01T09:00:00Z"}}
    old = {
        "display_id": 3, "id": 99, "subject": None, "description": "<div>It broke.</div>", "status": 3,
        "status_name": "Pending", "priority": 1, "source": 3, "requester_name": "Ada", "isescalated": False,
        "frDueBy": "2026-04-01T10:00:00Z", "created_at": "2026-04-01T08:00:00+02:00", "notes": [note],
    }  # fmt: skip

    (case,) = take(tmp_path, json.dumps([{"helpdesk_ticket": old}])).arrivals

    assert (case.ref, case.title, case.body) == ("3", "Freshdesk ticket 3", "It broke.")
    assert (case.requester, case.channel, case.status, case.severity) == ("Ada", "phone", "waiting", "S4")
    assert case.messages[-1].text == "Which one?"


def test_spam_and_deleted_tickets_are_left_out_and_said(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps([FRESHDESK_TICKET | {"spam": True}, FRESHDESK_TICKET | {"deleted": True}]))

    assert (found.arrivals, found.rejects) == ([], [])
    assert found.warnings == ["Tickets that were deleted or marked as spam at Freshdesk were left out."]


def test_a_status_of_its_own_is_known_by_its_name_or_told_in_a_note(tmp_path: Path) -> None:
    own = [FRESHDESK_TICKET | {"status": 11, "status_name": name} for name in ("On Hold", "In the lab")]

    cases = take(tmp_path, json.dumps(own)).arrivals

    assert [stands(case) for case in cases] == [("waiting", "third party"), ("", "")]
    assert "Status: In the lab" in "".join(message.text for message in cases[1].messages)


def test_what_is_no_ticket_is_rejected_with_its_place(tmp_path: Path) -> None:
    found = take(tmp_path, json.dumps([FRESHDESK_TICKET, 5, {"id": 4}, FRESHDESK_TICKET | {"due_by": "soon"}]))

    assert [(reject.number, reject.reason) for reject in found.rejects] == [
        (2, "This is not a Freshdesk ticket: it has no id."),
        (3, "This is not a Freshdesk ticket: it has neither subject nor description."),
        (4, "due_by is 'soon', but takes an ISO 8601 time."),
    ]


def test_an_exported_table_is_found_and_read(tmp_path: Path) -> None:
    found = take(tmp_path, FRESHDESK_TABLE)

    assert found.format == "freshdesk"
    (case,) = found.arrivals
    assert (case.ref, case.title, case.requester, case.organisation) == ("12", "Printer", "ada@example.org", "Acme")
    assert (case.status, case.waiting_for, case.severity) == ("waiting", "customer", "S1")
    assert (case.item, case.tags) == ("Copiers", ("floor 3", "toner"))
    assert "First answer" in [message.text for message in case.messages]
