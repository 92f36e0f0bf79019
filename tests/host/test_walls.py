"""The walls one by one: the steps of landlock, what Python may read, limits, and systems that have less."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from console.host import confine, kernel, landlock, seccomp
from console.host.confine import NO_KERNEL, NO_LANDLOCK, NO_SECCOMP, Bounds, lacking
from console.host.readable import readable_of_python

ROOT = Path(__file__).resolve().parents[2]
EVERY_STEP = range(1, 9)
LINUX = pytest.mark.skipif(NO_KERNEL in lacking(), reason="this system has no confinement to be tried")


@pytest.mark.parametrize("step", EVERY_STEP)
def test_landlock_is_asked_only_for_what_its_step_knows(step: int) -> None:
    highest = {1: 12, 2: 13, 3: 14, 4: 14}.get(step, 15)

    assert landlock.rights(step) == (1 << highest + 1) - 1


@pytest.mark.parametrize(("step", "words"), [(1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 3), (7, 3), (8, 3)])
def test_landlock_is_told_of_network_and_signals_from_the_step_that_knows_them(step: int, words: int) -> None:
    attributes = landlock.attributes(step)

    assert len(attributes) == 8 * words
    assert attributes[8:] == (b"\3" + bytes(7)) * (words - 1)


def test_nothing_may_be_executed_and_no_device_made_wherever_it_is() -> None:
    devices = 1 << 6 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12
    granted = landlock.WRITING | landlock.READING

    assert granted & (landlock.EXECUTE | landlock.DEVICES | devices) == 0
    assert landlock.READING & ~(landlock.READ_FILE | landlock.READ_DIR) == 0


def test_python_reads_itself_and_nobody_else() -> None:
    paths = [path.resolve() for path in readable_of_python()]

    assert Path("/") not in paths
    assert not any(Path(private).is_relative_to(path) for path in paths for private in ("/home", "/etc/shadow", "/run"))
    assert any(Path(confine.__file__).resolve().is_relative_to(path) for path in paths)
    assert any(Path(json.__file__).resolve().is_relative_to(path) for path in paths)


def test_the_folder_at_hand_is_not_readable_for_being_on_the_module_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))

    assert tmp_path not in readable_of_python()


def test_a_python_at_the_root_of_the_disk_does_not_make_all_of_it_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/")

    assert Path("/") not in readable_of_python()


@LINUX
def test_a_process_with_threads_is_not_confined_by_half(tmp_path: Path) -> None:
    may_end = threading.Event()
    other = threading.Thread(target=may_end.wait)
    other.start()
    try:
        with pytest.raises(RuntimeError, match="right after the fork"):
            confine.confine(Bounds((tmp_path,), ()))
    finally:
        may_end.set()
        other.join()


def test_what_a_kernel_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confine, "kernel", object)
    monkeypatch.setattr(landlock, "version", lambda _: 0)
    monkeypatch.setattr(seccomp, "is_there", lambda _: False)

    assert lacking() == (NO_LANDLOCK, NO_SECCOMP)


def test_what_an_older_kernel_lacks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confine, "kernel", object)
    monkeypatch.setattr(landlock, "version", lambda _: 3)
    monkeypatch.setattr(seccomp, "is_there", lambda _: True)

    assert len(lacking()) == 1
    assert "step 3" in lacking()[0]
    assert "network" in lacking()[0]
    assert "cut off" not in lacking()[0]


def test_another_system_says_that_it_has_no_confinement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert kernel.kernel() is None
    assert lacking() == (NO_KERNEL,)


@LINUX
@pytest.mark.parametrize("wall", ["landlock", "seccomp"])
def test_a_wall_that_cannot_be_raised_ends_the_session_before_it_begins(wall: str, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\n"
        f"from console.host import {wall}\n"
        "from console.host.confine import Bounds, confine\n"
        "def fail(*_): raise OSError(12, 'no memory')\n"
        f"{wall}.close = fail\n"
        "confine(Bounds((Path(sys.argv[1]),), ()))\nprint('it began')\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    if f"no {'landlock' if wall == 'landlock' else 'system calls'}" in "".join(lacking()):
        pytest.skip("this kernel has no such wall")
    assert done.returncode == 1
    assert "The kernel refused a part of the confinement (no memory)" in done.stderr
    assert done.stdout == ""


@LINUX
def test_a_confined_process_knows_what_holds_and_where_temporary_files_go(tmp_path: Path) -> None:
    program = (
        "import json, os, resource, sys, tempfile\n"
        "tempfile.gettempdir()\n"
        "from pathlib import Path\n"
        "from console.host.confine import Bounds, confine, lacking, readable_of_python\n"
        "from console.host.kernel import kernel\n"
        "found = confine(Bounds((Path(sys.argv[1]),), readable_of_python(), memory=1 << 30, processes=4000))\n"
        "limits = [resource.getrlimit(getattr(resource, f'RLIMIT_{name}')) for name in ('CORE', 'DATA', 'NPROC')]\n"
        "door = kernel()\n"
        "told = [door.prctl(39), door.prctl(3), door.prctl(21)]\n"
        "header = door.buffer((0x20080522).to_bytes(4, 'little') + bytes(4))\n"
        "rights = door.buffer(bytes(24))\n"
        "door.call({'x86_64': 125, 'aarch64': 90}[os.uname().machine], header, rights)\n"
        "print(json.dumps([told, rights.raw == bytes(24)]))\n"
        "places = [os.environ['SQLITE_TMPDIR'], tempfile.gettempdir()]\n"
        "print(json.dumps([found.holds, found.lacks, *places, limits, lacking()]))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told, words = map(json.loads, done.stdout.splitlines())
    holds, lacks, sqlite, temporary, limits, lacks_later = words

    assert told == [[1, 0, 2], True], "no new privileges, closed memory, a filter, and no special right"
    assert lacks == lacks_later == list(lacking())
    assert (sqlite, temporary) == (str(tmp_path), str(tmp_path))
    assert any("no process" in told.lower() for told in holds)
    assert limits[:2] == [[0, 0], [1 << 30, 1 << 30]]
    assert limits[2][1] in (4000, resource.getrlimit(resource.RLIMIT_NPROC)[1])
