"""Trials: a script is run from its beginning again and again, each time with a fault at a later system call."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tests.faults.place import Fault, Place, Said
from tests.faults.scripts import Script
from tests.faults.soundness import NOTHING, Found, found, owners_stay

KILLED = -signal.SIGKILL
CRASHED = ("Traceback", "error in the program", 'File "', "Error:")
NEXT = 4
"""After every how many trials somebody else's command is run too."""

DEMO = "demo/demo.db"


@dataclass(slots=True)
class Trials:
    """One script at its place: how the desk was before, how it is when nothing goes wrong, and what was tried."""

    place: Place
    script: Script
    before: Found
    after: Found
    whole: Said
    number: int = 0

    @property
    def database(self) -> Path:
        """Give the database that the script writes into."""
        return self.place.folder / DEMO if self.script.command == "demo" else self.place.database

    def killed(self, fault: Fault, every: int = 1) -> int:
        """Kill the script at each of these system calls, and look after each. Give how often it was killed."""
        for name, when in self.place.points(self.script, fault)[::-every]:
            said = self.place.tried(self.script, replace(fault, calls=name, when=str(when)))
            if said.code != KILLED:  # now and then a run takes a call less
                assert said == self.whole, (name, when, said)
                continue
            self.number += 1
            if said.out or not self._is_untouched():
                self.look(self._is_told(said), f"killed at {name} {when}")
        return self.number

    def failed(self, fault: Fault, every: int = 1, *, lasts: bool = False) -> int:
        """Let each of these system calls fail, or all from it on; look after each. Give how many there were."""
        on = tuple(str(self.place.folder / name) for name in self._written())
        points = self.place.points(self.script, replace(fault, on=on))[::-every]
        for name, when in points:
            what = f"{fault.how} at {name} {when}{'+' * lasts}"
            failing = replace(fault, on=on, calls=name, when=f"{when}{'+' * lasts}")
            said = self.place.tried(self.script, failing)
            assert_told(said, what)
            self.number += 1
            if said.code == 0 or not self._is_untouched():
                self.look(said.code == 0, what)
        return self.number

    def look(self, is_told: bool, what: str) -> Found:  # noqa: FBT001 - what came of it, and of what
        """See that the database is sound, that there is everything or nothing, and that what was told is in."""
        now = found(self.database) if self.database.exists() else NOTHING
        assert now.has_all_of(self.before), what
        assert owners_stay(self.before, now), what
        if is_told:
            is_in = now.is_as(self.after) if self.script.is_whole else now.has_all_of(self.after)
            assert is_in, f"{what}: it was told as done, and is not all there"
        elif self.script.is_whole:
            assert now.is_as(self.before) or now.is_as(self.after), f"{what}: half is done"
        if not self.number % NEXT:
            self._next_works(what)
        return now

    def _is_told(self, said: Said) -> bool:
        """Say whether a command has said that it is done."""
        return self.script.says in said.out and said.out != ""

    def _written(self) -> Iterator[str]:
        """Give the files that a command writes."""
        database = str(self.database.relative_to(self.place.folder))
        yield from (f"{database}{side}" for side in ("", "-wal", "-shm", "-journal", "-queue"))
        yield from ("out", ".local/state/triage/triage.log", ".")

    def _next_works(self, what: str) -> None:
        """See that somebody else's command does what it always does."""
        line = "ada: note 3 and then" if self.script.on in {"desk", "an hour on"} else "add And then"
        said = self.place(f"{line} --db {self.database}" if self.script.command == "demo" else line)
        assert said.code == 0, (what, said)

    def _is_untouched(self) -> bool:
        """Say whether every file of the database is as it was, byte for byte."""
        return all(
            _bytes(self.place.folder / name) == _bytes(self.place.kept / name)
            for name in (f"{self.database.relative_to(self.place.folder)}{side}" for side in ("", "-wal", "-journal"))
        )


def assert_told(said: Said, what: str) -> None:
    """See that a command that failed says why and what to do, in sentences, and no more."""
    assert said.code in {0, 1}, (what, said)
    for word in CRASHED:
        assert word not in said.err + said.out, (what, said)
    if said.code:
        assert said.err.strip().endswith((".", "!")), (what, said)


def trials(place: Place, script: Script) -> Trials:
    """Run a script without a fault, to know what it comes to."""
    where = place.folder / DEMO if script.command == "demo" else place.database
    before = found(where) if where.exists() else NOTHING
    whole = place.tried(script)
    assert whole.code == 0, whole
    made = Trials(place, script, before, found(where), whole)
    assert not made.after.is_as(before), "the script changes nothing"
    if script.command == "demo":
        shutil.rmtree(place.folder / "demo")
    return made


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
