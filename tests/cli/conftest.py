"""A command line on a temporary database, with a home of its own."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from console.cli import run
from tests.template import a_copy


@dataclass(frozen=True)
class Said:
    """What one command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - any document
        """The answer as JSON."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Shell:
    """Runs command lines on one database; ids of cases begin at 1."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    @property
    def database(self) -> Path:
        """The database's file."""
        return self.folder / "triage.db"

    def __call__(self, *argv: str, person: str = "ada") -> Said:
        """Run a command as a person."""
        self.capture.readouterr()
        code = run(["--db", str(self.database), "--as", person, *argv])
        out, err = self.capture.readouterr()
        return Said(code, out, err)

    def done(self, *argv: str, person: str = "ada") -> Said:
        """Run a command that must succeed."""
        said = self(*argv, person=person)
        assert said.code == 0, said.err or said.out
        return said

    def case(self, case_id: int = 1) -> Mapping[str, Any]:
        """Everything about a case."""
        shown: Mapping[str, Any] = self.done("show", str(case_id), "--json").json
        return shown

    def write(self, name: str, text: str) -> str:
        """Write a file and give its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell without a database."""
    for name in [name for name in os.environ if name.startswith(("TRIAGE", "XDG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    return Shell(tmp_path, capsys)


@pytest.fixture
def shell(empty: Shell) -> Shell:
    """A shell with two cases: an S1 that stops the shop, and one that says little."""
    a_copy(empty.database)
    empty.done(
        "add", "Checkout returns 502", "--category", "checkout", "--impact", "1", "--urgency", "1",
        "--body", "Nobody can pay.\nSince nine.", "--requester", "kim@acme.example", "--organisation", "ACME",
    )  # fmt: skip
    empty.done("add", "Printer on floor 2 offline")
    return empty


def logged(shell: Shell) -> list[str]:
    """Give what the log holds, without the times."""
    path = shell.folder / "home" / ".local" / "state" / "triage" / "triage.log"
    assert path.stat().st_mode & 0o077 == 0
    return [line.partition(" ")[2] for line in path.read_text(encoding="utf-8").splitlines()]
