"""GitHub issues: answers of the REST lists, archives, webhook payloads and events, one document or many lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.domain.arrival import Arrival, Reject
from console.intake.github_facts import NotAnIssueError
from console.intake.github_issue import issue_arrival
from console.intake.github_records import Found, payloads
from console.intake.json_facts import mapping
from console.intake.json_reading import first_keys
from console.intake.native_fields import BadValueError
from console.intake.source import Feed, Head
from console.intake.text import one_line

_ISSUE = frozenset({"user", "author", "html_url", "createdAt", "created_at", "updatedAt", "closedAt", "stateReason"})
_ANSWER = re.compile(r'"(?:repository|search|node)"\s{0,10}:\s{0,10}\{')
_OTHERS = frozenset({"startAt", "maxResults", "triage"})


class GitHub:
    """Issues of a GitHub repository; pull requests are left out."""

    format = "github"

    def recognises(self, head: Head) -> bool:
        """Say whether the first object is an issue, a list of issues or a webhook payload about one."""
        if not head.text.lstrip().startswith(("{", "[")):
            return False
        keys = first_keys(head.text)
        if keys & _OTHERS:
            return False
        issue = {"number", "title"} <= keys and bool(keys & _ISSUE or "/issues/" in head.text)
        listing = "issues" in keys and ("createdAt" in head.text or "created_at" in head.text or "repo" in keys)
        answer = "data" in keys and _ANSWER.search(head.text) is not None
        found = {"items", "total_count"} <= keys
        event = {"type", "payload", "repo"} <= keys
        moved = {"type", "url", "repository", "title"} <= keys and "/issues/" in head.text
        timeline = {"event", "node_id", "actor"} <= keys and "/issues/" in head.text
        return any((issue, listing, answer, found, event, moved, timeline, {"action", "issue"} <= keys))

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read issue by issue, and count the pull requests that are passed over."""
        return _arrivals(payloads(feed), feed)


def _arrivals(found: Iterator[Found], feed: Feed) -> Iterator[Arrival | Reject]:
    """Give each issue as an arrival."""
    left_out = 0
    for number, payload in enumerate(found, 1):
        issue = {} if isinstance(payload, NotAnIssueError) else mapping(payload.issue)
        if issue.get("pull_request") or issue.get("isPullRequest"):
            left_out += 1
            continue
        try:
            if isinstance(payload, NotAnIssueError):
                raise payload
            yield issue_arrival(payload)
        except BadValueError as error:
            yield Reject("item", number, str(error), _raw(payload))
    if left_out:
        feed.warn(f"{left_out:,} pull requests were left out; only issues are taken in.")


def _raw(found: Found) -> str:
    """Give the beginning of what is no issue, or its address."""
    if isinstance(found, NotAnIssueError):
        return ""
    said = found.issue if not isinstance(found.issue, list | dict) else mapping(found.issue).get("url", "")
    return one_line(str(said)[:1000])
