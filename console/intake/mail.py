"""Mail: mailboxes (mbox, Maildir) and single mails; one thread is one case, replies are its messages."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from console.domain.arrival import Arrival, Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.mail_message import Mail, NotAMailError, mail_from
from console.intake.mail_pile import Pile
from console.intake.mail_threads import case_of
from console.intake.mailing import Mailing
from console.intake.mbox import MAX_MAIL, Letter, letters, when
from console.intake.source import Feed, Head
from console.intake.text import cleaned, decoded

_HEADER = re.compile(r"^[!-9;-~]{1,80}:(?:[ \t]|$)")
_TELLING = re.compile(
    r"^(?:from|to|subject|date|received|message-id|return-path|delivered-to|mime-version|x-mozilla-status):",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 2
_RAW_SHOWN = 100_000
_GONE = frozenset("TD")
"""Flags of a maildir: thrown away, and a draft."""
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
MOST_REPLIES = 1_000
"""Replies that come with one arrival."""


class Mbox:
    """A file of many mails, each behind a line that begins with `From `."""

    format = "mbox"

    def recognises(self, head: Head) -> bool:
        """Say whether a mailbox's separator comes first, with headers behind it."""
        lines = head.lines
        return len(lines) > 1 and lines[0].startswith("From ") and _HEADER.match(lines[1]) is not None

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read every mail, then give the threads."""
        return cases_in(letters(feed.stream), feed.mailing)


class SingleMail:
    """One mail in a file of its own (.eml)."""

    format = "mail"

    def recognises(self, head: Head) -> bool:
        """Say whether the file begins with the headers of a mail."""
        lines = head.text.lstrip().splitlines()
        count, telling = 0, 0
        for line in lines:
            if not line.strip() or not (line[0] in " \t" or _HEADER.match(line)):
                break
            count += 1
            telling += _TELLING.match(line) is not None
        return count >= _FEWEST_HEADERS and telling >= _FEWEST_HEADERS

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read the one mail."""
        return cases_in([alone(feed.stream.read(MAX_MAIL + 1))], feed.mailing)


class Maildir:
    """A folder of mails, one a file: a Maildir with `cur` and `new`, or plain .eml files."""

    format = "maildir"

    def recognises(self, head: Head) -> bool:
        """Say whether the path is a folder."""
        return head.folder is not None

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read every mail, then give the threads. Refused: a folder without mails, or a file instead of a folder."""
        if feed.head.folder is None:
            raise Refused(f"{feed.name} is not a folder; a maildir is one.", RefusalCode.BAD_INPUT)
        files = _files(feed.head.folder)
        if not files:
            raise Refused(f"{feed.name} holds no mails: no cur and new folders, no .eml files.", RefusalCode.BAD_INPUT)
        feed.size = sum(_size(file) for file in files)
        return cases_in(_letters_of(files, feed), feed.mailing)


def alone(data: bytes) -> Letter:
    """Give one mail by itself, without the line that some mail servers put before it."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    before, _, rest = data.partition(b"\n") if data.startswith(b"From ") else (b"", b"", data)
    return Letter(1, rest, when(before), is_cut=len(data) > MAX_MAIL)


def _files(folder: Path) -> list[Path]:
    """Give the mails of a folder in a fixed order; neither links nor what was thrown away or is still being written."""
    inside = [place for name in ("cur", "new") if (folder / name).is_dir() for place in (folder / name).iterdir()]
    found = inside or [place for place in folder.iterdir() if place.suffix.lower() == ".eml"]
    return sorted(place for place in found if _is_mail(place) and place.is_file() and not place.is_symlink())


def _is_mail(place: Path) -> bool:
    """Say whether a file of a maildir is to be read, by its name and the flags in it."""
    return not place.name.startswith(".") and _GONE.isdisjoint(
        place.name.rpartition(":2,")[2] if ":2," in place.name else ""
    )


def _size(file: Path) -> int:
    """Give the size of a file; nothing where it has gone meanwhile."""
    try:
        return file.lstat().st_size
    except OSError:
        return 0


def _letters_of(files: list[Path], feed: Feed) -> Iterator[Letter]:
    """Read the files one after another; one that cannot be read does not stop the others."""
    done = 0
    for number, file in enumerate(files, 1):
        data, trouble = b"", ""
        try:
            with os.fdopen(os.open(file, _READING), "rb") as opened:
                data = opened.read(MAX_MAIL + 1)
        except OSError as error:
            trouble = f"It cannot be read ({error.strerror})."
        done += len(data)
        feed.bytes_done = lambda done=done: done  # type: ignore[misc]
        yield replace(alone(data), number=number, name=file.name, trouble=trouble)


def cases_in(
    found: Iterable[Letter], mailing: Mailing, noted: Callable[[int, str], None] = lambda *_: None
) -> Iterator[Arrival | Reject]:
    """Give what is no mail as rejects, and every thread as one arrival; threading needs all mails first.

    Of each only what threads are made by is held in memory. A very long thread comes in parts that name its first mail.
    `noted` is told the number of each mail and its reference.
    """
    pile = Pile()
    try:
        for letter in found:
            try:
                mail = _mail_of(letter, mailing)
            except NotAMailError as error:
                reason = f"{letter.name}: {error}" if letter.name else str(error)
                yield Reject("mail", letter.number, cleaned(reason), cleaned(decoded(letter.data[:_RAW_SHOWN])))
            else:
                noted(letter.number, mail.ref)
                pile.put(mail)
        for root, *replies in pile.threads():
            for start in range(0, max(len(replies), 1), MOST_REPLIES):
                yield case_of(tuple(pile.mail(place) for place in (root, *replies[start : start + MOST_REPLIES])))
    finally:
        pile.close()


def _mail_of(letter: Letter, mailing: Mailing) -> Mail:
    """Read one mail. Raises NotAMailError."""
    if letter.trouble:
        raise NotAMailError(letter.trouble)
    if letter.is_cut:
        raise NotAMailError(f"The mail is larger than {MAX_MAIL:,} bytes; take its attachments off.")
    return mail_from(letter.data, letter.separator, mailing)
