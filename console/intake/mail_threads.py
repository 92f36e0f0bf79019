"""Threads: mails that belong together as one arrival."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from console.domain.arrival import Arrival, Message, Voice
from console.domain.subjects import same_subject
from console.intake.mail_headers import clean_subject
from console.intake.mail_message import Mail
from console.intake.text import shortened, titled

_MOST_FOLLOWED = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST_WORDS = 80


def case_of(thread: tuple[Mail, ...]) -> Arrival:
    """Give a thread as one arrival: its first mail is the case, the others are messages of it."""
    root, *replies = thread
    title, body = titled(_title(root), root.body)
    start = root.at or next((mail.at for mail in replies if mail.at), None)
    inside = {mail.ref for mail in thread}
    named = (mark for mail in thread for mark in (*mail.answers, *mail.references, *mail.marks))
    tags = (("auto",) if root.is_automatic else ()) + (("list",) if root.is_from_list else ())
    return Arrival(
        title=title,
        source="mail",
        ref=root.ref,
        body=body,
        requester=root.sender,
        channel="mail",
        urgency=root.urgency,
        created=start,
        updated=max((mail.at for mail in thread if mail.at), default=None),
        tags=tags,
        messages=tuple(_message(mail, root, start) for mail in replies),
        about=_about(root),
        voice=Voice.INTERNAL if root.is_automatic else Voice.REQUESTER,
        envelope=root.envelope,
        follows=tuple(dict.fromkeys(mark for mark in named if mark not in inside))[:_MOST_FOLLOWED],
        derived=frozenset({"requester", "channel"} | ({"urgency"} if root.urgency else set())),
    )


def _title(mail: Mail) -> str:
    """Give the cleaned subject, or the first words where there is none."""
    subject = clean_subject(mail.subject)
    if subject:
        return subject
    first = next((line for line in mail.body.splitlines() if line.strip()), "")
    return f"(no subject) {shortened(first, _FIRST_WORDS)}".strip()


def _about(mail: Mail) -> str:
    """Give what stands for sender and subject of a mail that a person wrote, so that its next one is known for that."""
    subject = same_subject(mail.subject)
    if mail.is_automatic or not subject or not mail.address:
        return ""
    return "about " + hashlib.sha256(f"{mail.address}\x1f{subject}".encode("utf-8", "replace")).hexdigest()[:32]


def _message(mail: Mail, root: Mail, start: datetime | None) -> Message:
    """Give a later mail as a message; what a program wrote answers nobody and so counts as internal.

    Who of the others is one of the desk, the desk knows.
    """
    others = Voice.OUTBOUND if mail.is_ours else Voice.OTHER
    theirs = Voice.REQUESTER if mail.address == root.address else others
    voice = Voice.INTERNAL if mail.is_automatic else theirs
    text = f"[automatic mail: {mail.subject}]\n\n{mail.body}" if mail.is_automatic else mail.body
    return Message(
        by=mail.sender, at=mail.at or start or _EPOCH, text=text, voice=voice, ref=mail.ref, envelope=mail.envelope
    )
