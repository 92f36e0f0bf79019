"""One mail, read from its bytes into a value."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from email.feedparser import FeedParser
from email.message import Message as Letter
from email.parser import BytesHeaderParser
from email.policy import compat32

from console.domain.envelope import Envelope
from console.intake import mail_failure, mail_marks, mail_people
from console.intake import mail_headers as headers
from console.intake.attachment_store import described
from console.intake.mail_body import Body
from console.intake.mailing import USUAL, Mailing
from console.intake.text import capped, decoded

_MOST_WORK = 20_000_000
_MOST_PARTS = 20_000
_PIECE = 64 * 1024
"""Bytes that the parser is given at once, which has each of them in memory several times."""
_KNOWN_BY = ("From", "Subject", "Message-ID", "Date", "To", "Received")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says. `ref` is its message id, or a hash of its content where it has none.

    `answers` are the ids it replies to (In-Reply-To), `references` those of its thread, oldest first; `marks` are the
    cases its subject names; `envelope` is what it says besides its text. `is_ours`: the desk itself has sent it.
    """

    ref: str
    answers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    sender: str
    address: str
    subject: str
    at: datetime | None
    body: str
    urgency: int | None = None
    is_automatic: bool = False
    is_from_list: bool = False
    is_ours: bool = False
    envelope: Envelope = field(default_factory=Envelope)


class NotAMailError(ValueError):
    """What is not a mail; its text is the sentence."""


def mail_from(data: bytes, separator: str = "", mailing: Mailing = USUAL) -> Mail:
    """Read one mail; `separator` is the line that stood before it in a mailbox. Raises NotAMailError, and nothing else.

    A notice that this program sent is none on its way back, so that no notice of it goes out in turn.
    The old parser is used on purpose: it takes bytes on which the modern policy raises, and decoding is done here.
    """
    try:
        letter = _parsed(data)
        body = Body(letter, mailing.keep)
    except Exception:  # noqa: BLE001 - whatever a hostile mail does to the parser, its headers and raw text still come in
        letter = BytesHeaderParser(policy=compat32).parsebytes(data)
        body = None
    if not any(headers.header(letter, name) for name in _KNOWN_BY):
        raise NotAMailError("This is not a mail: it has no sender, subject, date or message id.")
    if mail_marks.is_own_notice(letter):
        raise NotAMailError("This is a notice of a desk that came back; what it tells of is known.")
    return _mail(letter, separator, mailing.own, body or _raw(data))


def _parsed(data: bytes) -> Letter:
    """Parse a mail with its parts. Raises NotAMailError where taking it apart would cost minutes or all memory.

    The parser compares every line with the boundary of every part around it, and keeps an object for each part.
    """
    boundaries = data.count(b"boundary")
    if boundaries * data.count(b"\n") > _MOST_WORK or (boundaries and data.count(b"\n--") > _MOST_PARTS):
        raise NotAMailError("The mail has too many parts.")
    parser = FeedParser(policy=compat32)
    for start in range(0, len(data), _PIECE):
        parser.feed(data[start : start + _PIECE].decode("ascii", "surrogateescape"))
    return parser.close()


def _raw(data: bytes) -> Body:
    """Give the body of a mail that cannot be taken apart as it came."""
    body = Body(Letter(), described)
    body.text = capped(decoded(data.partition(b"\n\n")[2]))
    return body


def _mail(letter: Letter, separator: str, own: frozenset[str], body: Body) -> Mail:
    """Put the mail's value together."""
    answers, references = headers.replies_to(letter)
    subject = headers.without_list_mark(headers.header(letter, "Subject"), letter)
    own = mail_people.own_addresses(letter, own)
    shown, address = mail_people.who_asks(letter, own)
    failed = mail_failure.failures(letter, body.text)
    said = f"{mail_failure.told(failed)}\n\n{body.text}" if failed else body.text
    return Mail(
        ref=headers.own_id(letter) or _content_mark(address, headers.header(letter, "Date"), subject, body.text),
        answers=tuple(dict.fromkeys((*answers, *mail_failure.returned_ids(letter, body.text)))),
        references=references,
        marks=headers.case_marks(subject),
        sender=shown,
        address=address,
        subject=subject,
        at=headers.sent_at(letter, separator),
        body=said,
        urgency=headers.urgency_of(letter),
        is_automatic=mail_marks.is_automatic(letter),
        is_from_list=mail_marks.from_list(letter),
        is_ours=address in own,
        envelope=Envelope(
            attached=tuple(body.attached),
            copied=mail_people.copied(letter, address, own),
            unanswered=mail_marks.why_unanswered(letter, address, own),
            failed=failed,
        ),
    )


def _content_mark(*said: str) -> str:
    """Give a reference for a mail without an id: the same content gives the same one."""
    return "content-" + hashlib.sha256("\x1f".join(said).encode("utf-8", "replace")).hexdigest()[:24]
