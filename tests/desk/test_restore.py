"""Restoring: the backup is checked, the old database stays, and whoever had it open writes nothing more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from console.desk import checkup, storage, triage
from console.desk.backup import backup
from console.desk.desk import Desk
from console.desk.restore import examine, restore
from console.desk.taking import open_case
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.store import damage, past, sqlite_driver
from console.store import swap as swapping
from console.store.engine import Store
from console.store.fence import FENCE
from console.store.migrations import SCHEMA
from console.store.passage import passage
from console.store.resting import Resting
from tests.builders import MORNING, an_actor
from tests.desk.conftest import Clock

ADA = an_actor()
ONE = CaseId(1)


@pytest.fixture
def made(desk: Desk, tmp_path: Path) -> Path:
    """Give a backup of one case, to which a note was written after it was made."""
    open_case(desk, ADA, Arrival("Checkout returns 502"))
    path = backup(desk.store.path, tmp_path / "backups", MORNING).path
    triage.note(desk, ADA, ONE, triage.Said("written later"))
    return path


def afresh(desk: Desk) -> Desk:
    """Give the desk as somebody has it who starts Triage again."""
    return Desk(Store(desk.store.path), desk.policy, "", desk.now)


def number_of_events(path: Path) -> int:
    with Resting(path).read() as tx:
        return int(tx.rows("SELECT count(*) FROM event")[0][0])


def names(desk: Desk) -> set[str]:
    """Give what is beside the database, besides what is always there."""
    usual = {"triage.db", "triage.db-queue", ".triage.db.restore", "backups"}
    return {each.name for each in desk.store.path.parent.iterdir()} - usual


def test_a_restored_database_is_what_the_backup_holds_and_the_old_one_stays(desk: Desk, made: Path) -> None:
    before = desk.store.path.stat()

    done = restore(desk.store.path, made, MORNING, is_sure=True)

    assert (done.examined.cases, done.examined.events, done.examined.newest) == (1, 1, MORNING)
    assert done.beyond == swapping.Beyond(1, MORNING, MORNING)
    assert done.aside == desk.store.path.with_name("triage.db.before-20261123T090000Z")
    assert done.aside.stat().st_ino == before.st_ino
    assert desk.store.path.stat().st_mode == before.st_mode
    assert names(desk) == {done.aside.name}
    assert (number_of_events(desk.store.path), number_of_events(done.aside)) == (1, 2)
    fresh = afresh(desk)
    triage.note(fresh, ADA, ONE, triage.Said("goes on"))
    assert list(checkup.unsound(fresh.store)) == []
    fresh.store.close()


def test_whoever_has_the_database_open_is_told_and_writes_nothing(desk: Desk, made: Path) -> None:
    other = afresh(desk)
    assert storage.trouble(other) == ""

    restore(desk.store.path, made, MORNING, is_sure=True)

    told = "The database was restored from a backup at 2026-11-23 09:00:00 UTC; nothing was written"
    assert told in storage.trouble(other)
    for write in (lambda: triage.note(other, ADA, ONE, triage.Said("lost?")), other.store.data_version):
        with pytest.raises(Refused, match="was restored from a backup"):
            write()
    with pytest.raises(Refused, match="was restored"), other.jot():
        pass
    other.store.close()
    desk.store.close()
    assert number_of_events(desk.store.path) == 1


def test_newer_events_are_not_put_aside_unless_that_is_said(desk: Desk, made: Path) -> None:
    with pytest.raises(Refused, match=r"has 1 event of 2026-11-23 09:00 to .* --yes"):
        restore(desk.store.path, made, MORNING, is_sure=False)

    triage.note(desk, ADA, ONE, triage.Said("as if nothing had been"))
    assert names(desk) == {"triage.db-wal", "triage.db-shm"}


def test_a_backup_with_everything_is_restored_without_asking(desk: Desk, made: Path, tmp_path: Path) -> None:
    full = backup(desk.store.path, tmp_path / "backups", MORNING.replace(hour=10)).path
    assert restore(desk.store.path, full, MORNING, is_sure=False).beyond == swapping.Beyond()
    assert made.exists()


def test_the_old_database_can_be_restored_in_its_turn(desk: Desk, made: Path) -> None:
    aside = restore(desk.store.path, made, MORNING, is_sure=True).aside
    assert aside is not None

    done = restore(desk.store.path, aside, MORNING.replace(hour=10), is_sure=False)

    assert done.examined.events == 2
    fresh = afresh(desk)
    triage.note(fresh, ADA, ONE, triage.Said("back again"))
    fresh.store.close()


def test_a_check_changes_nothing(desk: Desk, made: Path) -> None:
    before = number_of_events(made)
    assert examine(desk.store.path, made).events == before
    assert names(desk) == {"triage.db-wal", "triage.db-shm"}
    triage.note(desk, ADA, ONE, triage.Said("still at work"))


def test_where_there_is_no_database_the_backup_becomes_it(desk: Desk, made: Path, tmp_path: Path) -> None:
    place = tmp_path / "new" / "triage.db"
    place.parent.mkdir()
    done = restore(place, made, MORNING, is_sure=False)
    assert (done.aside, done.beyond, number_of_events(place)) == (None, swapping.Beyond(), 1)
    assert desk.store.path.exists()


@pytest.mark.parametrize("wrong", ["missing", "text", "spoilt", "changed", "newer", "foreign", "itself", "history"])
def test_what_cannot_be_restored_is_a_sentence_and_changes_nothing(wrong: str, desk: Desk, made: Path) -> None:
    sentence = spoil(wrong, desk, made)
    source = desk.store.path if wrong == "itself" else made

    with pytest.raises(Refused, match=sentence):
        restore(desk.store.path, source, MORNING, is_sure=True)

    triage.note(desk, ADA, ONE, triage.Said("as if nothing had been"))
    assert names(desk) == {"triage.db-wal", "triage.db-shm"}


def spoil(way: str, desk: Desk, made: Path) -> str:
    """Make a backup one that cannot be restored; give what is to be said of it."""
    digest = made.with_name(f"{made.name}.sha256")
    if way == "changed":
        made.write_bytes(made.read_bytes() + b"!")
        return "is not what was written"
    digest.unlink()
    if way == "missing":
        made.unlink()
        return "There is no file"
    if way == "itself":
        return "is the database itself"
    if way == "text":
        made.write_text("these are my notes" * 99)
        return "is damaged or not a database"
    driver = desk.store.module.connect(str(made), isolation_level=None)
    said = {
        "newer": (f"PRAGMA user_version = {SCHEMA + 1}", "newer Triage"),
        "foreign": ("PRAGMA application_id = 7", "not one of Triage"),
        "history": ("DROP TRIGGER event_is_not_changed; UPDATE event SET actor = 'mallory'", "is not sound"),
        "spoilt": (
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 999 WHERE name = 'event'",
            "is damaged",
        ),
    }[way]
    driver.executescript(said[0])
    driver.close()
    return said[1]


def test_an_older_backup_is_brought_up_to_date(desk: Desk, made: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    shutil.copy(made, old)
    driver = desk.store.module.connect(str(old), isolation_level=None)
    before = driver.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    driver.close()
    with pytest.raises(Refused, match="database is kept busy"), passage(desk.store.path):
        _closed_at_once(desk, old)
    done = restore(desk.store.path, old, MORNING, is_sure=True)
    assert (done.examined.events, bool(before)) == (1, True)


def _closed_at_once(desk: Desk, source: Path) -> None:
    """Try to restore while somebody is on the way in and does not get on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("console.store.passage.LONGEST", 0.05)
        restore(desk.store.path, source, MORNING, is_sure=True)


