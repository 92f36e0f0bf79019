"""Texts of files: those that the installation sets, and those that the person names, which are theirs to reach."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from console.domain.errors import RefusalCode, Refused
from console.visit import WRITING, current, opened

_MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


def read_text(path: Path, what: str) -> tuple[str, str]:
    """Give the text of a file that the installation sets, and its name. Refused: one that is missing or unreadable."""
    return _text(path, what, Path.read_bytes)


def handed_text(path: str, what: str) -> tuple[str, str]:
    """Give the text of a file that the person named, and its name, like `read_text`; it is theirs to reach."""
    return _text(Path(path), what, lambda named: _all_of(opened(str(named))))


def _all_of(file: BinaryIO) -> bytes:
    with file:
        return file.read()


def _text(path: Path, what: str, read: Callable[[Path], bytes]) -> tuple[str, str]:
    try:
        return read(path).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n"), str(path)
    except FileNotFoundError:
        told = f"There is no {what} file at {path}; check the path."
    except OSError as error:
        told = f"The {what} file {path} cannot be read ({error.strerror}); check who may read it."
    except UnicodeDecodeError:
        told = f"The {what} file {path} is not UTF-8 text; save it as UTF-8."
    raise Refused(told, RefusalCode.BAD_INPUT)


def put_whole(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file that the person named, whole or not at all; what stood there stays until then. Raises OSError.

    A link keeps pointing where it does. What is no file, like a pipe or a terminal, is written as it comes, and so is a
    file in a folder where none can be made beside it, or at the other end of a session.
    """
    place = Path(os.path.realpath(path))
    if current() is not None or (Path(path).exists() and not place.is_file()):
        _put(opened(path, WRITING), pieces)
        return
    unfinished = place.parent / f".{secrets.token_hex(8)}"
    try:
        made = os.open(unfinished, _MAKING, 0o666)
    except PermissionError:
        _put(opened(path, WRITING), pieces)
        return
    try:
        if place.exists():
            unfinished.chmod(place.stat().st_mode & 0o777)
        with os.fdopen(made, "wb") as file:
            _write(file, pieces)
            os.fsync(file.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


def _put(file: BinaryIO, pieces: Iterable[bytes]) -> None:
    with file:
        _write(file, pieces)


def _write(file: BinaryIO, pieces: Iterable[bytes]) -> None:
    file.writelines(pieces)
    file.flush()
