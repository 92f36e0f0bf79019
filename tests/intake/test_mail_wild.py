"""What mail programs write that no standard allows, or that only some of them write: each is read all the same."""

from __future__ import annotations

import base64

import pytest

from console.domain.envelope import Failed
from console.intake.mail_message import Mail, mail_from
from tests.intake.files import a_mail


def read(body: str, **headers: str) -> Mail:
    return mail_from(a_mail(body, **headers))


@pytest.mark.parametrize(
    ("charset", "subject"),
    [("gb2312", "打印机"), ("windows-1251", "Принтер"), ("iso-8859-2", "Žluť"), ("utf-8", "Žluť")],
)
def test_raw_bytes_in_headers_are_of_the_charset_of_the_text(charset: str, subject: str) -> None:
    head = f"From: {subject} <ada@x.example>\nSubject: {subject}\nContent-Type: text/plain; charset={charset}\n\nx\n"
    mail = mail_from(head.encode(charset))

    assert (mail.subject, mail.sender) == (subject, f"{subject} <ada@x.example>")


def test_raw_bytes_that_are_not_of_that_charset_are_read_as_well_as_can_be() -> None:
    mail = mail_from(b"From: a@x.example\nSubject: Gr\xfc\xdfe\nContent-Type: text/plain; charset=shift_jis\n\nx\n")
    assert mail.subject == "Grüße"
    assert (
        mail_from("From: a@x.example\nSubject: Grüße\nContent-Type: x; charset=cp1251\n\n".encode()).subject == "Grüße"
    )


def test_a_mail_inside_that_was_encoded_whole_is_read() -> None:
    body = base64.b64encode(b"From: bo@x.example\nSubject: Inner\n\nIts text\n").decode()
    mail = read(body, content_type="message/rfc822", content_transfer_encoding="base64")

    assert mail.body == "[mail inside: Inner, from bo@x.example]\n\nIts text"


def test_what_only_says_that_it_was_encoded_stays_as_it_came() -> None:
    mail = read("x", content_type="message/rfc822", content_transfer_encoding="base64")
    assert mail.body.endswith("\n\nx")
    many = base64.b64encode(b"Content-Type: x; boundary=b\n" * 400 + b"\n" * 5000).decode()
    mail = read(many, content_type="message/rfc822", content_transfer_encoding="base64")
    assert many[:60] in mail.body


@pytest.mark.parametrize("kind", ["text/calendar; method=REQUEST", "text/x-vcard"])
def test_an_invitation_beside_its_text_is_listed(kind: str) -> None:
    parts = f"--b\nContent-Type: text/plain\n\nCome\n--b\nContent-Type: {kind}\n\nBEGIN:X\n--b--"
    mail = read(parts, content_type="multipart/alternative; boundary=b")

    assert mail.body.startswith("Come\n\n[attachment without a name, text/")
    assert [each.size for each in mail.envelope.attached] == [7]


QMAIL = """\
Hi. This is the qmail-send program.
I'm afraid I wasn't able to deliver your message to the following addresses.

<gone@x.example>:
Sorry, no mailbox here by that name. (#5.1.1)

<full@x.example>:
Connected, but the mailbox is full. (#4.2.2)

<other@x.example>:
no reason is given

--- Below this line is a copy of the message.

<cited@x.example>: #5.1.1
Message-ID: <orig@desk.example>
"""


def test_a_failure_that_a_server_tells_of_in_words_names_address_and_reason() -> None:
    mail = read(QMAIL, **{"from": "MAILER-DAEMON@q.example", "subject": "failure notice"})

    assert mail.envelope.failed == (
        Failed("gone@x.example", "5.1.1", is_permanent=True),
        Failed("full@x.example", "4.2.2", is_permanent=False),
    )
    assert mail.answers == ("orig@desk.example",)
    assert read(QMAIL).envelope.failed == ()
