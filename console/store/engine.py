"""The store: one database, read on the driver's own connection, written through SQLModel in one transaction."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from console.store import faults, sqlite_driver
from console.store.ahead import Ahead
from console.store.faults import told
from console.store.fence import is_fenced
from console.store.footing import Footing, version_of
from console.store.migrations import SCHEMA
from console.store.sight import OUTSIDE, Sight
from console.store.stand import STAND, Stand
from console.store.turn import turn

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

RowValues = Sequence[Any]
STEPS = 50_000
"""After so many steps of SQLite's own it is asked whether anybody still waits: about a millisecond."""
TRIES = 5
"""How often a writer waits its turn, two seconds each, before it says who is in the way."""


class Reading(Protocol):
    """Anything plain SQL can be read through: a snapshot, or a transaction that also writes."""

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[RowValues]:
        """Give the rows of one SELECT with named parameters (`:name`); `:viewer` is bound already."""

    @property
    def sight(self) -> Sight:
        """Give for whom is read."""

    @property
    def ahead(self) -> Ahead:
        """Give what was read ahead."""

    @property
    def driver(self) -> Any:  # noqa: ANN401 - a DB-API connection has no type
        """Give the driver's connection."""


class Snapshot:
    """A consistent view of the database on the driver's connection."""

    def __init__(self, driver: Any, sight: Sight = OUTSIDE) -> None:  # noqa: ANN401
        """Keep the connection, and for whom is read through it."""
        self.driver = driver
        self.sight = sight
        self.ahead = Ahead()

    def rows(self, sql: str, values: Mapping[str, Any] | None = None) -> list[RowValues]:
        """Give the rows of one SELECT."""
        bound = {"viewer": self.sight.person, **(values or {})}
        found: list[RowValues] = self.driver.execute(sql, bound).fetchall()
        return found


class Tx(Snapshot):
    """A transaction that writes: SQLModel's session, and plain reads that see what it has written."""

    def __init__(self, driver: Any, session: Session, sight: Sight = OUTSIDE) -> None:  # noqa: ANN401
        """Keep both; they are the same connection."""
        super().__init__(driver, sight)
        self.session = session


