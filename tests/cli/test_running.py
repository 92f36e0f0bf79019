"""Tests of the commands that run the desk: people, policy, doctor, info, migrate, completions, demo."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli import run
from console.cli.call import os_user
from console.cli.catalogue import COMMANDS
from console.cli.commands import screens
from console.cli.commands.completions import whole_parser
from console.desk import site_checkup
from console.store import machine
from console.store.room import Room
from console.store.sqlite_driver import driver
from tests.cli.conftest import Shell


def test_people_are_added_changed_and_listed(shell: Shell) -> None:
    assert "Nobody has been added; you (ada) are the owner" in shell.done("people").err
    shell.done("people", "add", "ada", "--role", "admin", "--full-name", "Ada Okafor")
    shell.done(
        "people", "add", "bo", "--tier", "2", "--team", "database", "--skill", "backups", "--mail", "bo@x.example"
    )
    shell.done("people", "set", "bo", "--absent")

    _, bo = shell.done("people", "list", "--json").json
    assert bo == {
        "id": "bo", "name": "", "role": "agent", "tier": 2, "teams": ["database"], "skills": ["backups"],
        "mail": "bo@x.example", "absent": True, "languages": [], "hours": "", "capacity": None,
        "absent_from": None, "absent_until": None, "deputy": None,
    }  # fmt: skip
    assert "(absent)" in shell.done("people").out
    assert shell.done("people", "set", "bo", "--present", "--json").json["absent"] is False
    assert shell("assign", "1", "boo").code == 1


def test_people_who_cannot_be_are_refused(shell: Shell) -> None:
    shell.done("people", "add", "ada", "--role", "admin")
    assert shell("people", "add", "ada").code == 1
    assert shell("people", "set", "bo").code == 1
    assert shell("people", "add", "b o").code == 1
    assert shell("people", "add", "bo", "--team", "kitchen").code == 1
    assert shell("people", "add", "bo", "--role", "king").code == 2
    shell.done("people", "add", "bo")
    assert "Only an admin" in shell("people", "add", "cleo", person="bo").err


def test_a_policy_is_checked_line_by_line(shell: Shell) -> None:
    good = shell.done("policy", "check")
    assert (good.out, "nothing to remark" in good.err) == ("", True)

    path = shell.write("bad.toml", 'name = "x"\n\n[tier.1]\nnme = "Desk"\n')
    bad = shell("policy", "check", path)
    assert bad.code == 1
    assert f"{path}:4: tier.1.nme: " in bad.out
    listed = shell("policy", "check", path, "--json")
    assert listed.code == 1
    assert {"file", "line", "key", "grade", "sentence"} == set(listed.json[0])


def test_the_policy_in_force_is_shown(shell: Shell) -> None:
    said = shell.done("policy").out
    assert "2 Technical support" in said
    assert "Stop conditions" in said
    assert said == shell.done("policy", "show").out

    form = shell.done("policy", "show", "--json").json
    assert [each["factor"] for each in form["checklist"]["questions"]] == [
        "scope",
        "impact",
        "attempts",
        "expectations",
    ]
    assert form["matrix"]["checkout"]["S1"] == ["2/commerce", "3/platform", "4/duty"]


def test_a_sound_desk_is_well(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "keeps_time", lambda: True)
    monkeypatch.setattr(site_checkup, "room", lambda _: Room(10**12, 2 * 10**12))
    shell.done("tick")
    said = shell.done("doctor", "--json").json

    assert said["sound"] is True
    assert [(each["part"], each["grade"]) for each in said["findings"]] == [("clock side", "remark")]
    assert "Nobody keeps watch" in said["findings"][0]["sentence"]
    parts = "schema, engine, layout, machine, file, history, cases, evidence, attachments, clock side, agenda"
    assert said["checked"] == [*parts.split(", "), "write-back", "backups", "policy", "hooks", "ssh"]


def test_history_that_was_edited_by_hand_is_found(shell: Shell) -> None:
    with driver().connect(shell.database) as connection:
        connection.executescript("DROP TRIGGER IF EXISTS event_no_update;")
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name='event'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE event SET actor = 'mallory' WHERE case_id = 2")
        connection.execute("UPDATE \"case\" SET owner = 'mallory' WHERE id = 1")
    connection.close()

    said = shell("doctor")

    assert said.code == 1
    assert "Case 2: event 1 does not follow from the one before" in said.out
    assert "Case 1 is not what its history says: owner" in said.out
    assert "2 faults found." in said.out


def test_a_missing_newer_or_foreign_database_is_a_finding(empty: Shell) -> None:
    assert "There is no database" in empty("doctor").out
    assert not empty.database.exists()
    with driver().connect(empty.database) as connection:
        connection.execute("CREATE TABLE letters (text)")
    connection.close()
    assert "not one of Triage" in empty("doctor").out
    assert empty("info").code == 0


def test_migrate_makes_a_database_once(empty: Shell) -> None:
    assert empty.done("migrate", "--json").json["before"] == 0
    assert "is up to date" in empty.done("migrate").out
    with driver().connect(empty.database) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    assert "newer Triage" in empty("migrate").err
    assert "newer Triage" in empty("list").err
    assert "newer Triage" in empty("doctor").out


def test_info_says_where_each_value_came_from(empty: Shell) -> None:
    said = {each["name"]: each for each in empty.done("info", "--json").json}

    assert said["database"] == {"name": "database", "value": str(empty.database), "origin": "--db"}
    assert said["person"]["value"] == "ada"
    assert said["journal"]["value"] in {"wal", "delete"}
    assert said["sqlite"]["value"]
    assert "bytecode" in said
    assert not empty.database.exists()
    assert str(empty.database) in empty.done("info").out


@pytest.mark.parametrize("shell_name", ["bash", "zsh", "tcsh"])
def test_completions_know_every_command(shell_name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completions", shell_name]) == 0

    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)


def test_the_whole_parser_reads_a_command() -> None:
    read = whole_parser().parse_args(["claim", "4711", "--json"])

    assert (read.command, read.case, read.is_json) == ("claim", 4711, True)


def test_a_demo_is_made_and_kept(empty: Shell) -> None:
    folder = empty.folder / "demo"
    said = empty.done("demo", "--no-console", "--keep", str(folder))
    database = said.out.strip()

    assert Path(database) == folder / "demo.db"
    cases = empty.done("list", "--db", database, "--json", person="bo").json
    assert len(cases) > 50
    assert any(case["late"] for case in cases)
    people = {each["id"]: each for each in empty.done("people", "--db", database, "--json", person="bo").json}
    assert (people[os_user()]["role"], people[os_user()]["tier"]) == ("admin", 1)
    assert empty.done("doctor", "--db", database).out.endswith("All is well.\n")
    assert "holds a demo already" in empty("demo", "--keep", str(folder)).err


def test_a_demo_opens_the_console_and_is_gone_afterwards(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, Path, bool]] = []

    def opened(desk, actor, settings, *, is_readonly=False, clock=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG001
        seen.append((actor.id, desk.store.path, desk.store.path.exists()))
        return 0

    monkeypatch.setattr("console.tui.start.open_console", opened)

    empty.done("demo", "--short", person="bo")

    ((person, path, was_there),) = seen
    assert (person, was_there) == ("bo", True)
    assert not path.parent.exists()


def test_what_a_killed_demo_left_behind_is_taken_away_by_the_next(
    empty: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(empty.folder))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, kept, others = (empty.folder / f"triage-demo-{name}-x" for name in (ended.pid, os.getpid(), "abc"))
    for folder in (left, kept, others):
        folder.mkdir()

    empty.done("demo", "--short", "--no-console")

    assert (left.exists(), kept.exists(), others.exists()) == (False, True, True)


def test_triage_alone_opens_the_console(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, bool]] = []

    def opened(desk, actor, settings, *, is_readonly=False, clock=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, ARG001
        seen.append((settings.theme.value, is_readonly))
        return 7

    monkeypatch.setattr("console.tui.start.open_console", opened)

    assert shell("--readonly", "--theme", "dark").code == 7
    assert seen == [("dark", True)]
    assert shell("--json").code == 1
    assert "console" in screens.DESCRIPTION
