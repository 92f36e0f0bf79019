"""The shelf: values laid aside while threads are put together, so that memory does not grow with a mailbox."""

from __future__ import annotations

import io
import tempfile
from typing import BinaryIO, cast

IN_MEMORY = 8 * 1024 * 1024
"""Bytes that are laid aside in memory, before a file without a name is made of them."""


class Shelf:
    """Bytes one behind the other, each piece found again by its place."""

    def __init__(self) -> None:
        self._file: BinaryIO = io.BytesIO()
        self._may_move = True
        self.end = 0

    def put(self, data: bytes) -> int:
        """Lay a piece aside; give the place by which it is found again."""
        self._move()
        place = self.end
        self._file.seek(place)
        self._file.write(data)
        self.end += len(data)
        return place

    def get(self, place: int, size: int) -> bytes:
        """Give a piece back."""
        self._file.seek(place)
        return self._file.read(size)

    def close(self) -> None:
        """Let go of everything."""
        self._file.close()

    def _move(self) -> None:
        """Go on in a file once there is much; where none can be made, in memory all the same."""
        if self.end <= IN_MEMORY or not self._may_move:
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
