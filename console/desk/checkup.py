"""The checkup: whether database, history and policy are sound, and what the desk stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from console.desk import attachments, clock_checkup, evidence, hook_standing, site_checkup
from console.desk.findings import Finding, Grade, Part
from console.desk.policy_checkup import of_policy
from console.desk.site_checkup import Site
from console.domain.changes import differences, replayed
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted
from console.store import cases, events, faults, inspection
from console.store.attached_files import folder_of
from console.store.engine import Store
from console.store.resting import Readable
from console.store.sight import WHOLE

ALONE = Site()
TOLD = 20
"""How many findings of one kind are told one by one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the desk stands on: the database file, its schema, and the SQLite engine with its journal.

    `trouble` says why the schema could not be read.
    """

    exists: bool
    schema: int
    known: int
    engine: str
    driver: str
    journal: str
    journal_reason: str
    trouble: str = ""


def standing(path: Path) -> Standing:
    """Say what the desk on this file would stand on; nothing is made or changed."""
    store = Store(path)
    schema, trouble = 0, ""
    try:
        schema = store.schema()
    except Refused as refused:
        trouble = refused.sentence
    sound = inspection.has_sound_wal(store)
    why = (
        "write-ahead log" if sound else "this SQLite has a defect in its write-ahead log, so a rollback journal is used"
    )
    return Standing(
        path.exists(),
        schema,
        inspection.KNOWN_SCHEMA,
        *inspection.engine(store),
        inspection.journal_mode(store),
        why,
        trouble,
    )


def migrate(path: Path) -> tuple[int, int]:
    """Make the database or bring its schema up to date; give the versions before and after. Refused: a newer one."""
    return Store(path).migrate()


def uncounted(path: Path) -> str:
    """Say what is still to be counted of local evidence, and how; nothing where all is."""
    return evidence.uncounted(Store(path))


def must_be_current(path: Path) -> None:
    """Refuse a database whose schema is not the one this program knows, instead of migrating it."""
    schema = Store(path).schema()
    if schema < inspection.KNOWN_SCHEMA:
        raise faults.older(path, schema, inspection.KNOWN_SCHEMA)


def examine(path: Path, policy_text: str, policy_name: str, now: datetime, site: Site = ALONE) -> Iterator[Part]:
    """Check layout, machine, schema, engine, file, history, backups, the clock side and policy, part by part.

    Nothing is made or changed.
    """
    found = standing(path)
    schema = _schema(path, found)
    yield schema
    yield Part("engine", () if found.journal == "wal" else (Finding(f"{found.journal_reason}.", Grade.REMARK),))
    yield from site_checkup.examined(path, site)
    if schema.is_sound:
        store = Store(path)
        yield from (_told("file", _damage(store)), _told("history", _chains(store)), _told("cases", _replays(store)))
        yield _counted(store)
        yield _attached(path, store)
        yield from _clock_side(store, policy_text, policy_name, now)
        yield site_checkup.of_many(path, site, store, now)
        yield of_policy(store, policy_text, policy_name)
        store.close()
    else:
        yield of_policy(None, policy_text, policy_name)


def unsound(store: Readable) -> Iterator[str]:
    """Tell what is wrong with a file of the current schema: its pages, its history, and cases that differ from it."""
    try:
        for looked_at in (_damage, _chains, _replays):
            yield from looked_at(store)
    except (Refused, ValueError) as error:
        yield f"It cannot be read: {error}"


def _clock_side(store: Store, text: str, name: str, now: datetime) -> Iterator[Part]:
    """Check the clock side, where the policy has no errors."""
    desk = clock_checkup.desk_on(store, text, name, now)
    if desk is not None:
        found = _told("clock side", clock_checkup.alarms(desk))
        ahead = tuple(Finding(said, Grade.REMARK) for said in clock_checkup.remarks(desk))
        yield replace(found, findings=found.findings + ahead)
        yield _told("agenda", clock_checkup.overlooked(desk))
        yield Part("write-back", tuple(Finding(said, Grade.REMARK) for said in hook_standing.remarks(desk)))


def _counted(store: Store) -> Part:
    """Check that what is counted of local evidence is right, and whether all of it is there."""
    found = _told("evidence", evidence.miscounted(store))
    said = "" if found.findings else evidence.uncounted(store)
    return replace(found, findings=(Finding(said, Grade.REMARK),)) if said else found


def _attached(path: Path, store: Store) -> Part:
    """Check that every attachment that is told of is there, and what it was."""
    folder = folder_of(path)
    found = _told("attachments", attachments.lost(store, folder))
    more = attachments.unused(store, folder)
    said = (
        f"{counted(more, 'file')} in {folder} that no case tells of: of mail that was not taken in, or of a later one."
    )
    return replace(found, findings=(*found.findings, Finding(said, Grade.REMARK))) if more else found


def _schema(path: Path, found: Standing) -> Part:
    if found.trouble:
        return Part("schema", (Finding(found.trouble),))
    if found.schema == found.known:
        return Part("schema")
    if not found.exists:
        return Part("schema", (Finding(faults.missing(path).sentence),))
    fault = (faults.newer if found.schema > found.known else faults.older)(path, found.schema, found.known)
    return Part("schema", (Finding(fault.sentence),))


def _damage(store: Readable) -> Iterator[str]:
    with store.read(WHOLE) as tx:
        yield from (f"The file is damaged: {said}; restore it from a backup." for said in inspection.damage(tx))
        for table in inspection.unreadable(tx):
            yield f"The file is damaged: what the table {table} holds cannot be read; restore it from a backup."


def _chains(store: Readable) -> Iterator[str]:
    with store.read(WHOLE) as tx:
        for case_id, version in events.broken_chains(tx):
            named = cases.named(tx, case_id)
            yield f"{named}: event {version} does not follow from the one before; history was changed by hand."


def _replays(store: Readable) -> Iterator[str]:
    """Tell the cases that are not what their history says."""
    with store.read(WHOLE) as tx:
        for case_id in inspection.case_ids(tx):
            try:
                wrong = differences(cases.get(tx, case_id), replayed(events.of_case(tx, case_id)))
            except events.UNREADABLE:
                yield f"{cases.named(tx, case_id)} or its history holds what is none; it was changed by hand."
                continue
            if wrong:
                yield f"{cases.named(tx, case_id)} is not what its history says: {', '.join(wrong)}."


def _told(checked: str, sentences: Iterator[str]) -> Part:
    """Give a part with its first findings and the number of the others; a file that cannot be read is a finding."""
    found: list[str] = []
    more = 0
    try:
        for sentence in sentences:
            if len(found) < TOLD:
                found.append(sentence)
            else:
                more += 1
    except Refused as refused:
        if refused.code is not RefusalCode.STORAGE:
            raise
        found.append(refused.sentence)
    except events.UNREADABLE as error:
        found.append(f"Something in it cannot be read, and was changed by hand ({type(error).__name__}: {error}).")
    if more:
        found.append(f"There are {more:,} more of this kind.")
    return Part(checked, tuple(map(Finding, found)))
