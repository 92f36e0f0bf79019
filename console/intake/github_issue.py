"""One GitHub issue as an arrival, in the words of either of GitHub's interfaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.moments import moment
from console.intake.text import capped, shortened, titled

_ADDRESS = re.compile(r"^https?://[^/]+/(?:api/v3/)?(?:repos/)?([^/\s]+/[^/\s]+?)(?:/issues/\d+.*)?$")
_STAFF = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_GHOST = "ghost"


class NotAnIssueError(ValueError):
    """What cannot be an issue; its text is the sentence that says why."""


@dataclass(frozen=True, slots=True)
class Payload:
    """An issue as it came, with what stood around it."""

    issue: object
    repository: str = ""
    comments: tuple[object, ...] = ()
    is_gone: bool = False


def mapping(value: object) -> dict[str, Any]:
    """Give a JSON object, or an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """Give a list, also one that GraphQL wraps in `nodes` or `edges`."""
    if isinstance(value, list):
        return value
    wrapped = mapping(value)
    if isinstance(wrapped.get("nodes"), list):
        return list(wrapped["nodes"])
    edges = wrapped.get("edges")
    return [mapping(edge).get("node") for edge in edges] if isinstance(edges, list) else []


def issue_arrival(payload: Payload) -> Arrival:
    """Give the arrival for an issue. Raises NotAnIssueError with a sentence.

    The issue's author is the requester; GitHub's `open` says nothing about who has seen the issue here, and so is
    new, or that one which was closed goes on. People it is assigned to at GitHub are not people of this desk.
    """
    issue = mapping(payload.issue)
    if payload.is_gone:
        raise NotAnIssueError("The issue was deleted at GitHub; there is nothing to take in.")
    number = issue.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(issue.get("title"), str):
        raise NotAnIssueError("This is not an issue: it has no number or no title.")
    ref = f"{_repository(issue, payload.repository)}#{number}"
    author = _author(issue) if issue.keys() & {"user", "author"} else ""
    title, body = titled(issue["title"], _text(issue.get("body")))
    labels = tuple(dict.fromkeys(filter(None, map(_label, listed(issue.get("labels"))))))
    is_closed = str(issue.get("state", "")).lower() == "closed"
    comments = [*listed(issue.get("comments")), *payload.comments]
    return Arrival(
        title=title or "(no title)",
        source="github",
        ref=shortened(ref),
        body=body,
        requester=author,
        channel="github",
        created=_time(issue, "created_at", "createdAt"),
        updated=_time(issue, "updated_at", "updatedAt"),
        status=(Status.CLOSED if is_closed else Status.NEW).value,
        resolution=_reason(issue) if is_closed else "",
        tags=labels,
        labels=labels,
        messages=_messages(comments, ref, author),
        derived=frozenset({"requester", "channel"}),
    )


def _repository(issue: Mapping[str, Any], said: str) -> str:
    """Give `owner/name` from what stood around the issue, else from its addresses."""
    if said:
        return said
    for key in ("repository_url", "html_url", "url"):
        found = _ADDRESS.match(issue[key]) if isinstance(issue.get(key), str) else None
        if found is not None:
            return found[1]
    return ""


def _author(thing: Mapping[str, Any]) -> str:
    """Give the login of who wrote it; GitHub calls people who are gone `ghost`."""
    who = thing.get("user", thing.get("author"))
    login = who if isinstance(who, str) else mapping(who).get("login")
    return shortened(login) if isinstance(login, str) and login.strip() else _GHOST


def _text(value: object) -> str:
    """Give a text; null and anything else is none."""
    return value if isinstance(value, str) else ""


def _label(value: object) -> str:
    """Give the name of a label."""
    name = value if isinstance(value, str) else mapping(value).get("name")
    return shortened(name) if isinstance(name, str) else ""


def _reason(issue: Mapping[str, Any]) -> str:
    """Give why it was closed, in words."""
    return shortened(_text(issue.get("state_reason", issue.get("stateReason")))).replace("_", " ").lower()


def _time(thing: Mapping[str, Any], *keys: str) -> datetime | None:
    """Give the first of these times that is there."""
    for key in keys:
        said = thing.get(key)
        if isinstance(said, str) and said:
            try:
                return moment(said)
            except ValueError:
                raise NotAnIssueError(f"{key} is '{shortened(said, 40)}', but takes an ISO 8601 time.") from None
    return None


def _messages(comments: list[object], ref: str, author: str) -> tuple[Message, ...]:
    """Give the comments as messages, oldest first, each with a reference that stays the same in a later archive."""
    messages: dict[str, Message] = {}
    for item in comments:
        comment = mapping(item)
        at = _time(comment, "created_at", "createdAt")
        if at is None:
            continue
        by = _author(comment)
        known = comment.get("databaseId", comment.get("id"))
        mark = known if isinstance(known, int | str) else f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
        own = shortened(f"{ref}/{mark}")
        if own in messages and known is None:
            own = f"{own}/{len(messages)}"
        messages[own] = Message(by, at, capped(_text(comment.get("body"))), _voice(comment, by, author), own)
    return tuple(sorted(messages.values(), key=lambda message: message.at))


def _voice(comment: Mapping[str, Any], by: str, author: str) -> Voice:
    """Say which way a comment goes.

    The issue's author speaks as the requester, people of the project answer, robots answer nobody; anybody else
    stands beside the requester, unless GitHub does not say who belongs to the project.
    """
    if by == author and by != _GHOST:
        return Voice.REQUESTER
    who = mapping(comment.get("user", comment.get("author")))
    if who.get("type") == "Bot" or who.get("__typename") == "Bot" or by.endswith("[bot]"):
        return Voice.INTERNAL
    belongs = comment.get("author_association", comment.get("authorAssociation"))
    return Voice.OUTBOUND if belongs is None or belongs in _STAFF else Voice.REQUESTER
