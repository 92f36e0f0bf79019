"""A tour of the console through all its screens, with everything set that makes other programs start or write."""

from __future__ import annotations

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

    def environ(self) -> dict[str, str]:
        """Give an environment in which everything asks to be written or started; what is started leaves a mark."""
        mark = self.bait / "started"
        mark.write_text(f"#!/bin/sh\n: > {self.bait}/was-here\n")
        mark.chmod(0o700)
        (self.bait / "Downloads").mkdir()
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
    database = next(place.data.glob("*.db"))
    command = [sys.executable, "-m", *program, "--db", str(database), "--as", person]
    notes = place.folder / "notes" / "call"
    notes.parent.mkdir()
    with Terminal(traced(command, notes), environ=place.environ(), size=SIZE, folder=ROOT) as terminal:
        terminal.wait_for("q quit")
        terminal.settle()
        yield Walk(terminal, SIZE), trace
    found = read(notes, ROOT)
    trace.programs, trace.processes = found.programs, found.processes
    trace.changed, trace.sockets = found.changed, found.sockets


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
