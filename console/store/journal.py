"""The journal of a database: what was committed, and is not in the file itself yet."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from console.store import sqlite_driver
from console.store.faults import told


def write_back(path: Path, module: ModuleType) -> int:
    """Bring the journal into the file and give its bytes back to the disk, as far as readers let it; give how many.

    Refused: a database that cannot be opened or written.
    """
    log = path.with_name(f"{path.name}-wal")
    with told(path, module):
        before = log.stat().st_size if log.exists() else 0
        driver = sqlite_driver.opened(path, module)
        try:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            return before - (log.stat().st_size if log.exists() else 0)
        finally:
            driver.close()
