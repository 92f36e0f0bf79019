"""Files of any size, made as they are read: each format's records behind each other, never held anywhere.

`python -m tests.intake.endless FORMAT MEGABYTES` writes one to standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from tests.intake import tickets

_TEXT = "The printer on the third floor takes no paper and says nothing about it. " * 6


def _objects(record: dict[str, Any], key: str) -> Callable[[int], bytes]:
    """Give a maker of JSON objects whose key holds a number that differs."""
    start, _, end = json.dumps(record | {key: "@@"}).partition('"@@"')
    return lambda number: f"{start}{number}{end}".encode()


def _named(record: dict[str, Any], key: str) -> Callable[[int], bytes]:
    """Give a maker of JSON objects whose key holds a text that differs."""
    start, _, end = json.dumps(record | {key: "@@"}).partition("@@")
    return lambda number: f"{start}N-{number}{end}".encode()


def _listed(before: str, made: Callable[[int], bytes], after: str) -> tuple[bytes, Callable[[int], bytes], bytes]:
    """Give a list of objects as beginning, elements and end."""
    return before.encode(), lambda number: (b"," if number else b"") + made(number) + b"\n", after.encode()


def _lines(heading: str, row: Callable[[int], str]) -> tuple[bytes, Callable[[int], bytes], bytes]:
    """Give a table, or lines, as heading and rows."""
    return heading.encode(), lambda number: f"{row(number)}\n".encode(), b""


_ISSUE = {
    "number": 0, "title": "Paper", "user": {"login": "ada"}, "labels": [{"name": "bug"}], "body": _TEXT,
    "state": "open", "created_at": "2026-01-01T10:00:00Z", "url": "https://api.github.com/repos/acme/shop/issues/1",
    "comments": 0,
}  # fmt: skip
_ALERT = {
    "labels": {"alertname": "Full", "severity": "critical"}, "annotations": {"summary": _TEXT}, "status": "firing",
    "startsAt": "2026-01-01T10:00:00Z", "fingerprint": "",
}  # fmt: skip
_INCIDENT = {
    "id": "", "incident_number": 1, "title": "Slow", "created_at": "2026-01-01T10:00:00Z", "status": "triggered",
    "service": {"summary": "Shop"}, "body": {"details": _TEXT},
}  # fmt: skip
_XML = (
    "<incident><number>INC{}</number><short_description>Mail</short_description><description>" + _TEXT
    + "</description><opened_at>2026-01-05 08:00:00</opened_at></incident>\n"
)  # fmt: skip

FILES: dict[str, tuple[bytes, Callable[[int], bytes], bytes]] = {
    "native-csv": _lines(
        "ref,title,body,requester,created,status,tags\n",
        lambda at: f'R{at},Paper jam,"{_TEXT}",ada@x.example,2026-01-01T10:00:00Z,open,a;b',
    ),
    "native-jsonl": _lines("", lambda at: json.dumps({"ref": f"R{at}", "title": "Paper jam", "body": _TEXT})),
    "events-csv": _lines(
        "case,time,event,status,text\n",
        lambda at: f'C{at // 4},2026-01-01T10:0{at % 4}:00Z,{"opened,new" if at % 4 == 0 else "noted,open"},"{_TEXT}"',
    ),
    "jira": _lines(
        "Issue key,Summary,Status,Priority,Reporter,Created,Description,Comment\n",
        lambda at: f'OPS-{at},Login fails,Open,High,Ada,09/Jan/24 3:54 PM,"{_TEXT}",10/Jan/24 3:54 PM;bo;On it',
    ),
    "jira-json": _listed('{"startAt":0,"maxResults":50,"issues":[', _named(tickets.JIRA_ISSUE, "key"), "]}"),
    "zendesk": _listed('{"tickets":[', _objects(tickets.ZENDESK_TICKET, "id"), '],"count":1}'),
    "servicenow": _lines(
        "number,short_description,caller_id,priority,state,opened_at,description\n",
        lambda at: f'INC{at},Mail down,Ann,3 - Moderate,New,2026-01-01 10:00:00,"{_TEXT}"',
    ),
    "servicenow-json": _listed('{"result":[', _named(tickets.SERVICENOW_RECORD, "number"), "]}"),
    "servicenow-xml": (b"<?xml version='1.0'?><unload>", lambda at: _XML.format(at).encode(), b"</unload>"),
    "freshdesk": _listed("[", _objects(tickets.FRESHDESK_TICKET, "id"), "]"),
    "osticket": _lines(
        '"Ticket Number","Date Created",Subject,"From Email","Current Status","Issue Details"\n',
        lambda at: f'{100_000 + at},"2026-01-01 10:00:00",Help,ada@x.example,Open,"{_TEXT}"',
    ),
    "github": _listed("[", _objects(_ISSUE, "number"), "]"),
    "github-archive": _listed('{"repo":"acme/shop","issues":[', _objects(_ISSUE, "number"), "]}"),
    "alertmanager": _listed("[", _named(_ALERT, "fingerprint"), "]"),
    "pagerduty": _listed("[", _named(_INCIDENT, "id"), "]"),
}


def pieces(name: str, size: int) -> Iterator[bytes]:
    """Give a file of about this many bytes, in pieces."""
    before, made, after = FILES[name]
    given, held = 0, [before]
    for number in count():
        held.append(made(number))
        given += len(held[-1])
        if len(held) > 1000 or given >= size:
            yield b"".join(held)
            held = []
        if given >= size:
            yield after
            return


def main() -> None:
    """Write the file."""
    for piece in pieces(sys.argv[1], int(float(sys.argv[2]) * 1024 * 1024)):
        sys.stdout.buffer.write(piece)


if __name__ == "__main__":
    main()
