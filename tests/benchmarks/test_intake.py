"""What taking cases in costs: native CSV against a plain insert of the same rows, and a log of past events.

The plain insert puts every row that the intake made into the same tables with the same indexes, triggers and full text,
in transactions of the same size.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from console.desk.desk import Desk, open_desk
from console.desk.taking import BATCH
from tests.benchmarks.many_cases import POLICY, WORDS

ROWS = 50_000
EVENTS = 150_000
LEAST = 0.3
"""How many times the rate of the plain insert native CSV has at least."""

MOST_SECONDS = 60
"""CPU seconds that the log may take at most."""

HEADINGS = (
    "source", "ref", "title", "body", "requester", "organisation", "severity", "status", "created", "updated", "tags"
)  # fmt: skip
TABLES = ("case", "case_text", "event", "message")
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


def table(path: Path, rows: int) -> Path:
    """Write a table of cases as a desk may have them."""
    chance = random.Random(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(rows):
            at = BEGUN + timedelta(minutes=number)
            title, body = (" ".join(chance.choices(WORDS, k=words)) for words in (6, 40))
            who = f"user{number % 3000}@example.org", f"Organisation {number % 200}"
            stated = f"S{1 + number % 4}", "new", at.isoformat(), (at + timedelta(hours=1)).isoformat()
            writer.writerow(["desk", f"T-{number}", title, body, *who, *stated, ";".join(chance.choices(WORDS, k=2))])
    return path


def log(path: Path, events: int) -> Path:
    """Write a log of cases that move between tiers, wait, come back and end."""
    chance = random.Random(events)
    kinds = ("claimed", "waiting", "resumed", "escalated", "accepted", "returned", "resolved", "reopened", "noted")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "time", "event", "person", "text"])
        for number in range(events):
            at = BEGUN + timedelta(minutes=number)
            what = "opened" if number % 6 == 0 else chance.choice(kinds)
            text = " ".join(chance.choices(WORDS, k=8)) if what in {"noted", "resolved"} else ""
            writer.writerow([f"C-{number // 6}", at.isoformat(), what, f"person{chance.randrange(40)}", text])
    return path


def taken(path: Path, database: Path) -> float:
    """Have the program take a file in; give the CPU seconds that took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "console", "--db", str(database), "--policy", str(POLICY), "intake", str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def inserted(database: Path, made: Path) -> float:
    """Insert the rows of a database into a new one of the same shape; give the CPU seconds that took."""
    desk = _desk(made)
    found: dict[str, list[Any]] = {}
    with desk.store.read() as tx:
        tx.driver.execute("ATTACH ? AS other", (str(database),))
        for name in TABLES:
            found[name] = tx.driver.execute(f'SELECT * FROM other."{name}"').fetchall()  # noqa: S608
    connection = desk.store.module.connect(str(made), isolation_level=None)
    connection.execute("PRAGMA cache_size = -200000")
    begun = process_time()
    for start in range(0, ROWS, BATCH):
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in found.items():
            part = rows[start : start + BATCH]
            marks = ", ".join("?" * len(part[0]))
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', part)  # noqa: S608
        connection.execute("COMMIT")
    spent = process_time() - begun
    connection.close()
    desk.store.close()
    return spent


def _desk(path: Path) -> Desk:
    return open_desk(path, POLICY.read_text(encoding="utf-8"), "policy.toml", lambda: datetime.now(UTC))


def net(write: Callable[[Path, int], Path], folder: Path, size: int) -> float:
    """Give the CPU seconds that taking in so many rows costs, without what the program needs to start."""
    start = taken(write(folder / "one.csv", 6), folder / "one.db")
    return taken(write(folder / "many.csv", size), folder / "many.db") - start


@pytest.mark.benchmark
def test_native_csv_comes_in_at_a_good_part_of_the_rate_of_a_plain_insert(tmp_path: Path) -> None:
    ours = net(table, tmp_path, ROWS)
    plain = inserted(tmp_path / "many.db", tmp_path / "plain.db")
    ratio = plain / ours
    print(f"\n{ROWS:,} rows: plain insert {plain:.1f} s, native CSV {ours:.1f} s of CPU, {ratio:.2f} x its rate")
    assert ratio >= LEAST


@pytest.mark.benchmark
def test_a_years_log_comes_in_within_a_minute_of_cpu(tmp_path: Path) -> None:
    spent = net(log, tmp_path, EVENTS)
    print(f"\n{EVENTS:,} events: {spent:.1f} s of CPU")
    assert spent <= MOST_SECONDS
