"""What another system is told of an event: as one JSON object, or as texts in which `{names}` stand for facts.

A name stands for one fact and nothing is computed; `{{` and `}}` are braces. Facts are foreign text: in an address each
is quoted, so that none can name another place there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from console.domain.brief import Brief, as_text, to_words
from console.domain.case import Case
from console.domain.changes import plain
from console.domain.events import Event, Plain
from console.domain.sentences import sentence, who
from console.domain.write_back import event_id, marked

_NAME = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
OF_THE_CASE = (
    "id", "source", "ref", "title", "requester", "organisation", "category", "item", "severity", "status", "tier",
    "team", "owner", "handler", "resolution",
)  # fmt: skip
MARK = "mark"


@dataclass(frozen=True, slots=True)
class Telling:
    """One event on its way to another system: the case as the event left it, and the brief of an escalation.

    `parts` are those of its reference that have names; `tries` counts those that were begun.
    """

    hook: str
    key: str
    case: Case
    event: Event
    verdict: str
    brief: Brief | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    tries: int = 0

    @property
    def text(self) -> str:
        """Give what was written, for an event that holds a text."""
        return str(self.event.detail.get("text", ""))


_OF_THE_EVENT: Mapping[str, Callable[[Telling], str]] = {
    "event.id": lambda told: event_id(told.event),
    "event.kind": lambda told: told.event.kind.value,
    "event.at": lambda told: told.event.at.isoformat(),
    "event.by": lambda told: who(told.event),
    "event.sentence": lambda told: sentence(told.event),
    "event.reason": lambda told: told.event.reason,
    "event.text": lambda told: told.text,
    "brief": lambda told: as_text(told.brief, told.case) if told.brief else "",
    "advice": lambda told: told.verdict,
    "key": lambda told: told.key,
}
NAMES = (*(f"case.{name}" for name in OF_THE_CASE), *_OF_THE_EVENT)
"""What a text may name, besides `mark` and the parts of a reference."""


def facts(telling: Telling) -> dict[str, str]:
    """Give every name with what it stands for."""
    found = {f"case.{name}": _said(getattr(telling.case, name)) for name in OF_THE_CASE}
    found |= {name: of(telling) for name, of in _OF_THE_EVENT.items()}
    return found | {f"ref.{name}": part for name, part in telling.parts.items()}


def named(text: str) -> Iterator[str]:
    """Give the names in a text; a brace that stands alone is one that means nothing."""
    for found in _NAME.finditer(text):
        if found[0] not in {"{{", "}}"}:
            yield found[1] if found[1] is not None else found[0]


def texts_in(body: Plain) -> Iterator[str]:
    """Give the texts in what is to be sent."""
    if isinstance(body, str):
        yield body
    elif isinstance(body, list | dict):
        for each in body.values() if isinstance(body, dict) else body:
            yield from texts_in(each)


def filled(text: str, told: Mapping[str, str]) -> str:
    """Give a text with its names replaced."""
    return _NAME.sub(lambda found: {"{{": "{", "}}": "}"}.get(found[0]) or told[found[1]], text)


def filled_body(body: Plain, telling: Telling, told: Mapping[str, str]) -> Plain:
    """Give what is to be sent with its names replaced, each text by itself, and marked where it asks for that."""
    if isinstance(body, dict):
        return {name: filled_body(each, telling, told) for name, each in body.items()}
    if isinstance(body, list):
        return [filled_body(each, telling, told) for each in body]
    if not isinstance(body, str) or MARK not in named(body):
        return filled(body, told) if isinstance(body, str) else body
    text = filled(body, {**told, MARK: ""})
    return filled(body, {**told, MARK: marked(telling.event.case, telling.event.version, text)})


def address(url: str, told: Mapping[str, str]) -> str | None:
    """Give an address with its names replaced and quoted; None where a fact is missing or would lead elsewhere."""
    if any(not told[name] for name in named(url)):
        return None
    found = filled(url, {name: quote(value, safe="", errors="replace") for name, value in told.items()})
    return None if {".", ".."} & set(re.split("[/?#]", found)) else found


def as_words(telling: Telling) -> dict[str, object]:
    """Give everything that is told where no body is set, as JSON has it."""
    case, event = telling.case, telling.event
    told = {
        "id": event_id(event), "kind": event.kind.value, "at": event.at.isoformat(), "by": who(event),
        "sentence": sentence(event), "changes": {name: list(pair) for name, pair in event.changes.items()},
        "reason": event.reason, "reason_text": event.reason_text, "cause": event.cause, "text": telling.text,
    }  # fmt: skip
    return {
        "hook": telling.hook, "key": telling.key, "try": telling.tries, "event": told,
        "case": {name: plain(getattr(case, name)) for name in (*OF_THE_CASE, "tags", "affected", "created")},
        "brief": to_words(telling.brief) if telling.brief else None, "advice": telling.verdict,
        "mark": marked(event.case, event.version, sentence(event)),
    }  # fmt: skip


def _said(value: object) -> str:
    found = plain(value)
    return "" if found is None else str(found)
