"""Hooks: how another system is told of an event, by a request or a program, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.delivering import Came, Result
from console.domain.events import Plain
from console.domain.placeholders import Telling, address, as_words, facts, filled_body
from console.domain.write_back import Hook, event_id
from console.notify.channels import USUAL, Command
from console.notify.sending import within

REFUSED = frozenset({401, 403})
"""Answers that speak of the sender and not of the event: a token that has run out is renewed, and it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A request: names stand for facts in `url` and `body`; without a body everything is told as JSON."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Plain = None
    secret: str = field(default="", repr=False)
    timeout: int = USUAL


@dataclass(frozen=True, slots=True)
class Outlet:
    """A hook, and the way to its system."""

    hook: Hook
    way: Caller | Command


@dataclass(frozen=True, slots=True)
class Draft:
    """What is sent by a request, or handed to a program; `url` is None where a fact is missing for it."""

    url: str | None
    body: bytes


def draft(outlet: Outlet, telling: Telling) -> Draft:
    """Write what is told."""
    way = outlet.way
    if isinstance(way, Command) or way.body is None:
        told: object = as_words(telling)
    else:
        told = filled_body(way.body, telling, facts(telling))
    url = None if isinstance(way, Command) else address(way.url, facts(telling))
    return Draft(url, json.dumps(told, separators=(",", ":")).encode("ascii"))


def tell(outlet: Outlet, telling: Telling, now: datetime) -> Result:
    """Tell one event, and never for longer than the hook may take."""
    return within(outlet.way.timeout, lambda: _told(outlet, telling, now))


def _told(outlet: Outlet, telling: Telling, now: datetime) -> Result:
    written = draft(outlet, telling)
    if isinstance(outlet.way, Command):
        from console.notify import command

        return command.ran(outlet.way, written.body, _variables(telling))
    if written.url is None:
        return Result(Came.NEVER, "its facts make no address; see url in the config")
    from console.notify import webhook

    way = outlet.way
    own = {name.lower() for name in way.headers}
    usual = webhook.headers(way.secret, telling.key, written.body, now)
    headers = {name: value for name, value in usual.items() if name.lower() not in own} | dict(way.headers)
    request = webhook.Request(written.url, written.body, headers, way.method, way.timeout)
    return _without_secrets(way, webhook.sent(request, webhook.LATER | REFUSED))


def _variables(telling: Telling) -> dict[str, str]:
    """Give what a program is told by variables, for those that need no more than that."""
    named = {
        "HOOK": telling.hook, "KEY": telling.key, "CASE": str(telling.case.id), "EVENT": event_id(telling.event),
        "KIND": telling.event.kind.value, "SOURCE": telling.case.source, "REF": telling.case.ref,
    }  # fmt: skip
    return {f"TRIAGE_{name}": value.replace("\0", "") for name, value in named.items()}


def _without_secrets(way: Caller, result: Result) -> Result:
    """Give a result in which the other side repeats no secret."""
    said = result.said
    for secret in sorted(filter(None, (way.secret, *way.headers.values())), key=len, reverse=True):
        for part in (secret, secret.rpartition(" ")[2]):
            said = said.replace(part, "***")
    return Result(result.came, said, is_down=result.is_down)
