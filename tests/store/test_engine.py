"""The engine: transactions that are whole, refusals that are sentences, a database that is the right one."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from console.domain.case import CaseId, CaseText
from console.domain.errors import Refused
from console.store import cases, sqlite_driver
from console.store.engine import Store
from console.store.migrations import SCHEMA
from tests.figures import figure
from tests.store.givens import a_case


def test_a_fresh_database_has_the_schema_of_the_program(store: Store) -> None:
    assert store.schema() == SCHEMA
    assert store.migrate() == (SCHEMA, SCHEMA)


def test_a_case_is_read_back_as_it_was_added(store: Store) -> None:
    case = a_case(1, tags=("vip", "a;b"), stops=("fraud",), answers=(3, None, 0, 1), waiting_for="", owner="ada")
    with store.write() as tx:
        cases.add(tx, [(case, CaseText("the body"))])
    with store.read() as tx:
        found = cases.get(tx, CaseId(1))
        assert cases.text_of(tx, CaseId(1)) == CaseText("the body")
    assert found.tags == ("vip", "a,b")
    assert (found.answers, found.owner, found.created, found.stops) == (
        (3, None, 0, 1),
        "ada",
        case.created,
        ("fraud",),
    )


def test_a_block_that_fails_leaves_nothing_behind(store: Store) -> None:
    def fail() -> None:
        with store.write() as tx:
            cases.add(tx, [(a_case(1), CaseText())])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with store.read() as tx, pytest.raises(Refused, match="no case 1"):
        cases.get(tx, CaseId(1))


def test_a_save_with_an_old_version_is_not_made(store: Store) -> None:
    with store.write() as tx:
        cases.add(tx, [(a_case(1, version=2), CaseText())])
    with store.write() as tx:
        assert not cases.save(tx, a_case(1, version=2, title="late"), 1)
        assert cases.save(tx, a_case(1, version=3, title="first"), 2)
    with store.read() as tx:
        assert cases.get(tx, CaseId(1)).title == "first"


def test_eight_hundred_increments_from_four_threads_are_all_there(store: Store) -> None:
    """Read, add one, commit: the default idiom of the ORM loses most of these."""
    with store.write() as tx:
        cases.add(tx, [(a_case(1), CaseText())])

    def work() -> None:
        for _ in range(200):
            with store.write() as tx:
                case = cases.get(tx, CaseId(1))
                cases.save(tx, a_case(1, version=case.version + 1), case.version)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as snapshot:
        there = cases.get(snapshot, CaseId(1)).version - 1
    assert there == 800
    figure(2, "four threads read, add one and commit", f"{there} of {4 * 200} there")


def test_a_jot_writes_without_waking_the_thread_that_wrote_it(store: Store) -> None:
    other = Store(store.path)
    before, theirs = store.data_version(), other.data_version()

    with store.jot() as tx:
        tx.rows("INSERT INTO presence VALUES ('one', 'ada', NULL, 'looking', 1)")

    assert (store.data_version(), other.data_version() != theirs) == (before, True)
    with other.read() as seen:
        assert seen.rows("SELECT person FROM presence") == [("ada",)]
    other.close()


def test_a_jot_that_fails_leaves_nothing_behind_and_reading_stays_reading(store: Store) -> None:
    with pytest.raises(Refused, match="no such table"), store.jot() as tx:
        _ = tx.rows("INSERT INTO presence VALUES ('one', 'ada', NULL, 'looking', 1)"), tx.rows("DELETE FROM nowhere")
    with store.read() as tx:
        assert not tx.rows("SELECT person FROM presence")
    with pytest.raises(Refused, match="readonly"), store.read() as tx:
        tx.rows("DELETE FROM presence")


def test_a_newer_database_is_refused_at_start_and_in_the_middle(store: Store) -> None:
    with store.read() as tx:
        assert tx.rows("SELECT 1") == [(1,)]
    other = store.module.connect(str(store.path), isolation_level=None)
    other.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    with pytest.raises(Refused, match="newer Triage"), store.write() as tx:
        cases.add(tx, [(a_case(1), CaseText())])
    with pytest.raises(Refused, match="newer Triage"):
        Store(store.path).migrate()
    other.execute(f"PRAGMA user_version = {SCHEMA}")
    other.close()


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="triage migrate"), Store(tmp_path / "none.db").read():
        pass


def test_a_file_that_is_no_database_is_named_as_that(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("these are my notes, not a database\n" * 99)
    with pytest.raises(Refused, match="not a database"):
        Store(tmp_path / "notes.db").migrate()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = sqlite_driver.driver().connect(str(tmp_path / "other.db"))
    other.execute("CREATE TABLE music (title)")
    other.close()
    with pytest.raises(Refused, match="not one of Triage"):
        Store(tmp_path / "other.db").migrate()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(Refused, match="cannot be used"):
        Store(tmp_path / "deep" / "triage.db").migrate()


def test_a_database_replaced_under_a_running_program_is_written_no_more(store: Store, tmp_path: Path) -> None:
    with store.write() as tx:
        cases.add(tx, [(a_case(1), CaseText())])
    store.path.rename(tmp_path / "moved.db")
    Store(store.path).migrate()
    with pytest.raises(Refused, match="deleted or replaced"), store.write():
        pass
    with pytest.raises(Refused, match="deleted or replaced"), store.read():
        pass


def test_another_writer_who_does_not_let_go_is_a_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.store.engine.TRIES", 2)
    monkeypatch.setattr(sqlite_driver, "BUSY_MS", 10)
    other = store.module.connect(str(store.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused, match="kept busy"), store.write():
        pass
    other.execute("ROLLBACK")
    other.close()
    with store.write() as tx:
        cases.add(tx, [(a_case(1), CaseText())])


FIXED = [(3, 44, 6), (3, 44, 7), (3, 50, 7), (3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0)]
LAST = {7: 17, 8: 13, 23: 1, 24: 2, 28: 0, 35: 5, 38: 5, 39: 4, 40: 1, 41: 2, 42: 0, 43: 2, 44: 5, 45: 3, 46: 1,
        47: 2, 48: 0, 49: 2, 50: 6, 51: 2}  # fmt: skip
UNFIXED = [(3, minor, patch) for minor, last in LAST.items() for patch in range(last + 1)]
"""Versions with the defect: those that distributions ship and the ones just before a repair."""


def test_where_litestream_copies_the_journal_writing_it_back_is_left_to_it(store: Store) -> None:
    with store.read() as tx:
        assert tx.rows("PRAGMA wal_autocheckpoint") == [(1000,)]
    store.path.with_name(".triage.db-litestream").mkdir()
    other = Store(store.path)
    with other.read() as tx:
        assert tx.rows("PRAGMA wal_autocheckpoint") == [(sqlite_driver.LEFT_TO_ANOTHER,)]
    other.close()


def test_an_engine_with_the_wal_reset_bug_is_known() -> None:
    assert [version for version in FIXED if not sqlite_driver.has_sound_wal(version)] == []
    assert [version for version in UNFIXED if sqlite_driver.has_sound_wal(version)] == []


def test_an_unsound_engine_gets_a_rollback_journal(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    writes_ahead = []
    for version in UNFIXED:
        monkeypatch.setattr(store.module, "sqlite_version_info", version)
        other = Store(store.path)
        with other.read() as tx:
            writes_ahead += [version] * (tx.rows("PRAGMA journal_mode") != [("delete",)])
            assert tx.rows("PRAGMA foreign_keys") == [(1,)]
        other.close()
    assert writes_ahead == []
    figure(5, "a database opened by each unfixed version", f"{len(UNFIXED)} of {len(UNFIXED)} by a rollback journal")
