"""Mail: mailboxes (mbox, Maildir) and single mails; one thread is one case, replies are its messages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from console.domain.arrival import Arrival, Reject
from console.domain.errors import RefusalCode, Refused
from console.intake.mail_message import Mail, NotAMailError, mail_from
from console.intake.mail_threads import case_of, threads
from console.intake.mbox import MAX_MAIL, Letter, letters
from console.intake.source import Feed, Head
from console.intake.text import cleaned, decoded

_HEADER = re.compile(r"^[!-9;-~]{1,80}:(?:[ \t]|$)")
_TELLING = re.compile(
    r"^(?:from|to|subject|date|received|message-id|return-path|delivered-to|mime-version|x-mozilla-status):",
    re.IGNORECASE,
)
_FEWEST_HEADERS = 2
_RAW_SHOWN = 100_000


class Mbox:
    """A file of many mails, each behind a line that begins with `From `."""

    format = "mbox"

    def recognises(self, head: Head) -> bool:
        """Say whether a mailbox's separator comes first, with headers behind it."""
        lines = head.lines
        return len(lines) > 1 and lines[0].startswith("From ") and _HEADER.match(lines[1]) is not None

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read every mail, then give the threads."""
        return _cases(letters(feed.stream))


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
        data = feed.stream.read(MAX_MAIL + 1)
        return _cases([Letter(1, data.lstrip(b"\xef\xbb\xbf\r\n"), is_cut=len(data) > MAX_MAIL)])


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
        feed.size = sum(file.stat().st_size for file in files)
        return _cases(_letters_of(files, feed))


def _files(folder: Path) -> list[Path]:
    """Give the mails of a folder in a fixed order; links are not followed."""
    inside = [place for name in ("cur", "new") if (folder / name).is_dir() for place in (folder / name).iterdir()]
    found = inside or [place for place in folder.iterdir() if place.suffix.lower() == ".eml"]
    return sorted(place for place in found if place.is_file() and not place.is_symlink())


def _letters_of(files: list[Path], feed: Feed) -> Iterator[Letter]:
    """Read the files one after another; one that cannot be read does not stop the others."""
    done = 0
    for number, file in enumerate(files, 1):
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_MAIL + 1)
        except OSError:
            data = b""
        done += len(data)
        feed.bytes_done = lambda done=done: done  # type: ignore[misc]
        yield Letter(number, data, is_cut=len(data) > MAX_MAIL)


def _cases(found: Iterable[Letter]) -> Iterator[Arrival | Reject]:
    """Give what is no mail as rejects, and every thread as one arrival; threading needs all mails first."""
    mails: list[Mail] = []
    for letter in found:
        try:
            if letter.is_cut:
                raise NotAMailError(f"The mail is larger than {MAX_MAIL:,} bytes; take its attachments off.")  # noqa: TRY301
            mails.append(mail_from(letter.data, letter.separator))
        except NotAMailError as error:
            yield Reject("mail", letter.number, str(error), cleaned(decoded(letter.data[:_RAW_SHOWN])))
    for thread in threads(mails):
        yield case_of(thread)
