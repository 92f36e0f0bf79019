"""Writers who never rest, each a process, and what each was told so far."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from tests.crowd.givens import ROOT

LIMIT = 60.0
Told = dict[str, Any]


@dataclass
class Writer:
    """One process that writes; `told` are its answers with the time at which each was heard."""

    process: subprocess.Popen[str]
    told: list[tuple[float, Told]] = field(default_factory=list)

    def listen(self) -> None:
        """Hear what it is told until it ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.endswith("\n"):
                self.told.append((time.monotonic(), json.loads(line)))

    @property
    def hashes(self) -> set[str]:
        """The hashes of the events that it was told are written."""
        return {told["hash"] for _, told in list(self.told) if "hash" in told}

    @property
    def refusals(self) -> list[str]:
        """The sentences by which it was refused."""
        return [told["sentence"] for _, told in list(self.told) if "sentence" in told]


@contextmanager
def writers(database: Path, number: int, cases: int) -> Iterator[Sequence[Writer]]:
    """Let people write notes until the block ends; each has written something when it begins."""
    command = [sys.executable, "-m", "tests.crowd.worker", str(database)]
    those = [
        Writer(subprocess.Popen([*command, f"p{n}", "work", str(cases)], stdout=subprocess.PIPE, text=True, cwd=ROOT))
        for n in range(number)
    ]
    threads = [Thread(target=each.listen) for each in those]
    for thread in threads:
        thread.start()
    try:
        for each in those:
            wait_until(lambda each=each: bool(each.hashes))
        yield those
    finally:
        for each in those:
            each.process.kill()
        for each, thread in zip(those, threads, strict=True):
            thread.join()
            each.process.communicate()


def wait_until(holds: Any) -> None:  # noqa: ANN401 - anything that says whether it holds
    """Wait for something that can be seen."""
    until = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)


def hashes_in(database: Path) -> list[str]:
    """Give the hashes of all events of a database at rest."""
    from console.store.resting import Resting

    with Resting(database).read() as tx:
        return [str(row[0]) for row in tx.rows("SELECT hash FROM event")]
