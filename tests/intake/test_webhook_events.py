"""What webhooks tell of tickets is read as tickets are elsewhere; what tells of none makes no case."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.arrival import Arrival, Reject, Voice
from console.domain.errors import Refused
from console.intake import read_bytes
from console.intake.moments import moment
from console.intake.webhook_events import of_cases
from tests.builders import MORNING
from tests.intake.files import stands

HOOKED = ("github", "jira", "zendesk", "freshdesk", "servicenow", "alertmanager", "pagerduty", "native-jsonl")


def come_in(form: str, document: object, **headers: str) -> list[Arrival | Reject]:
    """Give what a webhook leads to."""
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    body = of_cases(form, told, json.dumps(document).encode(), MORNING)
    if body is None:
        return []
    with read_bytes(body, "delivery", form) as reading:
        return list(reading.items)


def arrival(form: str, document: object) -> Arrival:
    """Give the one arrival of a webhook."""
    (found,) = come_in(form, document)
    assert isinstance(found, Arrival), found
    return found


DETAIL = {
    "id": "36", "subject": "Till 4 freezes", "description": "Since nine", "status": "OPEN", "priority": "URGENT",
    "requester_id": "8447388090494", "assignee_id": "8447388090495", "created_at": "2026-11-20T09:00:00Z",
    "updated_at": "2026-11-23T09:00:00Z", "tags": ["till"], "type": "incident", "is_public": True,
    "via": {"channel": "web_service"},
}  # fmt: skip


def an_event(kind: str, **event: Any) -> dict[str, Any]:  # noqa: ANN401 - any key
    return {
        "type": f"zen:event-type:{kind}", "account_id": 22129848, "id": "01GG", "time": "2026-11-23T09:00:00.5Z",
        "zendesk_event_version": "2022-06-20", "subject": "zen:ticket:36", "detail": DETAIL, "event": event,
    }  # fmt: skip


def test_an_event_of_zendesk_is_its_ticket() -> None:
    case = arrival("zendesk", an_event("ticket.status_changed", current="OPEN", previous="NEW"))

    assert (case.source, case.ref, case.title, stands(case)[0]) == ("zendesk", "36", "Till 4 freezes", "open")
    assert (case.severity, case.created, case.tags) == ("S1", moment("2026-11-20T09:00:00Z"), ("till",))


def test_a_comment_at_zendesk_comes_along() -> None:
    comment = {"id": "9", "body": "It froze again", "is_public": True, "author": {"id": "8447388090494", "name": "Kim"}}
    case = arrival("zendesk", an_event("ticket.comment_added", comment=comment))

    (said,) = [message for message in case.messages if message.text == "It froze again"]
    assert (said.ref, said.voice, said.at) == ("36/9", Voice.REQUESTER, moment("2026-11-23T09:00:00.5Z"))
    comment |= {"is_public": False, "author": None}
    case = arrival("zendesk", an_event("ticket.comment_added", comment=comment))
    assert Voice.INTERNAL in {message.voice for message in case.messages}


def test_a_webhook_of_zendesk_that_a_trigger_writes_is_read_too() -> None:
    assert arrival("zendesk", {"ticket": {"id": 7, "subject": "Hm", "status": "pending"}}).ref == "7"


def test_an_automation_of_freshdesk_is_its_ticket() -> None:
    hook = {
        "ticket_id": 5, "ticket_subject": "Till 4 freezes", "ticket_description": "<p>Since nine</p>",
        "ticket_status": "Open", "ticket_priority": "High", "ticket_requester_name": "Kim",
        "ticket_requester_email": "kim@acme.example", "ticket_agent_name": "Bo", "ticket_group_name": "Shops",
        "ticket_due_by_time": "Nov 24, 2026 12:00 PM", "ticket_tags": "till, shop",
    }  # fmt: skip
    case = arrival("freshdesk", {"freshdesk_webhook": hook})

    assert (case.ref, case.title, case.body, case.requester) == (
        "5",
        "Till 4 freezes",
        "Since nine",
        "kim@acme.example",
    )
    assert (stands(case)[0], case.due) == ("open", None)
    last = case.steps[-1] if case.steps else case
    assert (last.severity, last.handler) == ("S2", "Bo")
    assert "Group: Shops" in {message.text for message in case.messages}
    assert arrival("freshdesk", {"freshdesk_webhook": {"id": 6, "subject": "Hm"}}).ref == "6"


def test_what_freshdesk_says_again_is_the_same_whenever_it_comes() -> None:
    hook = {"freshdesk_webhook": {"ticket_id": 5, "ticket_subject": "Hm", "ticket_status": "Open"}}
    body = json.dumps(hook).encode()
    first, again = (of_cases("freshdesk", {}, body, at) for at in (MORNING, MORNING + timedelta(hours=1)))
    assert first != again
    told = []
    for each in (first, again):
        with read_bytes(each or b"", "delivery", "freshdesk") as reading:
            cases = [item for item in reading.items if isinstance(item, Arrival)]
        told += [[(case.ref, stands(case), [message.ref for message in case.messages]) for case in cases]]
    assert told[0] == told[1] == [("5", ("open", ""), [])]


def test_an_issue_of_jira_comes_with_its_comment_and_changes() -> None:
    hook = {
        "timestamp": 1, "webhookEvent": "jira:issue_updated", "issue_event_type_name": "issue_commented",
        "user": {"displayName": "Bo"},
        "issue": {"key": "SHOP-1", "fields": {"summary": "Till 4 freezes", "status": {"name": "In Progress"}}},
        "comment": {
            "id": "10", "body": "Looking", "author": {"displayName": "Bo"}, "created": "2026-11-23T09:00:00.000+0000",
        },
        "changelog": {"id": "11", "items": [{"field": "status", "fromString": "To Do", "toString": "In Progress"}]},
    }  # fmt: skip
    case = arrival("jira", hook)
    assert (case.ref, case.title, stands(case)[0]) == ("SHOP-1", "Till 4 freezes", "open")
    assert "Looking" in {message.text for message in case.messages}


def test_a_business_rule_of_servicenow_is_its_record() -> None:
    record = {
        "number": "INC0010023",
        "short_description": "Till 4 freezes",
        "priority": "1",
        "state": "2",
        "sys_id": "x",
    }
    for document in (record, {"result": record}, {"records": [record]}):
        case = arrival("servicenow", document)
        assert (case.source, case.ref, case.title) == ("servicenow", "INC0010023", "Till 4 freezes")


def test_news_of_other_things_make_no_case() -> None:
    assert come_in("github", {"zen": "Keep it", "hook_id": 1}, x_github_event="ping") == []
    assert come_in("github", {"issue": {}}, x_github_event="push") == []
    assert come_in("jira", {"webhookEvent": "sprint_started", "sprint": {}}) == []
    assert come_in("jira", {"webhookEvent": "jira:issue_deleted", "issue": {"key": "A-1"}}) == []
    assert come_in("zendesk", an_event("user.created")) == []
    assert come_in("zendesk", an_event("ticket.created") | {"detail": None}) == []
    assert come_in("pagerduty", {"event": {"event_type": "pagey.ping", "data": {"message": "Hello"}}}) == []


@pytest.mark.parametrize("form", HOOKED)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "issue", "webhookEvent", "type", "detail", "event", "comment", "author", "id", "freshdesk_webhook",
                    "ticket_id", "ticket_subject", "status", "priority", "subject", "fields", "summary", "key",
                    "alerts",
                )
            ),
            inner | st.sampled_from(("zen:event-type:ticket.x", "jira:issue_created")),
            max_size=4,
        ),
        max_leaves=20,
    )
)  # fmt: skip
def test_whatever_comes_is_read_or_refused(form: str, value: object) -> None:
    with suppress(Refused):
        come_in(form, value)
