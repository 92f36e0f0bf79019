"""One Jira issue of the REST interface as an arrival, its changelog as history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Status
from console.intake.github_issue import mapping
from console.intake.jira_text import long_text
from console.intake.json_facts import instant, needed, word, words
from console.intake.native_fields import BadValueError
from console.intake.source import Feed
from console.intake.text import capped, titled
from console.intake.ticket_history import Change, changed, in_order, standing
from console.intake.ticket_words import severity_named, status_of

_CATEGORIES = {"new": "", "indeterminate": Status.OPEN.value, "done": Status.CLOSED.value}
_SILENT = frozenset({"rank", "worklogid", "timespent", "timeestimate", "remoteworkitemlink"})
_NOBODY = "unknown"


def issue_arrival(issue: Mapping[str, Any], feed: Feed, hook: Mapping[str, Any] | None = None) -> Arrival:
    """Give the arrival for an issue, with what a webhook brings. Raises BadValueError with a sentence.

    The reporter is the requester. People and groups it is assigned to there are not those of this desk: they are told
    in a note, as everything else is that has no field here.
    """
    fields = mapping(issue.get("fields"))
    ref = needed(issue, "key", "a Jira issue")
    if not isinstance(fields.get("summary"), str):
        raise BadValueError("This is not a Jira issue: its fields hold no summary.")
    reporter = _person(fields.get("reporter")) or _person(fields.get("creator"))
    title, body = titled(fields["summary"], _body(fields))
    status, waiting_for = status_named(word(fields.get("status")), _category(fields.get("status")))
    created, updated = instant(fields, "created"), instant(fields, "updated")
    severity = severity_named(word(fields.get("priority")))
    labels = tuple(dict.fromkeys((*words(fields.get("labels")), *words(fields.get("components")))))
    is_done = status in {Status.RESOLVED.value, Status.CLOSED.value}
    said = [
        *_comments(fields, mapping(hook).get("comment"), ref, reporter, feed),
        *_history(issue, hook, ref, feed),
        *standing(ref, "Jira", updated or created, _facts(fields)),
    ]
    return Arrival(
        title=title or "(no title)", source="jira", ref=ref, body=body, requester=reporter, channel="jira",
        created=created, updated=updated, status=status, waiting_for=waiting_for, severity=severity,
        due=instant(fields, "duedate"), resolution=word(fields.get("resolution")) if is_done else "",
        tags=labels, labels=labels, messages=in_order(said),
        derived=frozenset({"requester", "channel", *(["severity"] if severity else [])}),
    )  # fmt: skip


def status_named(name: str, category: str) -> tuple[str, str]:
    """Give the status and whom it waits for: by the name of the status, else by the category Jira puts it in."""
    status, waiting_for = status_of(name)
    if category == "done" and status not in {Status.RESOLVED.value, Status.CLOSED.value}:
        return Status.CLOSED.value, ""
    if not status:
        status = _CATEGORIES.get(category, "")
    return status, waiting_for


def _category(status: object) -> str:
    return word(mapping(mapping(status).get("statusCategory")).get("key"))


def _body(fields: Mapping[str, Any]) -> str:
    """Give the description, and the environment where somebody wrote one."""
    environment = long_text(fields.get("environment"))
    return long_text(fields.get("description")) + (f"\n\nEnvironment: {environment}" if environment.strip() else "")


def _person(who: object) -> str:
    """Give somebody's name as people read it."""
    if isinstance(who, str):
        return word(who)
    found = mapping(who)
    return next((said for key in ("displayName", "name", "key", "accountId") if (said := word(found.get(key)))), "")


def _facts(fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Give what the arrival has no field for."""
    return [
        ("Project", word(fields.get("project"))), ("Type", word(fields.get("issuetype"))),
        ("Status", word(fields.get("status"))), ("Priority", word(fields.get("priority"))),
        ("Resolution", word(fields.get("resolution"))), ("Assignee", _person(fields.get("assignee"))),
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
            by = _person(comment.get("author")) or _NOBODY
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


def _history(
    issue: Mapping[str, Any], hook: Mapping[str, Any] | None, ref: str, feed: Feed
) -> Iterator[Message | None]:
    """Give the changelog as messages: who changed what, from what to what."""
    log = mapping(issue.get("changelog"))
    entries = log.get("histories")
    entries = entries if isinstance(entries, list) else []
    total = log.get("total")
    if isinstance(total, int) and total > len(entries):
        feed.warn("Some issues have a longer changelog at Jira than the file holds.")
    brought = mapping(mapping(hook).get("changelog"))
    if brought:
        entries = [
            *entries,
            {**brought, "created": mapping(hook).get("timestamp"), "author": mapping(hook).get("user")},
        ]
    for entry in map(mapping, entries):
        at = instant(entry, "created")
        if at is not None:
            by = _person(entry.get("author")) or _NOBODY
            mark = word(entry.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
            yield changed(f"{ref}/log/{mark}", by, at, _changes(entry.get("items")))


def _changes(items: object) -> Iterator[Change]:
    """Give the changes of one entry."""
    for item in map(mapping, items if isinstance(items, list) else []):
        what = word(item.get("field"))
        if what and what.casefold() not in _SILENT:
            before = item.get("fromString") or item.get("from")
            after = item.get("toString") or item.get("to")
            yield Change(
                what,
                before if isinstance(before, str) else word(before),
                after if isinstance(after, str) else word(after),
            )
