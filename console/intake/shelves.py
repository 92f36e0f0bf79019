"""Shelves: records of many cases put together case by case, in bounded memory however many there are."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO
from zlib import crc32

HELD = 24_000_000
"""Characters of records that are held in memory; beyond, they are laid out in temporary files."""
MOST = 10_000
"""Records of one case; one more is kept, so that it can be seen that there are too many."""
_FILES = 64
_SPOOLED = 256 * 1024
_OVERHEAD = 60

Shelf = tuple[str, list[str]]


class Shelves:
    """Records by case; taken out again, each case comes once with its records in the order they were put there.

    Cases come in the order in which they were first seen, unless there were too many records to hold.
    """

    def __init__(self) -> None:
        self._held: dict[str, list[str]] = {}
        self._size = 0
        self._opened = ExitStack()
        self._files: list[IO[str]] = []

    def put(self, case: str, record: str) -> None:
        """Put one record to its case. Raises OSError where there is no place for it."""
        self._held.setdefault(case, []).append(record)
        self._size += len(record) + _OVERHEAD
        if self._size > HELD:
            self._lay_out()

    def take(self) -> Iterator[Shelf]:
        """Give every case with its records, and let go of them. Raises OSError where a file has gone."""
        with self._opened:
            if not self._files:
                yield from ((case, records[: MOST + 1]) for case, records in self._held.items())
                return
            self._lay_out()
            for file in self._files:
                yield from _together(file).items()
                file.close()

    def _lay_out(self) -> None:
        """Move what is held to the files, each case to one of them."""
        if not self._files:
            opened = self._opened.enter_context
            self._files = [
                opened(tempfile.SpooledTemporaryFile(_SPOOLED, "w+", encoding="ascii", newline="\n"))  # noqa: SIM115 - closed with the stack
                for _ in range(_FILES)
            ]
        for case, records in self._held.items():
            file = self._files[crc32(case.encode("utf-8", "surrogatepass")) % _FILES]
            file.writelines(f"{json.dumps([case, record])}\n" for record in records)
        self._held, self._size = {}, 0


def _together(file: IO[str]) -> dict[str, list[str]]:
    """Give the cases of one file."""
    found: dict[str, list[str]] = {}
    file.seek(0)
    for line in file:
        case, record = json.loads(line)
        records = found.setdefault(case, [])
        if len(records) <= MOST:
            records.append(record)
    return found
