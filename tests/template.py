"""A database without cases, made once a process, to be copied for each test that needs one."""

from __future__ import annotations

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
