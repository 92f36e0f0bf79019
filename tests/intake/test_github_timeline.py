"""GitHub's timelines: in an issue, alone, of the other interface, and what a webhook tells of one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.files import stands, take, told
from tests.intake.test_github import ARCHIVED, REST, taken

BO, ADA = {"login": "bo"}, {"login": "ada"}


def event(what: str, day: int, by: dict[str, str] = BO, **more: object) -> dict[str, Any]:
    """Give an event of the REST interface."""
    url = f"https://api.github.com/repos/acme/shop/issues/events/{day}"
    return {
        "id": day,
        "node_id": "x",
        "url": url,
        "event": what,
        "actor": by,
        "created_at": f"2026-01-{day:02}T10:00:00Z",
    } | more


CLOSED = {"state": "closed", "closed_at": "2026-01-03T10:00:00Z"}
EVENTS = [
    event("subscribed", 2),
    event("assigned", 3, assignee=BO),
    event("labeled", 4, label={"name": "bug"}),
    event("labeled", 4, label={"name": "P1"}),
    event("milestoned", 5, milestone={"title": "May"}),
    event("closed", 6, state_reason="not_planned"),
    event("reopened", 7, ADA),
    event("renamed", 8, rename={"from": "Log in", "to": "Login fails"}),
    event(
        "cross-referenced",
        9,
        source={"issue": {"number": 4, "title": "Too", "url": "https://api.github.com/repos/acme/web/issues/4"}},
    ),
    event("unassigned", 10, assignee=BO),
    event("commented", 11, user=ADA, body="Still so", issue_url="https://api.github.com/repos/acme/shop/issues/12"),
    event("locked", 12),
]


def test_an_issue_with_its_timeline_tells_its_past(tmp_path: Path) -> None:
    (case,) = taken(tmp_path, REST | {"timeline": EVENTS, "assignees": []}).arrivals

    assert (case.status, case.handler) == ("", "")
    assert told(case) == [
        "created", "bo | assigned to bo | bo", "bo | closed | closed | bo | not planned", "ada | reopened | open | bo",
        "bo | unassigned bo", "GitHub | open",
    ]  # fmt: skip
    assert [(message.by, message.text) for message in case.messages] == [
        ("bo", "label bug added\nlabel P1 added"), ("bo", "milestone May set"), ("bo", "title: Log in → Login fails"),
        ("bo", "named in acme/web#4: Too"), ("ada", "Still so"),
    ]  # fmt: skip
    assert case.messages[4].ref == "acme/shop#12/11"


@pytest.mark.parametrize("wrapped", [EVENTS, [EVENTS[:6], EVENTS[6:]]])
def test_a_timeline_alone_belongs_to_the_issue_that_its_comments_name(tmp_path: Path, wrapped: object) -> None:
    found = taken(tmp_path, wrapped)

    (case,) = found.arrivals
    assert (found.format, case.ref, case.title) == ("github", "acme/shop#12", "acme/shop#12")
    assert "title" in case.derived
    assert (case.requester, stands(case)) == ("", ("", ""))
    assert case.created == datetime(2026, 1, 3, 10, tzinfo=UTC)


def test_a_timeline_that_names_no_issue_is_rejected(tmp_path: Path) -> None:
    (reject,) = taken(tmp_path, EVENTS[:5]).rejects

    assert (reject.place, reject.number) == ("item", 1)
    assert "does not say of which issue" in reject.reason


def test_events_of_the_other_interface_are_told_the_same(tmp_path: Path) -> None:
    at = "2026-01-06T10:00:00Z"
    nodes = [
        {"__typename": "AssignedEvent", "createdAt": "2026-01-03T10:00:00Z", "actor": BO, "assignee": BO},
        {"__typename": "LabeledEvent", "createdAt": at, "actor": BO, "label": {"name": "bug"}},
        {"__typename": "MilestonedEvent", "createdAt": at, "actor": ADA, "milestoneTitle": "May"},
        {"__typename": "RenamedTitleEvent", "createdAt": at, "actor": ADA, "previousTitle": "a", "currentTitle": "b"},
        {"__typename": "TransferredEvent", "createdAt": at, "actor": None, "fromRepository": {"nameWithOwner": "a/b"}},
        {"__typename": "CrossReferencedEvent", "createdAt": at, "actor": None, "source": {}},
        {"__typename": "MarkedAsDuplicateEvent", "createdAt": at, "actor": None},
        {"__typename": "ClosedEvent", "createdAt": at, "actor": BO, "stateReason": "COMPLETED"},
        {"__typename": "IssueComment", "createdAt": at, "author": ADA, "body": "Thanks", "databaseId": 5},
        {"__typename": "SubscribedEvent", "createdAt": at, "actor": BO},
        {"__typename": "ClosedEvent", "actor": BO},
        7,
    ]

    (case,) = taken(
        tmp_path, {"repo": "a/b", "issues": [ARCHIVED | {"comments": [], "timelineItems": {"nodes": nodes}}]}
    ).arrivals

    assert told(case) == [
        "created",
        "bo | assigned to bo | bo",
        "bo | closed | closed | bo | completed",
        "GitHub | closed",
    ]
    assert {(message.by, message.text) for message in case.messages} == {
        ("bo", "label bug added"), ("ada", "milestone May set\ntitle: a → b"),
        ("ghost", "moved here from a/b\nmarked as a duplicate"), ("ada", "Thanks"),
    }  # fmt: skip


def test_a_closed_issue_without_a_timeline_tells_when_it_was_closed(tmp_path: Path) -> None:
    closed = {"state": "closed", "closed_at": "2026-01-02T09:00:00Z", "state_reason": "completed", "assignee": BO}

    (case,) = taken(tmp_path, [REST | closed | {"closed_by": ADA}]).arrivals
    (other,) = taken(tmp_path, [REST | closed]).arrivals

    assert told(case)[1:] == ["ada | closed | closed | bo | completed", "GitHub | closed | bo"]
    assert told(other)[1] == "GitHub | closed | closed | bo | completed"


@pytest.mark.parametrize(
    ("hook", "steps", "notes"),
    [
        ({"action": "closed", "state": CLOSED}, ["ada | closed | closed"], []),
        ({"action": "reopened"}, ["ada | reopened | open"], []),
        ({"action": "assigned", "assignee": BO, "state": {"assignees": [BO]}}, ["ada | assigned to bo | bo"], []),
        ({"action": "labeled", "label": {"name": "bug"}}, [], ["label bug added"]),
        ({"action": "edited", "changes": {"title": {"from": "Log in"}}}, [], ["title: Log in → Login fails"]),
        ({"action": "edited", "changes": {"body": {"from": "x"}}}, [], []),
        ({"action": "opened"}, [], []),
    ],
)  # fmt: skip
def test_a_webhook_tells_what_happened(
    tmp_path: Path, hook: dict[str, Any], steps: list[str], notes: list[str]
) -> None:
    issue = REST | {"state": "open"} | hook.pop("state", {})

    (case,) = taken(tmp_path, {"issue": issue, "sender": ADA, "repository": {"full_name": "acme/shop"}} | hook).arrivals

    assert told(case)[1:-1] == steps
    assert [message.text for message in case.messages] == notes


def test_a_milestone_says_when_it_is_due_and_a_type_is_the_category(tmp_path: Path) -> None:
    more = {"milestone": {"title": "May", "due_on": "2026-05-01T07:00:00Z"}, "type": {"name": "Bug"}}

    (case,) = take(tmp_path, json.dumps([REST | more])).arrivals

    assert (case.due, case.category) == (datetime(2026, 5, 1, 7, tzinfo=UTC), "Bug")
