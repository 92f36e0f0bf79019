"""Restores a backup again and again, and is killed each time a step later, while somebody has the database open.

Run as `python -m tests.crowd.restorer DATABASE BACKUP FIRST EVERY`: killed at every so-and-so-many-th line that is run;
prints one line of JSON for each time, and ends when a restore is not killed any more.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import Any

from console.desk import checkup, triage
from console.desk.desk import Desk
from console.desk.restore import restore
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.store import past, sqlite_driver, write_engine
from console.store.resting import Resting
from tests.builders import an_actor
from tests.crowd.worker import a_desk
from tests.crowd.writing import hashes_in

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
STEPS = ("swap.py", "restore.py", "keeping.py", "copying.py", "damage.py")
"""The modules whose lines are steps of a restore."""


def killed_at(step: int, path: Path, backup: Path) -> bool:
    """Restore in a process that is killed at a step; say whether it came that far."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == signal.SIGKILL
    left = itertools.count(step, -1)

    def line(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 - as sys.settrace has it
        if event == "line" and frame.f_code.co_filename.endswith(STEPS) and next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return line

    sys.settrace(line)
    restore(path, backup, NOW, is_sure=True)
    os._exit(0)


class Holder:
    """Somebody in a process of their own who has the database open and writes a note when told to."""

    def __init__(self, path: Path) -> None:
        """Open the database."""
        orders, self._orders = os.pipe()
        self._told, told = os.pipe()
        self._child = os.fork()
        if not self._child:
            os.close(self._orders)
            desk = a_desk(str(path))
            while os.read(orders, 1):
                os.write(told, f"{noted(desk):64}".encode())
            os._exit(0)
        os.close(orders)
        os.close(told)

    def write(self) -> set[str]:
        """Let a note be written; give its hash where that was acknowledged."""
        os.write(self._orders, b"!")
        return set(os.read(self._told, 64).decode().split())

    def leave(self) -> None:
        """End it."""
        os.close(self._orders)
        os.waitpid(self._child, 0)
        os.close(self._told)


def noted(desk: Desk) -> str:
    """Write a note and give its hash, or the empty word where that is refused."""
    try:
        return triage.note(desk, an_actor("ada"), CaseId(1), triage.Said("noted")).event.hash
    except Refused:
        return ""


def hashes(path: Path) -> set[str]:
    """Give what is in a database that others may have open, which must be whole."""
    module = sqlite_driver.driver()
    driver = sqlite_driver.opened(path, module)
    try:
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return {row[0] for row in driver.execute("SELECT hash FROM event")}
    finally:
        driver.close()


def once(step: int, original: Path, backup: Path) -> dict[str, object]:
    """Kill a restore at a step, see what stands, let somebody write, and restore to the end."""
    path = original.with_name(f"at-{step}") / "triage.db"
    path.parent.mkdir()
    shutil.copy(original, path)
    holder = Holder(path)
    old = hashes(path) | holder.write()
    was_killed = killed_at(step, path, backup)
    stands = "old" if hashes(path) == old else "new" if hashes(path) == set(hashes_in(backup)) else "neither"
    after = holder.write()
    old |= after
    holder.leave()
    if was_killed:
        restore(path, backup, NOW + timedelta(seconds=1), is_sure=True)
    put_aside = [each for each in path.parent.iterdir() if ".before-" in each.name]
    kept = set().union(*map(hashes, put_aside))
    sound = list(checkup.unsound(Resting(path))) == []
    is_new = hashes(path) == set(hashes_in(backup))
    left = [each.name for each in path.parent.iterdir() if "restoring" in each.name]
    shutil.rmtree(path.parent)
    return {
        "step": step, "killed": was_killed, "stands": stands, "wrote": bool(after), "sound": sound, "new": is_new,
        "lost": len(old - kept), "left": left, "asides": len(put_aside),
    }  # fmt: skip


if __name__ == "__main__":
    database, backed_up, first, every = sys.argv[1:]
    assert write_engine  # loaded once, for all processes
    assert past.newest(Path(backed_up).parent, "triage")
    for number in itertools.count(int(first), int(every)):
        told = once(number, Path(database), Path(backed_up))
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        if not told["killed"]:
            break
