"""Uuencoded files in the middle of a text, as older mail programs put them there."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable

Keep = Callable[[str, bytes, str], str]
"""Gives what is to be said of a file of this name and bytes, which was written in the text like this."""

_FILE = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,300})\n((?:[ -`]{2,90}[ \t]{0,3}\n){1,200000})(?:[` ]?[ \t]{0,3}\n)?end[ \t]{0,3}$",
    re.MULTILINE,
)


def without_files(text: str, keep: Keep) -> str:
    """Give a text with each uuencoded file in it replaced by what is to be said of it; one that is damaged stays."""
    if "\nend" not in text or "begin " not in text:
        return text
    return _FILE.sub(lambda found: _replaced(found, keep), text.replace("\r\n", "\n"))


def _replaced(found: re.Match[str], keep: Keep) -> str:
    try:
        data = b"".join(_line(line) for line in found[2].splitlines())
    except (binascii.Error, ValueError):
        return found[0]
    return keep(found[1].strip(), data, found[0])


def _line(line: str) -> bytes:
    """Give the bytes of one line; what trails behind its length is left out, as all programs do."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        count = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
        return binascii.a2b_uu(line[:count])
