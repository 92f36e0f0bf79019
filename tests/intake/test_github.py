"""GitHub: lists, archives, answers and webhooks; pull requests stay out, comments become messages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from console.domain.arrival import Voice
from console.intake.github import GitHub
from console.intake.source import Head
from tests.intake.files import Taken, stands, take

REST: dict[str, Any] = {
    "number": 12,
    "title": "Login fails",
    "body": None,
    "user": {"login": "ada", "type": "User"},
    "labels": [{"name": "bug"}, {"name": "P1"}, {"name": "bug"}],
    "state": "open",
    "repository_url": "https://api.github.com/repos/acme/shop",
    "created_at": "2026-01-01T10:00:00Z",
    "updated_at": "2026-01-02T10:00:00Z",
    "comments": 3,
}
ARCHIVED: dict[str, Any] = {
    "number": 3,
    "title": "Cache wrong",
    "author": "ada",
    "state": "CLOSED",
    "stateReason": "NOT_PLANNED",
    "labels": ["http"],
    "body": "Text",
    "createdAt": "2026-01-01T10:00:00Z",
    "updatedAt": "2026-01-05T10:00:00Z",
    "comments": [
        {"author": "bo", "authorAssociation": "MEMBER", "body": "Fixed", "createdAt": "2026-01-03T10:00:00Z"},
        {"author": "ada", "authorAssociation": "NONE", "body": "Thanks", "createdAt": "2026-01-04T10:00:00Z"},
        {"author": "cy", "authorAssociation": "NONE", "body": "Me too", "createdAt": "2026-01-02T10:00:00Z"},
        {"author": "ci[bot]", "body": "Stale", "createdAt": "2026-01-05T10:00:00Z"},
    ],
}


def taken(folder: Path, document: object, format: str | None = None) -> Taken:  # noqa: A002
    """Give what a JSON document holds."""
    return take(folder, json.dumps(document, indent=1), format)


def test_a_list_of_issues_is_found_and_read(tmp_path: Path) -> None:
    found = taken(tmp_path, [REST])

    assert found.format == "github"
    (case,) = found.arrivals
    assert (case.source, case.ref, case.title, case.body) == ("github", "acme/shop#12", "Login fails", "")
    assert (case.requester, case.channel, case.status) == ("ada", "github", "new")
    assert case.labels == case.tags == ("bug", "P1")
    assert case.created == datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert case.derived == {"requester", "channel"}


def test_pull_requests_are_left_out_and_counted(tmp_path: Path) -> None:
    found = taken(tmp_path, [REST | {"pull_request": {"url": "x"}}, REST])

    assert len(found.arrivals) == 1
    assert found.warnings == ["1 pull requests were left out; only issues are taken in."]


def test_an_archive_brings_comments_as_messages_in_order(tmp_path: Path) -> None:
    (case,) = taken(tmp_path, {"repo": "acme/web", "labels": [], "issues": [ARCHIVED]}).arrivals

    assert (case.ref, case.status, case.resolution) == ("acme/web#3", "closed", "not planned")
    assert case.updated == datetime(2026, 1, 5, 10, tzinfo=UTC)
    assert [(message.by, message.voice) for message in case.messages] == [
        ("cy", Voice.REQUESTER),
        ("bo", Voice.OUTBOUND),
        ("ada", Voice.REQUESTER),
        ("ci[bot]", Voice.INTERNAL),
    ]
    assert case.messages[0].ref == "acme/web#3/2026-01-02T10:00:00Z/cy"


def test_two_comments_of_one_person_in_one_second_are_two_messages(tmp_path: Path) -> None:
    twins = [{"author": "bo", "body": text, "createdAt": "2026-01-03T10:00:00Z"} for text in ("one", "two")]

    (case,) = taken(tmp_path, {"repo": "a/b", "issues": [ARCHIVED | {"comments": twins}]}).arrivals

    assert [message.text for message in case.messages] == ["one", "two"]
    assert len({message.ref for message in case.messages}) == 2


def test_what_graphql_wraps_is_unwrapped(tmp_path: Path) -> None:
    node = ARCHIVED | {
        "author": {"login": "ada", "__typename": "User"},
        "labels": {"nodes": [{"name": "http"}]},
        "comments": {"edges": [{"node": ARCHIVED["comments"][0] | {"id": "IC_1"}}]},
    }
    answer = {"data": {"repository": {"nameWithOwner": "acme/web", "issues": {"nodes": [node]}}}}

    (case,) = taken(tmp_path, answer).arrivals

    assert (case.ref, case.requester, case.labels) == ("acme/web#3", "ada", ("http",))
    assert case.messages[0].ref == "acme/web#3/IC_1"


@pytest.mark.parametrize("document", [REST, {"total_count": 1, "items": [REST]}, [[REST]]])
def test_one_issue_a_search_and_pages_are_read(tmp_path: Path, document: object) -> None:
    assert [case.ref for case in taken(tmp_path, document).arrivals] == ["acme/shop#12"]


def test_a_webhook_brings_its_comment(tmp_path: Path) -> None:
    comment = {
        "id": 99,
        "user": {"login": "bo"},
        "author_association": "OWNER",
        "body": "On it",
        "created_at": "2026-01-03T10:00:00Z",
    }
    hook = {"action": "created", "issue": REST, "comment": comment, "repository": {"full_name": "acme/other"}}

    (case,) = taken(tmp_path, hook).arrivals
    (quiet,) = taken(tmp_path, hook | {"action": "deleted"}).arrivals
    gone = taken(tmp_path, {"action": "deleted", "issue": REST})

    assert case.ref == "acme/other#12"
    assert [(message.ref, message.voice) for message in case.messages] == [("acme/other#12/99", Voice.OUTBOUND)]
    assert quiet.messages == ()
    assert [reject.reason for reject in gone.rejects] == [
        "The issue was deleted at GitHub; there is nothing to take in."
    ]


def test_what_is_no_issue_is_rejected_with_its_place(tmp_path: Path) -> None:
    found = taken(tmp_path, [REST, 5, REST | {"number": "x"}, REST | {"created_at": "soon", "number": 2}])

    assert len(found.arrivals) == 1
    assert [(reject.place, reject.number, reject.reason) for reject in found.rejects] == [
        ("item", 2, "This is not an issue: it has no number or no title."),
        ("item", 3, "This is not an issue: it has no number or no title."),
        ("item", 4, "created_at is 'soon', but takes an ISO 8601 time."),
    ]


def test_an_author_who_is_gone_is_a_ghost_and_answers_for_nobody(tmp_path: Path) -> None:
    ghostly = {"author": None, "body": "x", "createdAt": "2026-01-03T10:00:00Z", "authorAssociation": "MEMBER"}

    (case,) = taken(tmp_path, {"repo": "a/b", "issues": [ARCHIVED | {"author": None, "comments": [ghostly]}]}).arrivals

    assert case.requester == "ghost"
    assert case.messages[0].voice is Voice.OUTBOUND


@pytest.mark.parametrize(
    "text", ['[{"number": 1,', '{"a": 1}', "5", '{"data": {"repository": {"issues": {"nodes": [5]}}}}']
)
def test_what_a_document_without_issues_holds_is_rejected(tmp_path: Path, text: str) -> None:
    found = take(tmp_path, text, "github")

    assert (found.arrivals, [(reject.place, reject.number) for reject in found.rejects]) == ([], [("item", 1)])


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    text = json.dumps({"repo": "acme/web", "issues": [ARCHIVED, ARCHIVED | {"number": 4}]})
    found = take(tmp_path, text[:-30])

    assert [case.ref for case in found.arrivals] == ["acme/web#3"]
    assert [reject.number for reject in found.rejects] == [2]


def test_the_repository_may_stand_behind_the_issues(tmp_path: Path) -> None:
    assert [case.ref for case in taken(tmp_path, {"issues": [ARCHIVED], "repo": "acme/web"}).arrivals] == ["acme/web#3"]


def test_a_long_archive_is_given_on_before_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.intake.github_records.HELD", 10)
    archive = {"repo": "acme/web", "issues": [ARCHIVED, ARCHIVED | {"number": 4}]}

    assert [case.ref for case in taken(tmp_path, archive).arrivals] == ["acme/web#3", "acme/web#4"]


def test_lines_pages_and_searches_are_read(tmp_path: Path) -> None:
    other = REST | {"number": 13}
    found = {"data": {"search": {"nodes": [ARCHIVED | {"url": "https://github.com/acme/web/issues/3"}]}}}

    assert [case.ref for case in take(tmp_path, f"{json.dumps(REST)}\n{json.dumps(other)}\n").arrivals] == [
        "acme/shop#12",
        "acme/shop#13",
    ]
    assert len(take(tmp_path, f"[{json.dumps(REST)}][{json.dumps(other)}]").arrivals) == 2
    assert [case.ref for case in taken(tmp_path, found).arrivals] == ["acme/web#3"]


def test_events_of_the_public_timeline_bring_their_issues(tmp_path: Path) -> None:
    around = {"id": "1", "actor": {"login": "ada"}, "repo": {"name": "acme/shop"}, "created_at": "2026-01-01T10:00:00Z"}
    comment = {"id": 9, "user": {"login": "bo"}, "body": "On it", "created_at": "2026-01-03T10:00:00Z"}
    events = [
        around | {"type": "PushEvent", "payload": {"size": 1}},
        around | {"type": "IssuesEvent", "payload": {"action": "opened", "issue": REST}},
        around | {"type": "IssueCommentEvent", "payload": {"action": "created", "issue": REST, "comment": comment}},
    ]

    found = take(tmp_path, "\n".join(map(json.dumps, events)))

    assert (found.format, [case.ref for case in found.arrivals]) == ("github", ["acme/shop#12"] * 2)
    assert [message.ref for message in found.arrivals[1].messages] == ["acme/shop#12/9"]


def test_an_archive_of_a_migration_names_everything_by_address(tmp_path: Path) -> None:
    issue = {
        "type": "issue", "url": "https://github.com/acme/shop/issues/8", "repository": "https://github.com/acme/shop",
        "user": "https://github.com/ada", "title": "Moved", "body": "Text", "closed_at": "2026-01-05T10:00:00Z",
        "labels": ["https://github.com/acme/shop/labels/very%20bad"], "created_at": "2026-01-01T10:00:00Z",
    }  # fmt: skip
    change = issue | {"type": "pull_request", "url": "https://github.com/acme/shop/pull/9"}

    found = taken(tmp_path, [issue, change])

    assert (found.format, len(found.arrivals)) == ("github", 1)
    (case,) = found.arrivals
    assert (case.ref, case.requester, stands(case)[0], case.labels) == ("acme/shop#8", "ada", "closed", ("very bad",))
    assert found.warnings == ["1 pull requests were left out; only issues are taken in."]


def test_a_short_list_of_the_command_line_is_known_by_its_addresses(tmp_path: Path) -> None:
    found = taken(tmp_path, [{"number": 5, "title": "Bad", "url": "https://github.com/acme/shop/issues/5"}])

    assert (found.format, found.arrivals[0].ref, found.arrivals[0].requester) == ("github", "acme/shop#5", "")


@pytest.mark.parametrize(
    "document",
    [
        {"issues": [{"key": "A-1", "fields": {}}], "startAt": 0},
        {"tickets": [{"id": 1, "created_at": "x"}]},
        [{"event": "closed", "id": 1, "created_at": "x"}],
    ],
)
def test_other_trackers_are_not_taken_for_github(document: object) -> None:
    assert not GitHub().recognises(Head(json.dumps(document).encode()))
