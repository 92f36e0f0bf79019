"""A database without cases, made once a process, to be copied for each test that needs one."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from console.store.engine import Store


@cache
def template() -> Path:
    """Give a database that is made once and copied for every test."""
    path = Path(tempfile.mkdtemp()) / "empty.db"
    store = Store(path)
    store.migrate()
    store.close()
    return path


def a_copy(path: Path) -> Path:
    """Put a database without cases at a path; a hundred and fifty milliseconds quicker than to migrate one."""
    return Path(shutil.copy(template(), path))
