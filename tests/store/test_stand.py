"""Files that are deleted or replaced under a store: nothing more is written, whenever that happens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console.domain.case import CaseText
from console.domain.errors import Refused
from console.store import cases
from console.store.engine import Store
from console.store.footing import Footing
from console.store.lock_holder import LOCKS
from tests.figures import figure
from tests.store.givens import a_case


def beside(store: Store, side: str) -> Path:
    """Give a file of a store."""
    return store.path.with_name(store.path.name + side)


def removed(store: Store) -> None:
    """Delete the database."""
    store.path.unlink()


def moved(store: Store) -> None:
    """Move the database away, and leave its journal."""
    store.path.rename(beside(store, ".away"))


def replaced(store: Store) -> None:
    """Put a copy where the database was."""
    shutil.copy(store.path, beside(store, ".copy"))
    beside(store, ".copy").rename(store.path)


def without_log(store: Store) -> None:
    """Delete the write-ahead log."""
    beside(store, "-wal").unlink()


def without_memory(store: Store) -> None:
    """Delete the memory that users of the database share."""
    beside(store, "-shm").unlink()


WAYS = (removed, moved, replaced, without_log, without_memory)


def write(store: Store, number: int, then: Callable[[], None] = lambda: None) -> None:
    """Add a case, and let something happen before it is committed."""
    with store.write() as tx:
        cases.add(tx, [(a_case(number), CaseText())])
        then()


def jot(store: Store, then: Callable[[], None] = lambda: None) -> None:
    """Say in passing who is here, and let something happen before it is committed."""
    with store.jot() as tx:
        tx.rows("INSERT OR REPLACE INTO presence VALUES ('one', 'ada', NULL, 'looking', 1)")
        then()


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_done_once_a_file_is_gone(store: Store, way: Callable[[Store], None]) -> None:
    write(store, 1)
    jot(store)

    way(store)

    refused = 0
    for act in (lambda: write(store, 2), lambda: jot(store), store.data_version, store.read().__enter__):
        with pytest.raises(Refused, match="deleted or replaced"):
            act()
        refused += 1
    figure(23, f"{way.__name__}: write, jot, look and read afterwards", f"{refused} of 4 refused")


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_committed_where_a_file_goes_in_the_middle(store: Store, way: Callable[[Store], None]) -> None:
    write(store, 1)
    jot(store)
    other = Store(store.path)
    other.data_version()

    with pytest.raises(Refused, match="deleted or replaced"):
        write(store, 2, lambda: way(store))
    with pytest.raises(Refused, match="deleted or replaced"):
        write(other, 3)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_jotted_where_a_file_goes_in_the_middle(store: Store, way: Callable[[Store], None]) -> None:
    jot(store)

    with pytest.raises(Refused, match="deleted or replaced"):
        jot(store, lambda: way(store))


def test_what_was_said_before_the_log_was_deleted_is_saved_by_whoever_still_has_it(store: Store) -> None:
    write(store, 1)
    without_log(store)
    with pytest.raises(Refused, match="-wal or -shm was deleted"):
        write(store, 2)

    store.close()

    with Store(store.path).read() as tx:
        assert tx.rows('SELECT id FROM "case"') == [(1,)]


def test_who_leaves_a_replaced_database_takes_nothing_of_the_new_one_along(store: Store) -> None:
    write(store, 1)
    moved(store)
    fresh = Store(store.path)
    for side in ("-wal", "-shm"):
        beside(store, side).rename(beside(store, f".away{side}"))
    fresh.migrate()
    write(fresh, 7)

    store.close()

    write(fresh, 8)
    fresh.close()
    with Store(store.path).read() as tx:
        assert tx.rows('SELECT id FROM "case" ORDER BY id') == [(7,), (8,)]


LIVES = """
import sys
from pathlib import Path
from console.store.engine import Store
from console.store.footing import Footing
store = Store(Path(sys.argv[1]))
store.data_version()
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.mark.skipif(not LOCKS.exists(), reason="this system does not tell who has locked what")
def test_a_file_put_in_the_place_of_one_that_is_in_use_is_not_opened(store: Store) -> None:
    write(store, 1)
    store.close()
    command = [sys.executable, "-c", LIVES, str(store.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "open\n"
        with Store(store.path).read() as tx:
            assert tx.rows("SELECT 1") == [(1,)]
        replaced(store)

        fresh = Store(store.path)
        with pytest.raises(Refused, match=f"was replaced while python.* .process {other.pid}"):
            fresh.data_version()
        other.communicate("end\n", timeout=20)

    write(fresh, 2)
    fresh.close()


def test_many_threads_may_open_their_connections_at_once(tmp_path: Path) -> None:
    path = tmp_path / "triage.db"
    path.touch()
    footing = Footing(path)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            found = [*threads.map(lambda _: footing.stood_on(), range(1_000))]
    finally:
        sys.setswitchinterval(before)

    assert len(found) == 1_000
