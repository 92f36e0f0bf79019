"""Tickets as the systems write them: small records in the shape of the real ones, to be changed by a test."""

from __future__ import annotations

from typing import Any

ADA, BO = {"displayName": "Ada Holm"}, {"displayName": "Bo Lind"}
JIRA_ISSUE: dict[str, Any] = {
    "expand": "renderedFields,changelog",
    "id": "10279",
    "key": "OPS-7",
    "fields": {
        "summary": "Login fails",
        "description": "Nobody can sign in.\r\nSince nine.",
        "issuetype": {"name": "Incident"},
        "project": {"key": "OPS", "name": "Operations"},
        "priority": {"name": "Highest", "id": "1"},
        "status": {"name": "Waiting for customer", "statusCategory": {"key": "indeterminate"}},
        "resolution": None,
        "reporter": {"name": "ada", "displayName": "Ada Holm"},
        "assignee": {"displayName": "Bo Lind"},
        "labels": ["vpn"],
        "components": [{"name": "Gateway"}],
        "created": "2026-01-05T08:00:00.000+0100",
        "updated": "2026-01-06T09:30:00.000+0000",
        "duedate": "2026-01-09",
        "attachment": [{"filename": "shot.png"}],
        "comment": {
            "total": 2,
            "comments": [
                {"id": "21", "author": BO, "body": "On it", "created": "2026-01-05T09:00:00.000+0000"},
                {"id": "22", "author": ADA, "body": "Thanks", "created": "2026-01-05T10:00:00.000+0000"},
            ],
        },
    },
    "changelog": {
        "total": 2,
        "histories": [
            {
                "id": "31",
                "author": {"displayName": "Bo Lind"},
                "created": "2026-01-05T09:05:00.000+0000",
                "items": [
                    {"field": "status", "from": "1", "fromString": "Open", "to": "3", "toString": "In Progress"},
                    {"field": "Rank", "from": "", "fromString": "", "to": "", "toString": "Ranked higher"},
                ],
            },
            {
                "id": "32",
                "author": {"displayName": "Bo Lind"},
                "created": "2026-01-06T09:30:00.000+0000",
                "items": [{"field": "assignee", "from": None, "fromString": None, "to": "bo", "toString": "Bo Lind"}],
            },
        ],
    },
}  # fmt: skip
ZENDESK_TICKET: dict[str, Any] = {
    "url": "https://example.zendesk.com/api/v2/tickets/35.json",
    "id": 35,
    "via": {"channel": "email"},
    "created_at": "2026-02-01T08:00:00Z",
    "updated_at": "2026-02-02T08:00:00Z",
    "type": "problem",
    "subject": "Invoice wrong",
    "description": "The sum is wrong.",
    "priority": "urgent",
    "status": "pending",
    "requester_id": 501,
    "submitter_id": 501,
    "assignee_id": 601,
    "organization_id": 701,
    "group_id": 801,
    "due_at": None,
    "tags": ["billing"],
    "brand_id": 1,
}
ZENDESK_AUDITS: list[dict[str, Any]] = [
    {
        "id": 9001, "ticket_id": 35, "created_at": "2026-02-01T08:00:00Z", "author_id": 501,
        "via": {"channel": "email"},
        "events": [
            {"id": 1, "type": "Comment", "author_id": 501, "body": "The sum is wrong.", "public": True},
            {"id": 2, "type": "Create", "field_name": "subject", "value": "Invoice wrong"},
            {"id": 3, "type": "Create", "field_name": "status", "value": "new"},
            {"id": 4, "type": "Create", "field_name": "requester_id", "value": "501"},
            {"id": 5, "type": "Notification", "subject": "Got it"},
        ],
    },
    {
        "id": 9002, "ticket_id": 35, "created_at": "2026-02-01T09:00:00Z", "author_id": 601,
        "events": [
            {"id": 6, "type": "Comment", "author_id": 601, "body": "Which invoice?", "public": True},
            {"id": 7, "type": "Change", "field_name": "status", "value": "pending", "previous_value": "new"},
            {"id": 8, "type": "Change", "field_name": "group_id", "value": "801", "previous_value": None},
        ],
    },
    {
        "id": 9003, "ticket_id": 35, "created_at": "2026-02-02T08:00:00Z", "author_id": 601,
        "events": [{"id": 9, "type": "Comment", "author_id": 601, "body": "Ask finance", "public": False}],
    },
]  # fmt: skip
SERVICENOW_RECORD: dict[str, Any] = {
    "sys_id": "46d44a5dc0a8010e0000",
    "number": "INC0010002",
    "short_description": "Mail is down",
    "description": "No mail since nine.",
    "caller_id": {"display_value": "Ada Holm", "link": "https://example.service-now.com/api/now/table/sys_user/1"},
    "state": "3",
    "hold_reason": "1",
    "impact": "1",
    "urgency": "2",
    "priority": "2",
    "category": "Software",
    "contact_type": "phone",
    "assignment_group": {"display_value": "Network", "value": "287ee6fea9fe198100ada7950d0b1b73"},
    "assigned_to": "",
    "opened_at": "2026-03-01 08:00:00",
    "sys_updated_on": "2026-03-02 08:00:00",
    "comments": "2026-03-01 09:00:00 - Bo Lind (Additional comments)\nWe look into it.\n\n"
    "2026-03-01 10:00:00 - Ada Holm (Additional comments)\nThanks.\n\n",
    "work_notes": "2026-03-01 09:30:00 - Bo Lind (Work notes)\nServer 3 it is.\n\n",
}
FRESHDESK_TICKET: dict[str, Any] = {
    "id": 12,
    "subject": "Printer",
    "description": "<div>It is <b>broken</b>.</div>",
    "description_text": "It is broken.",
    "status": 6,
    "priority": 4,
    "source": 1,
    "type": "Incident",
    "product_id": 77,
    "requester_id": 41,
    "responder_id": 42,
    "group_id": 43,
    "is_escalated": True,
    "fr_escalated": False,
    "spam": False,
    "created_at": "2026-04-01T08:00:00Z",
    "updated_at": "2026-04-02T08:00:00Z",
    "due_by": "2026-04-03T08:00:00Z",
    "fr_due_by": "2026-04-01T10:00:00Z",
    "tags": ["floor 3"],
    "requester": {"id": 41, "name": "Ada Holm", "email": "ada@example.org"},
    "conversations": [
        {
            "id": 71, "body": "<p>Which one?</p>", "body_text": "Which one?", "incoming": False, "private": False,
            "user_id": 42, "source": 0, "created_at": "2026-04-01T09:00:00Z",
        },
        {
            "id": 72, "body_text": "The grey one", "incoming": True, "private": False, "user_id": 41, "source": 0,
            "created_at": "2026-04-01T10:00:00Z",
        },
        {
            "id": 73, "body_text": "Toner?", "incoming": False, "private": True, "user_id": 42, "source": 2,
            "created_at": "2026-04-01T11:00:00Z",
        },
    ],
    "stats": {"resolved_at": None, "reopened_at": "2026-04-02T08:00:00Z"},
}  # fmt: skip
JIRA_TABLE = (
    "\ufeffSummary,Issue key,Issue id,Issue Type,Status,Project key,Priority,Resolution,Assignee,Assignee Id,Reporter,"
    "Reporter Id,Created,Updated,Resolved,Due date,Labels,Labels,Description,Attachment,Comment,Comment,Comment,"
    "Status Category,Custom field (Rank),Affected services\n"
    "Login fails,OPS-7,10279,Bug,Blocked,OPS,High,,Bo Lind,712:b,Ada Holm,712:a,05/Jan/26 3:54 PM,06/Jan/26 12:05 AM,,"
    '09/Jan/26 12:00 AM,vpn,gateway,"Nobody can, as\nof nine",05/Jan/26 4:00 PM;712:a;shot.png;https://example.org/1,'
    "05/Jan/26 4:10 PM;712:b;On it; wait,05/Jan/26 4:20 PM;712:a;Thanks,,In Progress,0|i1:,Sign-in\n"
    "Old,OPS-6,10278,Task,Done,OPS,Medium,Won't Do,,,Bo Lind,712:b,02/Jan/26 9:00 AM,03/Jan/26 9:00 AM,"
    "03/Jan/26 9:00 AM,,,,,,,,,Done,0|i0:,\n"
)
SERVICENOW_TABLE = (
    '"number","opened_at","short_description","caller_id","priority","state","assignment_group","assigned_to"\n'
    '"INC0000060","12/02/2025 07:19:57","Unable to connect to email","Joe Employee","3 - Moderate","Closed","Network",'
    '"David Loo"\n'
    '"INC0000059","02/28/2025 09:14:29","Unable to access team file share","Rick Berzle","1 - Critical",'
    '"On Hold","",""\n'
)
OSTICKET_TABLE = (
    "\ufeffTicketnummer;Erstellungsdatum;Betreff;Von;E-Mail;Priorität;Abteilung;Hilfethema;Quelle;Aktueller Status;"
    "Letzte Aktualisierung;Geschlossen am;Überfällig;Zugewiesener Agent\n"
    "100234;2026-05-01 08:00:00;Drucker;Ada Holm;ada@example.org;Dringend;Support;Geräte / Drucker;E-Mail;Offen;"
    "2026-05-02 08:00:00;;1;Bo Lind\n"
    "100235;2026-05-03 08:00:00;Konto;Cy;cy@example.org;Normal;Support;Konten;Telefon;Geschlossen;"
    "2026-05-04 08:00:00;2026-05-04 08:00:00;0;\n"
)
ZENDESK_TABLE = (
    "Summation column,Id,Requester,Requester id,Requester email,Assignee,Group,Subject,Tags,Status,Priority,Via,"
    "Ticket type,Created at,Updated at,Solved at,Organization,Reopens,Product\n"
    "1,35,Ada Holm,501,ada@example.org,Bo Lind,Billing,Invoice wrong,billing late,Solved,High,Mail,Problem,"
    "2026-02-01 08:00,2026-02-02 08:00,2026-02-02 07:00,Acme,1,Ledgerline\n"
)
FRESHDESK_TABLE = (
    "Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,"
    "Last update time,Initial response time,Tags,Full name,Email,Company Name,Product\n"
    "12,Printer,Waiting on Customer,Urgent,Email,Incident,Bo Lind,Support,2026-04-01 08:00:00,2026-04-03 08:00:00,,,"
    '2026-04-02 08:00:00,2026-04-01 09:00:00,"floor 3,toner",Ada Holm,ada@example.org,Acme,Copiers\n'
)
