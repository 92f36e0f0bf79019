"""One GitHub issue as an arrival, in the words of either of GitHub's interfaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.github_facts import GHOST, NotAnIssueError, author_of, listed, reason_of, text_of, time_of
from console.intake.github_timeline import Timeline, timeline_of
from console.intake.json_facts import mapping
from console.intake.text import capped, shortened, titled
from console.intake.ticket_history import in_order
from console.intake.ticket_past import Shift, Ticket, past_of

_ADDRESS = re.compile(r"^https?://[^/]+/(?:api/v3/)?(?:repos/)?([^/\s]+/[^/\s]+?)(?:/issues/\d+.*)?$")
_STAFF = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_TIMELINES = ("timeline", "timelineItems", "events")


@dataclass(frozen=True, slots=True)
class Payload:
    """An issue as it came, with what stood around it; `is_bare` where it is known by its timeline alone."""

    issue: object
    repository: str = ""
    comments: tuple[object, ...] = ()
    events: tuple[object, ...] = ()
    is_gone: bool = False
    is_bare: bool = False


def issue_arrival(payload: Payload) -> Arrival:
    """Give the arrival for an issue. Raises BadValueError with a sentence.

    The issue's author is the requester, its assignee has the case. GitHub's `open` says nothing about who has seen the
    issue here: it is new, until it was closed once.
    """
    issue = mapping(payload.issue)
    if payload.is_gone:
        raise NotAnIssueError("The issue was deleted at GitHub; there is nothing to take in.")
    number = issue.get("number")
    if not isinstance(number, int) or isinstance(number, bool) or not isinstance(issue.get("title"), str):
        raise NotAnIssueError("This is not an issue: it has no number or no title.")
    ref = shortened(f"{_repository(issue, payload.repository)}#{number}")
    author = author_of(issue) if issue.keys() & {"user", "author"} else ""
    title, body = titled(issue["title"], text_of(issue.get("body")))
    labels = tuple(dict.fromkeys(filter(None, map(_label, listed(issue.get("labels"))))))
    events = [*(each for key in _TIMELINES for each in listed(issue.get(key))), *payload.events]
    timeline = timeline_of(events, ref)
    comments = [*listed(issue.get("comments")), *timeline.comments, *payload.comments]
    shifts = [*timeline.shifts, *_closed(issue, timeline)]
    milestone = mapping(issue.get("milestone"))
    return Arrival(
        title=title or "(no title)", source="github", ref=ref, body=body, requester=author, channel="github",
        category=_label(issue.get("type", issue.get("issueType"))), updated=time_of(issue, "updated_at", "updatedAt"),
        due=time_of(milestone, "due_on", "dueOn"), tags=labels, labels=labels,
        messages=in_order([*_messages(comments, ref, author), *timeline.notes]),
        derived=frozenset({"requester", "channel", *(["title"] if payload.is_bare else [])}),
        **past_of(_standing(issue, shifts), shifts),
    )  # fmt: skip


def _standing(issue: Mapping[str, Any], shifts: Sequence[Shift]) -> Ticket:
    """Give how an issue stands: of several people it is assigned to, the one who was assigned last."""
    now: dict[str, str] = {}
    state = str(issue.get("state", "")).lower()
    if state == "closed":
        now["status"] = Status.CLOSED.value
    elif state == "open":
        was_closed = any(Status.CLOSED.value in each.after.values() for each in shifts)
        now["status"] = Status.OPEN.value if was_closed else Status.NEW.value
    if "assignees" in issue or "assignee" in issue:
        people = listed(issue.get("assignees")) or [issue["assignee"] for key in ("assignee",) if issue.get(key)]
        names = [author_of({"user": each}) for each in people]
        last = next((each.after["handler"] for each in reversed(shifts) if "handler" in each.after), "")
        now["handler"] = last if last in names else next(iter(names), "")
    created, updated = time_of(issue, "created_at", "createdAt"), time_of(issue, "updated_at", "updatedAt")
    return Ticket("GitHub", now, created, updated, reason_of(issue))


def _closed(issue: Mapping[str, Any], timeline: Timeline) -> Iterator[Shift]:
    """Give when it was closed, where no timeline says it."""
    at = time_of(issue, "closed_at", "closedAt")
    is_told = any(each.after.get("status") == Status.CLOSED.value for each in timeline.shifts)
    if at is not None and not is_told and str(issue.get("state", "")).lower() == "closed":
        by = author_of(issue, "closed_by") if issue.get("closed_by") else "GitHub"
        yield Shift(at, by, "closed", {}, {"status": Status.CLOSED.value}, reason_of(issue))


def _repository(issue: Mapping[str, Any], said: str) -> str:
    """Give `owner/name` from what stood around the issue, else from its addresses."""
    if said:
        return said
    for key in ("repository_url", "html_url", "url"):
        found = _ADDRESS.match(issue[key]) if isinstance(issue.get(key), str) else None
        if found is not None:
            return found[1]
    return ""


def _label(value: object) -> str:
    """Give the name of a label."""
    name = value if isinstance(value, str) else mapping(value).get("name")
    return shortened(name) if isinstance(name, str) else ""


def _messages(comments: list[object], ref: str, author: str) -> tuple[Message, ...]:
    """Give the comments as messages, oldest first, each with a reference that stays the same in a later archive."""
    messages: dict[str, Message] = {}
    for item in comments:
        comment = mapping(item)
        at = time_of(comment, "created_at", "createdAt")
        if at is None:
            continue
        by = author_of(comment)
        known = comment.get("databaseId", comment.get("id"))
        mark = known if isinstance(known, int | str) else f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
        own = shortened(f"{ref}/{mark}")
        if own in messages and known is None:
            own = f"{own}/{len(messages)}"
        messages[own] = Message(by, at, capped(text_of(comment.get("body"))), _voice(comment, by, author), own)
    return tuple(sorted(messages.values(), key=lambda message: message.at))


def _voice(comment: Mapping[str, Any], by: str, author: str) -> Voice:
    """Say which way a comment goes.

    The issue's author speaks as the requester, people of the project answer, robots answer nobody; anybody else
    stands beside the requester, unless GitHub does not say who belongs to the project.
    """
    if by == author and by != GHOST:
        return Voice.REQUESTER
    who = mapping(comment.get("user", comment.get("author")))
    if who.get("type") == "Bot" or who.get("__typename") == "Bot" or by.endswith("[bot]"):
        return Voice.INTERNAL
    belongs = comment.get("author_association", comment.get("authorAssociation"))
    return Voice.OUTBOUND if belongs is None or belongs in _STAFF else Voice.REQUESTER
