"""GitHub's timelines as the past of an issue, in the words of either interface and of webhooks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.arrival import Message, Voice
from console.domain.case import Status
from console.intake.github_facts import NotAnIssueError, author_of, reason_of, text_of, time_of
from console.intake.json_facts import mapping
from console.intake.text import capped, shortened
from console.intake.ticket_past import Shift

_WORD_START = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COMMENT = frozenset({"commented", "issuecomment"})
_OTHER_WORDS = {
    "cross-referenced": "crossreferenced", "renamed": "renamedtitle", "marked_as_duplicate": "markedasduplicate",
    "unmarked_as_duplicate": "unmarkedasduplicate", "converted_to_discussion": "convertedtodiscussion",
}  # fmt: skip
"""Words of the REST interface that the other interface writes another way, beside blanks and capitals."""
TELLING = frozenset(
    {"closed", "reopened", "assigned", "unassigned", "labeled", "unlabeled", "milestoned", "demilestoned", "edited",
     "renamed", "transferred"}
)  # fmt: skip
"""Actions of a webhook that tell what happened."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a timeline tells: changes of standing, notes, and the comments as they stand in it."""

    shifts: tuple[Shift, ...]
    notes: tuple[Message, ...]
    comments: tuple[object, ...]


def timeline_of(items: list[object], ref: str) -> Timeline:
    """Give what the events of one issue tell. Raises NotAnIssueError for a time that is none."""
    shifts: list[Shift] = []
    comments: list[object] = []
    told: list[tuple[datetime, str, str]] = []
    for item in items:
        event = mapping(item)
        kind = _kind(event)
        if kind in _COMMENT:
            comments.append(event)
            continue
        at = time_of(event, "created_at", "createdAt", "submitted_at")
        if at is None:
            continue
        by = author_of(event, "actor")
        shift = _shift(kind, event, at, by)
        if shift is not None:
            shifts.append(shift)
        elif text := _told(kind, event):
            told.append((at, by, text))
    return Timeline(tuple(shifts), tuple(_together(told, ref)), tuple(comments))


def hooked(action: str, hook: Mapping[str, Any]) -> list[object]:
    """Give what a webhook tells as an event of the timeline; the time is that of the issue's last change."""
    issue = mapping(hook.get("issue"))
    if action not in TELLING:
        return []
    at = issue.get("closed_at") if action == "closed" else None
    around = {name: hook[name] for name in ("assignee", "label", "milestone") if name in hook}
    before = mapping(mapping(hook.get("changes")).get("title")).get("from")
    if action == "edited":
        if not isinstance(before, str):
            return []
        action, around = "renamed", {"rename": {"from": before, "to": issue.get("title")}}
    reason = {"state_reason": issue.get("state_reason")} if action == "closed" else {}
    at = at or issue.get("updated_at")
    return [{"event": action, "created_at": at, "actor": hook.get("sender"), **around, **reason}]


def _kind(event: Mapping[str, Any]) -> str:
    """Give the word for what happened, the same for both interfaces."""
    said = event.get("event") or event.get("__typename") or ""
    word = str(said) if isinstance(said, str) else ""
    word = _OTHER_WORDS.get(word, word).removesuffix("Event")
    return _WORD_START.sub("", word).replace("_", "").replace("-", "").casefold()


def _shift(kind: str, event: Mapping[str, Any], at: datetime, by: str) -> Shift | None:
    """Give a change of standing, or None where it is none."""
    if kind == "closed":
        return Shift(at, by, "closed", {}, {"status": Status.CLOSED.value}, reason_of(event))
    if kind == "reopened":
        return Shift(at, by, "reopened", {"status": Status.CLOSED.value}, {"status": Status.OPEN.value})
    who = author_of(event, "assignee")
    if kind == "assigned":
        return Shift(at, by, f"assigned to {who}", {}, {"handler": who})
    if kind == "unassigned":
        return Shift(at, by, f"unassigned {who}", {"handler": who}, {"handler": ""})
    return None


def _told(kind: str, event: Mapping[str, Any]) -> str:
    """Say in words what else happened; nothing for what says nothing about the case."""
    label, milestone = _named(event.get("label")), _named(event.get("milestone")) or _named(event, "milestoneTitle")
    other = mapping(event.get("source"))
    other = mapping(other.get("issue")) or other
    rename = mapping(event.get("rename"))
    before, after = _named(rename, "from") or _named(event, "previousTitle"), _named(event, "currentTitle")
    match kind:
        case "labeled" | "unlabeled" if label:
            return f"label {label} {'added' if kind == 'labeled' else 'removed'}"
        case "milestoned" | "demilestoned" if milestone:
            return f"milestone {milestone} {'set' if kind == 'milestoned' else 'removed'}"
        case "renamedtitle" if before:
            return f"title: {before} → {_named(rename, 'to') or after}"
        case "crossreferenced" if other:
            return f"named in {_address(other)}: {_named(other, 'title')}"
        case "transferred":
            return f"moved here from {_named(mapping(event.get('fromRepository')), 'nameWithOwner') or 'elsewhere'}"
        case "markedasduplicate" | "unmarkedasduplicate" | "convertedtodiscussion":
            return {"markedasduplicate": "marked as a duplicate", "unmarkedasduplicate": "no duplicate after all",
                    "convertedtodiscussion": "made a discussion"}[kind]  # fmt: skip
    return ""


def _together(told: list[tuple[datetime, str, str]], ref: str) -> Iterator[Message]:
    """Give notes, what one person did at one time in one of them."""
    held: dict[tuple[datetime, str], list[str]] = {}
    for at, by, text in told:
        held.setdefault((at, by), []).append(text)
    for (at, by), texts in held.items():
        text = "\n".join(dict.fromkeys(texts))
        yield Message(by, at, capped(text), Voice.INTERNAL, shortened(f"{ref}/events/{at:%Y-%m-%dT%H:%M:%SZ}/{by}"))


def _named(thing: object, key: str = "") -> str:
    """Give the name or title of a thing, or what stands under a key."""
    whole = mapping(thing)
    said = whole.get(key) if key else whole.get("name", whole.get("title", thing))
    return shortened(said) if isinstance(said, str) else ""


def _address(issue: Mapping[str, Any]) -> str:
    """Give where an issue stands: its repository and number."""
    found = re.search(r"github\.com/(?:repos/)?([^/\s]+/[^/\s]+)/", text_of(issue.get("url", issue.get("html_url"))))
    number = issue.get("number")
    return f"{found[1] if found else ''}#{number}" if isinstance(number, int) else "another issue"


def issue_named_by(events: list[object]) -> str:
    """Give the issue that a bare timeline tells of, as its comments name it. Raises NotAnIssueError where none does."""
    for item in events:
        event = mapping(item)
        for said in (event.get("issue_url"), mapping(event.get("issue")).get("url")):
            found = re.search(r"/repos/([^/\s]+/[^/\s]+)/issues/(\d+)$", text_of(said))
            if found is not None:
                return f"{found[1]}#{found[2]}"
    raise NotAnIssueError(
        "This timeline does not say of which issue; put it into the issue's own object under the key 'timeline'."
    )
