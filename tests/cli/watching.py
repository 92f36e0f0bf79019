"""A live source that is watched without waiting: what happens while it sleeps is written into the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest

from console.cli import live
from tests.cli.conftest import Said, Shell

Deed = Callable[[], object]


def nothing() -> None:
    """Do nothing while it sleeps."""


@dataclass
class Sleeper:
    """A clock that runs only while somebody sleeps; `deeds` are done one by one, one in each sleep, then it ends."""

    deeds: list[Deed] = field(default_factory=list)
    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def steady(self) -> float:
        """Read it."""
        return self.at

    def doze(self, bell: Event, seconds: float) -> None:
        """Sleep."""
        if seconds <= 0:
            return
        self.slept.append(seconds)
        self.at += seconds
        if self.deeds:
            self.deeds.pop(0)()
        else:
            bell.set()


@dataclass
class Watch:
    """Watches a folder with the program itself."""

    shell: Shell
    monkeypatch: pytest.MonkeyPatch
    folder: Path

    def __call__(self, *deeds: Deed, words: tuple[str, ...] = ()) -> tuple[Said, Sleeper]:
        """Watch until all of this has happened and was looked at."""
        return self.through(("--watch", str(self.folder), *words), *deeds)

    def through(self, words: Sequence[str], *deeds: Deed) -> tuple[Said, Sleeper]:
        """Watch what these words name."""
        sleeper = Sleeper(list(deeds))
        self.monkeypatch.setattr(live, "steady", sleeper.steady)
        self.monkeypatch.setattr(live, "doze", sleeper.doze)
        return self.shell("intake", *words), sleeper

    def once(self, *words: str) -> Said:
        """Look once."""
        return self(*[nothing] * 9, words=("--once", *words))[0]

    def put(self, name: str | bytes, data: str | bytes = "title\nA\n", at: int = 0) -> Path:
        """Put a file there at a time."""
        place = self.folder / os.fsdecode(name)
        place.write_bytes(data.encode() if isinstance(data, str) else data)
        os.utime(place, (1_000_000_000 + at, 1_000_000_000 + at))
        return place

    def titles(self) -> list[str]:
        """Give the titles of all cases, in the order of their numbers."""
        cases = self.shell.done("list", "--json").json
        return [case["title"] for case in sorted(cases, key=lambda case: case["id"])]

    def lies(self, place: str = "") -> list[str]:
        """Give what lies in the folder, or in a folder of it."""
        folder = self.folder / place
        return sorted(each.name for each in folder.iterdir() if each.is_file()) if folder.is_dir() else []
