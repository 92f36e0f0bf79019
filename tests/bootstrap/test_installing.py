"""Which installer is used, and what its failures are called."""

import shutil
import subprocess
import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from console.bootstrap import installing
from console.bootstrap.environment import Environment
from console.bootstrap.failures import SetUpError, reason
from console.bootstrap.installing import install


class Machine:
    """A machine with some installers, which records what is run and fails those it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *there: str) -> None:
        self.there = there
        self.failing: dict[str, str] = {}
        self.ran: list[str] = []
        monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in there else None)
        monkeypatch.setattr(installing, "find_spec", lambda name: ModuleSpec(name, None) if name in there else None)
        monkeypatch.setattr(subprocess, "run", self.run)

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        """Record the command by the name of its tool."""
        name = "uv" if command[0] == "/bin/uv" else command[2]
        self.ran.append(name)
        assert name == "ensurepip" or {"--require-hashes", "--no-deps"} <= set(command)
        output = self.failing.get(name, "")
        return subprocess.CompletedProcess(command, 1 if output else 0, output.encode())


@pytest.mark.parametrize(
    ("there", "ran"),
    [
        (("uv", "pip", "ensurepip"), ["uv"]),
        (("pip", "ensurepip"), ["pip"]),
        (("ensurepip",), ["ensurepip", "pip"]),
    ],
)
def test_the_best_installer_that_is_there_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: tuple[str, ...], ran: list[str]
) -> None:
    machine = Machine(monkeypatch, *there)

    install(Environment(tmp_path), "a==1\n", None)

    assert machine.ran == ran
    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == "a==1\n"


def test_when_uv_cannot_pip_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, "uv", "pip")
    machine.failing["uv"] = "error sending request"

    install(Environment(tmp_path), "a==1\n", None)

    assert machine.ran == ["uv", "pip"]


def test_a_python_without_pip_names_the_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Machine(monkeypatch)

    with pytest.raises(SetUpError, match="python3-venv"):
        install(Environment(tmp_path), "a==1\n", None)


@pytest.mark.parametrize("tool", ["ensurepip", "pip"])
def test_a_failure_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tool: str) -> None:
    machine = Machine(monkeypatch, "ensurepip")
    machine.failing[tool] = "OSError: [Errno 28] No space left on device"

    with pytest.raises(SetUpError, match="disk is full"):
        install(Environment(tmp_path), "a==1\n", None)


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "Nothing was installed"),
        ("NewConnectionError: Temporary failure in name resolution", "Check the network"),
        ("ERROR: No matching distribution found for click==8.5.1", "Check the network"),
        ("something\nnew\n", "could not be installed.\n  something\n  new"),
    ],
)
def test_an_installers_output_is_put_into_a_sentence(output: str, words: str) -> None:
    assert words in reason(output)


def test_a_command_that_cannot_be_fulfilled_gives_its_output() -> None:
    program = "import sys; sys.exit('no room')"

    assert installing._run([sys.executable, "-c", program], None).strip() == "no room"  # noqa: SLF001
    assert installing._run([sys.executable, "-c", ""], None) == ""  # noqa: SLF001
