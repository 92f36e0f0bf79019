"""The log of denied deeds."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli import denials
from console.cli.denials import DenialLog
from tests.builders import MORNING
from tests.cli.conftest import Shell


def test_what_a_person_may_not_do_is_written_down(shell: Shell) -> None:
    for name, role in (("ada", "admin"), ("bo", "agent"), ("kim", "auditor")):
        shell.done("people", "add", name, "--role", role)
    shell.done("claim", "1")
    assert shell("release", "1", person="bo").code == 1
    assert shell("note", "1", "hm", person="kim").code == 1
    assert shell("note", "77", "hm", person="kim").code == 1

    log = shell.folder / "home" / ".local" / "state" / "triage" / "triage.log"
    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.partition(" ")[2] for line in lines] == [
        "denied: bo may not release case 1",
        "denied: kim may not note case 1",
    ]
    assert log.stat().st_mode & 0o077 == 0


def test_one_line_is_one_denial_and_a_full_log_makes_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(denials, "LARGEST", 60)
    log = DenialLog(tmp_path / "state" / "triage.log", lambda: MORNING)
    log.note("bo\n2026 \x1b[2J may not release case 1")
    log.note("kim may not close case 2")
    assert log.path.read_text(encoding="utf-8") == "2026-11-23T09:00:00Z denied: kim may not close case 2\n"
    (old,) = log.path.with_name("triage.log.old").read_text(encoding="utf-8").splitlines()
    assert "\x1b" not in old


def test_a_log_that_cannot_be_written_keeps_nobody_from_working(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    DenialLog(tmp_path / "file" / "triage.log", lambda: MORNING).note("bo may not release case 1")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
