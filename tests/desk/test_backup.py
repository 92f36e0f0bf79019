"""Backups: whole, checked, kept by a rule, and never in the way of those who write."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from console.desk import checkup, triage
from console.desk.backup import backup, listed
from console.desk.desk import Desk
from console.desk.taking import open_case
from console.domain.arrival import Arrival
from console.domain.errors import Refused
from console.domain.retention import Rule
from console.store import damage, keeping, past
from console.store.resting import Resting
from tests.builders import MORNING, an_actor

ADA = an_actor()


@pytest.fixture
def folder(desk: Desk, tmp_path: Path) -> Path:
    """Give where backups go, with two cases to be backed up."""
    for title in ("Checkout returns 502", "Printer is out of ink"):
        case = open_case(desk, ADA, Arrival(title))
        triage.claim(desk, ADA, case)
    return tmp_path / "backups"


def test_a_backup_is_the_database_in_one_file_that_only_its_owner_may_read(desk: Desk, folder: Path) -> None:
    made = backup(desk.store.path, folder, MORNING)

    assert made.path == folder / "triage-20261123T090000Z.db"
    assert (made.cases, made.events, made.dropped) == (2, 4, ())
    assert sorted(each.name for each in folder.iterdir()) == [made.path.name, f"{made.path.name}.sha256"]
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert made.path.with_name(f"{made.path.name}.sha256").read_text() == f"{made.digest}  {made.path.name}\n"


def test_a_backup_is_read_without_anything_beside_it(desk: Desk, folder: Path) -> None:
    made = backup(desk.store.path, folder, MORNING)
    before = sorted(folder.iterdir())

    with Resting(made.path).read() as tx:
        assert tx.rows("SELECT count(*) FROM event") == [(4,)]
        assert sorted(folder.iterdir()) == before
    (found,) = listed(desk.store.path, folder)

    assert (found.path, found.at, found.size, found.is_as_written) == (made.path, MORNING, made.size, True)
    assert sorted(folder.iterdir()) == before


def test_a_list_says_which_backup_is_not_what_was_written(desk: Desk, folder: Path) -> None:
    assert listed(desk.store.path, folder) == ()
    made = [backup(desk.store.path, folder, MORNING + timedelta(hours=hours)).path for hours in range(3)]
    made[0].write_bytes(made[0].read_bytes()[:-1] + b"!")
    made[1].with_name(f"{made[1].name}.sha256").unlink()
    (folder / "triage-yesterday.db").touch()
    (folder / "other-20261123T090000Z.db").touch()

    assert [each.is_as_written for each in listed(desk.store.path, folder)] == [False, None, True]


def test_older_ones_are_dropped_by_the_rule_unless_all_are_to_stay(desk: Desk, folder: Path) -> None:
    first = backup(desk.store.path, folder, MORNING).path
    second = backup(desk.store.path, folder, MORNING + timedelta(hours=1), None).path
    later = MORNING + timedelta(days=3)

    assert backup(desk.store.path, folder, later, None).dropped == ()
    made = backup(desk.store.path, folder, later + timedelta(hours=1))

    assert made.dropped == (first,)
    assert not first.exists()
    assert second.exists()
    last = backup(desk.store.path, folder, later + timedelta(hours=2), Rule(0, 0, 0, 0))
    assert [each.path for each in past.kept(folder, "triage")] == [last.path]


def test_a_second_backup_within_a_second_is_refused_and_the_first_stays(desk: Desk, folder: Path) -> None:
    made = backup(desk.store.path, folder, MORNING)

    with pytest.raises(Refused, match="within this second"):
        backup(desk.store.path, folder, MORNING)

    assert keeping.is_as_written(made.path)


def test_only_one_at_a_time_makes_backups_and_what_was_broken_off_is_removed(desk: Desk, folder: Path) -> None:
    with keeping.alone_in(folder), pytest.raises(Refused, match="under way"):
        backup(desk.store.path, folder, MORNING)
    left = keeping.begun(folder / "triage-20260101T000000Z.db")
    left.touch()
    left.with_name(f"{left.name}-journal").touch()

    backup(desk.store.path, folder, MORNING)

    assert len(list(folder.iterdir())) == 2


def test_no_copy_of_a_history_that_was_changed_is_kept(desk: Desk, folder: Path) -> None:
    with desk.store.write() as tx:
        tx.driver.execute("DROP TRIGGER event_is_not_changed")
        tx.driver.execute("UPDATE event SET actor = 'mallory' WHERE seq = 2")

    with pytest.raises(Refused, match="not sound and was not kept"):
        backup(desk.store.path, folder, MORNING)

    assert list(folder.iterdir()) == []
    assert damage.found(desk.store.path) is None


def test_a_row_that_cannot_be_read_is_a_finding(desk: Desk, folder: Path) -> None:
    with desk.store.write() as tx:
        tx.driver.execute("DROP TRIGGER event_is_not_changed")
        tx.driver.execute("UPDATE event SET detail = '{' WHERE seq = 2")

    with pytest.raises(Refused, match="holds what is none"):
        backup(desk.store.path, folder, MORNING)


def test_a_database_that_is_missing_or_old_is_not_copied(desk: Desk, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no database"):
        backup(tmp_path / "none.db", folder, MORNING)
    with desk.store.write() as tx:
        tx.driver.execute("PRAGMA user_version = 9")
    with pytest.raises(Refused, match="triage migrate"):
        backup(desk.store.path, folder, MORNING)
    assert not folder.exists()


def test_a_folder_that_cannot_be_made_is_a_sentence(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refused, match="cannot be used"):
        backup(desk.store.path, tmp_path / "file" / "backups", MORNING)
    with pytest.raises(Refused, match="cannot be used"):
        listed(desk.store.path, tmp_path / "file")


def test_what_is_stored_as_text_and_is_none_is_found(desk: Desk, folder: Path) -> None:
    with desk.store.write() as tx:
        tx.driver.execute("UPDATE case_text SET notes = CAST(x'ff' AS TEXT) WHERE case_id = 1")

    with pytest.raises(Refused, match="what the table case_text holds cannot be read"):
        backup(desk.store.path, folder, MORNING)


def test_a_file_that_cannot_even_be_opened_is_not_sound(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are my notes" * 99)
    (found,) = checkup.unsound(Resting(tmp_path / "notes.db"))
    assert found.startswith("It cannot be read: ")
