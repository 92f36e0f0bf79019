"""What the command line writes to the log, and that none of it is anybody's case."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.cli import call
from console.cli.commands import info
from tests.cli.conftest import Shell, logged


def test_what_a_person_may_not_do_is_written_down(shell: Shell) -> None:
    for name, role in (("ada", "admin"), ("bo", "agent"), ("kim", "auditor")):
        shell.done("people", "add", name, "--role", role)
    shell.done("claim", "1")
    assert shell("release", "1", person="bo").code == 1
    assert shell("note", "1", "hm", person="kim").code == 1
    assert shell("note", "77", "hm", person="kim").code == 1

    assert [line for line in logged(shell) if line.startswith("warning")] == [
        "warning denied: bo may not release case 1",
        "warning denied: kim may not note case 1",
    ]


def test_whoever_tries_to_come_in_or_to_be_somebody_else_is_written_down(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.done("people", "add", "ada", "--role", "admin")
    monkeypatch.setattr(call, "is_owner", lambda _: False)
    monkeypatch.setattr(call, "os_user", lambda: "mallory")
    assert "--as is for the owner" in shell("claim", "1").err
    assert "mallory is not among the people" in shell("claim", "1", person="mallory").err

    assert logged(shell)[-2:] == [
        "warning denied: mallory may not act as ada",
        "warning denied: mallory may not come in, being none of the people",
    ]


def test_a_new_database_and_its_policy_are_written_down(empty: Shell) -> None:
    empty.done("migrate")
    empty.done("migrate")
    empty.done("list")

    made, policy = logged(empty)
    assert made.startswith(f"info the schema of {empty.database} is now ")
    assert made.endswith(", a new database")
    assert policy.startswith("info the policy ")
    assert policy.endswith(" is in force")


def test_a_failure_of_the_program_is_written_down_with_its_report(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> int:
        raise KeyError("Checkout returns 502")

    monkeypatch.setattr(info, "run", fail)
    said = shell("info")

    assert said.code == 1
    *_, line = logged(shell)
    assert line.startswith("error an error in the program (KeyError); where is in ")
    report = Path(line.rpartition(" ")[2])
    assert str(report) in said.err
    assert "Checkout" not in line + report.read_text(encoding="utf-8")


def test_a_console_that_opens_and_closes_is_written_down_with_whose_it_is(shell: Shell) -> None:
    assert "needs a terminal" in shell(person="bo").err
    assert logged(shell)[-2:] == ["info bo opens a console", "info the console of bo has closed"]


def test_whoever_looks_for_a_fault_sees_every_command(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_LOG_LEVEL", "debug")
    shell.done("note", "1", "Nobody can pay")

    *_, line = logged(shell)
    assert line.startswith("debug `triage note` of ")
    assert line.endswith(" as ada has ended")
    assert "pay" not in line


def test_a_level_that_is_none_is_refused_with_those_that_are(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIAGE_LOG_LEVEL", "loud")
    said = shell("list")
    assert said.code == 1
    assert "can be error, warning, info or debug" in said.err
