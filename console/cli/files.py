"""Texts of files: those that the installation sets, and those that the person names, which are theirs to reach."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from console.domain.errors import RefusalCode, Refused
from console.visit import opened


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
