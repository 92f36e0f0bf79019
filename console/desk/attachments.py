"""Attachments of cases: what events tell of them, their bytes for whoever may see the case, and what is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from console.desk.desk import Desk
from console.domain.attached import Numbered, attached, attachments_in
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor
from console.domain.words import counted
from console.store import attached_files, cases, events
from console.store.attached_files import Carried
from console.store.engine import Store
from console.store.sight import WHOLE


def of_case(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Numbered, ...]:
    """Give the attachments of a case. Refused: an id that no case has for the actor."""
    with desk.read(actor) as tx:
        cases.get(tx, case_id)
        return attached(events.of_case(tx, case_id))


def handed_out(desk: Desk, actor: Actor, case_id: CaseId, number: int, database: Path) -> bytes:
    """Give the bytes of one attachment. Refused: a number that none has, and one that is not kept, gone or damaged."""
    every, folder = of_case(desk, actor, case_id), attached_files.folder_of(database)
    found = next((each.attached for each in every if each.number == number), None)
    if found is None:
        told = f"Case {case_id} has {counted(len(every), 'attachment')}, and none is number {number}."
        raise Refused(told, RefusalCode.NOT_FOUND)
    if not found.kept:
        raise Refused(f"Attachment {number} of case {case_id} was not kept: {found.why or 'nothing keeps any here'}.")
    try:
        data = attached_files.content(folder, found.kept)
    except OSError as error:
        told = f"Attachment {number} of case {case_id} is not in {folder} ({error.strerror})"
        raise Refused(f"{told}; `triage restore` brings it back from a backup.", RefusalCode.STORAGE) from None
    if data is None:
        told = f"Attachment {number} of case {case_id} is damaged: it is not what was kept"
        raise Refused(f"{told}. Take its file {found.kept} from a backup.", RefusalCode.STORAGE)
    return data


def copied(desk: Desk, actor: Actor, ids: Iterable[CaseId], database: Path, target: Path) -> Carried:
    """Copy the attachments of cases into a folder that is laid out as the one beside the database.

    Refused: a case that is not there for the actor. Raises OSError.
    """
    wanted = {each.kept for case_id in ids for *_, each in of_case(desk, actor, case_id) if each.kept}
    return attached_files.carry(attached_files.folder_of(database), target, wanted)


def lost(store: Store, folder: Path) -> Iterator[str]:
    """Tell which attachments are not there any more, or not what they were."""
    wanted = _wanted(store)
    for name, where in wanted.items():
        try:
            is_sound = attached_files.content(folder, name) is not None
        except OSError as error:
            yield f"{where} lacks an attachment: it is not in {folder} ({error.strerror}). Take {name} from a backup."
        else:
            if not is_sound:
                yield f"{where} has a damaged attachment. Take {name} from a backup."


def unused(store: Store, folder: Path) -> int:
    """Count the files that no case tells of: left by mail that was read and then not taken in."""
    wanted = _wanted(store)
    return sum(name not in wanted for name in attached_files.names(folder))


def _wanted(store: Store) -> dict[str, str]:
    """Give the names of all that is kept, and a case that has it."""
    with store.read(WHOLE) as tx:
        found = [(case_id, each.kept) for case_id, told in attached_files.told(tx) for each in attachments_in(told)]
        return {name: cases.named(tx, case_id) for case_id, name in found if name}
