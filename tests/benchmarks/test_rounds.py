"""What the clock side costs among 1,000,000 cases of which 50,000 are worked on and have running clocks.

What is due is done, and taken back at the end of each transaction, so that it can be done again. The plain SQL it needs
is the same statements with the same rows, recorded while it is done once and run by the driver alone.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from time import process_time
from typing import Any

import pytest
from sqlalchemy.event import listen, remove

from console.desk import rounds, watch
from console.desk.desk import Desk
from console.desk.facts import facts_of, read_ahead
from console.desk.rehearsal import Hand
from console.desk.turns import Turns
from console.domain.case import CaseId
from console.domain.plan import unrolled
from console.domain.timing import ClockName, Target, Timing
from console.domain.watch import Reading
from console.store import agenda, cases
from console.store.codec import instant
from console.store.sight import WHOLE
from tests.benchmarks.many_cases import FEW_OPEN, desk_of

DUE = 500
MOST_IDLE = 50
"""Milliseconds of processor time that a tick with nothing due may take."""

MOST, MOST_AROUND = 8, 4
"""How many times as long as its plain SQL a tick with one in a hundred due may take: in all, and without the plan.

The plan is pure Python, asked for each case on its whole history, twice where something is done: what is due, and what
comes after it.
"""

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
CLOCKS = Timing(
    targets=(
        Target(clock=ClockName.RESPONSE, within=timedelta(days=40), calendar="always"),
        Target(clock=ClockName.RESOLUTION, within=timedelta(days=400), calendar="always"),
    ),
    warn=(100,),
)
"""The response to cases of the last thirty days runs out in the next forty, so that some thousand do each day."""

Statement = tuple[str, Any, bool]
"""What was asked of the database, with what, and whether with many rows."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """Give a desk whose open cases are planned."""
    _, made = desk_of(1_000_000, BEGUN, FEW_OPEN)
    policy = replace(made.policy, version="benchmark", timing=CLOCKS)
    own = replace(made, policy=policy, now=Hand(BEGUN))
    begun, looked = process_time(), 0
    while (planned := rounds.make_rounds(own, between=lambda: True)).looked:
        looked += planned.looked
    if looked:
        print(f"\nplanned {looked:,} cases in {process_time() - begun:.1f} s of processor time")
    yield own
    own.store.close()


def late_by(desk: Desk, number: int) -> Desk:
    """Give the desk at the time at which so many cases are due."""
    with desk.store.read(WHOLE) as tx:
        sql = "SELECT next_at FROM agenda WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1 OFFSET :n"
        at = instant(tx.rows(sql, {"n": number - 1})[0][0])
    assert at is not None
    return replace(desk, now=Hand(at))


class Undone(Exception):  # noqa: N818 - no error: it takes a transaction back
    """Ends a transaction whose work is not to stay."""


@dataclass
class Recorder:
    """A driver's connection that remembers what it was asked."""

    driver: Any
    asked: list[Statement] = field(default_factory=list)

    def execute(self, sql: str, values: Any = ()) -> Any:  # noqa: ANN401 - whatever a driver takes and gives
        """Run a statement."""
        self.asked.append((sql, values, False))
        return self.driver.execute(sql, values)

    def executemany(self, sql: str, rows: Any) -> Any:  # noqa: ANN401 - see above
        """Run a statement with many rows."""
        self.asked.append((sql, list(rows), True))
        return self.driver.executemany(sql, self.asked[-1][1])

    def heard(self, _: object, __: object, sql: str, values: Any, ___: object, many: bool) -> None:  # noqa: ANN401, FBT001
        """Remember what SQLAlchemy asks."""
        self.asked.append((sql, values, many))


def ours(desk: Desk, ids: Sequence[CaseId]) -> int:
    """Do what is due for a batch and take it back; give how much was done."""
    turns: Turns | None = None
    with contextlib.suppress(Undone), desk.store.write(WHOLE) as tx:
        turns = Turns(desk, tx)
        turns.take(ids)
        raise Undone
    assert turns is not None
    assert turns.left == []
    return len(turns.done)


