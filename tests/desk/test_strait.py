"""What keeps a desk from keeping what is done at it: the worst is said, in the same words for as long as it lasts."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import strait
from console.desk.desk import Desk
from console.desk.strait import SCARCE
from console.domain.errors import RefusalCode, Refused
from console.domain.strait import Strait
from console.store import damage, faults
from console.store.migrations import SCHEMA
from console.store.room import Room

PLENTY, LITTLE = Room(10**12, 2 * 10**12), Room(10**8, 10**12)


@pytest.fixture(autouse=True)
def _disk(monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, PLENTY)


def have(monkeypatch: pytest.MonkeyPatch, left: Room) -> None:
    """Let the disk have so much room."""
    monkeypatch.setattr(strait, "room", lambda _: left)


def test_a_desk_that_keeps_everything_is_in_none(desk: Desk) -> None:
    assert strait.strait(desk) == Strait()


def test_a_disk_that_is_nearly_full_is_said_before_it_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, LITTLE)
    assert strait.strait(desk) == Strait("disk scarce", SCARCE)
    have(monkeypatch, Room(LITTLE.free - 1_000, LITTLE.total))
    assert strait.strait(desk) == Strait("disk scarce", SCARCE)
    have(monkeypatch, PLENTY)
    assert strait.strait(desk) == Strait()


def test_a_disk_that_tells_nothing_is_not_held_against_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Path) -> Room:
        raise OSError

    monkeypatch.setattr(strait, "room", fail)
    assert strait.strait(desk) == Strait()


def test_what_cannot_be_written_is_worse(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    have(monkeypatch, LITTLE)
    assert strait.strait(desk, faults.full()) == Strait("not saved", f"Nothing can be saved: {faults.full().sentence}")


@pytest.mark.parametrize("refused", [faults.Unusable("busy"), Refused("no", RefusalCode.NOT_ALLOWED), KeyError("x")])
def test_what_passes_or_is_nothing_of_the_disk_is_none(refused: Exception, desk: Desk) -> None:
    assert strait.strait(desk, refused) == Strait()


def test_damage_is_worst(desk: Desk) -> None:
    damage.mark(desk.store.path, "page 3 is bad")
    found = strait.strait(desk, faults.full())
    assert found.mark == "damaged"
    assert found.sentence.startswith("The database is damaged, and nothing is written any more: ")
    damage.clear(desk.store.path)
    assert strait.strait(desk) == Strait()


def test_a_file_that_was_taken_away_is_told(desk: Desk) -> None:
    assert strait.strait(desk) == Strait()
    desk.store.path.rename(desk.store.path.with_suffix(".gone"))
    assert strait.strait(desk).mark == "database"


def test_what_to_do_stands_first_where_only_starting_again_helps(desk: Desk) -> None:
    assert strait.strait(desk) == Strait()
    desk.store.path.rename(desk.store.path.with_suffix(".aside"))

    assert strait.strait(desk).sentence.startswith(
        "Start Triage again, nothing is saved here: The database was deleted"
    )


def test_a_newer_schema_is_told_as_what_it_is(desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.driver.execute(f"PRAGMA user_version = {SCHEMA + 1}")

    found = strait.strait(desk)
    assert found.mark == "database"
    assert found.sentence.startswith("Nothing is written any more: The database was written by a newer Triage")