def test_a_reader_who_does_not_end_keeps_the_database_from_being_put_aside(
    desk: Desk, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "TRIES", 1)
    with desk.read() as tx:
        tx.rows("SELECT count(*) FROM event")
        with pytest.raises(Refused, match="all the time"):
            restore(desk.store.path, made, MORNING, is_sure=True)
    triage.note(desk, ADA, ONE, triage.Said("the fence is gone again"))


def test_a_restore_that_was_broken_off_lets_nobody_write_until_another_is_done(desk: Desk, made: Path) -> None:
    assert storage.trouble(desk) == ""
    driver = desk.store.module.connect(str(desk.store.path), isolation_level=None)
    driver.execute(f"PRAGMA user_version = {FENCE + SCHEMA}")
    driver.close()

    with pytest.raises(Refused, match="is being restored"):
        triage.note(desk, ADA, ONE, triage.Said("nowhere"))
    assert "is being restored" in storage.trouble(desk)
    assert "is being restored" in checkup.standing(desk.store.path).trouble
    done = restore(desk.store.path, desk.store.path, MORNING, is_sure=False)

    assert done.examined.events == 2
    fresh = afresh(desk)
    triage.note(fresh, ADA, ONE, triage.Said("goes on"))
    fresh.store.close()
    assert made.exists()


def test_restoring_ends_the_damage_of_what_it_replaces(desk: Desk, made: Path, clock: Clock) -> None:
    desk.store.close()
    content = bytearray(desk.store.path.read_bytes())
    content[4096 : 4096 * 6] = bytes(4096 * 5)
    desk.store.path.write_bytes(content)
    assert "found damaged" in storage.check(desk.store.path)

    with pytest.raises(Refused, match="too damaged to tell"):
        restore(desk.store.path, made, clock(), is_sure=False)
    done = restore(desk.store.path, made, clock(), is_sure=True)

    assert (done.beyond, damage.found(desk.store.path), storage.check(desk.store.path)) == (None, None, "")


def test_a_database_that_is_none_any_more_is_replaced_and_kept(desk: Desk, made: Path) -> None:
    desk.store.close()
    desk.store.path.write_bytes(b"not a database" * 999)

    done = restore(desk.store.path, made, MORNING, is_sure=True)

    assert done.aside is not None
    assert done.aside.read_bytes() == b"not a database" * 999
    assert number_of_events(desk.store.path) == 1


def test_only_one_at_a_time_restores(desk: Desk, made: Path) -> None:
    from console.store import keeping

    with keeping.alone_at(desk.store.path), pytest.raises(Refused, match="Another restore"):
        restore(desk.store.path, made, MORNING, is_sure=True)


def test_where_nobody_can_be_locked_out_restoring_goes_on(
    desk: Desk, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.store.close()
    monkeypatch.setattr(sqlite_driver, "has_sound_wal", lambda _: False)
    assert restore(desk.store.path, made, MORNING, is_sure=True).examined.events == 1
    assert past.put_aside_at(desk.store.path, (0, 0)) is None
