"""Whatever stands in a case or in an address: one mail, to one recipient, with the headers that were meant."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from console.desk.desk import Desk
from console.domain.delivering import State
from console.domain.notify import Route, Text
from console.notify.addresses import is_address
from console.notify.delivery import Delivered, deliver_due
from console.store import people
from tests.hostile.corpus import PAYLOADS
from tests.notify.givens import ADA, given, ledger, under
from tests.notify.servers import Hook, MailServer

INJECTIONS = (
    "hello\r\nBcc: mallory@evil.example",
    "hello\nBcc: mallory@evil.example\n\nanother body",
    "hello\rSubject: other",
    "hello\u2028Bcc: mallory@evil.example",
    "hello\x0bBcc: mallory@evil.example\x0c",
    "hello\x85To: mallory@evil.example",
    "=?utf-8?q?hello=0D=0ABcc:_mallory@evil.example?=",
    "hello\r\n.\r\nMAIL FROM:<mallory@evil.example>\r\n",
    ".\r\n.\r\nQUIT",
    "${what.__class__} $case $$ $ ${title",
    "%(title)s {case} {0.__class__} {{ 7*7 }} {% for x in y %}",
    "\u202egnp.exe\u202c",
    "x" * 100_000,
    "\ud800 half a character",
    "a" + "\u0301" * 500,
)
HEADERS = [
    "auto-submitted", "content-transfer-encoding", "content-type", "date", "from", "message-id", "mime-version",
    "subject", "to", "x-auto-response-suppress", "x-triage-key",
]  # fmt: skip
LOUD = Text("$title | $organisation", "$title\n$what\n$organisation")


@pytest.mark.parametrize("text", INJECTIONS)
def test_text_of_a_case_is_text_in_a_mail(desk: Desk, post: MailServer, text: str) -> None:
    desk = under(desk, texts={"any": LOUD})
    given(desk, title=text.encode("utf-8", "replace").decode(), organisation=text.encode("utf-8", "replace").decode())

    assert deliver_due(desk, {"mail": post.setup}) == Delivered(sent=1)

    (mail,) = post.mails
    assert post.to == ["ada@desk.example"]
    assert sorted(name.lower() for name in mail) == HEADERS
    assert len(mail["Subject"].splitlines()) == 1
    assert len(mail["Subject"]) <= 180
    assert len(post.text()) <= 16_100
    assert not set(mail["Subject"]) & {chr(code) for code in range(32)}


def test_hostile_text_reaches_a_webhook_as_data(desk: Desk, hook: Hook) -> None:
    desk = under(desk, routes=(Route(channels=("hook",)),), texts={"any": LOUD})
    for text in [each.storable for each in PAYLOADS]:
        given(desk, title=text)
    came = deliver_due(desk, {"hook": hook.setup})
    assert came.sent == len(hook.posted) > 0
    for posted in hook.posted:
        assert posted.body.isascii()
        assert not any(code in json.loads(posted.body)["subject"] for code in "\x1b\x07\x9b\u202e\x00")


ADDRESSES = (
    "a@b.example, mallory@evil.example", "a@b.example\r\nRCPT TO:<mallory@evil.example>", "<a@b.example>",
    "a@b.example\x00", "a b@c.example", "@b.example", "a@", "a@b..example", '"a\\"@b.example', "a@b.example>", "",
    "a@[127.0.0.1]", f"{'x' * 65}@b.example", f"a@{'b.' * 130}example", "a@bücher.example", "a@b.example\n",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_could_mean_more_than_one_is_not_sent_to(desk: Desk, post: MailServer, address: str) -> None:
    with desk.store.write() as tx:
        people.put(tx, replace(ADA.person, mail=address))
    given(desk)
    assert deliver_due(desk, {"mail": post.setup}) == Delivered(dead=1)
    assert (post.mails, ledger(desk)[0].delivery.state) == ([], State.DEAD)


def test_addresses_as_people_have_them_are_sent_to() -> None:
    usual = ("a@b.example", "first.last+desk@mail.b-c.example", "o'neil@b.example", "root@localhost")
    assert all(map(is_address, usual))
