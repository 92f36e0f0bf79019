"""Threads: which mails belong to one case, whatever order they lie in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from console.domain.arrival import Arrival, Message, Voice
from console.domain.subjects import same_subject
from console.intake.mail_headers import clean_subject
from console.intake.mail_message import Mail
from console.intake.text import shortened, titled

WITHIN = timedelta(days=14)
"""How far apart two mails of one sender with one subject may be and still be about the same thing."""
_MOST_FOLLOWED = 100
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_FIRST_WORDS = 80


class Kinship:
    """Which marks belong together (a union of sets)."""

    def __init__(self) -> None:
        self._up: dict[str, str] = {}

    def of(self, mark: str) -> str:
        """Give the mark that stands for all that belong together with this one."""
        top = mark
        while (above := self._up.get(top, top)) != top:
            top = above
        while mark != top:
            self._up[mark], mark = top, self._up[mark]
        return top

    def join(self, one: str, other: str) -> None:
        """Let two marks belong together."""
        self._up[self.of(one)] = self.of(other)


def threads(mails: Iterable[Mail], within: timedelta = WITHIN) -> list[tuple[Mail, ...]]:
    """Give the threads, oldest first; in each, the mail that starts it and then the others by time.

    A mail joins by In-Reply-To, then by the oldest of its References that is there, then by a case's mark in the
    subject, then by its sender and subject within an interval. The same message id twice is one mail.
    """
    known: dict[str, Mail] = {}
    for mail in sorted(mails, key=_total):
        known.setdefault(mail.ref, mail)
    people = {mail.address for mail in known.values()}
    kin = Kinship()
    latest: dict[tuple[str, str], Mail] = {}
    for mail in known.values():
        for mark in _links(mail, known) - people:
            kin.join(mail.ref, mark)
        subject = same_subject(mail.subject)
        before = latest.get((mail.address, subject))
        if before and not has_parent(mail, known) and _is_near(before, mail, within):
            kin.join(mail.ref, before.ref)
        if subject and mail.address:
            latest[mail.address, subject] = mail
    found: dict[str, list[Mail]] = {}
    for mail in known.values():
        found.setdefault(kin.of(mail.ref), []).append(mail)
    ordered = [_rooted(thread, known) for thread in found.values()]
    return sorted(ordered, key=lambda thread: _age(thread[0]))


def _age(mail: Mail) -> tuple[datetime, str, str]:
    """Order mails by time, and those of one time in a way that does not depend on where they lie."""
    return mail.at or _LAST, mail.ref, mail.body


def _total(mail: Mail) -> tuple[object, ...]:
    """Order mails of one message id too, so that of two that differ the same one is taken every time."""
    told = (mail.subject, mail.sender, mail.answers, mail.references, mail.is_automatic)
    return *_age(mail), *told


def has_parent(mail: Mail, known: dict[str, Mail]) -> bool:
    """Say whether a mail that it replies to is there."""
    return any(mark in known and mark != mail.ref for mark in (*mail.answers, *mail.references))


def _links(mail: Mail, known: dict[str, Mail]) -> set[str]:
    """Give what a mail is joined to: the one mail it replies to, else everything absent that it names."""
    answered = [mark for mark in mail.answers if mark in known and mark != mail.ref]
    oldest = [mark for mark in mail.references if mark in known and mark != mail.ref]
    if answered or oldest:
        return {(answered or oldest)[0]}
    return {*mail.answers, *mail.references, *mail.marks}


def _is_near(before: Mail, mail: Mail, within: timedelta) -> bool:
    """Say whether two mails are near enough in time."""
    return before.at is not None and mail.at is not None and mail.at - before.at <= within


def _rooted(thread: list[Mail], known: dict[str, Mail]) -> tuple[Mail, ...]:
    """Put the mail that starts the thread first: one a person wrote, that replies to none of the others, the oldest."""
    root = min(thread, key=lambda mail: (mail.is_automatic, has_parent(mail, known), *_age(mail)))
    return root, *sorted((mail for mail in thread if mail is not root), key=_age)


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
