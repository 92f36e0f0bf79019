"""The figures of the table of faults and attacks: tests note what they measured, one command prints it.

Each row of the table keeps what was noted in a file of its own; the newest short and the newest full run of each thing
that was done to it are shown.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any
from uuid import uuid4

KEPT = Path(__file__).resolve().parents[1] / ".figures"
WIDTH = 100
_INDENT, _LABEL, _DATE = 4, 7, 12
_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid4().hex
"""What the processes of one run of the tests have in common."""


@dataclass(frozen=True, slots=True)
class Row:
    """A fault or an attack, what must hold all the same, and the figure to reach."""

    threat: str
    holds: str
    bar: str


ROWS = {
    1: Row(
        "two people claim one case",
        'exactly one is told "yours"; the other sees who and when',
        "0 double in 100,000 claims; 0 of 1,000 histories of 360 acts without an order; a naive claim is found out",
    ),
    2: Row(
        "a lost update",
        "every acknowledged change is in the history; a stale edit is refused with both sides shown",
        "800 of 800; 0 silent overwrites in 10,000 steps",
    ),
    3: Row(
        "kill -9 at any time",
        "the file is whole, the cases are what their history says, nothing acknowledged is lost",
        "0 bad of 2,000 random kills and of a kill at every system call of each command",
    ),
    4: Row(
        "EIO, ENOSPC",
        "no half change, a clear sentence, the input is kept, reading still works",
        "100 % of the points consistent; 0 tracebacks; rescue frees space and works",
    ),
    5: Row(
        "an SQLite with the WAL-reset defect",
        "an unfixed version is refused, or does not write ahead",
        "100 % of the unfixed versions",
    ),
    6: Row(
        "two watchers at once",
        "each step of each deadline fires at most once; a response stops it atomically",
        "200 sent in 1,600 attempts; 0 after the acknowledgement; 0 lost",
    ),
    7: Row(
        "the watcher is dead",
        "any session takes over; lateness is shown",
        "taken over within 60 s; never silently late",
    ),
    8: Row(
        "the clock goes back, summer time",
        "no escalation early, twice or skipped",
        "0 wrong of 200 tabled cases or more",
    ),
    9: Row(
        "ESC in any field from anywhere",
        "no byte of untrusted text acts on the terminal",
        "0 foreign sequences over 40 payloads x all fields; without the filter the test fails",
    ),
    10: Row(
        "markup in data",
        "shown literally, no action, no crash",
        "20,000 strings: 0 MarkupError, 0 changed texts, 0 with @click",
    ),
    11: Row(
        "bidi, zero-width, confusable signs",
        "a mark that is seen; ids are ASCII",
        "100 % marked",
    ),
    12: Row(
        "huge text",
        "the screen stays live",
        "the event loop waits at most 250 ms; memory grows by at most 50 MB",
    ),
    13: Row(
        "an edit of the file behind the back",
        "other accounts cannot open it; a change by root is found",
        "EACCES; 100 % of 1,000 random flips found",
    ),
    14: Row(
        "impersonation",
        "the person is who the kernel, sshd or sudo says",
        "0 of 20 attempts or more act as somebody else",
    ),
    15: Row(
        "what else an SSH session could do",
        "no forwarding, sftp, rc, agent; without a terminal a sentence and an exit code",
        "0 allowed; 0 processes left 5 s after the client died",
    ),
    16: Row(
        "escape hatches",
        "the console writes no foreign file and starts no program",
        "one execve; writes only under the data directory",
    ),
    17: Row(
        "rights",
        "what is confidential is nowhere to be seen: list, search, counts, notices, export, palette, history",
        "0 leaks of 500 cells or more; refusals are logged",
    ),
    18: Row(
        "acts by force",
        "taking another's case needs the right, a reason and an event",
        "0 ways round",
    ),
    19: Row(
        "the line drops in mid-edit",
        "the draft is there at the next login",
        "100 trials each: nothing lost by HUP and TERM, at most 2 s of typing by KILL",
    ),
    20: Row(
        "a frozen client",
        "claims run out, no transaction stays open, the WAL is bounded",
        "WAL at most 16 MB; 0 bytes written in 60 s of idling",
    ),
    21: Row(
        "resize to 1x1, 0x0, 5000x5000",
        "alive; the size is clamped",
        "0 crashes; at most 150 MB",
    ),
    22: Row(
        "200 sessions",
        "usable",
        "60 MB each; idle 0.15 % of a core; a change seen p99 2 s; a key echoed p99 100 ms at 1 commit a second",
    ),
    23: Row(
        "the file is replaced or deleted",
        "writing stops, the session says so",
        "0 acknowledged writes after the first check, 1 s at most",
    ),
    24: Row(
        "backup and restore",
        "consistent, tried, restorable while others work or fenced",
        "30 of 30 whole, 0 missing; a restore in each run",
    ),
    25: Row(
        "two schemas at once",
        "an older program cannot write to a newer file, not in mid-session either",
        "0 writes after the migration",
    ),
    26: Row(
        "a corrupt page",
        "read-only, a banner, advice to restore",
        "0 accepted writes after it was found; found at the next start: 100 %",
    ),
    27: Row(
        "CSV cells and paths from data",
        "cells are neutral; no path comes from data",
        "0 of 10,000",
    ),
    28: Row(
        "importers",
        "bad input is refused by its line, never half taken in",
        "0 uncaught, 0 partial",
    ),
    29: Row(
        "injection into logs and history",
        "one line for each event, controls are shown",
        "0 raw controls",
    ),
    30: Row(
        "the database locked for 30 s",
        "the screen is alive, input is kept, it is tried again",
        "the event loop waits at most 100 ms",
    ),
}
"""The rows by number, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What a test did, what came of it, and when; a count is of one run, and comes with what was counted."""

    what: str
    value: str
    is_full: bool
    at: datetime
    count: int = 0
    run: str = ""

    @property
    def told(self) -> str:
        """What came of it, behind how often."""
        return f"{self.count:,} {self.value}" if self.run else self.value


def figure(row: int, what: str, value: str, *, is_full: bool = False) -> None:
    """Note the figure of a row (1 to 30): what was done, and what came of it. The newest of each kind counts."""
    _note(row, {"what": what, "value": value, "full": is_full})


def counted(row: int, what: str, number: int, value: str, *, is_full: bool = False) -> None:
    """Note how many of something a test has tried; what the tests of one run have counted is added up."""
    _note(row, {"what": what, "value": value, "full": is_full, "count": number, "run": _RUN})


def _note(row: int, noted: dict[str, object]) -> None:
    KEPT.mkdir(exist_ok=True)
    line = json.dumps({"row": row, **noted, "at": datetime.now(UTC).isoformat()})
    with (KEPT / f"{row}.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def figures(row: int, kept: Path = KEPT) -> list[Figure]:
    """Give the newest short and the newest full figure of each thing that was done, short ones first."""
    file = kept / f"{row}.jsonl"
    newest: dict[tuple[bool, str], Figure] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        noted = _read(json.loads(line))
        before = newest.get((noted.is_full, noted.what))
        if before is not None and noted.run and before.run == noted.run:
            noted = replace(noted, count=before.count + noted.count)
        newest[noted.is_full, noted.what] = noted
    return [newest[key] for key in sorted(newest)]


def _read(said: dict[str, Any]) -> Figure:
    at = datetime.fromisoformat(said["at"])
    return Figure(said["what"], said["value"], said["full"], at, said.get("count", 0), said.get("run", ""))


def table(kept: Path = KEPT) -> str:
    """Give the whole table as plain text, at most a hundred columns wide."""
    lines = ["Faults and attacks: what must hold, and what came of it when it was last tried"]
    for number, row in ROWS.items():
        found = figures(number, kept)
        lines += ["", f"{number:>2}  {row.threat[0].upper()}{row.threat[1:]}"]
        lines += [*_said("holds", row.holds), *_said("bar", row.bar)]
        lines += [line for each in found for line in _noted(each)] or _said("-", "no figure yet")
    tried = sum(bool(figures(number, kept)) for number in ROWS)
    return "\n".join([*lines, "", f"{tried} of {len(ROWS)} rows have a figure."])


def _noted(noted: Figure) -> Iterator[str]:
    first, *rest = _said("full" if noted.is_full else "short", f"{noted.what}: {noted.told}")
    yield f"{first:<{WIDTH - _DATE}}{noted.at.astimezone():%d %b %H:%M}"
    yield from rest


def _said(label: str, text: str) -> list[str]:
    """Give a text behind its label, in lines that leave room for a date."""
    lines = wrap(text, WIDTH - _INDENT - _LABEL - _DATE - 1)
    return [f"{' ' * _INDENT}{label if not place else '':<{_LABEL}}{line}" for place, line in enumerate(lines)]
