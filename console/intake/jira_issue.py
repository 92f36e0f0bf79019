"""One Jira issue of the REST interface as an arrival, its changelog as its past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from console.domain.arrival import Arrival, Message, Voice
from console.intake.jira_log import Names, log_of, person, status_named
from console.intake.jira_text import long_text
from console.intake.json_facts import instant, mapping, needed, word, words
from console.intake.native_fields import BadValueError
from console.intake.source import Feed
from console.intake.text import capped, titled
from console.intake.ticket_history import in_order, standing
from console.intake.ticket_past import DONE, Shift, Ticket, concluded, past_of
from console.intake.ticket_words import severity_named

_NOBODY = "unknown"


def issue_arrival(issue: Mapping[str, Any], feed: Feed, names: Names, hook: Mapping[str, Any] | None = None) -> Arrival:
    """Give the arrival for an issue, with what a webhook brings. Raises BadValueError with a sentence.

    The reporter is the requester, the assignee has the case. An issue that is moved to another project gets another
    key; its number, and the keys it had, still name it.
    """
    fields = mapping(issue.get("fields"))
    key = needed(issue, "key", "a Jira issue")
    if not isinstance(fields.get("summary"), str):
        raise BadValueError("This is not a Jira issue: its fields hold no summary.")
    number = word(issue.get("id"))
    mark = number or key
    reporter = person(fields.get("reporter")) or person(fields.get("creator"))
    title, body = titled(fields["summary"], _body(fields))
    updated = instant(fields, "updated")
    labels = tuple(dict.fromkeys((*words(fields.get("labels")), *words(fields.get("components")))))
    log = log_of(issue, hook, mark, names, feed)
    ticket = _ticket(fields, names, updated)
    said = [
        *_comments(fields, mapping(hook).get("comment"), mark, reporter, feed),
        *log.notes,
        *standing(mark, "Jira", updated or ticket.created, _facts(fields, ticket)),
    ]
    return Arrival(
        title=title or "(no title)", source="jira", ref=key, body=body, requester=reporter, channel="jira",
        category=next(iter(words(fields.get("components"))), "") or word(fields.get("issuetype")),
        updated=updated, due=instant(fields, "duedate"), tags=labels, labels=labels, messages=in_order(said),
        follows=tuple(each for each in dict.fromkeys((number, *log.keys)) if each and each != key),
        derived=concluded(ticket),
        **past_of(ticket, [*log.shifts, *_resolved(fields, ticket, log.shifts)]),
    )  # fmt: skip


def _ticket(fields: Mapping[str, Any], names: Names, updated: datetime | None) -> Ticket:
    """Give how an issue stands."""
    category = names.learn(fields.get("status"))
    status, waiting_for = status_named(word(fields.get("status")), category)
    now = {"status": status, "waiting_for": waiting_for, "severity": severity_named(word(fields.get("priority")))}
    if "assignee" in fields:
        now["handler"] = person(fields.get("assignee"))
    return Ticket("Jira", now, instant(fields, "created"), updated, word(fields.get("resolution")))


def _resolved(fields: Mapping[str, Any], ticket: Ticket, shifts: Iterable[Shift]) -> Iterator[Shift]:
    """Give when it was resolved, where the changelog does not say it."""
    at = instant(fields, "resolutiondate")
    status = ticket.now["status"]
    if at is not None and status in DONE and not any(each.after.get("status") in DONE for each in shifts):
        yield Shift(at, "Jira", f"resolution: {ticket.resolution or status}", {}, {"status": status}, ticket.resolution)


def _body(fields: Mapping[str, Any]) -> str:
    """Give the description, and the environment where somebody wrote one."""
    environment = long_text(fields.get("environment"))
    return long_text(fields.get("description")) + (f"\n\nEnvironment: {environment}" if environment.strip() else "")


def _facts(fields: Mapping[str, Any], ticket: Ticket) -> list[tuple[str, str]]:
    """Give what the arrival has no field for."""
    return [
        ("Project", word(fields.get("project"))), ("Type", word(fields.get("issuetype"))),
        ("Status", "" if ticket.now["status"] else word(fields.get("status"))),
        ("Priority", "" if ticket.now["severity"] else word(fields.get("priority"))),
        ("Security level", word(fields.get("security"))), ("Parent", word(mapping(fields.get("parent")).get("key"))),
        ("Files", ", ".join(_files(fields.get("attachment")))),
    ]  # fmt: skip


def _files(attached: object) -> Iterator[str]:
    """Give the name of each file that hangs on the issue."""
    for each in attached if isinstance(attached, list) else []:
        yield word(mapping(each).get("filename"))


def _comments(fields: Mapping[str, Any], brought: object, ref: str, reporter: str, feed: Feed) -> Iterator[Message]:
    """Give the comments as messages."""
    listed = mapping(fields.get("comment"))
    comments = listed.get("comments")
    comments = comments if isinstance(comments, list) else []
    total = listed.get("total")
    if isinstance(total, int) and total > len(comments):
        feed.warn("Some issues have more comments at Jira than the file holds.")
    for item in [*comments, *([brought] if isinstance(brought, dict) else [])]:
        comment = mapping(item)
        at = instant(comment, "created", "updated")
        if at is not None:
            by = person(comment.get("author")) or _NOBODY
            mark = word(comment.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
            yield Message(
                by, at, capped(long_text(comment.get("body"))), _voice(comment, by, reporter), f"{ref}/{mark}"
            )


def _voice(comment: Mapping[str, Any], by: str, reporter: str) -> Voice:
    """Say which way a comment goes: what only a role or the agents may read is internal, and so is what apps write."""
    author = mapping(comment.get("author"))
    if comment.get("jsdPublic") is False or comment.get("visibility") or author.get("accountType") == "app":
        return Voice.INTERNAL
    return Voice.REQUESTER if by == reporter or author.get("accountType") == "customer" else Voice.OUTBOUND
