"""The bytes of attachments: files beside the database, each named by its own digest, so that any can be checked."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.domain.attached import NAME
from console.domain.case import CaseId
from console.store.copying import sync
from console.store.engine import Reading

_MAKING = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Carried:
    """What was copied from one folder to another: how many files, and which are not what their names say."""

    files: int = 0
    damaged: tuple[str, ...] = ()


def folder_of(database: Path) -> Path:
    """Give the folder of the attachments of a database."""
    return database.parent / "attachments"


def content(folder: Path, name: str) -> bytes | None:
    """Give what is kept under a name; None where it is not what the name says. Raises OSError."""
    with os.fdopen(os.open(_place(folder, name), _READING), "rb") as file:
        data = file.read()
    return data if hashlib.sha256(data).hexdigest() == name else None


def names(folder: Path) -> Iterator[str]:
    """Give the names of all that is kept in a folder."""
    for shelf in sorted(folder.glob("[0-9a-f][0-9a-f]")):
        yield from sorted(each.name for each in shelf.iterdir() if NAME.fullmatch(each.name))


def carry(source: Path, target: Path, only: Collection[str] | None = None) -> Carried:
    """Copy what a folder keeps and another lacks, or of that these alone, each file whole or not at all.

    Raises OSError.
    """
    there, files, damaged = set(names(target)), 0, []
    for name in names(source):
        if name in there or (only is not None and name not in only):
            continue
        data = content(source, name)
        if data is None:
            damaged.append(name)
            continue
        _put(_place(target, name), data)
        files += 1
    return Carried(files, tuple(damaged))


def told(tx: Reading) -> Iterator[tuple[CaseId, Any]]:
    """Give what events tell of attachments: the case, and the list as it stands in the event."""
    for case_id, detail in tx.driver.execute("SELECT case_id, detail FROM event WHERE detail LIKE '%\"attached\":%'"):
        yield CaseId(case_id), json.loads(detail).get("attached")


def _place(folder: Path, name: str) -> Path:
    return folder / name[:2] / name


def _put(place: Path, data: bytes) -> None:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = place.parent / f".{secrets.token_hex(8)}"
    try:
        with os.fdopen(os.open(unfinished, _MAKING, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)
    sync(place.parent)
