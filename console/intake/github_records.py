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
    timeline = _Timeline()
    size = 0
    for key, value in found:
        if not key and timeline.take(value):
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
    yield from timeline.issue()


class _Timeline:
    """The events of an issue whose timeline stands there alone."""

    def __init__(self) -> None:
        self._events: list[object] = []
        self._size = 0

    def take(self, value: object) -> bool:
        """Take a value that is such an event, or a page of them; say whether it was."""
        found = value if isinstance(value, list) else [value]
        if not found or not all(map(_is_event, found)):
            return False
        self._size += weight(value)
        self._events += found if self._size <= HELD else []
        return True

    def issue(self) -> Iterator[Found]:
        """Give the issue that the events are of, or why it cannot be known."""
        if self._size > HELD:
            yield NotAnIssueError(f"The timeline is longer than {HELD:,} characters; give it in parts.")
        elif self._events:
            try:
                ref = issue_named_by(self._events)
            except NotAnIssueError as error:
                yield error
                return
            repository, _, number = ref.rpartition("#")
            issue = {"number": int(number[:18]), "title": ref, "timeline": self._events}
            yield Payload(issue, repository, is_bare=True)


def _is_event(value: object) -> bool:
    """Say whether a value is an event of a timeline that stands alone; one that brings its issue is told by that."""
    event = mapping(value)
    return isinstance(event.get("event"), str) and "title" not in mapping(event.get("issue"))


def is_timeline(keys: set[str], text: str) -> bool:
    """Say whether these are the keys of an event of an issue's timeline, as GitHub writes it."""
    return {"event", "node_id", "actor"} <= keys and "/issues/" in text


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
    address = issue.get("url")
    if "number" in issue or issue.get("type") not in ("issue", "pull_request") or not isinstance(address, str):
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
