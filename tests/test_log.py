"""The log: one event is one line, a full log becomes an old one, and many programs write to it at once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console import log
from console.domain.errors import RefusalCode, Refused
from console.log import Level, Log, level_of
from tests.builders import MORNING

WRITERS, LINES, SIZE = 6, 200, 4_000
WRITER = f"""
import sys
from datetime import UTC, datetime
from pathlib import Path
from console import log
log.LARGEST, log.OLD = {SIZE}, 60
kept = log.Log(Path(sys.argv[1]), lambda: datetime(2026, 11, 23, tzinfo=UTC))
for number in range({LINES}):
    kept.note(log.Level.INFO, f"writer {{sys.argv[2]}} line {{number}} {{'x' * (number % 60)}}.")
"""


@pytest.fixture
def kept(tmp_path: Path) -> Log:
    """A log in a folder that is not there yet."""
    return Log(tmp_path / "state" / "triage.log", lambda: MORNING)


def lines(path: Path) -> list[str]:
    """Give what is written in a log."""
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def olds(path: Path) -> Iterator[Path]:
    """Give the old logs beside one."""
    return path.parent.glob(f"{path.name}.[0-9]*")


@pytest.mark.parametrize("level", Level)
def test_a_level_keeps_what_matters_as_much_or_more(level: Level, kept: Log) -> None:
    for each in Level:
        Log(kept.path, kept.now, level).note(each, f"said as {each.name}")

    assert lines(kept.path) == [
        f"2026-11-23T09:00:00Z {each.name.lower()} said as {each.name}" for each in Level if each <= level
    ]
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_level_is_one_of_four_words() -> None:
    assert [level_of(word, "default") for word in ("error", "warning", "info", "debug")] == list(Level)
    with pytest.raises(Refused) as refused:
        level_of("lo\x1bud", "TRIAGE_LOG_LEVEL")
    assert refused.value.code is RefusalCode.BAD_INPUT
    told = "log_level is 'lo␛ud' (TRIAGE_LOG_LEVEL), and can be error, warning, info or debug; correct it."
    assert refused.value.sentence == told


@pytest.mark.parametrize(
    "name", ["bo\n2026 \x1b[2J error", "\u202egpj", "a\r\nb\x85c\u2028d", "n" * 1_000_000, "\ud800"]
)
def test_one_event_is_one_line_whatever_a_name_holds(name: str, kept: Log) -> None:
    kept.note(Level.INFO, f"{name} opens a console")
    kept.note(Level.INFO, "the next")

    first, second = lines(kept.path)
    assert first.isprintable()
    assert len(first) < log.LONGEST + 100
    assert second.endswith("info the next")


def test_what_is_cut_off_is_counted(kept: Log) -> None:
    kept.note(Level.INFO, "n" * 1_000_000)
    (line,) = lines(kept.path)
    said, _, more = line.partition(" ... ")
    assert said.count("n") - len("info"[1:2]) + int(more.split()[0].replace(",", "")) == 1_000_000


def test_a_full_log_becomes_an_old_one_and_five_are_kept(kept: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST", 10)
    for number in range(9):
        kept.note(Level.INFO, f"line {number}")

    assert sorted(path.name for path in olds(kept.path)) == [f"triage.log.{number}" for number in range(1, 6)]
    assert [lines(kept.path.with_name(f"triage.log.{number}"))[0][-1] for number in range(1, 6)] == list("87654")
    assert not kept.path.exists()


def test_many_programs_lose_no_line_and_turn_over_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "triage.log"
    command = [sys.executable, "-c", WRITER, str(path)]
    root = Path(__file__).resolve().parents[1]
    writers = [subprocess.Popen([*command, str(number)], cwd=root) for number in range(WRITERS)]
    assert [writer.wait(60) for writer in writers] == [0] * WRITERS

    old = list(olds(path))
    assert len(old) > WRITERS
    assert min(each.stat().st_size for each in old) >= SIZE
    found = [line.partition(" info ")[2] for file in (path, *old) if file.exists() for line in lines(file)]
    told = [f"writer {who} line {number} {'x' * (number % 60)}." for who in range(WRITERS) for number in range(LINES)]
    assert sorted(found) == sorted(told)


def test_whoever_cannot_turn_over_now_goes_on_with_the_full_log(kept: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")
    monkeypatch.setattr(log, "LARGEST", 10)
    kept.path.parent.mkdir()
    lock = os.open(f"{kept.path}.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    for number in range(3):
        kept.note(Level.INFO, f"line {number}")
    os.close(lock)

    assert len(lines(kept.path)) == 3
    kept.note(Level.INFO, "line 3")
    assert len(lines(kept.path.with_name("triage.log.1"))) == 4


def test_a_line_whose_log_was_dropped_meanwhile_is_written_again(kept: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    write, dropped = os.write, [kept.path]

    def slow(file: int, line: bytes) -> int:
        for path in [*dropped]:
            path.unlink()
            dropped.remove(path)
        return write(file, line)

    monkeypatch.setattr(os, "write", slow)
    kept.note(Level.INFO, "written at last")
    assert len(lines(kept.path)) == 1


@pytest.mark.parametrize("kind", ["a file for a folder", "a link", "a pipe"])
def test_what_is_no_log_is_not_written_and_keeps_nobody_from_working(kind: str, tmp_path: Path) -> None:
    path, other = tmp_path / "state" / "triage.log", tmp_path / "other"
    if kind == "a file for a folder":
        path.parent.touch()
    else:
        path.parent.mkdir()
    if kind == "a link":
        path.symlink_to(other)
    elif kind == "a pipe":
        os.mkfifo(path)

    Log(path, lambda: MORNING).note(Level.ERROR, "bo may not release case 1")
    assert not other.exists()
