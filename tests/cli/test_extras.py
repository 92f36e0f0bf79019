"""A package that only some commands need is asked for in one sentence, with a command that installs it here."""

from __future__ import annotations

import shlex
import subprocess
import sys
import tomllib
import venv
from importlib import util
from pathlib import Path

import pytest

from console.cli.extras import PACKAGES
from tests.cli.conftest import Shell

ROOT = Path(__file__).resolve().parents[2]
IMAP = ("intake", "--imap", "imaps://kim@mail.halden.example/INBOX", "--password-file", "none")


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Give the modules that are not there; more can be taken away."""
    gone, real = {"h11", "imapclient"}, util.find_spec
    monkeypatch.setattr("console.cli.extras.find_spec", lambda name: None if name in gone else real(name))
    return gone


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("receive",), 'The receiver needs h11; install it with `{} -m pip install "h11>=0.16,<0.17"`.'),
        (IMAP, '--imap needs IMAPClient; install it with `{} -m pip install "IMAPClient>=4.1,<5"`.'),
        ((*IMAP, "--watch"), '--imap needs IMAPClient; install it with `{} -m pip install "IMAPClient>=4.1,<5"`.'),
    ],
)
def test_a_command_says_what_to_install(
    shell: Shell, lacking: set[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str
) -> None:
    del lacking
    monkeypatch.setattr("console.cli.extras.find_spec", lambda name: None if name in PACKAGES else "there")
    said = shell(*words)
    assert (said.code, said.out) == (1, "")
    assert said.err == told.format(shlex.quote(sys.executable)) + "\n"


def test_the_environment_of_a_checkout_has_no_pip(
    shell: Shell, lacking: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking.add("pip")
    python = shlex.quote(sys.executable)
    monkeypatch.setattr("console.cli.extras.shutil.which", lambda _: "/usr/bin/uv")
    assert f'`uv pip install --python {python} "h11>=0.16,<0.17"`' in shell("receive").err
    monkeypatch.setattr("console.cli.extras.shutil.which", lambda _: None)
    assert f'`{python} -m ensurepip && {python} -m pip install "h11>=0.16,<0.17"`' in shell("receive").err


def test_the_packages_are_those_of_the_extras() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert [*PACKAGES.values()] == [*extras["http"], *extras["imap"]]


def test_the_command_names_the_environment_that_runs(tmp_path: Path) -> None:
    venv.EnvBuilder(symlinks=True).create(tmp_path / "my .venv")
    python = tmp_path / "my .venv" / "bin" / "python"
    code = "from console.cli.extras import must_have; must_have('h11', 'x')"
    asked = subprocess.run([python, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    command = asked.stderr.rpartition("with `")[2].partition("`")[0]
    assert str(python) in shlex.split(command)
    assert command.endswith('install "h11>=0.16,<0.17"')
