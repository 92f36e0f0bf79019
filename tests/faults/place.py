"""Where commands are tried: a folder with a desk as it was before, the command run in it, and what it said.

A command runs in a process forked from a warm one. A fault is injected by strace, which holds it at a system call.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.faults.scripts import Script, typed

ROOT = Path(__file__).resolve().parents[2]
CAN_TRACE = shutil.which("strace") is not None
LIMIT = 60.0
DISK = "pwrite64,pwritev,write,fsync,fdatasync,ftruncate,fallocate,unlink,rename,openat,mkdir"
"""The system calls by which something comes onto the disk, or makes room there."""

NEVER = "65000"
CALLED = re.compile(r"^(\w+)\(", re.MULTILINE)
Point = tuple[str, int]
"""One moment of a run: the name of a system call, and how often it was called by then."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What strace is to do at a system call: `how` is `signal=KILL` or `error=EIO`.

    `when` counts the calls of one name from 1, a plus behind it means every one from there on. `on` are the only files
    it happens on, where any are named. What is called is written to `log`.
    """

    how: str
    calls: str = DISK
    when: str = NEVER
    on: tuple[str, ...] = ()
    log: str = os.devnull

    def words(self) -> list[str]:
        """Give it as strace wants it said."""
        files = [word for name in self.on for word in ("-P", name)]
        return [
            "-o",
            self.log,
            "-e",
            f"trace={self.calls}",
            "-e",
            f"inject={self.calls}:{self.how}:when={self.when}",
            *files,
        ]


@dataclass(frozen=True, slots=True)
class Said:
    """What a command came to: its exit code, -9 where it was killed, and what it said."""

    code: int
    out: str
    err: str


class Forge:
    """The warm process."""

    def __init__(self) -> None:
        """Start it."""
        command = [sys.executable, "-m", "tests.faults.forge"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._heard()

    def close(self) -> None:
        """End it."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait(LIMIT)
        if self._process.stdout:
            self._process.stdout.close()

    def run(self, order: dict[str, Any], fault: Fault | None, ends_on: str) -> int:
        """Run one command, with a fault or without one, and give how it ended."""
        process = self.start(order | {"stops": fault is not None})
        with _injected(process, fault):
            if ends_on:
                _end_once_said(process, order, ends_on)
            return self.ended()

    def start(self, order: dict[str, Any]) -> int:
        """Begin to run something; give its process."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._heard()["process"])

    def ended(self) -> int:
        """Wait until what was started has ended, and give how."""
        return int(self._heard()["status"])

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def _injected(process: int, fault: Fault | None) -> Iterator[None]:
    """Let strace hold a process that has stopped itself, then let that go on."""
    if fault is None:
        yield
        return
    command = ["strace", "-p", str(process), *fault.words()]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as strace:
        assert strace.stderr
        while "attached" not in (line := strace.stderr.readline()):
            assert line or strace.poll() is None, "strace did not begin"
        os.kill(process, signal.SIGCONT)
        yield


def _end_once_said(process: int, order: dict[str, Any], words: str) -> None:
    """Tell a command to end once it has said something, unless it has ended before."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        said = "".join(_text(Path(order[name])) for name in ("out", "err"))
        if words in said:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
            return
        if not Path(f"/proc/{process}").exists() or _is_dead(process):
            return
        time.sleep(0.005)


def _is_dead(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except OSError:
        return True


@dataclass(slots=True)
class Place:
    """A folder in which one script is tried again and again, from the same beginning; `at` is when, if not now."""

    forge: Forge
    folder: Path
    kept: Path
    at: str = ""

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "triage.db"

    def again(self) -> None:
        """Put everything back as it was at the beginning."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.kept, self.folder)

    def __call__(self, line: str, fault: Fault | None = None, ends_on: str = "") -> Said:
        """Type a line."""
        person, words = typed(line)
        argv = [
            word.replace("FOLDER", str(self.folder)).replace("HIDDEN", _text(self.folder / "hidden")) for word in words
        ]
        asked = ["--db", str(self.database), *(["--as", person] if person else []), *argv]
        out, err = self.folder / "out", self.folder / "err"
        for file in (out, err):
            file.unlink(missing_ok=True)
        environ = {
            "HOME": str(self.folder), "TRIAGE_CONFIG": str(self.folder / "config.toml"),
            "TRIAGE_POLICY": str(self.folder / "policy.toml"), "COLUMNS": "80",
        }  # fmt: skip
        order = {"argv": asked, "out": str(out), "err": str(err), "environ": environ, "at": self.at}
        code = self.forge.run(order, fault, ends_on)
        return Said(code, _text(out), _text(err))

    def all(self, lines: Sequence[str]) -> str:
        """Type lines that must all be done; give what they said."""
        told = ""
        for line in lines:
            said = self(line)
            assert said.code == 0, (line, said)
            told += said.out
        return told

    def tried(self, script: Script, fault: Fault | None = None) -> Said:
        """Try a script from the beginning."""
        self.again()
        return self(script.line, fault, script.ends_on)

    def points(self, script: Script, fault: Fault) -> list[Point]:
        """Run a script without a fault, and give every moment at which it could have met this one."""
        with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
            self.tried(script, replace(fault, log=log.name))
            calls: Counter[str] = Counter()
            found: list[Point] = []
            for name in CALLED.findall(log.read()):
                calls[name] += 1
                found.append((name, calls[name]))
        return found

    def keep(self) -> None:
        """Take what is there now as the beginning."""
        shutil.rmtree(self.kept, ignore_errors=True)
        shutil.copytree(self.folder, self.kept)


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""
