"""A copy of the database, consistent while others write into it."""

from __future__ import annotations

from pathlib import Path

from console.store.engine import Store
from console.store.faults import told


def copy(store: Store, path: Path) -> Store:
    """Copy a database into a new file, and give the store on it. Refused: a file that cannot be read or written."""
    store.schema()
    with told(path, store.module):
        source = store.module.connect(str(store.path), timeout=2)
        target = store.module.connect(str(path))
        try:
            source.backup(target)
        finally:
            target.close()
            source.close()
    return Store(path)
