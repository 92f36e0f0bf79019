"""Shapes in which systems hand over their tickets besides lists: webhooks, answers with parts beside, requests."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from console.domain.arrival import Voice
from console.intake.moments import moment
from tests.intake.files import take
from tests.intake.tickets import ZENDESK_TICKET


def test_comments_beside_a_ticket_are_its_own(tmp_path: Path) -> None:
    comment = {"id": 9, "author_id": 7, "body": "On it", "public": True, "created_at": "2026-02-01T09:00:00Z"}
    answer = {"ticket": ZENDESK_TICKET, "comments": [comment], "users": [{"id": 7, "name": "Bo"}]}

    (case,) = take(tmp_path, json.dumps(answer)).arrivals

    said = case.messages[0]
    assert (said.by, said.text, said.voice) == ("Bo", "On it", Voice.OUTBOUND)


def test_a_webhook_of_zendesk_brings_its_ticket(tmp_path: Path) -> None:
    detail = {"id": "35", "subject": "Invoice", "status": "PENDING", "priority": "HIGH", "description": "Wrong"}
    hook = {"type": "zen:event-type:ticket.created", "id": "x", "detail": detail, "event": {}}

    found = take(tmp_path, json.dumps(hook))

    assert (found.format, found.rejects) == ("zendesk", [])
    (case,) = found.arrivals
    assert (case.ref, case.status, case.waiting_for, case.severity) == ("35", "waiting", "customer", "S2")


def test_a_webhook_of_freshdesk_has_the_keys_its_rule_chose(tmp_path: Path) -> None:
    said = {
        "ticket_id": 12, "ticket_subject": "Help", "ticket_description": "<p>Now</p>", "ticket_status": "Open",
        "ticket_priority": "Urgent", "ticket_requester_email": "ada@x.example", "ticket_source": "Phone",
        "ticket_tags": "a, b", "ticket_due_by_time": "in two days", "ticket_company_name": "Acme",
    }  # fmt: skip
    found = take(tmp_path, json.dumps({"freshdesk_webhook": said}))

    assert found.format == "freshdesk"
    (case,) = found.arrivals
    assert (case.ref, case.body, case.requester, case.severity) == ("12", "Now", "ada@x.example", "S1")
    assert (case.channel, case.tags, case.organisation) == ("phone", ("a", "b"), "Acme")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("Plain, as it is", "Plain, as it is"),
        ("data:text/html,<b>Bold</b> words", "Bold words"),
        ("data:text/plain;charset=iso-8859-1,caf%E9", "café"),
        ("data:text/plain;base64," + base64.b64encode(b"coded").decode(), "coded"),
        ("data:text/plain;base64,x", "x"),
        ("data:text/plain,\ud800x", "?x"),
    ],
)
def test_a_request_for_a_ticket_is_taken_by_what_it_says(tmp_path: Path, message: str, text: str) -> None:
    request = {"name": "Ada", "email": "ada@x.example", "subject": "Help", "message": message, "priority": "High"}
    found = take(tmp_path, json.dumps([request, request]))

    assert (found.format, found.rejects) == ("osticket", [])
    first, second = found.arrivals
    assert (first.title, first.body, first.requester, first.channel) == ("Help", text, "ada@x.example", "api")
    assert (first.severity, first.ref.startswith("content-"), first.ref != second.ref) == ("S2", True, True)


def test_what_is_no_request_is_rejected(tmp_path: Path) -> None:
    (reject,) = take(tmp_path, '[{"name": 1}]', "osticket").rejects
    assert reject.reason == "This is no request for a ticket: it needs name, email, subject and message."


def test_dates_with_dots_around_the_name_of_a_month_are_read(tmp_path: Path) -> None:
    table = "Vorgangsschlüssel;Zusammenfassung;Status;Erstellt\nOPS-1;Eins;In Arbeit;01.Mär.24 9:30 AM\n"
    (case,) = take(tmp_path, table).arrivals
    assert (case.created, case.status) == (moment("2024-03-01T09:30:00Z"), "open")


def test_problems_and_catalogue_tasks_name_their_columns_otherwise(tmp_path: Path) -> None:
    problem = '"Number","Problem statement","State","Opened"\n"PRB1","Bad","Assess","2026-03-01 09:30:00"\n'
    task = "number,state,short_description,request_item.request.requested_for\nSCTASK1,Closed Complete,Do it,Ada\n"

    assert take(tmp_path, problem).arrivals[0].title == "Bad"
    (case,) = take(tmp_path, task).arrivals
    assert (case.requester, case.status) == ("Ada", "closed")
