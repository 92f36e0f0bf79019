"""What GitHub's files wrap issues in, taken apart as they are read, so that memory does not grow with the file."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from console.intake.github_facts import NotAnIssueError, listed, text_of
from console.intake.github_issue import Payload
from console.intake.github_timeline import hooked, issue_named_by
from console.intake.json_facts import mapping
from console.intake.json_members import Members, weight
from console.intake.json_reading import BadJsonError
from console.intake.source import Feed
from console.intake.ticket_table import HELD

LISTS = ("issues", "items")
"""Keys under which an object at the top has its issues."""
_NUMBERED = re.compile(r"/issues/(\d{1,12})(?:$|[/?#])")
_DEEPEST = 4
Found = Payload | NotAnIssueError
"""An issue with what stood around it, or why what stands there is none."""


def payloads(feed: Feed) -> Iterator[Found]:
    """Give the issues of a feed, whatever wraps them: lists, pages, answers, webhooks, archives and lines of them."""
    found = Members(io.TextIOWrapper(feed.stream, feed.head.encoding, feed.head.errors, newline="\n"), frozenset(LISTS))
    held: list[object] = []
    events: list[object] = []
    size = 0
    for key, value in found:
        if not key and (told := _events(value)):
            events += told
            size += weight(value)
            if size > HELD:
                yield _bare(events)
                events, size = [], 0
            continue
        if key:
            held.append(value)
            size += weight(value) if size <= HELD else 0
            if size <= HELD:
                continue
        yield from (each for one in held for each in _opened(one, _repository(found.rest)))
        held = []
        if not key:
            size = 0
            yield from _unwrapped(value, 0)
    yield from (each for one in held for each in _opened(one, _repository(found.rest)))
    if events:
        yield _bare(events)


def _events(value: object) -> list[object]:
    """Give what stands at the top as events of an issue's timeline: one, a page of them, or none."""
    page = value if isinstance(value, list) else [value]
    first = mapping(page[0]) if page else {}
    return page if isinstance(first.get("event"), str) and not first.keys() & {"payload", "title"} else []


def _bare(events: list[object]) -> Found:
    """Give an issue of which only its timeline is there."""
    try:
        ref = issue_named_by(events)
    except NotAnIssueError as error:
        return error
    repository, _, number = ref.rpartition("#")
    return Payload({"number": int(number[:18]), "title": ref, "timeline": events}, repository, is_bare=True)


def _repository(around: Mapping[str, Any]) -> str:
    """Give `owner/name` from what stands around a list."""
    said = around.get("repo") or around.get("repository") or around.get("nameWithOwner")
    return said if isinstance(said, str) and "/" in said else ""


def _opened(value: object, repository: str) -> Iterator[Found]:
    """Give an element of a list as an issue of this repository."""
    yield NotAnIssueError(str(value)) if isinstance(value, BadJsonError) else Payload(_plain(value), repository)


def _unwrapped(value: object, depth: int) -> Iterator[Found]:
    """Give the issues in a value that stands at the top, or in an answer inside it."""
    top = mapping(value)
    if isinstance(value, BadJsonError):
        yield NotAnIssueError(str(value))
    elif isinstance(value, list) and depth < _DEEPEST:
        for each in value:
            yield from _unwrapped(each, depth + 1)
    elif "payload" in top and "type" in top:
        yield from _event(top)
    elif "issue" in top:
        yield _hook(top)
    elif "data" in top and "title" not in top:
        yield from _answer(mapping(top["data"]))
    elif not (top.keys() & set(LISTS)) or "title" in top:
        yield Payload(_plain(value))


def _answer(data: Mapping[str, Any]) -> Iterator[Found]:
    """Give the issues of an answer of the GraphQL interface."""
    inner = mapping(data.get("repository")) or mapping(data.get("node"))
    repository = str(inner.get("nameWithOwner") or "")
    issues = [*listed(inner.get("issues")), *listed(mapping(data.get("search")))]
    issues += [inner["issue"]] if mapping(inner.get("issue")) else []
    yield from (Payload(issue, repository) for issue in issues if mapping(issue) or issue is not None)


def _hook(top: Mapping[str, Any], repository: str = "") -> Payload:
    """Give the issue that a webhook tells of, with the comment it brings."""
    said = repository or mapping(top.get("repository")).get("full_name") or ""
    comment = mapping(top.get("comment"))
    action = text_of(top.get("action"))
    gone = action == "deleted"
    comments = (comment,) if comment and not gone else ()
    events = () if comment else tuple(hooked(action, top))
    return Payload(top["issue"], str(said), comments, events, is_gone=gone and not comment)


def _event(top: Mapping[str, Any]) -> Iterator[Found]:
    """Give the issue that an event of the public timeline tells of; most events tell of none."""
    payload = mapping(top.get("payload"))
    if "issue" in payload:
        yield _hook(payload, str(mapping(top.get("repo")).get("name") or ""))


def _plain(value: object) -> object:
    """Give an issue of a migration archive, which names everything by its address, as the other interfaces write it."""
    issue = mapping(value)
    address, said_type = issue.get("url"), issue.get("type")
    if "number" in issue or said_type not in ("issue", "pull_request") or not isinstance(address, str):
        return value
    number = _NUMBERED.search(address)
    labels = [_last(each) for each in listed(issue.get("labels"))]
    more: dict[str, object] = {"number": int(number[1])} if number else {}
    if issue["type"] == "pull_request":
        more["pull_request"] = {"url": address}
    state = "closed" if issue.get("closed_at") else "open"
    return {"state": state, **issue, **more, "user": _last(issue.get("user")), "labels": labels}


def _last(address: object) -> object:
    """Give the name at the end of an address; anything else as it is."""
    return unquote(address.rstrip("/").rpartition("/")[2]) if isinstance(address, str) else address
