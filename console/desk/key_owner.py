"""Whose a key is: asked of the database alone, and quickly, since sshd waits for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from console.domain.case import PersonId
from console.domain.public_keys import PublicKey
from console.store import staff_keys
from console.store.engine import Store


def owner_of_all(path: Path, keys: Iterable[PublicKey]) -> PersonId | None:
    """Give the person whom all these keys belong to, or None: where one is nobody's, or they are of several people.

    Reads the database as it is, without a policy, since sshd waits for it. Refused: one of another schema.
    """
    store = Store(path)
    try:
        with store.read() as tx:
            found = [staff_keys.find(tx, key.fingerprint) for key in keys]
    finally:
        store.close()
    whose = {key.person if key else None for key in found}
    return whose.pop() if len(whose) == 1 else None
