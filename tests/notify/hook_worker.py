"""A deliverer that writes back and is killed at a certain point.

Run as `python -m tests.notify.hook_worker DATABASE HOOK PORT MINUTES POINT`; POINT is one of `collect`, `claim`, `told`
and `settle`, or a number of milliseconds after which it is killed from within, wherever it stands.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path
from threading import Timer

from console.desk import write_back
from console.desk.desk import Desk
from console.domain.events import Kind
from console.domain.write_back import Hook
from console.notify.hooks import Caller, Outlet
from console.notify.writing_back import write_back_due
from console.store.engine import Store
from tests.builders import MORNING, a_policy
from tests.notify.worker import die, dying_after


def main(database: str, name: str, port: int, minutes: float, point: str) -> None:
    """Write back, and die on the way."""
    desk = Desk(Store(Path(database)), a_policy(), "text", lambda: MORNING + timedelta(minutes=minutes))
    if point == "told":
        vars(write_back)["settle"] = die
    elif point.isdecimal():
        Timer(int(point) / 1000, die).start()
    else:
        vars(write_back)[point] = dying_after(getattr(write_back, point))
    way = Caller(url=f"http://127.0.0.1:{port}/", timeout=5)
    write_back_due(desk, [Outlet(Hook(name=name, kinds=frozenset({Kind.OPENED})), way)], "config.toml")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), sys.argv[5])
