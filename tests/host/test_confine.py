"""What a confined process may not, and what it still can: each tried for real, and against a process that is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from console.host import landlock
from console.host.confine import NO_KERNEL, lacking
from console.host.kernel import kernel
from tests.host.allowed import ALLOWED
from tests.host.deeds import BEHIND_THE_FENCE, FORBIDDEN, IN_PYTHON

ROOT = Path(__file__).resolve().parents[2]
STEP = landlock.version(door) if (door := kernel()) else 0
Told = dict[str, dict[str, str]]

pytestmark = pytest.mark.skipif(NO_KERNEL in lacking(), reason="this system has no confinement to be tried")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Try everything once."""
    command = [sys.executable, "-m", "tests.host.prisoner", str(tmp_path_factory.mktemp("scene"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: Told = json.loads(done.stdout)
    return found


def test_the_kernel_refuses_everything_that_a_session_may_not(told: Told) -> None:
    gone = walls_that_are_missing()
    open_doors = {
        name: told["kernel"][name]
        for name, deed in FORBIDDEN.items()
        if deed.wall not in gone and told["kernel"][name] not in deed.answers
    }

    assert open_doors == {}


def test_without_confinement_none_of_it_is_refused_like_that(told: Told) -> None:
    """Otherwise the test before would see nothing; what only root may do is left out where nobody is root."""
    refused_anyway = {
        name: told["free"][name]
        for name, deed in FORBIDDEN.items()
        if told["free"][name] in deed.answers and not (deed.is_special and not may_everything())
    }

    assert refused_anyway == {}


def test_python_itself_refuses_what_the_kernel_may_not_know_of(told: Told) -> None:
    assert {name: come for name, come in told["python"].items() if come not in ("EPERM", "EACCES")} == {}
    assert set(told["python"]) == set(IN_PYTHON)


@pytest.mark.skipif(not STEP, reason="this kernel has no landlock")
def test_landlock_alone_closes_the_network_and_holds_signals_back(told: Told) -> None:
    expected = {name: answer for name, (since, answer) in BEHIND_THE_FENCE.items() if since <= STEP}

    assert {name: told["fence"][name] for name in expected} == expected


def test_a_session_can_do_what_it_needs(told: Told) -> None:
    assert told["allowed"] == dict.fromkeys(ALLOWED, "done")


def walls_that_are_missing() -> set[str]:
    """Say which walls this kernel does not have."""
    missing = "".join(lacking())
    return {wall for wall, word in (("fence", "no landlock"), ("filter", "no system calls")) if word in missing}


def may_everything() -> bool:
    """Say whether this process has the rights of an administrator, in a container often not."""
    rights = Path("/proc/self/status").read_text().partition("CapEff:")[2].split()[0]
    return int(rights, 16) >> 21 & 1 == 1
