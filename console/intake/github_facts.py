"""Facts of GitHub, in the words of either of its interfaces."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from console.intake.json_facts import mapping
from console.intake.moments import moment
from console.intake.native_fields import BadValueError
from console.intake.text import shortened

GHOST = "ghost"
"""What GitHub calls people who are gone."""


class NotAnIssueError(BadValueError):
    """What cannot be an issue; its text is the sentence that says why."""


def listed(value: object) -> list[object]:
    """Give a list, also one that GraphQL wraps in `nodes` or `edges`."""
    if isinstance(value, list):
        return value
    wrapped = mapping(value)
    if isinstance(wrapped.get("nodes"), list):
        return list(wrapped["nodes"])
    edges = wrapped.get("edges")
    return [mapping(edge).get("node") for edge in edges] if isinstance(edges, list) else []


def author_of(thing: Mapping[str, Any], key: str = "") -> str:
    """Give the login of who wrote it, or stands under a key; GitHub calls people who are gone `ghost`."""
    who = thing.get(key) if key else thing.get("user", thing.get("author"))
    login = who if isinstance(who, str) else mapping(who).get("login")
    return shortened(login) if isinstance(login, str) and login.strip() else GHOST


def text_of(value: object) -> str:
    """Give a text; null and anything else is none."""
    return value if isinstance(value, str) else ""


def time_of(thing: Mapping[str, Any], *keys: str) -> datetime | None:
    """Give the first of these times that is there."""
    for key in keys:
        said = thing.get(key)
        if isinstance(said, str) and said:
            try:
                return moment(said)
            except ValueError:
                raise NotAnIssueError(f"{key} is '{shortened(said, 40)}', but takes an ISO 8601 time.") from None
    return None


def reason_of(thing: Mapping[str, Any]) -> str:
    """Give why something was closed, in words."""
    return shortened(text_of(thing.get("state_reason", thing.get("stateReason")))).replace("_", " ").lower()
