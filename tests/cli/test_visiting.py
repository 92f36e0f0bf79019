"""A session for somebody else: what it takes from them, and what it refuses."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from console import visit
from console.cli import run
from console.cli.catalogue import ALONE, COMMANDS, OWNER
from console.domain.errors import RefusalCode, Refused
from console.settings import load, sample_data
from console.visit import Visit, allowed
from tests.cli.conftest import Shell

TAKEN: Mapping[str, str] = {
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "LC_ALL": "de_DE.UTF-8@euro", "LC_CTYPE": "C",
    "COLORTERM": "truecolor", "COLORFGBG": "15;0", "NO_COLOR": "1", "TZ": "America/Argentina/Buenos_Aires",
    "TRIAGE_ASCII": "1", "TRIAGE_ESCDELAY": "200",
}  # fmt: skip
LEFT = {
    "TRIAGE_DB": "mine.db", "TRIAGE_CONFIG": "mine.toml", "TRIAGE_POLICY": "mine.toml", "TRIAGE_LOG": "log",
    "TEXTUAL_DRIVER": "mine:Driver", "PYTHONPATH": "mine", "PATH": "mine", "HOME": "mine", "LD_PRELOAD": "mine.so",
    "USER": "bo", "LOGNAME": "bo", "SUDO_USER": "bo", "LC_TIME": "C", "LANGUAGE": "de", "SSH_USER_AUTH": "mine",
    "COLUMNS": "9999", "EDITOR": "vi", "TMUX": "mine", "PYTHONSTARTUP": "mine.py", "XDG_CONFIG_HOME": "mine",
}  # fmt: skip


def test_the_environment_is_what_says_how_the_terminal_is() -> None:
    assert allowed({**TAKEN, **LEFT}) == TAKEN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TZ", "/etc/shadow"), ("TZ", ":/etc/shadow"), ("TZ", "../../etc/shadow"), ("TZ", "Europe/../../x"),
        ("LANG", "/srv/x"), ("LC_ALL", "../x"), ("TERM", "x" * 65), ("TERM", "xterm\x1b[2J"), ("LANG", "dé"),
        ("TERM", "a\nb"), ("TERM", "./x"),
    ],
)  # fmt: skip
def test_a_value_that_could_name_a_file_or_act_on_a_terminal_is_left(name: str, value: str) -> None:
    assert allowed({name: value}) == {}


def no_file(path: str, mode: str) -> int:
    """Reach nothing."""
    raise Refused(f"No {path} ({mode}) here; pipe it.", RefusalCode.NOT_ALLOWED)


@pytest.fixture
def visiting(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """Give a desk with an agent and an admin, for visitors; the process is nobody's visitor afterwards."""
    shell.done("people", "add", "ada", "--role", "admin")
    shell.done("people", "add", "bo", "--role", "agent")
    monkeypatch.setattr(visit, "_now", [])
    yield shell
    assert "TRIAGE_DB" not in os.environ


def arrive(shell: Shell, person: str = "bo", *, is_owner: bool = False) -> None:
    """Let a person in."""
    settings = load({"database": str(shell.database)}, {}, shell.folder)
    visit.begin(Visit(person, is_owner, no_file, {each.name: each.value for each in settings.entries() if each.value}))


def said(shell: Shell, *argv: str) -> tuple[int, str, str]:
    """Run a command line as the visitor."""
    shell.capture.readouterr()
    return run(list(argv)), *shell.capture.readouterr()


def test_the_visitor_is_whom_the_visit_names(visiting: Shell) -> None:
    arrive(visiting)

    assert said(visiting, "claim", "1")[0] == 0
    assert "bo" in said(visiting, "history", "1")[1]


@pytest.mark.parametrize("person", ["bo", "ada"])
def test_nobody_who_visits_is_anybody_else(visiting: Shell, person: str) -> None:
    arrive(visiting, person)
    other = "ada" if person == "bo" else "bo"
    for argv in (("--as", other, "claim", "1"), ("claim", "1", f"--as={other}"), ("claim", "--as", other, "1")):
        code, _, told = said(visiting, *argv)
        assert (code, told) == (1, f"You are {person} here, and nobody else; leave --as out.\n")


def test_the_owner_may_act_as_somebody_in_a_visit_too(visiting: Shell) -> None:
    arrive(visiting, "keeper", is_owner=True)

    assert said(visiting, "--as", "bo", "claim", "1")[0] == 0


@pytest.mark.parametrize("flag", ["--db", "--config", "--policy"])
def test_where_the_server_keeps_things_is_not_a_visitors_to_say(visiting: Shell, flag: str) -> None:
    arrive(visiting)

    assert said(visiting, flag, "mine", "list")[0] == 1
    assert said(visiting, "list", f"{flag}=mine")[2] == f"{flag} is set by whoever keeps this server; leave it out.\n"


def test_a_variable_moves_nothing_for_a_visitor(visiting: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(visiting)
    monkeypatch.setenv("TRIAGE_POLICY", "/etc/shadow")
    before = said(visiting, "list")

    assert before[0] == 0
    monkeypatch.setenv("TRIAGE_DB", str(visiting.folder / "other.db"))
    monkeypatch.setenv("TRIAGE_CONFIG", str(visiting.folder / "other.toml"))
    assert said(visiting, "list") == before
    monkeypatch.undo()


def test_commands_of_whoever_keeps_the_server_are_not_a_visitors(visiting: Shell) -> None:
    arrive(visiting)
    words = {"restore": ["x"], "completions": ["bash"]}
    for command in COMMANDS.values():
        if command.runs in {ALONE, OWNER}:
            code, out, _ = said(visiting, command.name, *words.get(command.name, []))
            assert code in {1, 2}, command.name
            assert not out


def test_a_file_that_a_visitor_names_is_theirs_to_reach(visiting: Shell) -> None:
    arrive(visiting)
    mine = visiting.write("mine.csv", "title\nA new one\n")
    for argv in (
        ("intake", mine), ("intake", str(visiting.folder)), ("intake", "-", "--rejects", mine),
        ("policy", "check", mine), ("people", "import", mine), ("escalate", "1", "--brief", mine),
    ):  # fmt: skip
        assert "pipe it" in said(visiting, *argv)[2], argv
    assert Path(mine).read_text(encoding="utf-8") == "title\nA new one\n"


def test_a_visitor_drafts_and_turns_on_a_policy_without_any_file(
    visiting: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(visiting, "ada")
    text = (sample_data() / "policy.toml").read_text(encoding="utf-8").replace("threshold = 9", "threshold = 8")
    assert "pipe it" in said(visiting, "policy", "use", visiting.write("mine.toml", text), "--why", "so")[2]

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert said(visiting, "policy", "draft", "-")[0] == 0
    code, out, err = said(visiting, "policy", "use", "--why", "so")

    assert (code, out) == (0, "checklist.threshold 8 instead of 9\n"), err
    assert said(visiting, "policy", "show", "--toml")[1] == text
    arrive(visiting, "bo")
    assert "Only a lead or an admin" in said(visiting, "policy", "back", "--why", "no")[2]


def test_the_first_to_visit_is_no_owner(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    empty.done("migrate")
    monkeypatch.setattr(visit, "_now", [])
    arrive(empty, "mallory")

    code, _, told = said(empty, "list")

    assert code == 1
    assert "Nobody has been added" in told
