"""The swap: another file takes the place of a database that others have open, and nobody loses what was acknowledged.

A fence is committed into the old database, so that whoever writes through it later is refused; whoever wrote before is
in it, whole, and it stays under a name of its own. Killed at any point, either the old database stands (fenced, where
it has come that far, until a restore is done to its end) or the new one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from console.domain.errors import Refused
from console.store import damage, faults, sqlite_driver
from console.store.codec import instant
from console.store.copying import sync
from console.store.fence import fenced
from console.store.footing import version_of
from console.store.passage import passage
from console.store.resting import address
from console.store.turn import turn

TRIES = 20
"""How often the old database's journal is written back, half a second each, before whoever reads it is in the way."""

PATIENCE_MS = 10_000
"""How long others are waited for to end what they write."""

NOT_IN_BACKUP = (
    "SELECT count(*), min(at), max(at) FROM main.event e WHERE NOT EXISTS (SELECT 1 FROM backup.event b"
    " WHERE b.case_id = e.case_id AND b.version = e.version AND b.hash = e.hash)"
)
TURNS_NOT_IN_BACKUP = (
    "SELECT count(*) FROM main.policy_turn t WHERE NOT EXISTS (SELECT 1 FROM backup.policy_turn b"
    " WHERE b.id = t.id AND b.version = t.version AND b.at = t.at)"
)


@dataclass(frozen=True, slots=True)
class Beyond:
    """How many events the database has that the backup has not, and from when to when.

    `turns` is how often a policy was turned on of which the backup does not know.
    """

    events: int = 0
    first: datetime | None = None
    last: datetime | None = None
    turns: int = 0


T = TypeVar("T")
Agree = Callable[[Beyond | None], None]
"""Hears what is put aside (None where that cannot be told), and may refuse."""


def swap(path: Path, new: Path, aside: Path, agree: Agree) -> Path | None:
    """Put a new file in the place of a database, and the old one aside; give where it is, None where there was none.

    Refused: what `agree` refuses, and an old database that others keep busy; then everything is as it was.
    """
    module = sqlite_driver.driver()
    with faults.told(path, module):
        if not path.exists():
            with _closed(path):
                _exchange(path, new)
            return None
        with turn(path), _fenced(path, new, agree, module) as old, _closed(path):
            _put_aside(path, aside)
            old.is_replaced = True
            _exchange(path, new)
    return aside


@dataclass
class _Old:
    """The old database: its connection and its schema version, each None where it is too damaged to have one.

    Once `is_replaced`, others may have opened it anew beside those who have it open: its fence stays for good.
    """

    driver: Any
    before: int | None = None
    is_replaced: bool = False


@contextlib.contextmanager
def _fenced(path: Path, new: Path, agree: Agree, module: ModuleType) -> Iterator[_Old]:
    """Have the old database behind its fence, with an empty journal, and locked; as far as its damage lets it."""
    old = _Old(_spared(lambda: sqlite_driver.opened(path, module, uri=True)))
    try:
        old.before = old.driver and _spared(lambda: _lock(old.driver, new))
        agree(None if old.before is None else _spared(lambda: _beyond(old.driver)))
        if old.before is not None and _spared(lambda: _fence(old)):
            _spared(lambda: _write_back(old.driver, path))
        yield old
    except BaseException:
        if old.before is not None and not old.is_replaced:
            _unfence(old.driver, old.before)
        raise
    finally:
        if old.driver is not None:
            old.driver.close()


def _spared(do: Callable[[], T]) -> T | None:
    """Do something with the old database, and give what comes of it; None where that is too damaged."""
    try:
        return do()
    except Exception as error:
        if isinstance(faults.refusal(Path(), error), faults.Damaged):
            return None
        raise


def _lock(old: Any, new: Path) -> int:  # noqa: ANN401 - a DB-API connection has no type
    """Begin to write, with the new database beside it to be compared; give the schema version."""
    old.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    old.execute("ATTACH ? AS backup", (address(new),))
    old.execute("BEGIN IMMEDIATE")
    return version_of(old)


def _beyond(old: Any) -> Beyond:  # noqa: ANN401
    """Compare the old database with the new one."""
    tables = {name for (name,) in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    if "event" not in tables:
        return Beyond()
    ((events, first, last),) = old.execute(NOT_IN_BACKUP).fetchall()
    ((turns,),) = old.execute(TURNS_NOT_IN_BACKUP).fetchall() if "policy_turn" in tables else ((0,),)
    return Beyond(events, instant(first), instant(last), turns)


def _fence(old: _Old) -> bool:
    """Commit the fence; give that it stands."""
    old.driver.execute(f"PRAGMA main.user_version = {fenced(old.before or 0)}")
    old.driver.execute("COMMIT")
    old.driver.execute("DETACH backup")
    return True


def _write_back(old: Any, path: Path) -> None:  # noqa: ANN401
    """Bring everything into the old file itself and hold its lock. Refused: while others read it all the time."""
    old.execute("PRAGMA busy_timeout = 500")
    for _ in range(TRIES):
        if not old.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            break
    else:
        told = f"Another program reads {path} all the time, so that it cannot be put aside; nothing was changed."
        raise Refused(f"{told} End that program and try again.", faults.STORAGE)
    old.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    old.execute("BEGIN IMMEDIATE")


def _unfence(old: Any, before: int) -> None:  # noqa: ANN401
    """Take the fence away again, as far as that can be done."""
    with contextlib.suppress(Exception):
        if not old.in_transaction:
            old.execute("BEGIN IMMEDIATE")
        old.execute(f"PRAGMA main.user_version = {before}")
        old.execute("COMMIT")


@contextlib.contextmanager
def _closed(path: Path) -> Iterator[None]:
    """Let nobody open the database meanwhile. Refused: while somebody does not get on with opening it."""
    with passage(path, is_closed=True) as is_free:
        if not is_free:
            raise faults.busy(path)
        yield


def _put_aside(path: Path, aside: Path) -> None:
    """Give the old file, and what its journal holds where it is too damaged to take it in, another name as well."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        os.link(log, aside.with_name(f"{aside.name}-wal"))
    os.link(path, aside)
    sync(path.parent)


def _exchange(path: Path, new: Path) -> None:
    """Let the new file have the name; what was beside the old one would be taken for its own."""
    for beside in ("-shm", "-wal", "-journal"):
        path.with_name(f"{path.name}{beside}").unlink(missing_ok=True)
    new.rename(path)
    sync(path.parent)
    damage.clear(path)