def recorded(desk: Desk, ids: Sequence[CaseId]) -> list[Statement]:
    """Give what the work on a batch asks of the database."""
    engine = desk.store._made_engine()  # noqa: SLF001 - to listen to what SQLAlchemy asks
    recorder: Recorder | None = None
    with contextlib.suppress(Undone), desk.store.write(WHOLE) as tx:
        recorder = tx.driver = Recorder(tx.driver)
        listen(engine, "before_cursor_execute", recorder.heard)
        try:
            Turns(desk, tx).take(ids)
        finally:
            remove(engine, "before_cursor_execute", recorder.heard)
        raise Undone
    assert recorder is not None
    return recorder.asked


def plain(connection: Any, statements: Sequence[Statement]) -> None:  # noqa: ANN401 - a DB-API connection
    """Run statements by the driver alone, and take them back."""
    connection.execute("BEGIN IMMEDIATE")
    for sql, values, many in statements:
        if many:
            connection.executemany(sql, values)
        else:
            connection.execute(sql, values).fetchall()
    connection.execute("ROLLBACK")


def best(way: partial[Any], times: int) -> float:
    """Give the processor milliseconds of the quickest of several times."""
    took = []
    for _ in range(times):
        begun = process_time()
        way()
        took.append(process_time() - begun)
    return min(took) * 1_000


def planned_in(desk: Desk, ids: Sequence[CaseId]) -> float:
    """Give the processor milliseconds of planning these cases alone."""
    with desk.store.read(WHOLE) as tx:
        read_ahead(tx, ids)
        facts = [facts_of(desk, tx, cases.get(tx, case_id)) for case_id in ids]
    return best(partial(lambda: [unrolled(each, desk.policy, desk.now()) for each in facts]), 9)


@pytest.mark.benchmark
def test_a_tick_with_nothing_due_costs_nearly_nothing(desk: Desk) -> None:
    def read() -> Reading:
        return Reading(desk.now(), timedelta(0), "one")

    with desk.store.read(WHOLE) as tx:
        running = tx.rows("SELECT count(*) FROM agenda WHERE next_at IS NOT NULL")[0][0]
    print(f"\n{f'{running:,} cases with running clocks':<60} {'CPU':>9}")
    watch.keep(desk, "benchmark", read)
    ways: dict[str, partial[Any]] = {
        "a tick with nothing due": partial(watch.keep, desk, "benchmark", read),
        "the rounds of it": partial(rounds.make_rounds, desk),
        "a console that could stand in": partial(watch.stand_in, desk, "console", read()),
        "the alarm in a status line": partial(watch.alarm, desk),
    }
    took = {name: best(way, 50) for name, way in ways.items()}
    watch.leave(desk, "benchmark")
    for name, each in took.items():
        print(f"{name:<60} {each:>9.3f} ms")
    assert max(took.values()) < MOST_IDLE


@pytest.mark.benchmark
def test_a_tick_with_one_in_a_hundred_due_costs_little_more_than_its_sql(desk: Desk) -> None:
    late = late_by(desk, DUE)
    with late.store.read(WHOLE) as tx:
        ids = agenda.due(tx, late.policy.version, late.now(), DUE)
    batches = [ids[start : start + rounds.BATCH] for start in range(0, len(ids), rounds.BATCH)]
    statements = [recorded(late, batch) for batch in batches]
    connection = late.store.module.connect(str(late.store.path), isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -8192")

    def all_plain() -> None:
        for each in statements:
            plain(connection, each)

    def all_ours() -> int:
        return sum(ours(late, batch) for batch in batches)

    assert all_ours() == DUE
    sql, whole, planning = best(partial(all_plain), 9), best(partial(all_ours), 9), planned_in(late, ids)
    connection.close()
    number, around = sum(map(len, statements)), whole - planning
    print(f"\n{f'{DUE} due, {len(batches)} transactions, {number} statements; CPU in ms':<60} ratio to plain SQL")
    for name, took in {"plain SQL": sql, "all of it": whole, "the plan": planning, "all but the plan": around}.items():
        print(f"{name:<50} {took:>9.1f} {took / sql:>5.2f}")
    assert number < 40 * len(batches)
    assert whole / sql < MOST
    assert around / sql < MOST_AROUND
