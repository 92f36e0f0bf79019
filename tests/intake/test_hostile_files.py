"""Hostile files: whatever bytes come, no reader raises, and what comes out can be stored."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.arrival import Arrival, Reject
from console.domain.errors import Refused
from console.intake import Rules, derive, read
from console.intake.formats import FORMATS
from tests.figures import counted
from tests.intake import tickets
from tests.intake.files import a_mail, a_mailbox

PIECES = [
    b'"', b"\n", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"title", b",", b";", b"\t", b"{", b"}", b"[", b"]",
    b"NaN", b"\\ud800", b"9" * 400, b"=?utf-8?B?", b"=?x?Q?=FF=?=", b"<!--", b"<a href=", b"&#1;", b"\x1b]52;c;x\x07",
    b"From a Mon Jan  1 10:00:00 2024\n", b"--b\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Subject: ",
    b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n", b"charset=idna", b"name*0*=x''%ff",
    b"Date: 9999-12-31", b"In-Reply-To: <a@x>\n", b'"number": 1', b'"issues": [', b'"created_at": 5', b"0001-01-01",
]  # fmt: skip
ISSUE = {"number": 1, "title": "A", "user": {"login": "a"}, "labels": [{"name": "x"}], "created_at": "2026-01-01"}
ALERT = {"labels": {"alertname": "a"}, "startsAt": "2020-02-06T00:17:58Z", "endsAt": "2020-02-07T00:17:58Z"}
INCIDENT = {"event_type": "incident.resolved", "occurred_at": "2026-04-01T02:08:04Z", "data": {"id": "Q", "title": "x"}}
SEEDS = {
    "native-csv": b'title,body,impact,created,tags\nA,"b\nc",1,2026-01-01,x;y\nB,"d""e",,,\n',
    "events-csv": b"case,time,event,tier,status\n1,2026-01-01,a,1,new\n1,2026-01-02,escalated,2,open\n",
    "events-jsonl": b'{"case": "1", "time": "2026-01-01", "event": "a"}\n' * 3,
    "alertmanager": json.dumps({"receiver": "x", "alerts": [ALERT, ALERT | {"status": "resolved"}]}).encode(),
    "pagerduty": json.dumps({"event": INCIDENT}).encode(),
    "native-jsonl": b'{"title": "A", "impact": 1}\n{"title": "B", "tags": ["x"], "messages": []}\n',
    "github": json.dumps([ISSUE]).encode(),
    "jira": tickets.JIRA_TABLE.encode(),
    "zendesk": json.dumps({"tickets": [tickets.ZENDESK_TICKET], "audits": tickets.ZENDESK_AUDITS}).encode(),
    "servicenow": tickets.SERVICENOW_TABLE.encode(),
    "freshdesk": json.dumps([tickets.FRESHDESK_TICKET]).encode(),
    "osticket": tickets.OSTICKET_TABLE.encode(),
    "mbox": a_mailbox(a_mail(message_id="<a@x>"), a_mail("--b\n\nx", content_type="multipart/mixed; boundary=b")),
    "mail": a_mail("<p>x</p>", content_type="text/html; charset=utf-8"),
}
RULES = Rules.of([("printing", ["printer", "paper jam"])])


CHANGES = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 20), st.sampled_from(PIECES) | st.binary(max_size=8)))


def spoiled(seed: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    """Give a good file with pieces put in, cut out and changed."""
    for spot, cut, piece in changes:
        seed = seed[:spot] + piece + seed[spot + cut :]
    return seed


NOISE = st.binary(max_size=100) | st.lists(st.sampled_from(PIECES)).map(b"".join)


def no_file_makes_a_reader_raise(folder: Path, format_: str, examples: int, *, is_full: bool = False) -> None:
    """Let a reader read files that were spoiled, and files that never were any."""
    read_so_far = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(changes=CHANGES, noise=NOISE)
    def check(changes: list[tuple[int, int, bytes]], noise: bytes) -> None:
        nonlocal read_so_far
        for content in (spoiled(SEEDS.get(format_, b""), changes), noise):
            (folder / "file").write_bytes(content)
            for name in (format_, None):
                for item in items_of(folder / "file", name):
                    can_be_stored(item)
                read_so_far += 1

    check()
    told = "read, 0 uncaught; what is refused is refused by its line or number"
    counted(28, "spoiled files of every format", read_so_far, told, is_full=is_full)


@pytest.mark.parametrize("format_", FORMATS)
def test_no_file_makes_a_reader_raise(tmp_path: Path, format_: str) -> None:
    no_file_makes_a_reader_raise(tmp_path, format_, 30)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("format_", FORMATS)
def test_none_of_ten_thousand_files_makes_a_reader_raise(tmp_path: Path, format_: str) -> None:
    no_file_makes_a_reader_raise(tmp_path, format_, 10_000, is_full=True)


def items_of(file: Path, name: str | None) -> list[Arrival | Reject]:
    """Give what a file holds; one that is refused as a whole holds nothing."""
    try:
        with read(str(file), name) as reading:
            return list(reading.items)
    except Refused:
        return []


def can_be_stored(item: Arrival | Reject) -> None:
    """Assert that an item says what it must, in text that can be written and acts on no terminal."""
    if isinstance(item, Arrival):
        assert item.title
        assert item.ref
        assert item.source
        item = derive(item, RULES)
    else:
        assert item.number >= 1
        assert item.place
        assert item.reason
    texts = [value for field in fields(item) if isinstance(value := getattr(item, field.name), str)]
    texts += [message.text for message in item.messages] if isinstance(item, Arrival) else []
    assert "\x1b" not in "".join(texts)
    "".join(texts).encode()
