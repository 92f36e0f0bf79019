"""Storage: damage is met once and kept in mind, and nothing is written into what cannot be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import storage, triage
from console.desk.backup import backup
from console.desk.desk import Desk
from console.desk.taking import open_case
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.store import damage, faults
from console.store.engine import Store
from tests.builders import MORNING, an_actor

ADA, ONE = an_actor(), CaseId(1)


@pytest.fixture
def kept(desk: Desk) -> Desk:
    """Give a desk with a case."""
    open_case(desk, ADA, Arrival("Checkout returns 502"))
    return desk


def note(desk: Desk) -> None:
    triage.note(desk, ADA, ONE, triage.Said("hm"))


def smash(desk: Desk, begin: int = 4096, size: int = 4096 * 5) -> None:
    """Overwrite pages of the file while nobody has it open."""
    desk.store.close()
    content = bytearray(desk.store.path.read_bytes())
    content[begin : begin + size] = bytes(size)
    desk.store.path.write_bytes(content)


def test_a_sound_database_is_no_trouble(kept: Desk) -> None:
    assert (storage.trouble(kept), storage.check(kept.store.path)) == ("", "")
    assert not damage.place(kept.store.path).exists()


def test_what_a_check_finds_is_kept_and_nothing_is_written_any_more(kept: Desk, tmp_path: Path) -> None:
    made = backup(kept.store.path, tmp_path / "backups", MORNING).path
    smash(kept)

    said = storage.check(kept.store.path, tmp_path / "backups")

    assert "found damaged" in said
    assert f"Restore it with `triage restore {made}`." in said
    assert damage.place(kept.store.path).stat().st_mode & 0o777 == 0o600
    assert storage.trouble(kept) == said
    for write in (note, lambda desk: desk.jot().__enter__()):
        with pytest.raises(Refused, match="found damaged"):
            write(kept)
    assert storage.check(kept.store.path, tmp_path / "elsewhere").endswith("with `triage restore FILE`.")


def test_damage_met_in_reading_is_kept_while_reading_goes_on(kept: Desk) -> None:
    before = kept.store.data_version()
    with pytest.raises(faults.Damaged), kept.read():
        raise _corrupt(kept)

    with pytest.raises(Refused, match="found damaged"):
        note(kept)
    with kept.read() as tx:
        assert tx.rows("SELECT count(*) FROM event") == [(1,)]
    assert kept.store.data_version() == before
    found = damage.found(kept.store.path)
    assert found is not None
    assert found.said == "database disk image is malformed"


def test_text_that_is_none_is_damage(kept: Desk) -> None:
    with pytest.raises(faults.Damaged), kept.read() as tx:
        tx.rows("SELECT CAST(x'ff' AS TEXT)")
    assert damage.found(kept.store.path) is not None


def test_a_search_that_sqlite_calls_malformed_is_no_damage(kept: Desk) -> None:
    with pytest.raises(Refused), kept.read() as tx:
        tx.rows("SELECT rowid FROM search WHERE search MATCH '\"'")
    assert damage.found(kept.store.path) is None


def test_the_mark_is_of_one_file_and_says_nothing_of_another(kept: Desk) -> None:
    damage.mark(kept.store.path, "spoilt")
    damage.mark(kept.store.path, "spoilt again")
    found = damage.found(kept.store.path)
    assert found is not None
    assert found.said == "spoilt"

    other = kept.store.path.with_name("copy.db")
    other.write_bytes(kept.store.path.read_bytes())
    kept.store.close()
    other.rename(kept.store.path)

    assert damage.found(kept.store.path) is None
    damage.mark(kept.store.path, "\n")
    assert damage.found(kept.store.path) is not None
    damage.place(kept.store.path).write_bytes(b"\xff")
    assert damage.found(kept.store.path) is not None
    damage.clear(kept.store.path)
    assert damage.found(kept.store.path) is None


def test_a_database_whose_beginning_is_gone_is_marked_where_it_was_ours(kept: Desk, tmp_path: Path) -> None:
    smash(kept, 0, 100)
    assert "found damaged" in storage.check(kept.store.path)
    assert damage.found(kept.store.path) is not None
    notes = tmp_path / "notes.txt"
    notes.write_text("these are my notes" * 99)

    assert "is damaged or not a database" in storage.check(notes)

    assert damage.found(notes) is None


def test_what_is_not_there_is_not_damaged_but_may_be_trouble(kept: Desk, tmp_path: Path) -> None:
    assert storage.check(tmp_path / "none.db") == ""
    kept.store.path.unlink()
    assert "was deleted or replaced" in storage.trouble(kept)


def test_a_folder_that_cannot_be_looked_into_is_trouble(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed() -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(kept.store.footing, "must_be_there", closed)
    assert storage.trouble(kept).endswith("cannot be used: Permission denied.")


def test_a_database_of_another_schema_is_refused_by_a_check(kept: Desk) -> None:
    with kept.write() as tx:
        tx.driver.execute("PRAGMA user_version = 9")
    assert "triage migrate" in storage.check(kept.store.path)
    fresh = Store(kept.store.path)
    damage.mark(kept.store.path, "spoilt")
    with pytest.raises(Refused, match="found damaged"):
        fresh.migrate()
    fresh.close()


def _corrupt(desk: Desk) -> Exception:
    """Give the error that SQLite raises on a corrupt page."""
    error: Exception = desk.store.module.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = faults.CORRUPT  # type: ignore[attr-defined]
    return error
