"""Small good files of every format and shape, for fuzzing: what a reader makes of them once something is changed."""

from __future__ import annotations

import json
from typing import Any

from tests.intake import tickets
from tests.intake.files import a_mail, a_mailbox

ISSUE: dict[str, Any] = {
    "number": 1, "title": "A", "user": {"login": "a"}, "labels": [{"name": "x"}], "created_at": "2026-01-01",
    "url": "https://api.github.com/repos/a/b/issues/1", "body": None, "comments": [],
}  # fmt: skip
ALERT: dict[str, Any] = {
    "labels": {"alertname": "a"}, "annotations": {}, "startsAt": "2020-02-06T00:17:58Z", "fingerprint": "f",
    "endsAt": "2020-02-07T00:17:58Z", "status": {"state": "active"}, "receivers": [{"name": "r"}],
}  # fmt: skip
INCIDENT: dict[str, Any] = {
    "id": "Q", "incident_number": 1, "title": "x", "created_at": "2026-04-01T02:08:04Z", "status": "resolved",
    "acknowledgements": [{"at": "2026-04-01T02:08:04Z", "acknowledger": {"summary": "a"}}], "service": {"summary": "s"},
}  # fmt: skip
EVENT = {"type": "IssuesEvent", "actor": {}, "repo": {"name": "a/b"}, "payload": {"action": "opened", "issue": ISSUE}}
RSS = (
    '<rss version="0.92"><channel><item><key id="1">A-1</key><summary>s</summary><description>&lt;p&gt;x</description>'
    '<status id="1">Open</status><created>Mon, 5 Jan 2026 08:00:00 +0100</created><reporter username="a">A</reporter>'
    '<comments><comment id="2" author="a" created="Mon, 5 Jan 2026 08:00:00 +0100">c</comment></comments></item>'
    "</channel></rss>"
)
UNLOAD = (
    '<?xml version="1.0" encoding="UTF-8"?><unload><incident action="INSERT"><number>INC1</number><state>2</state>'
    "<short_description>x</short_description><opened_at>2026-01-05 08:00:00</opened_at></incident></unload>"
)
PARTS = "--b\n\nx\n--b\nContent-Type: application/x-y\nContent-Disposition: attachment; filename=a.bin\n\nz\n--b--"


def _json(*values: object) -> bytes:
    return "\n".join(map(json.dumps, values)).encode()


SEEDS: dict[str, tuple[bytes, ...]] = {
    "native-csv": (b'title,body,impact,created,tags\nA,"b\nc",1,2026-01-01,x;y\nB,"d""e",,,\n',),
    "native-jsonl": (
        b'{"title": "A", "impact": 1}\n{"title": "B", "tags": ["x"], "messages": []}\n',
        _json([{"title": "A", "messages": [{"by": "a", "at": "2026-01-01", "text": "x"}]}]),
    ),
    "events-csv": (b"case,time,event,tier,status\n1,2026-01-01,a,1,new\n1,2026-01-02,escalated,2,open\n",),
    "events-jsonl": (b'{"case": "1", "time": "2026-01-01", "event": "a"}\n' * 3,),
    "alertmanager": (
        _json({"receiver": "x", "version": "4", "alerts": [ALERT, ALERT | {"status": "resolved"}]}),
        _json([ALERT]), _json({"status": "success", "data": {"alerts": [ALERT]}}),
    ),
    "pagerduty": (
        _json({"event": {"event_type": "incident.resolved", "occurred_at": "2026-04-01T02:08:04Z", "data": INCIDENT}}),
        _json({"incidents": [INCIDENT]}), _json({"log_entries": [{"type": "trigger_log_entry", "incident": INCIDENT}]}),
        _json({"messages": [{"event": "incident.trigger", "incident": INCIDENT, "created_on": "2026-04-01"}]}),
        b"id,incident_number,description,created_on,resolved_on\nQ,1,x,2026-04-01T02:08:04Z,2026-04-01T03:08:04Z\n",
    ),
    "github": (
        _json([ISSUE]), _json(EVENT, EVENT), _json({"repo": "a/b", "issues": [ISSUE]}),
        _json({"data": {"repository": {"nameWithOwner": "a/b", "issues": {"nodes": [ISSUE]}}}}),
        _json({"action": "opened", "issue": ISSUE, "comment": {"id": 1, "created_at": "2026-01-01", "body": "x"}}),
        _json([{"type": "issue", "url": "https://x/a/b/issues/1", "title": "m", "user": "https://x/a"}]),
    ),
    "jira": (tickets.JIRA_TABLE.encode(), _json({"startAt": 0, "issues": [tickets.JIRA_ISSUE]}), RSS.encode()),
    "zendesk": (
        _json({"tickets": [tickets.ZENDESK_TICKET], "audits": tickets.ZENDESK_AUDITS}), tickets.ZENDESK_TABLE.encode(),
        _json({"ticket": tickets.ZENDESK_TICKET, "comments": [{"id": 1, "created_at": "2026-01-01", "body": "x"}]}),
    ),
    "servicenow": (
        tickets.SERVICENOW_TABLE.encode(), _json({"result": [tickets.SERVICENOW_RECORD]}), UNLOAD.encode(),
    ),
    "freshdesk": (
        _json([tickets.FRESHDESK_TICKET]), tickets.FRESHDESK_TABLE.encode(),
        _json({"freshdesk_webhook": {"ticket_id": 1, "ticket_subject": "x", "ticket_tags": "a,b"}}),
    ),
    "osticket": (
        tickets.OSTICKET_TABLE.encode(),
        _json({"name": "a", "email": "a@x", "subject": "s", "message": "data:text/html;charset=x;base64,PHA+"}),
    ),
    "mbox": (
        a_mailbox(a_mail(message_id="<a@x>"), a_mail(PARTS, content_type="multipart/mixed; boundary=b")),
    ),
    "mail": (
        a_mail("<p>x</p>", content_type="text/html; charset=utf-8"),
        a_mail(PARTS, content_type="multipart/report; boundary=b", to='"a, b" <c@x>', references="<a@x> <b@x>"),
        a_mail("=?", subject="=?utf-8?B?w6E=?= =?x?Q?=FF?=", cc="d@x, e@y", content_type="message/rfc822"),
    ),
}  # fmt: skip
"""By format, small good files of it."""
CASES_MAP = """\
dates = "dmy"
[columns]
ref = "id"
title = "fields.summary"
created = "at"
tags = ["tags", "x"]
status = "state"
[values.status]
"done*" = "closed"
"""
EVENTS_MAP = 'kind = "events"\n[columns]\ncase = "id"\ntime = "at"\nevent = "state"\ntier = "x"\n'
MAPPED: tuple[bytes, ...] = (
    b"Report\n\nid;fields.summary;at;tags;state;x\n1;A;1.2.2026 10:00;a,b;Done;1\n2;B;;;Open;\n",
    _json({"data": [{"id": 1, "fields": {"summary": "A"}, "at": "2026-01-01", "tags": ["a"], "state": {"name": "d"}}]}),
    _json({"id": 1, "fields": {"summary": "A"}, "x": 1}, {"id": 2, "fields": [{"summary": "B"}]}),
)
"""Tables and JSON that are read by these maps."""
