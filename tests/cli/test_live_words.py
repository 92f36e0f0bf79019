"""What can be said of live sources, and how one who watches ends: by a signal, after the file at hand."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.intake import aside
from console.intake.private_folder import put
from tests.cli.conftest import Shell
from tests.cli.watching import Watch, nothing
from tests.template import a_copy

BAD = "title,impact\nOne,1\nTwo,99\n"
LIMIT = 30.0


@pytest.fixture
def watch(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """Give a desk that stands, and a spool."""
    a_copy(empty.database)
    folder = empty.folder / "spool"
    folder.mkdir()
    return Watch(empty, monkeypatch, folder)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_after_what_was_at_hand(watch: Watch, number: signal.Signals) -> None:
    process = watching(watch)
    watch.put("a.csv", "title\n" + "".join(f"{each}\n" for each in range(400)))
    until(lambda: not (watch.folder / "a.csv").exists())
    process.send_signal(number)
    out, err = process.communicate(timeout=LIMIT)

    assert (process.returncode, "Traceback" in err) == (0, False)
    assert out == "a.csv: 400 new, 0 joined, 0 known already, 0 notes\n"
    assert len(watch.titles()) == 400
    assert list((watch.folder / ".taking").iterdir()) == []


def test_of_several_that_watch_one_folder_each_file_is_taken_by_one(watch: Watch) -> None:
    processes = [watching(watch) for _ in range(3)]
    for number in range(60):
        (watch.folder / f".{number}").write_text(f"ref,title\n{number},{number}\n")
        (watch.folder / f".{number}").rename(watch.folder / f"{number}.csv")
    until(lambda: not watch.lies() and not list((watch.folder / ".taking").glob("*")))
    said = []
    for process in processes:
        process.terminate()
        out, err = process.communicate(timeout=LIMIT)
        assert (process.returncode, err.count("\n")) == (0, 1), err
        said += out.splitlines()

    assert len(said) == 60
    assert all("1 new" in line for line in said)
    assert len(watch.titles()) == 60


def test_one_who_waits_costs_next_to_nothing(watch: Watch) -> None:
    process = watching(watch)
    time.sleep(1.0)
    before = cpu(process.pid)
    time.sleep(3.0)
    spent = cpu(process.pid) - before
    process.terminate()
    process.communicate(timeout=LIMIT)

    assert spent < 0.1


def watching(watch: Watch) -> subprocess.Popen[str]:
    """Start one who watches, and wait until it does."""
    program = [sys.executable, "-m", "console", "--db", str(watch.shell.database)]
    words = ["intake", "--watch", str(watch.folder), "--every", "0.2"]
    environ = {**os.environ, "HOME": str(watch.shell.folder / "home")}
    process = subprocess.Popen(
        [*program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    until((watch.folder / ".taking").exists)
    return process


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + LIMIT
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def cpu(process: int) -> float:
    """Give the seconds of CPU that a process has had."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_what_does_not_go_together_is_refused(watch: Watch) -> None:
    folder = str(watch.folder)
    for words in (
        ("--watch", folder, "a.csv"), ("--watch", folder, "--dry-run"), ("--watch",), ("--watch", folder, "--json"),
        ("--watch", folder + "x"), ("--watch", folder, "--readonly"), ("--watch", folder, "--every", "0"), (),
        ("--watch", folder, "--rejects", "x"), ("--imap", "imaps://a@b"),
    ):  # fmt: skip
        assert watch.shell("intake", *words).code in {1, 2}, words
    assert watch.titles() == []


def test_one_look_gives_its_tally_as_json(watch: Watch) -> None:
    watch.put("a.csv", BAD)
    said = watch.shell("intake", "--watch", str(watch.folder), "--once", "--every", "0.1", "--json")

    assert (said.code, said.json["new"], said.json["rejected"], len(said.json["rejects"])) == (1, 1, 1, 1)
    assert watch.once().out.strip() == "nothing is there to be taken"


def test_a_map_reads_what_is_put_there(watch: Watch) -> None:
    watch.put("a.csv", "Betreff;Nr\nHallo;1\n")
    text = 'kind = "cases"\ndelimiter = "semicolon"\n[columns]\nref = "Nr"\ntitle = "Betreff"\n'
    place = watch.shell.write("map.toml", text)

    assert watch.once("--map", place).code == 0
    assert watch.titles() == ["Hallo"]


def test_it_is_for_whoever_keeps_a_shared_server(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.cli.live_options.current", object)
    watch.put("a.csv")
    said = watch.once()

    assert (said.code, watch.lies()) == (1, ["a.csv"])
    assert "whoever keeps this server" in said.err


def test_a_full_disk_is_waited_for_and_nothing_is_lost(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    left = [2]

    def full(place: Path, data: bytes) -> None:
        if left[0]:
            left[0] -= 1
            raise OSError(errno.ENOSPC, "No space left on device", str(place))
        put(place, data)

    monkeypatch.setattr(aside, "put", full)
    watch.put("a.csv", BAD)
    watch.put("b.csv", "title\nThree\n", 1)
    said, _ = watch(*[nothing] * 8)

    assert said.err.count("No space left on device") == 1
    assert watch.titles() == ["One", "Three"]
    assert (watch.lies(), watch.lies(".failed")) == ([], ["a.csv", "a.csv.reason.json"])


def test_a_source_in_trouble_does_not_stop_another(watch: Watch) -> None:
    other = watch.shell.folder / "other"
    other.mkdir()
    (other / ".taking").symlink_to(watch.folder)
    (other / "b.csv").write_text("title\nTwo\n")
    watch.put("a.csv", "title\nOne\n")
    said, _ = watch(*[nothing] * 4, words=("--watch", str(other)))

    assert watch.titles() == ["One"]
    assert f"{other} is not taken in now" in said.err


def test_what_the_program_fails_on_in_a_source_is_no_end(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.intake.spool.Spool.ready", lambda _: 1 / 0)
    said, sleeper = watch(nothing, nothing)

    assert sleeper.slept == [4.0, 8.0, 16.0]
    assert "error in the program" in said.err or "is not taken in now" in said.err
