"""Whoever changes history by hand is found out: one letter, one number, one bit of the file."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from console.desk import checkup
from console.store import events
from console.store.engine import Snapshot, Store
from console.store.sight import WHOLE
from tests.desk.worlds import SECRET, populated
from tests.figures import figure

COLUMNS = (
    "case_id", "version", "at", "actor", "on_behalf_of", "kind", "changes", "detail", "cause", "reason", "reason_text",
    "batch", "annuls", "hash",
)  # fmt: skip
NEAR = 400
"""How many bytes of an event's row stand before its hash, at most."""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a database in which much was done, all in one file."""
    desk, _ = populated(tmp_path, "made", replace(SECRET, confidential=True))
    desk.store.close()
    return desk.store.path


def flipped(value: Any, chance: random.Random) -> Any:  # noqa: ANN401 - whatever stands in a column
    """Give another value: another letter, another bit, something where there was nothing."""
    if value is None:
        return chance.choice(["mallory", 1])
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(40))
    place = chance.randrange(len(value)) if value else 0
    other = chr((ord(value[place]) ^ (1 << chance.randrange(7))) or 1) if value else "x"
    return value[:place] + other + value[place + 1 :]


def changed_values(database: Path, number: int) -> int:
    """Change a value of an event so many times, and see each found by the chain alone."""
    store, chance, done = Store(database), random.Random(number), 0
    driver = store.module.connect(str(database), isolation_level=None)
    for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"):
        driver.execute(f"DROP TRIGGER {name}")
    numbers = [seq for (seq,) in driver.execute("SELECT seq FROM event")]
    while done < number:
        seq, column = chance.choice(numbers), chance.choice(COLUMNS)
        driver.execute("BEGIN")
        said = f"SELECT {column} FROM event WHERE seq = ?"  # noqa: S608 - one of COLUMNS
        (was,) = driver.execute(said, (seq,)).fetchone()
        try:
            change = f"UPDATE event SET {column} = ? WHERE seq = ?"  # noqa: S608 - one of COLUMNS
            driver.execute(change, (flipped(was, chance), seq))
        except store.module.IntegrityError:
            driver.execute("ROLLBACK")  # the schema does not let it be that
            continue
        (now,) = driver.execute(said, (seq,)).fetchone()
        assert list(events.broken_chains(Snapshot(driver, WHOLE))), f"{column}: {was!r} became {now!r} unseen"
        driver.execute("ROLLBACK")
        done += 1
    driver.close()
    return done


def changed_bits(database: Path, number: int) -> int:
    """Flip a bit of the file where events stand, until so many have changed one; see each found by the checkup."""
    sound, chance, done = database.read_bytes(), random.Random(number), 0
    before, spots = rows(database), [*places(database, sound)]
    folder = database.parent / "flipped"
    while done < number:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        copy, place = folder / "triage.db", max(0, chance.choice(spots) - chance.randrange(NEAR) + 64)
        data = bytearray(sound)
        data[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(data)
        if rows(copy) == before:
            continue
        store = Store(copy)
        assert any(checkup.unsound(store)), f"byte {place}: {unlike(before, rows(copy))} unseen"
        store.close()
        done += 1
    return done


def rows(path: Path) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what stands in the events, or that they cannot be read."""
    store = Store(path)
    driver = store.module.connect(str(path))
    try:
        said = f"SELECT {', '.join(COLUMNS)} FROM event ORDER BY seq"  # noqa: S608 - fixed names
        return driver.execute(said).fetchall()
    except (store.module.Error, UnicodeDecodeError):
        return None
    finally:
        driver.close()


def unlike(before: Any, after: Any) -> Any:  # noqa: ANN401 - whatever stands there
    """Give what is not the same, for whom the test tells."""
    return [pair for pair in zip(before, after or [], strict=False) if pair[0] != pair[1]] or (len(before), after)


def places(database: Path, data: bytes) -> Iterator[int]:
    """Give where in the file the hash of an event stands, at the end of its row."""
    driver = Store(database).module.connect(str(database))
    for (digest,) in driver.execute("SELECT hash FROM event"):
        if (place := data.find(digest.encode())) >= 0:
            yield place
    driver.close()


def test_a_change_of_history_is_found(database: Path) -> None:
    values, bits = changed_values(database, 40), changed_bits(database, 20)

    figure(13, f"{values} values of events changed by SQL, {bits} bits flipped in the file", "100 % found")


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_every_change_of_history_is_found(database: Path) -> None:
    values, bits = changed_values(database, 700), changed_bits(database, 300)

    told = f"{values} values of events changed by SQL, {bits} bits flipped in the file"
    figure(13, told, "100 % found by doctor's chain check", is_full=True)
