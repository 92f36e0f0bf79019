"""Mail headers as they really come: encoded words, raw bytes, odd addresses, odd dates, marks of automatic mail."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import Message as Letter
from email.utils import parsedate_to_datetime
from functools import lru_cache

from console.domain.subjects import LIST_MARK, REPLY
from console.intake.text import decoded, one_line, shortened

_ENCODED = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
_ADDRESS = re.compile(r"""[^\s<>()\[\],;:"@]{1,200}@[^\s<>()\[\],;:"@]{1,200}""")
_IN_BRACKETS = re.compile(r"<([^<>\n]{1,400})>")
_FROM_SOMEBODY = re.compile(r"\bfrom\b[^<>]{0,200}<[^<>]{1,200}>", re.IGNORECASE)
_COMMENT = re.compile(r"\([^()]*\)")
_LIST_IN_SUBJECT = re.compile(r"^(\s*(?:\w{1,5}\s?:\s*){0,3})\[([^\[\]]{1,60})\]\s*")
_CASE_MARK = re.compile(r"\[(?:triage )?#(\d{1,12})\]", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}\"?([\w.:-]{1,40})", re.IGNORECASE)
_LIST_HEADERS = ("List-Id", "List-Post", "List-Unsubscribe", "X-BeenThere", "Mailing-List", "X-Mailing-List")
_PRIORITIES = {"1": 1, "2": 2, "4": 3, "5": 4, "high": 1, "urgent": 1, "low": 4, "non-urgent": 4}
_LONGEST = 100_000
_MOST_REFERENCES = 50
"""How many references are followed, of the oldest and of the newest."""
_LONGEST_DATE = 200
_LONGEST_SENDER = 4_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def header(letter: Letter, name: str) -> str:
    """Give the first header of this name, decoded and on one line; empty where there is none."""
    raw = _raw(letter, name)
    return readable(raw) if raw.isascii() else readable(raw, _charset(letter))


def _raw(letter: Letter, name: str) -> str:
    """Give a header as it came, raw bytes escaped."""
    return next(iter(header_lines(letter, name)), "")


def header_lines(letter: Letter, name: str) -> list[str]:
    """Give every header of this name as it came, raw bytes escaped."""
    return _by_name(letter).get(name.lower(), [])


@lru_cache(maxsize=2)
def _by_name(letter: Letter) -> dict[str, list[str]]:
    """Give all headers by their names in small letters; of one letter they are asked for some fifty times."""
    found: dict[str, list[str]] = {}
    for key, value in letter.raw_items():
        found.setdefault(key.lower(), []).append(str(value)[:_LONGEST])
    return found


def _charset(letter: Letter) -> str:
    """Give the charset that a mail names for its text: raw bytes in its headers are mostly of the same."""
    found = _CHARSET.search(_raw(letter, "Content-Type"))
    return found[1] if found else ""


def readable(raw: str, charset: str = "") -> str:
    """Give a header's text: encoded words decoded, raw bytes read as UTF-8, as the charset said, or Windows-1252."""
    data = raw.encode("utf-8", "surrogateescape")
    plain = decoded(data)
    if charset and "\ufffd" not in (said := decoded(data, charset)) and not _is_utf8(data):
        plain = said
    if "=?" not in plain:
        return one_line(plain)
    pieces, at, held, held_charset = [], 0, b"", ""
    for found in _ENCODED.finditer(plain := _BETWEEN.sub(r"\1", plain)):
        between, charset = plain[at : found.start()], found[1].lower()
        if held and (between or charset != held_charset):
            pieces.append(decoded(held, held_charset))
            held = b""
        pieces.append(between)
        held, held_charset, at = held + _word_bytes(found[2], found[3]), charset, found.end()
    pieces += [decoded(held, held_charset), plain[at:]]
    return one_line("".join(pieces))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _word_bytes(encoding: str, text: str) -> bytes:
    """Give the bytes of an encoded word; base64 that is broken off is read as far as it goes."""
    data = text.encode("utf-8", "replace")
    if encoding in "qQ":
        return quopri.decodestring(data, header=True)
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    try:
        return base64.b64decode(kept[: len(kept) - (len(kept) % 4 == 1)] + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return data


def sender(letter: Letter) -> tuple[str, str]:
    """Give the sender as "Name <address>" and the bare address in small letters."""
    for name in ("From", "Reply-To", "Sender", "Return-Path"):
        said = _raw(letter, name)[:_LONGEST_SENDER]
        found = _ADDRESS.findall(readable(said))
        if found:
            address = found[-1] if name == "From" and "<" in said else found[0]
            words = shortened(
                readable(said.split("<")[0], _charset(letter)) if "<" in said else _named_in_comment(said)
            ).strip(" \"'")
            shown = f"{words} <{address}>" if words and words.lower() != address.lower() else address
            return shortened(shown), address.lower()
        if said.strip():
            return shortened(readable(said)), shortened(readable(said)).lower()
    return "unknown sender", ""


def _named_in_comment(raw: str) -> str:
    """Give the name in the old form `address (Name)`."""
    found = re.search(r"\(([^()]{1,200})\)", raw)
    return readable(found[1]) if found else ""


def message_ids(raw: str) -> tuple[str, ...]:
    """Give the message ids in a header, without brackets; an id without any is taken where it has an @ and no blank."""
    found = [re.sub(r"\s+", "", mark) for mark in _IN_BRACKETS.findall(raw)]
    bare = raw.strip()
    if not found and "@" in bare and not re.search(r"\s", bare):
        found = [bare]
    return tuple(
        dict.fromkeys(shortened(decoded(mark.encode("utf-8", "surrogateescape")), 400) for mark in found if mark)
    )


def replies_to(letter: Letter) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the ids of In-Reply-To, and those of References, oldest first."""
    answered = _FROM_SOMEBODY.sub(" ", " ".join(header_lines(letter, "In-Reply-To")))
    named = message_ids(" ".join(header_lines(letter, "References")))
    oldest, newest = named[:_MOST_REFERENCES], named[_MOST_REFERENCES:][-_MOST_REFERENCES:]
    return message_ids(answered)[:_MOST_REFERENCES], (*oldest, *newest)


def own_id(letter: Letter) -> str:
    """Give the message's own id, or empty where it has none that can be used."""
    raw = _raw(letter, "Message-ID")
    found = message_ids(raw)
    return found[0] if found else shortened(readable(raw).replace(" ", ""), 400)


def sent_at(letter: Letter, separator: str = "") -> datetime | None:
    """Give when it was sent, else when it was received, else what the line before it says."""
    received = [value.rpartition(";")[2] for value in header_lines(letter, "Received")[:1]]
    for said in (_raw(letter, "Date"), *received, separator):
        try:
            at = parsedate_to_datetime(_COMMENT.sub(" ", readable(said[:_LONGEST_DATE])))
            at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if at > _EPOCH:
            return at
    return None


def clean_subject(subject: str) -> str:
    """Give a subject without the marks of replies, also behind a list's mark."""
    while True:
        listed = LIST_MARK.match(subject)
        start = listed.end() if listed else 0
        found = REPLY.match(subject[start:]) or REPLY.match(subject)
        if found is None:
            return subject.strip()
        start = start if REPLY.match(subject[start:]) else 0
        subject = f"{subject[:start].strip()} {subject[start + found.end() :].strip()}".strip()


def without_list_mark(subject: str, letter: Letter) -> str:
    """Give a subject without the mark that its mailing list puts before every one, known by the list's name."""
    lists = " ".join(header(letter, name) for name in _LIST_HEADERS).casefold()
    found = _LIST_IN_SUBJECT.match(subject) if lists.strip() else None
    if found is None or found[2].strip().casefold() not in lists:
        return subject
    return found[1] + subject[found.end() :]


def case_marks(subject: str) -> tuple[str, ...]:
    """Give the cases that a subject names as `[#4711]` or `[Triage #4711]`, each as `#4711`."""
    return tuple(dict.fromkeys(f"#{int(number)}" for number in _CASE_MARK.findall(subject)))


def urgency_of(letter: Letter) -> int | None:
    """Give the urgency that its headers ask for, 1 (highest) to 4; the usual one says nothing."""
    said: Iterable[str] = (
        header(letter, name) for name in ("X-Priority", "Importance", "Priority", "X-MSMail-Priority")
    )
    grades = [_PRIORITIES[word] for text in said if (word := text.lower().split("(")[0].strip()) in _PRIORITIES]
    return min(grades, default=None)
