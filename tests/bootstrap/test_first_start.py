"""The door: when a start sets up and starts anew, and when it leaves everything alone."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import console.bootstrap
from console.bootstrap import ensure, prepared
from console.bootstrap.environment import Environment
from tests.shape.source import CONSOLE, ROOT, TESTS


@pytest.fixture
def restarts(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that a start became, in a world where this interpreter has nothing and an environment has all."""
    became: list[list[str]] = []
    monkeypatch.setattr(Environment, "serves", lambda *_: False)
    monkeypatch.setattr(console.bootstrap, "prepared", lambda _part: "/env/bin/python")
    monkeypatch.setattr(os, "execv", lambda _python, command: became.append(command))
    monkeypatch.delenv("TRIAGE_SET_UP", raising=False)
    return became


def test_where_the_packages_are_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console.bootstrap, "prepared", lambda _: pytest.fail("set up again"))

    ensure("test")


def test_an_installed_package_never_sets_up(monkeypatch: pytest.MonkeyPatch, restarts: list[list[str]]) -> None:
    monkeypatch.setattr(console.bootstrap, "checkout", lambda: None)

    ensure("run")

    assert restarts == []
    with pytest.raises(SystemExit, match="not a checkout"):
        prepared("run")


def test_a_start_goes_on_in_the_environment_with_the_same_words(
    monkeypatch: pytest.MonkeyPatch, restarts: list[list[str]]
) -> None:
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-X", "utf8", "-m", "console", "show", "4 7"])

    ensure("run")

    assert restarts == [["/env/bin/python", "-X", "utf8", "-m", "console", "show", "4 7"]]


def test_a_start_that_finds_nothing_even_after_the_set_up_stops(
    monkeypatch: pytest.MonkeyPatch, restarts: list[list[str]]
) -> None:
    monkeypatch.setenv("TRIAGE_SET_UP", "1")

    with pytest.raises(SystemExit, match="still lacks packages"):
        ensure("run")

    assert restarts == []


@pytest.mark.parametrize(
    "path", [CONSOLE / "__init__.py", CONSOLE / "__main__.py", TESTS / "__init__.py", TESTS / "__main__.py"], ids=str
)
def test_the_doors_parse_on_an_interpreter_that_is_too_old(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


@pytest.mark.skipif(os.name == "nt", reason="the pretended index is a folder path of POSIX systems")
def test_a_real_first_start_without_an_index_ends_with_a_sentence(tmp_path: Path) -> None:
    for name in ("console", "pyproject.toml", "requirements.lock"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    bare = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    alone = {"HOME": str(tmp_path), "PATH": "", "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}

    done = subprocess.run(
        [bare, "-m", "console", "--help"], cwd=tmp_path, env=alone, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert "could not be fetched" in done.stderr or "python3-venv" in done.stderr
    assert "Traceback" not in done.stderr
