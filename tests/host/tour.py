"""A tour of the console through all its screens, with everything set that makes other programs start or write."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.domain.case import CaseId
from tests.host.trace import Trace, read, traced
from tests.hostile.walk import DIALOGS, DOWN, ESC, F2, Walk
from tests.terminal.ptyrun import Terminal

ROOT = Path(__file__).resolve().parents[2]
SIZE = (80, 24)
CASE = CaseId(1)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tour takes place: the data folder, which may be written, and all around it, which may not."""

    folder: Path

    @property
    def data(self) -> Path:
        """The folder of the database and of the log."""
        return self.folder / "data"

    @property
    def bait(self) -> Path:
        """A folder that is there to be written to by whatever wants to."""
        return self.folder / "bait"

    @property
    def database(self) -> Path:
        """The database's file."""
        return next(self.data.glob("*.db"))

    @property
    def notes(self) -> Path:
        """How the files begin in which the trace is noted."""
        return self.folder / "notes" / "call"

    def lay(self) -> None:
        """Lay the bait: a folder to be written to, and a program that leaves a mark when it is started."""
        for folder in (self.bait / "Downloads", self.notes.parent):
            folder.mkdir(parents=True)
        mark = self.bait / "started"
        mark.write_text(f"#!/bin/sh\n: > {self.bait}/was-here\n")
        mark.chmod(0o700)

    def environ(self) -> dict[str, str]:
        """Give an environment in which everything asks to be written or started."""
        mark = self.bait / "started"
        started = ("PAGER", "EDITOR", "VISUAL", "BROWSER", "SHELL", "MANPAGER", "GIT_EDITOR", "SUDO_EDITOR")
        return {
            **dict.fromkeys(started, str(mark)),
            "LESSOPEN": f"|{mark} %s",
            "LESSCLOSE": f"{mark} %s %s",
            "TEXTUAL": "devtools,debug",
            "TEXTUAL_DEBUG": "1",
            "TEXTUAL_DRIVER": "nowhere:Nothing",
            "TEXTUAL_LOG": str(self.bait / "textual.log"),
            "TEXTUAL_SCREENSHOT": "1",
            "TEXTUAL_SCREENSHOT_LOCATION": str(self.bait),
            "TEXTUAL_SCREENSHOT_FILENAME": "screen.svg",
            "TEXTUAL_PRESS": "q",
            "HOME": str(self.bait),
            "XDG_STATE_HOME": str(self.data),
            "XDG_DOWNLOAD_DIR": str(self.bait / "Downloads"),
            "TMPDIR": str(self.data),
            "TRIAGE_ESCDELAY": "10",
            "PYTHONDONTWRITEBYTECODE": "1",
        }


@contextmanager
def touring(place: Place, program: list[str], person: str) -> Iterator[tuple[Walk, Trace]]:
    """Start a program that opens the console, traced, and walk through it; the trace is filled in at the end."""
    trace = Trace()
    command = traced([sys.executable, "-m", *program, "--db", str(place.database), "--as", person], place.notes)
    with Terminal(command, environ=place.environ(), size=SIZE, folder=ROOT) as terminal:
        terminal.wait_for("q quit")
        terminal.settle()
        yield Walk(terminal, SIZE), trace
    trace.take(read(place.notes, ROOT))


@contextmanager
def served(place: Place, person: str) -> Iterator[tuple[Walk, Trace]]:
    """Start a host that is traced with its sessions, and walk through one of them; the client itself is not traced."""
    trace, socket = Trace(), place.folder / "run" / "host.sock"
    host = [sys.executable, "-m", "console", "host", "--no-watch", "--db", str(place.database), "--socket", str(socket)]
    visit = [sys.executable, "-m", "tests.host.small", "visit", str(socket), "--as", person]
    with (
        serving(traced(host, place.notes), {**os.environ, **place.environ()}),
        Terminal(visit, environ=place.environ(), size=SIZE, folder=ROOT) as terminal,
    ):
        terminal.wait_for("q quit")
        terminal.settle(0.5)
        yield Walk(terminal, SIZE), trace
    trace.take(read(place.notes, ROOT))


@contextmanager
def serving(command: list[str], environ: dict[str, str]) -> Iterator[None]:
    """Run a host under strace; in the end the host is told to leave, since strace would only let go of it."""
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as tracer:
        assert tracer.stdout is not None
        said = tracer.stdout.readline()
        host = int(Path(f"/proc/{tracer.pid}/task/{tracer.pid}/children").read_text().split()[0])
        try:
            assert said.startswith("Listening at"), said
            yield
        finally:
            os.kill(host, signal.SIGTERM)


def glance(walk: Walk) -> None:
    """Open a case and write a note: enough to see that a console works."""
    walk.open(CASE)
    written(walk)
    walk.back_home()


def written(walk: Walk) -> None:
    """Write a note into the case that is open."""
    walk.terminal.send("i")
    walk.terminal.wait_for("F2 send")
    walk.press("a word", F2)
    walk.terminal.wait_for(lambda _: walk.is_in_case)


def short(walk: Walk) -> None:
    """See every screen once: what opens from the queue, from a case, and what hands things over."""
    for key in ("P", "K", "o", "L", "?", "O", "H", "b", "s", "z", "S"):
        walk.press(key)
        walk.back_home()
    walk.find(["checkout"])
    walk.open(CASE)
    walk.press("]", "h", "n", "y", "Y")
    for key in ("d", "e", "a", "m", "T"):
        walk.press(key)
        if walk.has_opened():
            walk.press(DIALOGS[key][:3], ESC)
            walk.back_to_case()
    written(walk)
    palette(walk)
    walk.back_home()


def palette(walk: Walk) -> None:
    """Ask the palette for what it is known for elsewhere: a picture of the screen."""
    walk.press("\x10", "screenshot", "\r", ESC)
    walk.back_to_case()
    walk.press("\x10", "save", DOWN, "\r", ESC)
    walk.back_to_case()


def full(walk: Walk) -> None:
    """Go everywhere, and do everything that a case can be put through."""
    walk.queue(20)
    walk.case(CASE)
    walk.find(["checkout", "tier:2", "!"])
    walk.act(CaseId(4), "a word")
    short(walk)
