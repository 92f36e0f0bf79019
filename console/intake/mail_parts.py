"""The parts of a mail as they really come: what is inside, its bytes, its charset and its name."""

from __future__ import annotations

import base64
import binascii
import re
from email.message import Message as Letter
from email.parser import BytesParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value

from console.intake.mail_headers import readable
from console.intake.text import shortened

_FILES = frozenset({"text/calendar", "text/vcard", "text/x-vcard", "text/directory"})
_MOST_WORK = 1_000_000


def inside(part: Letter) -> list[Letter]:
    """Give the parts inside a part; of a mail that was encoded whole, which no standard allows, the mail."""
    held: object = part.get_payload()
    found = [child for child in held if isinstance(child, Letter)] if isinstance(held, list) else []
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if part.get_content_type() == "message/rfc822" and coding == "base64" and len(found) == 1 and not found[0].keys():
        return [_decoded(found[0])]
    return found


def _decoded(child: Letter) -> Letter:
    """Give the mail that an encoded text holds, or the text where it holds none."""
    said: object = child.get_payload()
    if not isinstance(said, str):
        return child
    try:
        data = base64.b64decode(said.encode("ascii", "replace"))
    except binascii.Error:
        return child
    boundaries = data.count(b"boundary")
    is_dear = boundaries * data.count(b"\n") > _MOST_WORK
    return child if is_dear else BytesParser(policy=compat32).parsebytes(data)


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


def charset(part: Letter) -> str:
    """Give the charset a part names, or empty."""
    said = part.get_param("charset", "")
    return collapse_rfc2231_value(said).lower() if isinstance(said, str | tuple) else ""


def has(part: Letter, name: str, value: str) -> bool:
    """Say whether the content type has a parameter of this value, such as `format=flowed`."""
    said = part.get_param(name, "")
    return isinstance(said, str) and said.lower() == value


def is_attached(part: Letter) -> bool:
    """Say whether a text part came as a file, as an invitation does whether or not it says so."""
    kind = part.get_content_disposition()
    return (
        kind == "attachment"
        or part.get_content_type() in _FILES
        or (bool(file_name(part)) and part.get_content_type() not in {"text/plain", "text/html"})
    )


def file_name(part: Letter) -> str:
    """Give the name an attachment came with; it is shown, and never used as a path."""
    try:
        name = part.get_filename("")
    except (ValueError, LookupError, TypeError):
        name = ""
    return shortened(readable(str(name)), 200)


def unflowed(text: str, *, drops_blank: bool = False) -> str:
    """Give `format=flowed` text with its paragraphs on one line each (RFC 3676); quotations stay apart by depth."""
    lines: list[str] = []
    depth_before, is_open = 0, False
    for line in decoded_lines(text):
        marks = re.match(r">*", line)
        depth = marks.end() if marks else 0
        rest = line[depth:].removeprefix(" ") if depth or line.startswith(" ") else line
        is_signature = rest == "-- "
        if is_open and depth == depth_before and not is_signature:
            lines[-1] = (lines[-1][:-1] if drops_blank else lines[-1]) + rest
        else:
            lines.append(f"{'>' * depth}{' ' if depth else ''}{rest}")
        depth_before, is_open = depth, rest.endswith(" ") and not is_signature
    return "\n".join(lines)


def decoded_lines(text: str) -> list[str]:
    """Give the lines of a text at their line ends only, not at the other characters that break lines in Unicode."""
    return text.replace("\r\n", "\n").split("\n")
