"""A mail's body as text: the best of its alternatives, HTML turned into text, attachments named with size and hash."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message as Letter

from console.domain.envelope import Attached
from console.intake import mail_parts as parts
from console.intake.html_text import text_of_html
from console.intake.mail_headers import header, readable
from console.intake.mailing import Keep
from console.intake.text import MAX_TEXT, capped, decoded, shortened
from console.intake.uuencoded import without_files

MOST_ATTACHED = 100
"""Attachments of one mail that are kept."""
_DEEPEST = 20
_MOST_PARTS = 1_000
_HASH_SHOWN = 16
_ARMOURED = re.compile(rb"^\s{0,20}-----BEGIN PGP ")


class Body:
    """What a letter says: its text, and what is attached to it, which `keep` is given on the way."""

    def __init__(self, letter: Letter, keep: Keep) -> None:
        self._keep = keep
        self.attached: list[Attached] = []
        self.text = self._whole(letter)

    def _whole(self, letter: Letter) -> str:
        """Give everything a mail says, as one text; what cannot be text is listed with name, type, size and hash."""
        pieces = []
        for count, piece in enumerate(self._pieces(letter, 0)):
            if count >= _MOST_PARTS:
                pieces.append(f"[more than {_MOST_PARTS:,} parts; the rest is left out]")
                break
            pieces.append(piece.strip("\r\n"))
        return capped("\n\n".join(piece for piece in pieces if piece.strip()))

    def _pieces(self, part: Letter, depth: int) -> Iterator[str]:
        """Give the texts of a part and of the parts inside it."""
        kind = part.get_content_type()
        children = parts.inside(part)
        if depth > _DEEPEST:
            yield "[parts nested too deeply are left out]"
        elif kind in {"message/rfc822", "message/partial"} and children:
            for child in children:
                subject, sender = header(child, "Subject"), header(child, "From")
                yield f"[mail inside: {subject or 'no subject'}, from {sender or 'nobody named'}]"
                yield from self._pieces(child, depth + 1)
        elif kind == "message/delivery-status":
            yield "\n".join(
                f"{name}: {readable(str(value))}" for child in children for name, value in child.raw_items()
            )
        elif kind == "multipart/alternative" and children:
            yield from self._alternatives(children, depth)
        elif children:
            for child in children:
                yield from self._pieces(child, depth + 1)
        else:
            yield self._leaf(part, kind)

    def _alternatives(self, children: list[Letter], depth: int) -> Iterator[str]:
        """Give the plain one of several versions of one text, else the first that says something, and attachments."""
        said = [(child, "\n\n".join(self._pieces(child, depth + 1))) for child in children]
        texts = [
            (child, text)
            for child, text in said
            if child.is_multipart() or (child.get_content_maintype() == "text" and not parts.is_attached(child))
        ]
        plain = [text for child, text in texts if child.get_content_type() == "text/plain" and text.strip()]
        yield from (plain or [text for _, text in texts if text.strip()])[:1]
        shown = {id(child) for child, _ in texts}
        yield from (text for child, text in said if id(child) not in shown)

    def _leaf(self, part: Letter, kind: str) -> str:
        """Give a part without parts inside: its text, or one line about it."""
        data = parts.payload(part)
        is_text = part.get_content_maintype() in {"text", "multipart", "message"} and not parts.is_attached(part)
        if not is_text:
            armoured = "pgp" in kind or kind == "application/octet-stream"
            if armoured and _ARMOURED.match(data):
                return decoded(data[: 4 * MAX_TEXT])
            return self._attachment(parts.file_name(part), kind, data)
        text = decoded(data[: 4 * MAX_TEXT], parts.charset(part))
        if kind == "text/html":
            return text_of_html(text[:MAX_TEXT])
        if parts.has(part, "format", "flowed"):
            text = parts.unflowed(text[:MAX_TEXT], drops_blank=parts.has(part, "delsp", "yes"))
        return without_files(text, self._uuencoded)

    def _uuencoded(self, name: str, data: bytes, written: str) -> str:
        """Keep a file from the middle of a text; where it is not kept, what was written stays."""
        line = self._attachment(shortened(name, 200), "uuencoded", data)
        return line if self.attached and self.attached[-1].kept else f"{line}\n{written}"

    def _attachment(self, name: str, kind: str, data: bytes) -> str:
        """Keep an attachment; give one line that says what it was."""
        name, kind = name or "without a name", shortened(kind, 100)
        if len(self.attached) >= MOST_ATTACHED:
            return f"[attachment {name}, {kind}, {len(data):,} bytes, left out: a mail has at most {MOST_ATTACHED}]"
        told = self._keep(name, kind, data)
        self.attached.append(told)
        why = f", not kept: {told.why}" if told.why else ""
        return f"[attachment {name}, {kind}, {len(data):,} bytes, sha256 {told.sha256[:_HASH_SHOWN]}…{why}]"