class Store:
    """One database file; safe to use from several threads."""

    def __init__(self, path: Path | str) -> None:
        """Name the file; nothing is opened yet."""
        self.path = Path(path)
        self.module = sqlite_driver.driver()
        self._local = threading.local()
        self._engine: Engine | None = None
        self._engine_lock = threading.Lock()
        self.footing = Footing(self.path)

    @contextlib.contextmanager
    def read(self, sight: Sight = OUTSIDE) -> Iterator[Snapshot]:
        """Open a snapshot for somebody; what is read through it belongs together. Refused: a missing database."""
        connection = self._connection()
        with self._told(), _transaction(connection, "BEGIN"):
            self.footing.must_fit(connection)
            yield Snapshot(connection, sight)

    @contextlib.contextmanager
    def write(self, sight: Sight = OUTSIDE) -> Iterator[Tx]:
        """Open the transaction that writes, for somebody; it commits at the end or leaves everything as it was.

        Refused: a database of another schema, one that somebody else keeps locked, a full disk.
        """
        from sqlmodel import Session

        self.footing.must_be_there()
        with (
            self._told(),
            self._begun() as connection,
            Session(bind=connection, autoflush=False) as session,
        ):
            driver, stand = connection.connection.driver_connection, connection.info[STAND]
            self.footing.must_take_writes(driver)
            yield Tx(driver, session, sight)
            session.flush()
            stand.must_hold()
            connection.commit()
            stand.must_have_held()

    @contextlib.contextmanager
    def reading_until(self, is_over: Callable[[], bool]) -> Iterator[None]:
        """Let this thread read at length, and give up with an error as soon as nobody waits for it any more."""
        connection = self._connection()
        connection.set_progress_handler(is_over, STEPS)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)

    @contextlib.contextmanager
    def jot(self, sight: Sight = OUTSIDE) -> Iterator[Snapshot]:
        """Open a small transaction in plain SQL, for what may be lost with the power: it loads and syncs little.

        Written through the connection that reads, so that `data_version` tells its thread of others only.
        """
        connection = self._connection()
        stand: Stand = self._local.stand
        with self._told():
            connection.execute("PRAGMA query_only = OFF")
            try:
                with _transaction(connection, "BEGIN IMMEDIATE"):
                    self.footing.must_take_writes(connection)
                    yield Snapshot(connection, sight)
                    stand.must_hold()
                    connection.execute("COMMIT")
                    stand.must_have_held()
            finally:
                connection.execute("PRAGMA query_only = ON")

    def data_version(self) -> int:
        """Give a number that changes when another connection has committed. Refused: a file that was replaced."""
        connection = self._connection()
        with self._told():
            return int(connection.execute("PRAGMA data_version").fetchone()[0])

    def schema(self) -> int:
        """Give the schema version of the file, 0 when there is none yet. Refused: a file that is no Triage database."""
        if not self.path.exists() or self.path.stat().st_size == 0:
            return 0
        with told(self.path, self.module):
            driver = self._open()
            try:
                version = version_of(driver)
                mark = int(driver.execute("PRAGMA application_id").fetchone()[0])
                tables = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            finally:
                driver.close()
        if mark != sqlite_driver.APPLICATION_ID and tables:
            raise faults.foreign(self.path)
        if is_fenced(version):
            raise faults.fenced(self.path)
        return version

    def migrate(self) -> tuple[int, int]:
        """Bring the schema up to date and give the versions before and after. Refused: a newer database."""
        before = self.schema()
        if before > SCHEMA:
            raise faults.newer(self.path, before, SCHEMA)
        if before < SCHEMA:
            from console.store.migrations import run

            with self._told():
                self._make_place()
                self.footing.must_be_whole()
                with self._begun() as connection:
                    if version_of(connection.connection.driver_connection) < SCHEMA:
                        run.upgrade(connection)
                    connection.commit()
        return before, SCHEMA

    def close(self) -> None:
        """Close this thread's connection and the engine's."""
        connection = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = self._local.stand = None
        if self._engine is not None:
            self._engine.dispose()

    def warm_up(self) -> None:
        """Load what writing needs, so that the first act does not wait for it."""
        self._made_engine()

    def _connection(self) -> Any:  # noqa: ANN401
        """Give the connection of this thread, on the files it was opened on. Refused: files that were replaced."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            self.footing.must_be_there()
            with self._told():
                connection = self._open()
                stand = self._prepared_to_read(connection)
            self._local.connection, self._local.stand = connection, stand
        self.footing.must_be_there()
        return connection

    def _prepared_to_read(self, connection: Any) -> Stand:  # noqa: ANN401
        """Set a connection up to read, and give what it stands on; one to a database that does not fit is closed."""
        try:
            self.footing.must_fit(connection)
            connection.execute("PRAGMA query_only = ON")
            connection.execute("PRAGMA cache_size = -2048")
            if sqlite_driver.journal_mode(self.module) == "wal":
                connection.execute("PRAGMA synchronous = NORMAL")
            return self.footing.stood_on()
        except BaseException:
            connection.close()
            raise

    def _told(self) -> contextlib.AbstractContextManager[None]:
        return told(self.path, self.module, self.footing.met)

    def _open(self) -> Any:  # noqa: ANN401
        return sqlite_driver.opened(self.path, self.module, cached_statements=256)

    def _make_place(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self.path.exists():
            self.path.touch(mode=0o600)

    def _made_engine(self) -> Engine:
        with self._engine_lock:
            if self._engine is None:
                from console.store.write_engine import engine_for

                self._engine = engine_for(self.path, self.module, self.footing.stood_on)
            return self._engine

    @contextlib.contextmanager
    def _begun(self) -> Iterator[Any]:
        """Wait for one's turn and for the write lock, both with an end, then give the connection that holds it."""
        engine = self._made_engine()
        with turn(self.path):
            yield from self._locked(engine)

    def _locked(self, engine: Engine) -> Iterator[Any]:
        for attempt in range(TRIES):
            with engine.connect() as connection:
                try:
                    connection.begin()
                except Exception as error:
                    if not faults.is_busy(error):
                        raise
                    if attempt == TRIES - 1:
                        raise faults.busy(self.path) from None
                else:
                    yield connection
                    return
            time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - jitter, not a secret


@contextlib.contextmanager
def _transaction(connection: Any, begin: str) -> Iterator[None]:  # noqa: ANN401
    connection.execute(begin)
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
