"""What keeps a desk from keeping what is done at it, for the one line that every console then shows."""

from __future__ import annotations

from contextlib import suppress

from console.desk import storage
from console.desk.desk import Desk
from console.domain.strait import Strait
from console.store import damage, faults
from console.store.room import room

UNSAVED = "not saved"
"""The mark of a strait that lasts until something was written again."""

SCARCE = "The disk is nearly full; make room before nothing can be saved any more."


def strait(desk: Desk, refused: BaseException | None = None) -> Strait:
    """Say what is the matter, the worst of it, or that nothing is; the same words for as long as it stays the same.

    `refused` is what came of the last attempt to write something at this console. It is cheap, and never refuses.
    """
    trouble = storage.met(desk)
    if trouble and damage.found(desk.store.path):
        return Strait("damaged", f"The database is damaged, and nothing is written any more: {trouble.sentence}")
    if isinstance(trouble, faults.Outlived):  # what to do stands first, since a narrow line ends before the sentence
        return Strait("database", f"Start Triage again, nothing is saved here: {trouble.sentence}")
    if trouble:
        return Strait("database", f"Nothing is written any more: {trouble.sentence}")
    if isinstance(refused, faults.Unwritable):
        return Strait(UNSAVED, f"Nothing can be saved: {refused.sentence}")
    with suppress(OSError):
        if room(desk.store.path).is_scarce:
            return Strait("disk scarce", SCARCE)
    return Strait()
