"""A desk on a disk that fills up, then is mounted read-only; prints what each act is told.

Run as `python -m tests.store.small_disk FOLDER ''` by `tests.store.namespace`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from console.desk import checkup, queues, rescue, triage
from console.desk.backup import backup
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.errors import Refused
from tests.builders import an_actor
from tests.crowd.givens import a_database
from tests.crowd.worker import a_desk

ADA = an_actor("ada")


def told(what: str, act: Callable[[], object]) -> None:
    """Do something and print what came of it."""
    try:
        came = str(act())
    except Refused as refused:
        came = f"refused: {refused.sentence}"
    sys.stdout.write(json.dumps({"what": what, "came": came}) + "\n")
    sys.stdout.flush()


def fill(folder: Path, name: str) -> None:
    """Leave not one block of the disk free."""
    with (folder / name).open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def read(desk: Desk) -> str:
    """Read everything afresh, as somebody who starts now."""
    fresh = a_desk(str(desk.store.path))
    try:
        return f"{queues.newest_event(fresh)} events"
    finally:
        fresh.store.close()


def note(desk: Desk) -> str:
    """Write, as somebody who starts now."""
    fresh = a_desk(str(desk.store.path))
    try:
        return f"version {triage.note(fresh, ADA, CaseId(1), triage.Said('noted')).case.version}"
    finally:
        fresh.store.close()


def sound(path: Path) -> list[str]:
    """Tell what is wrong with the database."""
    fresh = a_desk(str(path))
    try:
        return list(checkup.unsound(fresh.store))
    finally:
        fresh.store.close()


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    path = a_database(folder / "triage.db", 20)
    desk = a_desk(str(path))
    told("lay too much", lambda: rescue.lay(path, 1 << 24))
    told("lay", lambda: rescue.lay(path, 1 << 20))
    told("not full", lambda: rescue.rescue(path).was_full)
    fill(folder, "filler")
    told("read on a full disk", lambda: read(desk))
    told("write on a full disk", lambda: note(desk))
    told("back up on a full disk", lambda: backup(path, folder / "backups", datetime.now(UTC)))
    told("rescue", lambda: rescue.rescue(path).freed)
    told("read after rescue", lambda: read(desk))
    told("write after rescue", lambda: note(desk))
    fill(folder, "filler too")
    told("rescue without a reserve", lambda: rescue.rescue(path))
    for each in ("filler", "filler too"):
        (folder / each).unlink()
    told("rescue when there is room", lambda: rescue.rescue(path).trouble)
    told("write when there is room", lambda: note(desk))
    told("wrong", lambda: sound(path))
    desk.store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
    told("write on a read-only disk", lambda: note(desk))
    told("lay on a read-only disk", lambda: rescue.lay(path, 1 << 20))
