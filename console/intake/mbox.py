"""A mailbox split into its mails, reading line by line so that only one mail is held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader

from console.intake.text import decoded

MAX_MAIL = 64 * 1024 * 1024
"""Bytes of one mail."""
_LONGEST_LINE = 1024 * 1024
_SEPARATOR = re.compile(rb"^From .{0,300}\d{1,2}:\d\d.{0,60}\d{4}|^From .{0,300}\d{4}-\d\d-\d\d")
_ESCAPED = re.compile(rb"^>+From ")


@dataclass(frozen=True, slots=True)
class Letter:
    """The bytes of one mail, which one it is, and the time in the line before it; cut where it is too long to take.

    `name` is that of its file, where it has one of its own; `trouble` says why that cannot be read.
    """

    number: int
    data: bytes
    separator: str = ""
    is_cut: bool = False
    name: str = ""
    trouble: str = ""


def letters(stream: BufferedReader) -> Iterator[Letter]:
    """Give each mail of a mailbox. A `From ` line separates where it stands after a blank line and holds a date."""
    number, size, separator = 0, 0, ""
    held = bytearray()
    is_start, after_blank = True, True
    while line := stream.readline(_LONGEST_LINE):
        if is_start and after_blank and line.startswith(b"From ") and (not number or _SEPARATOR.match(line)):
            if number:
                yield Letter(number, _taken(held), separator, size > MAX_MAIL)
            number, size, separator = number + 1, 0, when(line)
            after_blank = False
            continue
        if not number and line.strip():
            number = 1
        after_blank = is_start and not line.strip()
        if is_start and _ESCAPED.match(line):
            line = line[1:]
        is_start = line.endswith(b"\n")
        size += len(line)
        if size <= MAX_MAIL:
            held += line
    if number:
        yield Letter(number, _taken(held), separator, size > MAX_MAIL)


def _taken(held: bytearray) -> bytes:
    """Take what is held, so that a large mail is there once."""
    data = bytes(held)
    held.clear()
    return data


def when(line: bytes) -> str:
    """Give the time in a separator line, in the order mail headers write it."""
    found = re.search(
        r"(\w{3}) +(\w{3}) +(\d{1,2}) +(\d{1,2}:\d\d(?::\d\d)?)(?: +[\w+-]{1,6})? +(\d{4})", decoded(line[:400])
    )
    return f"{found[1]}, {found[3]} {found[2]} {found[5]} {found[4]} +0000" if found else ""
