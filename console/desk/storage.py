"""Storage: whether the database can still be trusted with what is written."""

from __future__ import annotations

from pathlib import Path

from console.desk.desk import Desk
from console.domain.errors import Refused
from console.store import damage, faults, inspection
from console.store.engine import Store


def trouble(desk: Desk) -> str:
    """Give the one sentence that everybody at this desk is to read before they go on, or the empty word; see `met`."""
    refused = met(desk)
    return refused.sentence if refused else ""


def met(desk: Desk) -> Refused | None:
    """Give the refusal that everybody at this desk would meet, or None.

    It is that of a database that was deleted, replaced, restored, or found damaged: nothing is written then. It is
    cheap and never refuses itself, so that consoles can ask once a second.
    """
    try:
        with desk.read():
            desk.store.footing.must_be_whole()
    except Refused as refused:
        return refused
    except OSError as error:
        return faults.Unusable(f"{desk.store.path} cannot be used: {error.strerror}.")
    return None


def check(path: Path, backups: Path | None = None) -> str:
    """Look through the whole file for damage; give the sentence for what was found, or the empty word.

    What is found is kept in a mark beside the database, and from then on everybody's writes are refused. `backups` is
    where the sentence looks for the newest one. A database that is not there is not damaged.
    """
    if not path.exists():
        return ""
    store = Store(path)
    store.footing.backups = backups or store.footing.backups
    try:
        found = _smashed(store)
        if found:
            damage.mark(path, found)
        store.footing.must_be_whole()
    except Refused as refused:
        return refused.sentence
    finally:
        store.close()
    return ""


def _smashed(store: Store) -> str:
    """Give what is wrong with the pages of a file. Refused: one that is no database of Triage, and never was."""
    try:
        store.schema()
        with store.read() as tx:
            return "; ".join(inspection.smashed(tx))
    except faults.Damaged as refused:
        if damage.is_known(store.path):
            return refused.said
        raise
