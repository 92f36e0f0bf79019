"""Jira's changelog as the past of an issue: what changed its standing as steps, the rest as dated notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.domain.arrival import Message
from console.domain.case import Status
from console.intake.json_facts import instant, mapping, word
from console.intake.source import Feed
from console.intake.text import shortened
from console.intake.ticket_history import Change, changed, told_lines
from console.intake.ticket_past import DONE, Shift
from console.intake.ticket_words import severity_named, status_of

_SILENT = frozenset({"rank", "worklogid", "timespent", "timeestimate", "remoteworkitemlink"})
_TEAMS = frozenset({"team", "group", "assigned group", "assignment group", "support group", "support team"})
_STANDING = frozenset({"status", "assignee", "priority", "resolution", *_TEAMS})
_CATEGORIES = {"new": Status.NEW.value, "indeterminate": Status.OPEN.value, "done": Status.CLOSED.value}
_NOBODY = "unknown"


@dataclass
class Names:
    """The category that each status was seen in, since a changelog does not say it."""

    categories: dict[str, str] = field(default_factory=dict)

    def learn(self, status: object) -> str:
        """Give the category of an issue's status, and remember it."""
        category = word(mapping(mapping(status).get("statusCategory")).get("key"))
        if category and len(self.categories) < 1000:  # noqa: PLR2004 - no Jira has more
            self.categories.setdefault(word(status).casefold(), category)
        return category

    def status(self, name: str) -> dict[str, str]:
        """Give how an issue stood under a status of this name; one that nobody knows is one of work."""
        status, waiting_for = status_named(name, self.categories.get(name.casefold(), ""))
        is_known = status or self.categories.get(name.casefold())
        return {"status": status if is_known or not name else Status.OPEN.value, "waiting_for": waiting_for}


def status_named(name: str, category: str) -> tuple[str, str]:
    """Give the status and whom it waits for: by the name of the status, else by the category Jira puts it in."""
    status, waiting_for = status_of(name)
    if category == "done" and status not in DONE:
        return Status.CLOSED.value, ""
    if not status:
        status = _CATEGORIES.get(category, "")
    return status, waiting_for


def person(who: object) -> str:
    """Give somebody's name as people read it."""
    if isinstance(who, str):
        return word(who)
    found = mapping(who)
    return next((said for key in ("displayName", "name", "key", "accountId") if (said := word(found.get(key)))), "")


@dataclass(frozen=True, slots=True)
class Log:
    """What a changelog tells: changes of standing, notes, and the keys that the issue had before."""

    shifts: tuple[Shift, ...]
    notes: tuple[Message, ...]
    keys: tuple[str, ...]


def log_of(issue: Mapping[str, Any], hook: Mapping[str, Any] | None, ref: str, names: Names, feed: Feed) -> Log:
    """Give what the changelog of an issue tells, with the entry that a webhook brings. Raises BadValueError."""
    shifts: list[Shift] = []
    notes: list[Message] = []
    keys: list[str] = []
    for entry in _entries(issue, hook, feed):
        at = instant(entry, "created")
        if at is None:
            continue
        by = person(entry.get("author")) or _NOBODY
        changes = list(_changes(entry.get("items")))
        keys += [each.before for each in changes if each.what.casefold() == "key" and each.before]
        standing = [each for each in changes if each.what.casefold() in _STANDING]
        if told := told_lines(standing):
            before, after = _standing(standing, names)
            ended = next((each.after for each in standing if each.what.casefold() == "resolution"), "")
            shifts.append(Shift(at, by, "; ".join(told), before, after, ended))
        mark = word(entry.get("id")) or f"{at:%Y-%m-%dT%H:%M:%SZ}/{by}"
        note = changed(f"{ref}/log/{mark}", by, at, [each for each in changes if each not in standing])
        notes += [note] if note is not None else []
    return Log(tuple(shifts), tuple(notes), tuple(dict.fromkeys(keys)))


def _entries(issue: Mapping[str, Any], hook: Mapping[str, Any] | None, feed: Feed) -> list[dict[str, Any]]:
    """Give the entries, oldest first where Jira gives them newest first."""
    log = mapping(issue.get("changelog"))
    listed = log.get("histories")
    entries = [mapping(each) for each in listed] if isinstance(listed, list) else []
    total = log.get("total")
    if isinstance(total, int) and total > len(entries):
        feed.warn("Some issues have a longer changelog at Jira than the file holds.")
    if len(entries) > 1 and word(entries[0].get("created")) > word(entries[-1].get("created")):
        entries.reverse()
    brought = mapping(mapping(hook).get("changelog"))
    if brought:
        around = mapping(hook)
        entries.append({**brought, "created": around.get("timestamp"), "author": around.get("user")})
    return entries


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


def _standing(changes: list[Change], names: Names) -> tuple[dict[str, str], dict[str, str]]:
    """Give how an issue stood before the changes of one entry, and after them."""
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for each in changes:
        for says, said in ((before, shortened(each.before)), (after, shortened(each.after))):
            match each.what.casefold():
                case "status":
                    says.update(names.status(said))
                case "assignee":
                    says["handler"] = said
                case "priority":
                    says["severity"] = severity_named(said)
                case "resolution":
                    pass
                case _:
                    says["team"] = said
    return before, after
