"""Opening: a path or standard input as bytes, decompressed on the way and counted for a progress bar."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import sys
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, Literal, cast

from console import visit
from console.domain.errors import RefusalCode, Refused
from console.intake.source import Feed, Head

DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError)
"""What reading can raise in the middle of a file that is damaged or goes away."""
_HEAD = 64 * 1024
_PACKED: dict[bytes, Callable[[BinaryIO, Literal["rb"]], object]] = {
    b"\x1f\x8b": gzip.open,
    b"\xfd7zXZ\x00": lzma.open,
    b"BZh": bz2.open,
}


class Replayed(io.RawIOBase):
    """A stream whose beginning was looked at and is given again; it counts what it has given."""

    def __init__(self, beginning: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._beginning = beginning
        self._rest = rest
        self.given = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer from the beginning first, then from the rest."""
        chunk = self._beginning[: len(buffer)]
        self._beginning = self._beginning[len(chunk) :]
        chunk = chunk or self._rest.read(len(buffer)) or b""
        buffer[: len(chunk)] = chunk
        self.given += len(chunk)
        return len(chunk)


def open_feed(path: str, opened: ExitStack) -> Feed:
    """Open a path, `-` for standard input, or a folder of mails; what was opened is closed with `opened`.

    In a session for somebody else there are no folders: each file comes to it one by one.
    """
    if path == "-":
        return _feed(sys.stdin.buffer, "standard input", None)
    place = Path(path)
    try:
        if visit.current() is None and place.is_dir():
            return Feed(io.BufferedReader(io.BytesIO()), Head(b"", place), path)
        file = opened.enter_context(visit.opened(path))
        found = os.fstat(file.fileno())
        return _feed(file, path, found.st_size if stat.S_ISREG(found.st_mode) else None)
    except FileNotFoundError as error:
        raise _unreadable(f"There is no file '{path}'; check the path.") from error
    except DAMAGE as error:
        raise _damaged(path, error) from error
    except ValueError as error:
        raise _unreadable("The path holds a character that no path can hold; check it.") from error


def feed_of(data: bytes, name: str) -> Feed:
    """Give bytes that are there already as a feed, decompressed where they are packed."""
    return _feed(io.BytesIO(data), name, len(data))


def _feed(stream: BinaryIO, name: str, size: int | None) -> Feed:
    """Put counting, decompression and a look at the beginning around a stream. Refused: one damaged from the start."""
    try:
        return _looked_at(stream, name, size)
    except DAMAGE as error:
        raise _damaged(name, error) from error


def _looked_at(stream: BinaryIO, name: str, size: int | None) -> Feed:
    """Look at the beginning of a stream. Raises what reading raises."""
    magic = _up_to(stream, 6)
    counted = Replayed(magic, stream)
    plain: BinaryIO = cast("BinaryIO", io.BufferedReader(counted, _HEAD))
    for mark, packed in _PACKED.items():
        if magic.startswith(mark):
            plain = cast("BinaryIO", packed(plain, "rb"))
    head = _up_to(plain, _HEAD)
    text = cast("io.BufferedReader", io.BufferedReader(Replayed(head, plain), _HEAD))
    return Feed(text, Head(head), name, size, lambda: counted.given)


def _up_to(stream: BinaryIO, count: int) -> bytes:
    """Read this many bytes, or what there is; a pipe gives its bytes in pieces."""
    pieces = []
    while count > 0 and (piece := stream.read(count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _damaged(name: str, error: Exception) -> Refused:
    """Refuse what cannot be read."""
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _unreadable(f"'{name}' cannot be read ({words}); give a file that can be.")


def _unreadable(sentence: str) -> Refused:
    """Refuse a file that cannot be opened."""
    return Refused(sentence, RefusalCode.BAD_INPUT)
