"""A page that is smashed: whatever SQLite can see is found at the next start, and then nothing is written any more."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.desk import checkup, queues, storage, triage
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.store import damage, sqlite_driver
from console.store.resting import Resting
from tests.builders import an_actor
from tests.crowd.givens import a_database
from tests.crowd.worker import a_desk
from tests.figures import figure

ADA, CASES, BYTES = an_actor("ada"), 60, 64


@dataclass
class Came:
    """What came of smashing pages."""

    smashed: int = 0
    seen: int = 0
    found: int = 0
    by_history: int = 0
    unseen: int = 0
    at_work: int = 0
    tried: int = 0
    accepted: int = 0

    def __str__(self) -> str:
        """Say it in a line."""
        return (
            f"{self.smashed} pages smashed: quick_check can see {self.seen}, the next start found {self.found} of them;"
            f" doctor saw {self.by_history} of the others; of the rest {self.unseen} changed anything stored but the"
            " index of words;"
            f" {self.at_work} were met at work; {self.accepted} of {self.tried} writes accepted after that"
        )


def smash(path: Path, chance: random.Random) -> None:
    """Overwrite 64 bytes of a random page with random ones."""
    content = bytearray(path.read_bytes())
    place = chance.randrange(len(content) // 4096) * 4096 + chance.randrange(4096 - BYTES)
    content[place : place + BYTES] = chance.randbytes(BYTES)
    path.write_bytes(content)


def can_be_seen(path: Path) -> bool:
    """Say whether SQLite itself finds the damage."""
    module = sqlite_driver.driver()
    driver = module.connect(f"file:{path}?immutable=1", uri=True)
    try:
        return bool(driver.execute("PRAGMA quick_check").fetchall() != [("ok",)])
    except (module.Error, UnicodeDecodeError):  # SQLite quotes a smashed schema
        return True
    finally:
        driver.close()


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give everything that is stored in a database that can be read, but for the index of words, made from it."""
    with Resting(path).read() as tx:
        names = [row[0] for row in tx.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names.remove("search_data")
        return {name: [tuple(row) for row in tx.rows(f'SELECT * FROM "{name}"')] for name in names}  # noqa: S608


def a_full_one(number: int) -> Arrival:
    """Give an arrival with much to say."""
    return Arrival(f"Case {number}", "crowd", str(number), " ".join(f"word{number * each}" for each in range(400)))


def work(desk: Desk, chance: random.Random) -> bool:
    """Read and write for a while; say whether damage was met."""
    for _ in range(10):
        case = CaseId(chance.randint(1, CASES))
        for act in (lambda case=case: triage.note(desk, ADA, case, triage.Said("hm")), lambda: look(desk, chance)):
            try:
                act()
            except (Refused, ValueError, KeyError, TypeError, OverflowError):
                if damage.found(desk.store.path):
                    return True
    return False


def look(desk: Desk, chance: random.Random) -> None:
    """Read a case with its history."""
    queues.chronicle(desk, ADA, CaseId(chance.randint(1, CASES)))


def writes(path: Path, desk: Desk) -> list[bool]:
    """Try to write, here and as somebody who starts now; say which writes were accepted."""
    fresh = a_desk(str(path))
    came = []
    for each in (desk, fresh, desk):
        for case in (1, 20):
            try:
                triage.note(each, ADA, CaseId(case), triage.Said("hm"))
                came.append(True)
            except Refused:
                came.append(False)
    fresh.store.close()
    return came


def trials(tmp_path: Path, number: int) -> Came:
    """Smash pages, each in a fresh copy."""
    original, chance, came = a_database(tmp_path / "original.db", CASES, a_full_one), random.Random(26), Came()
    whole = content(original)
    for turn in range(number):
        path = tmp_path / str(turn) / "triage.db"
        path.parent.mkdir()
        shutil.copy(original, path)
        path.with_name("triage.db-queue").touch()
        smash(path, chance)
        is_seen = can_be_seen(path)
        came.smashed, came.seen = came.smashed + 1, came.seen + is_seen
        by_history = not is_seen and bool(list(checkup.unsound(Resting(path))))
        came.by_history += by_history
        came.unseen += not is_seen and not by_history and content(path) != whole
        after(path, chance, came, is_seen=is_seen)
        shutil.rmtree(path.parent)
    return came


def after(path: Path, chance: random.Random, came: Came, *, is_seen: bool) -> None:
    """Work on a smashed database, then start anew, and count."""
    start = path.with_name("start.db")
    shutil.copy(path, start)
    start.with_name("start.db-queue").touch()
    came.found += is_seen and bool(storage.check(start))
    desk = a_desk(str(path))
    is_met = work(desk, chance)
    came.at_work += is_met
    if is_met or (is_seen and storage.check(path)):
        tried = writes(path, desk)
        came.tried, came.accepted = came.tried + len(tried), came.accepted + sum(tried)
    desk.store.close()


def test_a_smashed_page_is_found_and_nothing_is_written_after(tmp_path: Path) -> None:
    came = trials(tmp_path, 20)
    assert (came.found, came.accepted, came.unseen) == (came.seen, 0, 0)
    assert came.seen > 0
    figure(26, "64 random bytes over a random page, 20 times", str(came))


@pytest.mark.full
@pytest.mark.timeout(600)
def test_two_hundred_smashed_pages_are_found_and_nothing_is_written_after(tmp_path: Path) -> None:
    came = trials(tmp_path, 200)
    assert (came.found, came.accepted, came.unseen) == (came.seen, 0, 0)
    figure(26, "64 random bytes over a random page, 200 times", str(came), is_full=True)
