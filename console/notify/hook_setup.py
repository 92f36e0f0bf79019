"""The hooks of an installation, read from its config beside the channels: secrets stand there and never in a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from console.domain import query
from console.domain.errors import Refused
from console.domain.events import Kind, Plain
from console.domain.notify_tables import CHANNEL
from console.domain.placeholders import MARK, NAMES, named, texts_in
from console.domain.toml_table import Table, nearest
from console.domain.write_back import USUAL_RATE, Hook
from console.notify.channels import Command
from console.notify.hooks import Caller, Outlet
from console.notify.setup import NEAR, check_address, command_of, read_tables, secret_of, timeout_of

KINDS, METHODS = ("webhook", "command"), ("POST", "PUT", "PATCH")
OURS = frozenset({"host", "connection", "content-length", "transfer-encoding", "idempotency-key"})
"""Headers that are not the config's to set, besides those that begin with `X-Triage-`."""

PROSE = frozenset({"event.sentence", "event.reason", "event.text", "brief", "advice"})
"""Names of what other systems hand back as something written."""

_HOST = re.compile(r"https?://[^/?#{}]+/")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def outlets(file: Path) -> tuple[Outlet, ...]:
    """Give the hooks that a file names in its `[hook.NAME]` tables; none where there is no such file.

    Refused: what cannot be read or used, naming file, line and key, but no secret.
    """
    return tuple(read_tables(file, "hook", lambda name, table: _outlet(name, table, file.parent)).values())


def unmarked(found: tuple[Outlet, ...]) -> Iterator[str]:
    """Tell which hooks write sentences that are not known again when they come back; a tag or a field is no note."""
    for outlet in found:
        way = outlet.way
        names = _names_of(way.body) if isinstance(way, Caller) and way.body is not None else set()
        if names & PROSE and MARK not in names:
            told = "put {mark} at the end of a text of its body"
            yield f"Hook {outlet.hook.name} writes no mark, so what it writes comes back as a note; {told}."


def _outlet(name: str, table: Table, folder: Path) -> Outlet | None:
    """Read one hook; None where that is noted as wrong."""
    if not CHANNEL.fullmatch(name):
        table.note(f"'{name}' is not the name of a hook; use small letters, digits, '-' and '_'.")
    kind = table.word("kind", KINDS)
    ref = _pattern(table)
    parts = [f"ref.{part}" for part in ref.groupindex] if ref else []
    way = _caller(table, folder, [*NAMES, *parts]) if kind == "webhook" else command_of(table, folder)
    hook = Hook(
        name=name, kinds=_kinds(table), source=table.text("source", ""), query=_query(table), ref=ref,
        needs_ref=any(each.startswith("ref.") or each == "case.ref" for each in _used(way)),
        takes_echo=table.flag("echo"), rate=table.whole("rate", USUAL_RATE, 1),
    )  # fmt: skip
    table.done()
    return Outlet(hook, way)


def _kinds(table: Table) -> frozenset[Kind]:
    """Read which kinds of events are told."""
    words = table.words("on", [kind.value for kind in Kind])
    if not table.values.get("on"):
        table.note('This must say which events are told, as in ["escalated", "returned", "resolved"].', "on")
    return frozenset(map(Kind, words))


def _query(table: Table) -> query.Query | None:
    """Read the query that a case must be found by."""
    text = table.text("query", "")
    try:
        return query.parse(text) if text else None
    except Refused as refused:
        table.note(refused.sentence, "query")
        return None


def _pattern(table: Table) -> re.Pattern[str] | None:
    """Read what a reference must look like."""
    text = table.text("ref", "")
    try:
        return re.compile(text) if text else None
    except re.error as error:
        table.note(f"This is no regular expression: {error}.", "ref")
        return None


def _caller(table: Table, folder: Path, known: list[str]) -> Caller:
    """Read a request."""
    url = table.text("url")
    check_address(table, _PLACEHOLDER.sub("x", url))
    if any(named(url)) and not _HOST.match(url):
        table.note("Names may stand behind the host only, so that no case says where to send to.", "url")
    _check_names(table, "url", url, known)
    headers = _headers(table)
    if token := secret_of(table, "authorization", folder):
        headers["Authorization"] = token
        _check_header(table, "authorization", "Authorization", token)
    if "authorization" in map(str.lower, headers) and url.startswith("http:") and urlsplit(url).hostname not in NEAR:
        table.note("A token is not sent in plain; give an address that begins with https.", "url")
    return Caller(
        url=url, method=table.word("method", METHODS, METHODS[0]), headers=headers, body=_body(table, known),
        secret=secret_of(table, "secret", folder), timeout=timeout_of(table),
    )  # fmt: skip


def _headers(table: Table) -> dict[str, str]:
    """Read headers besides those that every request has."""
    given = table.table("headers", required=False)
    found = {name: given.text(name) for name in given.values}
    for name, value in found.items():
        _check_header(given, name, name, value)
    return found


def _check_header(table: Table, key: str, name: str, value: str) -> None:
    if not _HEADER.fullmatch(name) or name.lower() in OURS or name.lower().startswith("x-triage-"):
        table.note("This is no header that can be set here.", key)
    elif not value.isascii() or not value.isprintable():
        table.note("A header is one line of plain ASCII.", key)


def _body(table: Table, known: list[str]) -> Plain:
    """Read what is sent, with its names; None where everything is."""
    table.asked["body"] = None
    body = table.values.get("body")
    if body is None:
        return None
    if not isinstance(body, dict) or not _is_plain(body):
        table.note(
            'This must be a table of texts, numbers and flags, as in { body = "{event.sentence} {mark}" }.', "body"
        )
        return None
    for text in texts_in(body):
        _check_names(table, "body", text, [*known, MARK])
        if MARK in named(text) and (text.count("{mark}") > 1 or not text.rstrip().endswith("{mark}")):
            table.note("{mark} must stand once, at the end of its text.", "body")
    return body


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    return all(map(_is_plain, value)) if isinstance(value, list) else isinstance(value, str | int | bool)


def _check_names(table: Table, key: str, text: str, known: list[str]) -> None:
    for name in named(text):
        if name not in known:
            told = f"'{{{name}}}' stands for nothing; {nearest(name, known)} A brace itself is written twice."
            table.note(told, key)


def _used(way: Caller | Command) -> set[str]:
    """Give the names that a request needs."""
    return set() if isinstance(way, Command) else {*named(way.url), *_names_of(way.body)}


def _names_of(body: Plain) -> set[str]:
    return {name for text in texts_in(body) for name in named(text)}
