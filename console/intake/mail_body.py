"""A mail's body as text: the best of its alternatives, HTML turned into text, attachments named with size and hash."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email.message import Message as Letter
from email.utils import collapse_rfc2231_value

from console.intake.html_text import text_of_html
from console.intake.mail_headers import header, message_ids, readable
from console.intake.text import MAX_TEXT, capped, decoded, shortened

_DEEPEST = 20
_MOST_PARTS = 1_000
_HASH_SHOWN = 16
_ARMOURED = re.compile(rb"^\s{0,20}-----BEGIN PGP ")


def body_text(letter: Letter) -> str:
    """Give everything a mail says, as one text; what cannot be text is listed with name, type, size and hash."""
    pieces = []
    for count, piece in enumerate(_pieces(letter, 0)):
        if count >= _MOST_PARTS:
            pieces.append(f"[more than {_MOST_PARTS:,} parts; the rest is left out]")
            break
        pieces.append(piece.strip("\r\n"))
    return capped("\n\n".join(piece for piece in pieces if piece.strip()))


def _pieces(part: Letter, depth: int) -> Iterator[str]:
    """Give the texts of a part and of the parts inside it."""
    kind = part.get_content_type()
    children = _inside(part)
    if depth > _DEEPEST:
        yield "[parts nested too deeply are left out]"
    elif kind in {"message/rfc822", "message/partial"} and children:
        for child in children:
            subject, sender = header(child, "Subject"), header(child, "From")
            yield f"[mail inside: {subject or 'no subject'}, from {sender or 'nobody named'}]"
            yield from _pieces(child, depth + 1)
    elif kind == "message/delivery-status":
        yield "\n".join(f"{name}: {readable(str(value))}" for child in children for name, value in child.raw_items())
    elif kind == "multipart/alternative" and children:
        yield from _alternatives(children, depth)
    elif children:
        for child in children:
            yield from _pieces(child, depth + 1)
    else:
        yield _leaf(part, kind)


def _inside(part: Letter) -> list[Letter]:
    """Give the parts inside a part."""
    held: object = part.get_payload()
    return [child for child in held if isinstance(child, Letter)] if isinstance(held, list) else []


def _alternatives(children: list[Letter], depth: int) -> Iterator[str]:
    """Give the plain one of several versions of one text, else the first that says something; attachments come too."""
    said = [(child, "\n\n".join(_pieces(child, depth + 1))) for child in children]
    texts = [(child, text) for child, text in said if child.is_multipart() or child.get_content_maintype() == "text"]
    plain = [text for child, text in texts if child.get_content_type() == "text/plain" and text.strip()]
    yield from (plain or [text for _, text in texts if text.strip()])[:1]
    shown = {id(child) for child, _ in texts}
    yield from (text for child, text in said if id(child) not in shown)


def _leaf(part: Letter, kind: str) -> str:
    """Give a part without parts inside: its text, or one line about it."""
    data = payload(part)
    is_text = part.get_content_maintype() in {"text", "multipart", "message"} and not _is_attached(part)
    if not is_text:
        armoured = "pgp" in kind or kind == "application/octet-stream"
        if armoured and _ARMOURED.match(data):
            return decoded(data[: 4 * MAX_TEXT])
        return _attachment(part, kind, data)
    text = decoded(data[: 4 * MAX_TEXT], _charset(part))
    return text_of_html(text[:MAX_TEXT]) if kind == "text/html" else text


def payload(part: Letter) -> bytes:
    """Give a part's bytes, decoded from base64 or quoted-printable as far as it goes."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        data = None
    if isinstance(data, bytes):
        return data
    plain = part.get_payload()
    return plain.encode("utf-8", "surrogateescape") if isinstance(plain, str) else b""


def _charset(part: Letter) -> str:
    """Give the charset a part names, or empty."""
    said = part.get_param("charset", "")
    return collapse_rfc2231_value(said).lower() if isinstance(said, str | tuple) else ""


def _is_attached(part: Letter) -> bool:
    """Say whether a text part came as a file."""
    kind = part.get_content_disposition()
    return kind == "attachment" or (
        bool(_file_name(part)) and part.get_content_type() not in {"text/plain", "text/html"}
    )


def _file_name(part: Letter) -> str:
    """Give the name an attachment came with; it is shown, and never used as a path."""
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError):
        name = ""
    return shortened(readable(str(name)), 200)


def _attachment(part: Letter, kind: str, data: bytes) -> str:
    """Give one line that says what was attached."""
    mark = hashlib.sha256(data).hexdigest()[:_HASH_SHOWN]
    name = _file_name(part) or "without a name"
    return f"[attachment {name}, {shortened(kind, 100)}, {len(data):,} bytes, sha256 {mark}…]"


def reported_ids(letter: Letter) -> tuple[str, ...]:
    """Give the ids of the mails that a delivery report is about."""
    if letter.get_content_type() != "multipart/report":
        return ()
    found: list[str] = []
    for part in _inside(letter)[:10]:
        if part.get_content_type() == "message/rfc822":
            found += [mark for child in _inside(part) for mark in message_ids(str(child.get("Message-ID", "")))]
        elif part.get_content_type() == "text/rfc822-headers":
            line = re.search(r"^message-id:\s{0,20}(.{1,400})$", decoded(payload(part)), re.IGNORECASE | re.MULTILINE)
            found += message_ids(line[1]) if line else ()
    return tuple(found)
