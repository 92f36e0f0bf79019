"""The shelf: long texts laid aside while threads are put together, so that memory does not grow with a mailbox."""

from __future__ import annotations

import hashlib
import io
import tempfile
from typing import BinaryIO, cast

IN_MEMORY = 8 * 1024 * 1024
"""Bytes that are laid aside in memory, before a file without a name is made of them."""


class Shelf:
    """Texts by their marks; the same text has the same mark and lies there once."""

    def __init__(self) -> None:
        self._file: BinaryIO = io.BytesIO()
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        self._may_move = True

    def put(self, text: str) -> str:
        """Lay a text aside; give the mark by which it is found again."""
        data = text.encode("utf-8", "surrogatepass")
        mark = hashlib.sha256(data).hexdigest()[:32]
        if mark not in self._places:
            self._move()
            self._file.seek(self._end)
            self._file.write(data)
            self._places[mark] = (self._end, len(data))
            self._end += len(data)
        return mark

    def text(self, mark: str) -> str:
        """Give a text back."""
        place, size = self._places[mark]
        self._file.seek(place)
        return self._file.read(size).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Let go of everything."""
        self._file.close()

    def _move(self) -> None:
        """Go on in a file once there is much; where none can be made, in memory all the same."""
        if self._end <= IN_MEMORY or not self._may_move:
            return
        self._may_move = False
        try:
            file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 - it is closed with the shelf
        except OSError:
            return
        self._file.seek(0)
        file.write(self._file.read())
        self._file.close()
        self._file = file
