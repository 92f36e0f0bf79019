"""The reserve: laid while there is room, freed when there is none."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from console.desk import rescue
from console.desk.desk import Desk
from console.desk.taking import open_case
from console.domain.arrival import Arrival
from console.domain.errors import Refused
from console.store import ballast
from console.store.room import Room
from tests.builders import an_actor

SIZE = 1 << 20


@pytest.fixture
def path(desk: Desk) -> Path:
    """Give a database whose journal holds something."""
    open_case(desk, an_actor(), Arrival("Checkout returns 502"))
    return desk.store.path


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Say of the disk what is put here, one answer for each look."""
    answers: list[bool] = []
    monkeypatch.setattr(ballast, "is_full", lambda _: answers.pop(0))
    return answers


def test_the_reserve_is_real_blocks_that_only_the_owner_may_read(path: Path) -> None:
    assert rescue.lay(path, SIZE)

    found = ballast.place(path).stat()
    assert (found.st_size, found.st_mode & 0o777) == (SIZE, 0o600)
    assert found.st_blocks * 512 >= SIZE
    assert rescue.lay(path, SIZE)
    assert ballast.place(path).stat().st_ino == found.st_ino


def test_no_reserve_is_laid_where_that_would_fill_the_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescue, "room", lambda _: Room(2 * SIZE - 1, 100 * SIZE))
    assert not rescue.lay(path, SIZE)
    monkeypatch.undo()
    monkeypatch.setattr(os, "posix_fallocate", _full)
    assert not rescue.lay(path, SIZE)
    assert not ballast.place(path).exists()


def test_a_rescue_frees_the_reserve_of_a_full_disk_and_writes_the_journal_back(path: Path, full: list[bool]) -> None:
    rescue.lay(path, SIZE)
    full += [True]

    found = rescue.rescue(path)

    assert (found.was_full, found.freed >= SIZE, found.journal > 0, found.trouble) == (True, True, True, "")
    assert found.room.free > 0
    assert not ballast.place(path).exists()


def test_where_there_is_room_the_reserve_stays(path: Path) -> None:
    rescue.lay(path, SIZE)
    found = rescue.rescue(path)
    assert (found.was_full, found.freed) == (False, 0)
    assert ballast.weight(path) >= SIZE


def test_a_full_disk_without_a_reserve_says_what_to_do(path: Path, full: list[bool]) -> None:
    full += [True, True]
    with pytest.raises(Refused, match="no reserve was laid by"):
        rescue.rescue(path)
    full += [True, False]
    assert rescue.rescue(path).freed == 0


def test_a_database_that_cannot_be_opened_is_no_reason_to_keep_the_room(path: Path, full: list[bool]) -> None:
    rescue.lay(path, SIZE)
    path.write_bytes(b"not a database" * 999)
    path.with_name("triage.db-wal").unlink()
    full += [True]

    found = rescue.rescue(path)

    assert found.freed >= SIZE
    assert "is damaged or not a database" in found.trouble


def test_a_database_that_is_not_there_is_not_rescued(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no database"):
        rescue.rescue(tmp_path / "none.db")


def test_a_disk_is_full_where_not_even_a_megabyte_can_be_had(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not ballast.is_full(path)
    monkeypatch.setattr(os, "posix_fallocate", _full)
    assert ballast.is_full(path)
    assert not [each for each in path.parent.iterdir() if "probe" in each.name]


def _full(*_: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
