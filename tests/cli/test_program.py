"""Tests of the program as a whole: options, help, exit codes."""

from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from console import __version__
from console.cli import program, run
from console.cli.call import os_user, path_of
from console.cli.catalogue import COMMANDS
from console.domain.errors import Refused
from console.settings import Setting
from tests.cli.conftest import Shell


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0

    said = capsys.readouterr().out
    assert all(f"\n  {name} " in said for name in COMMANDS)
    assert "Exit codes: 0 done, 1 refused, 2 wrong usage, 3 conflict" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0

    said = capsys.readouterr().out
    assert said.startswith(f"usage: triage {name}")
    assert f"triage {name}" in said.split("examples:")[1]
    assert "--json" in said
    assert "TRIAGE_DB" in said


def test_help_is_a_command_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help", "claim"]) == 0
    assert "usage: triage claim" in capsys.readouterr().out
    assert run(["help"]) == 0
    assert "pass on:" in capsys.readouterr().out


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"triage {__version__}\n"


def test_an_unknown_command_is_wrong_usage_and_the_nearest_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["esclate", "1"]) == 2
    assert "Did you mean `triage escalate`?" in capsys.readouterr().err
    assert run(["zzz\x1b[2J"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_wrong_words_are_wrong_usage_and_name_the_help(shell: Shell) -> None:
    said = shell("claim", "first")

    assert (said.code, said.out) == (2, "")
    assert "'first' is not the number of a case" in said.err
    assert "triage claim --help" in said.err
    assert shell("claim", "1", "--frobnicate").code == 2
    assert shell("claim").code == 2
    assert shell("claim", "9" * 30).code == 2


def test_an_option_is_never_shortened(shell: Shell) -> None:
    assert shell("list", "--js").code == 2


def test_options_stand_before_or_after_the_command(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    before = shell("show", "1", "--json").json
    capsys.readouterr()

    assert run(["--json", "show", "--db", str(shell.database), "1"]) == 0
    assert '"title": "Checkout returns 502"' in capsys.readouterr().out
    assert run(["resolve", "1", f"--db=sqlite:///{shell.database}", "--as", "bo", "new", "cable", "--json"]) == 0
    assert before["status"] == "new"
    assert shell.case()["resolution"] == "new cable"


def test_the_variable_names_the_database(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRIAGE_DB", str(shell.database))
    capsys.readouterr()

    assert run(["list"]) == 0
    assert "Printer on floor 2 offline" in capsys.readouterr().out


def test_a_refusal_is_one_sentence_on_standard_error(shell: Shell) -> None:
    said = shell("show", "4711")

    assert (said.code, said.out) == (1, "")
    assert said.err == "There is no case 4711.\n"


def test_a_refusal_as_json_is_one_document(shell: Shell) -> None:
    said = shell("show", "4711", "--json")

    assert said.code == 1
    assert said.json == {"refused": "There is no case 4711.", "code": "not-found", "by": None}


def test_being_second_is_a_conflict_that_names_the_first(shell: Shell) -> None:
    shell.done("claim", "1")

    said = shell("claim", "1", "--json", person="bo")

    assert said.code == 3
    assert (said.json["code"], said.json["by"]) == ("conflict", "ada")
    assert "was claimed by ada first" in shell("claim", "1", person="bo").err


def test_acting_on_what_has_changed_since_is_a_conflict(shell: Shell) -> None:
    seen = str(shell.case()["version"])
    shell.done("claim", "1", person="bo")

    said = shell("resolve", "1", "--seen", seen, "done")

    assert said.code == 3
    assert "bo was first" in said.err


def test_readonly_refuses_what_changes_and_allows_what_looks(shell: Shell) -> None:
    assert shell("--readonly", "claim", "1").code == 1
    assert shell("people", "add", "bo", "--readonly").code == 1
    assert shell("migrate", "--readonly").code == 1
    assert shell.done("list", "--readonly").out
    assert shell.case()["handler"] is None


def test_a_named_database_that_is_missing_is_refused_and_not_made(empty: Shell) -> None:
    said = empty("list")

    assert said.code == 1
    assert f"There is no database at {empty.database}; `triage migrate`" in said.err
    assert not empty.database.exists()
    assert empty("intake", "--readonly", "x.csv").code == 1
    assert not empty.database.exists()


def test_the_usual_database_is_made_at_the_first_start(empty: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", "--json"]) == 0

    said = capsys.readouterr()
    assert said.out == "[]\n"
    assert "Made a new database" in said.err
    assert list((empty.folder / "home").rglob("triage.db"))


def test_a_file_that_is_no_database_is_refused(empty: Shell) -> None:
    empty.write("triage.db", "This is not a database at all, but a letter to my grandmother." * 20)

    said = empty("list")

    assert said.code == 1
    assert "not a database" in said.err


@pytest.mark.parametrize("address", ["postgresql://u:secret@h/db", "sqlite://", "sqlite:///"])
def test_another_kind_of_database_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(Refused) as refused:
        path_of(Setting("database", address, "--db"))

    assert "secret" not in refused.value.sentence


def test_an_address_is_read_as_sqlalchemy_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert path_of(Setting("database", "sqlite:///a.db", "--db")) == tmp_path / "a.db"
    assert path_of(Setting("database", "sqlite:////srv/a.db", "--db")) == Path("/srv/a.db")


def test_a_policy_that_cannot_be_read_is_refused(shell: Shell) -> None:
    assert "no policy file at" in shell("list", "--policy", "nowhere.toml").err
    assert shell("list", "--policy", shell.write("bad.toml", "tier = 5")).code == 1


def test_the_person_is_the_one_the_system_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "mallory")
    monkeypatch.setenv("LOGNAME", "mallory")

    assert os_user() != "mallory"
    assert getpass.getuser() == "mallory"


def test_acting_as_a_stranger_is_refused_once_people_are_known(shell: Shell) -> None:
    shell.done("people", "add", "ada", "--role", "admin")

    said = shell("claim", "1", person="adda")

    assert said.code == 1
    assert "Nobody is called 'adda'; people are ada" in said.err
    shell.done("claim", "1")


def test_a_failure_of_the_program_leaves_no_data_on_the_terminal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the customer's secret")

    monkeypatch.setattr("console.desk.queues.dossier", fail)

    said = shell("show", "1")

    assert said.code == 1
    assert "secret" not in said.err
    assert "error in the program" in said.err
    logs = list((shell.folder / "home").rglob("crash-*.log"))
    assert len(logs) == 1
    assert "secret" not in logs[0].read_text()


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [(KeyboardInterrupt(), 130, "Stopped.\n"), (OSError(28, "No space left on device"), 1, "No space left on device")],
)
def test_an_interruption_has_its_own_exit_code(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(_: list[str]) -> int:
        raise error

    monkeypatch.setattr(program, "_run", stop)
    monkeypatch.setattr(program, "_let_go", lambda: None)

    assert run([]) == code
    assert said in capsys.readouterr().err
