"""Row 16: through all screens, the console starts no program and writes nothing outside its data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from console.host.confine import NO_KERNEL, lacking
from tests.figures import figure
from tests.host import tour
from tests.host.tour import Place, served, touring
from tests.host.trace import read, traced, why_not
from tests.hostile.walk import Walk

ROOT = Path(__file__).resolve().parents[2]
ALONE = ["console"]
SESSION = ["tests.host.confined"]

pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "it can be traced"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demonstration's desk."""
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "console", "demo", "--short", "--keep", str(folder / "data"), "--no-console"]
    subprocess.run(command, env={**os.environ, "HOME": str(folder)}, cwd=ROOT, capture_output=True, check=True)
    return folder / "data"


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Place:
    """Give a desk of one's own in a data folder."""
    place = Place(tmp_path)
    place.lay()
    shutil.copytree(made, place.data)
    return place


def must_have_kept_to_itself(place: Place, program: list[str], walked: Callable[[Walk], None]) -> str:
    """Walk through the console, and check what the kernel saw; give what there is to tell."""
    words = [*program, str(place.data)] if program == SESSION else program
    with touring(place, words, "ada") as (walk, trace):
        walked(walk)
        walk.leave()

    assert len(trace.programs) == 1, trace.programs
    assert trace.processes == []
    assert trace.outside(place.data) == set()
    assert sorted(path.name for path in place.bait.rglob("*")) == ["Downloads", "started"]
    assert trace.changed, "the tour wrote nothing at all: then nothing was looked at"
    return f"execve {len(trace.programs)}, processes 0, paths written outside 0 (inside {len(trace.changed)})"


def test_a_short_tour_writes_nothing_outside_and_starts_nothing(place: Place) -> None:
    told = must_have_kept_to_itself(place, ALONE, tour.short)

    figure(16, "short tour of every screen", told)


@pytest.mark.skipif(NO_KERNEL in lacking(), reason="this system has no confinement to be tried")
def test_a_confined_console_works_and_does_not_even_try(place: Place) -> None:
    must_have_kept_to_itself(place, SESSION, tour.glance)


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("program", [ALONE, SESSION], ids=["alone", "session"])
def test_a_long_tour_writes_nothing_outside_and_starts_nothing(place: Place, program: list[str]) -> None:
    if program == SESSION and NO_KERNEL in lacking():
        pytest.skip("this system has no confinement to be tried")
    told = must_have_kept_to_itself(place, program, tour.full)

    figure(16, f"long tour of every screen, {'a session' if program == SESSION else 'alone'}", told, is_full=True)


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.skipif(NO_KERNEL in lacking(), reason="this system has no confinement to be tried")
def test_a_session_of_a_host_writes_nothing_outside_and_starts_nothing(place: Place) -> None:
    with served(place, "ada") as (walk, trace):
        tour.short(walk)
        walk.leave()

    assert len(trace.programs) == 1, trace.programs
    assert len(trace.processes) == 1, "the host forks once for the one session, and the session never"
    assert trace.outside(place.data, place.folder / "run") == set()
    assert sorted(path.name for path in place.bait.rglob("*")) == ["Downloads", "started"]
    told = f"execve {len(trace.programs)}, processes 1 (the session), paths written outside 0"
    figure(16, "short tour of every screen, in a session of a host", told, is_full=True)


def test_a_program_that_does_write_and_start_is_seen(tmp_path: Path) -> None:
    """What the trace is worth: each kind of deed is found in it, also one that was refused."""
    deeds = (
        "import os, subprocess, socket, threading\n"
        "open('made', 'w').close(); os.mkdir('folder'); os.rename('made', 'folder/moved'); os.unlink('folder/moved')\n"
        "os.open('appended', os.O_APPEND | os.O_CREAT | os.O_WRONLY); open('/dev/null', 'w').close()\n"
        "try: open('/proc/version', 'w')\nexcept OSError: pass\n"
        "threading.Thread(target=lambda: open('from a thread', 'w').close()).start()\n"
        "subprocess.run(['/bin/true']); socket.socket(socket.AF_UNIX); open('/etc/passwd').close()\n"
    )
    command = traced([sys.executable, "-ISc", deeds], tmp_path / "call")
    subprocess.run(command, cwd=tmp_path, check=True, stdin=subprocess.DEVNULL)

    trace = read(tmp_path / "call", tmp_path)

    names = {"made", "folder", "folder/moved", "appended", "from a thread"}
    assert trace.outside() == {tmp_path.resolve() / name for name in names} | {Path("/proc/version")}
    assert trace.outside(tmp_path) == {Path("/proc/version")}
    assert len({words.split(",")[0] for words in trace.programs}) == 2
    assert trace.processes
    assert trace.sockets
