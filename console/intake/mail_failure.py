"""Delivery failures: who got nothing and why, and which mail it was (RFC 3464, and what older servers write)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Letter

from console.domain.envelope import Failed
from console.intake.mail_headers import header, message_ids
from console.intake.mail_parts import payload
from console.intake.mail_people import people_in
from console.intake.text import decoded, shortened

_MOST = 50
_DEEPEST = 5
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])[0-5]\d[ -]")
_ORIGINAL = re.compile(r"^[> \t]{0,10}message-id:\s{0,20}(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(r"^<([^<>\s@]{1,64}@[^<>\s@]{1,255})>:", re.MULTILINE)
_COPY = re.compile(r"^-{3,} ?(?:Below this line|This is a copy|Original message|Returned message)", re.MULTILINE)
_SCANNED = 100_000
_PERMANENT = "5"


def failures(letter: Letter, body: str) -> tuple[Failed, ...]:
    """Give everybody a mail could not be delivered to; nothing where a letter tells of no failure."""
    found = {each.address: each for each in _reported(letter, 0)}
    if not found and (said := tuple(people_in(letter, "X-Failed-Recipients"))):
        status = _status_in(body)
        found = {address: Failed(address, status, status.startswith(_PERMANENT)) for _, address in said}
    if not found and is_from_server(letter):
        found = {each.address: each for each in _in_words(body)}
    return tuple(found.values())[:_MOST]


def _in_words(body: str) -> Iterator[Failed]:
    """Give the failures that a server tells of in words only: each address in brackets, and the reason below it."""
    said = _COPY.split(body[:_SCANNED], maxsplit=1)[0]
    found = list(_NAMED.finditer(said))[:_MOST]
    ends = [*(each.start() for each in found[1:]), len(said)]
    for each, end in zip(found, ends, strict=False):
        status = _status_in(said[each.end() : end])
        if status:
            yield Failed(each[1].lower(), status, status.startswith(_PERMANENT))


def returned_ids(letter: Letter, body: str) -> tuple[str, ...]:
    """Give the ids of the mails that a report tells of, also where a server wrote it in words only."""
    if letter.get_content_type() == "multipart/report" or is_from_server(letter):
        said = " ".join(_ORIGINAL.findall(body[:_SCANNED])[:_MOST])
        return tuple(dict.fromkeys((*_inside(letter), *message_ids(said))))
    return ()


def _inside(letter: Letter) -> Iterator[str]:
    """Give the ids of the mails, or their headers, that a report has with it."""
    held: object = letter.get_payload()
    for part in (held if isinstance(held, list) else [])[:_MOST]:
        if part.get_content_type() == "message/rfc822":
            inner: object = part.get_payload()
            for child in inner if isinstance(inner, list) else []:
                yield from message_ids(header(child, "Message-ID"))
        elif part.get_content_type() == "text/rfc822-headers":
            yield from message_ids(" ".join(_ORIGINAL.findall(decoded(payload(part)[:_SCANNED]))))


def is_from_server(letter: Letter) -> bool:
    """Say whether a mail server wrote it."""
    said = header(letter, "From").lower().rpartition("<")[2]
    return said.startswith(("mailer-daemon@", "postmaster@")) or bool(header(letter, "X-Failed-Recipients"))


def told(failed: tuple[Failed, ...]) -> str:
    """Say in a line each who got nothing, and whether trying again is of any use."""
    return "\n".join(
        f"[not delivered to {each.address}{f', {each.status}' if each.status else ''}: "
        f"{'for good; write to another address' if each.is_permanent else 'for now'}]"
        for each in failed
    )


def _reported(part: Letter, depth: int) -> Iterator[Failed]:
    """Give the failures that a delivery status tells of, wherever in the letter it stands."""
    held: object = part.get_payload()
    if depth > _DEEPEST or not isinstance(held, list):
        return
    for child in held:
        if not isinstance(child, Letter):
            continue
        address = header(child, "Final-Recipient") or header(child, "Original-Recipient")
        action, status = header(child, "Action").lower(), _status_in(header(child, "Status"))
        if part.get_content_type() == "message/delivery-status" and address and action in {"failed", "delayed", ""}:
            named = shortened(address.rpartition(";")[2].strip(" <>"), 300).lower()
            yield Failed(named, status, action != "delayed" and status.startswith(_PERMANENT))
        elif child.is_multipart():
            yield from _reported(child, depth + 1)


def _status_in(text: str) -> str:
    """Give the first status code in a text, or the class of an old one as `5.0.0`."""
    found = _STATUS.search(text[:_SCANNED])
    if found is not None:
        return found[1]
    code = _CODE.search(text[:_SCANNED])
    return f"{code[1]}.0.0" if code else ""
