"""What a source is: something that knows its files by their first bytes and reads arrivals out of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BufferedReader
from pathlib import Path
from typing import Protocol

from console.domain.arrival import Arrival, Reject
from console.intake.mailing import Mailing
from console.intake.text import repaired

MAX_RECORD = 16 * 1024 * 1024
"""Characters of one record (a row, a JSON object)."""


@dataclass(frozen=True)
class Head:
    """The beginning of a file, from which its format is known; `folder` is set where the path is a directory."""

    data: bytes
    folder: Path | None = None

    @property
    def encoding(self) -> str:
        """Give the encoding that a byte order mark names, else UTF-8."""
        if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        return "utf-8-sig"

    @property
    def errors(self) -> str:
        """Give how undecodable bytes are kept until `repaired` sees them."""
        return "replace" if self.encoding == "utf-16" else "surrogateescape"

    @cached_property
    def text(self) -> str:
        """Give the beginning as text, however damaged."""
        return repaired(self.data.decode(self.encoding, self.errors))[0]

    @cached_property
    def lines(self) -> list[str]:
        """Give the lines of the beginning that are not blank."""
        return [line for line in self.text.splitlines() if line.strip()]


@dataclass
class Feed:
    """An open file on its way into a source: its bytes, its beginning, and what is worth saying about it."""

    stream: BufferedReader
    head: Head
    name: str = ""
    size: int | None = None
    bytes_done: Callable[[], int] = lambda: 0
    warnings: list[str] = field(default_factory=list)
    mailing: Mailing = field(default_factory=Mailing)

    def warn(self, sentence: str) -> None:
        """Keep a sentence about the whole file, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)


class Source(Protocol):
    """A kind of file that cases come from."""

    format: str

    def recognises(self, head: Head) -> bool:
        """Say whether a file that begins like this is one of ours."""

    def arrivals(self, feed: Feed) -> Iterator[Arrival | Reject]:
        """Read what the feed holds. Refused at once where the file as a whole is unfit; a bad record is a Reject."""
