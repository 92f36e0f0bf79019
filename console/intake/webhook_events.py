"""Events that webhooks tell of, brought into the form in which each system gives its tickets elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from console.intake.json_reading import BadJsonError, json_value
from console.intake.text import decoded

_GITHUB = frozenset({"", "issues", "issue_comment"})
_JIRA_GONE = "jira:issue_deleted"
_ZENDESK = "zen:event-type:"
_TICKET = "ticket_"
_PRIORITIES = {"low": 1, "medium": 2, "high": 3, "urgent": 4}


def of_cases(form: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bytes | None:
    """Give what a webhook says of a ticket, in a form that intake reads; None where it tells of none.

    A test of the connection is such a one, and so is news of something else: a push, a sprint, a user. What is no JSON
    object stays as it is, for intake to say so. The names of `headers` are in small letters; `now` is when it came, for
    what does not say when it happened.
    """
    if form == "github" and headers.get("x-github-event", "") not in _GITHUB:
        return None
    try:
        value = json_value(decoded(body.removeprefix(b"\xef\xbb\xbf")))
    except BadJsonError:
        return body
    if not isinstance(value, dict):
        return body
    made = _READ[form](value, now) if form in _READ else value
    if made is value:
        return body
    return None if made is None else json.dumps(made).encode()


def _jira(value: dict[str, Any], _: datetime) -> dict[str, Any] | None:
    """Leave out what tells of no issue, or of one that is no more."""
    is_event = "webhookEvent" in value
    return None if is_event and ("issue" not in value or value["webhookEvent"] == _JIRA_GONE) else value


def _zendesk(value: dict[str, Any], _: datetime) -> dict[str, Any] | None:
    """Give the ticket of an event, with the comment that it brings; other events tell of no ticket."""
    kind, detail = str(value.get("type", "")), value.get("detail")
    if not kind.startswith(_ZENDESK):
        return value
    if not kind.startswith(f"{_ZENDESK}ticket.") or not isinstance(detail, dict):
        return None
    ticket = detail | {key: str(detail[key]).lower() for key in ("status", "priority") if detail.get(key)}
    event = value.get("event")
    comment = event.get("comment") if isinstance(event, dict) else None
    if isinstance(comment, dict):
        said = comment | {"public": comment.get("is_public", True), "created_at": value.get("time")}
        author = comment.get("author")
        ticket["comments"] = [said | {"author_id": author.get("id")} if isinstance(author, dict) else said]
    return {"ticket": ticket}


def _freshdesk(value: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Give the ticket of an automation, whose keys say of everything that it is the ticket's."""
    hook = value.get("freshdesk_webhook")
    if not isinstance(hook, dict) or f"{_TICKET}id" not in hook:
        return value
    ticket = {key.removeprefix(_TICKET): each for key, each in hook.items()}
    ticket["requester"] = {"name": ticket.get("requester_name"), "email": ticket.get("requester_email")}
    ticket["responder_name"] = ticket.get("agent_name")
    priority = str(ticket.get("priority")).casefold()
    told = {"priority": _PRIORITIES.get(priority, priority), "priority_name": priority, "updated_at": now.isoformat()}
    return {"freshdesk_webhook": ticket | told}


_READ = {"jira": _jira, "zendesk": _zendesk, "freshdesk": _freshdesk}
