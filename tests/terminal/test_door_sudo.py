"""The door behind sudo: everybody an account of their own, and one account that has the database."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import figure
from tests.terminal import ways_in
from tests.terminal.attempts import Attempt, at_sudo
from tests.terminal.sshd import DATA, DATABASE, Server, until
from tests.terminal.ways_in import STRANGER

pytestmark = pytest.mark.skipif(bool(ways_in.lacks_sudo()), reason=ways_in.lacks_sudo())
SUDO = ("sudo", "-n", "-u", "triage")
DOOR = "/usr/local/bin/triage"
IDENTITY = ("people", "keys", "--json")
Answer = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server of the README."""
    with ways_in.by_sudo(tmp_path_factory.mktemp("sudo")) as server:
        yield server


def persons(answer: Answer) -> set[str]:
    """Give whose keys an answer shows: of nobody's where it was refused."""
    return {key["person"] for key in json.loads(answer.stdout)} if answer.returncode == 0 else set()


def tried(server: Server, attempt: Attempt) -> None:
    """Make an attempt, and hold that it made alice nobody else."""
    account = attempt.account or "alice"
    answer = server.said(server.ssh(account, *attempt.words, key="alice", options=attempt.options))
    assert persons(answer) <= {"alice"}, attempt
    assert answer.returncode == 0 or "SHA256:" not in answer.stdout, attempt


def with_a_shell(server: Server, *command: str) -> Answer:
    """Run what alice could if she had a shell, which she has not."""
    return server.said(server.inside(*command, account="alice"))


def test_a_person_is_the_account_they_came_in_to(server: Server) -> None:
    assert persons(server.said(server.ssh("alice", *IDENTITY))) == {"alice"}
    stranger = server.said(server.ssh(STRANGER, *IDENTITY))
    assert stranger.returncode == 1
    assert "carol is not among the people of this desk" in stranger.stdout


def test_few_attempts_make_alice_nobody_else(server: Server) -> None:
    attempts = [attempt for attempt in at_sudo() if attempt.is_short]
    for attempt in attempts:
        tried(server, attempt)

    figure(14, "alice tries to be somebody else over sshd, by sudo", f"0 of {len(attempts)} attempts did it")


@pytest.mark.full
@pytest.mark.timeout(600)
def test_no_attempt_makes_alice_anybody_else(server: Server) -> None:
    attempts = list(at_sudo())
    for attempt in attempts:
        tried(server, attempt)

    assert len(attempts) >= 20
    figure(
        14, "alice tries to be somebody else over sshd, by sudo", f"0 of {len(attempts)} attempts did it", is_full=True
    )


BY_SUDO = (
    (*SUDO, DOOR, "list"), (*SUDO, DOOR, "door", "--sudo", "--as", "bob"), (*SUDO, DOOR), (*SUDO, "/bin/sh"),
    (*SUDO, DOOR, "door", "--sudo", "--db", "x"), (*SUDO, "SUDO_UID=7003", DOOR, "door", "--sudo"),
    ("sudo", "-n", "-u", "bob", DOOR, "door", "--sudo"), ("sudo", "-n", DOOR, "door", "--sudo"),
    (*SUDO, "-E", DOOR, "door", "--sudo"), (*SUDO, "PYTHONPATH=/home/alice", DOOR, "door", "--sudo"),
    ("env", "SUDO_UID=7003", DOOR, "door", "--sudo", "--db", str(DATA / DATABASE)),
    ("env", "SUDO_UID=7003", DOOR, "door", "--sudo"), (DOOR, "--db", str(DATA / DATABASE), "list"),
    ("cat", str(DATA / DATABASE)), ("ls", str(DATA)),
)  # fmt: skip


@pytest.mark.parametrize(
    "command", [*BY_SUDO[:1], *(pytest.param(each, marks=pytest.mark.full) for each in BY_SUDO[1:])]
)
def test_even_with_a_shell_sudo_and_the_folder_give_nothing_else(server: Server, command: tuple[str, ...]) -> None:
    answer = with_a_shell(server, *command)

    assert answer.returncode != 0
    assert answer.stdout == ""


def test_what_lies_in_somebodys_home_is_not_run(server: Server) -> None:
    inside = Path("/proc", str(server.first), "root", "home", "alice/.ssh")
    (inside / "rc").write_text("touch /tmp/was-run\n", encoding="utf-8")
    (inside / "environment").write_text("SUDO_UID=7003\n", encoding="utf-8")

    assert persons(server.said(server.ssh("alice", *IDENTITY))) == {"alice"}
    assert not (server.folder / "tmp" / "was-run").exists()
    figure(15, "a ~/.ssh/rc and an environment file of one's own", "neither was used")


@pytest.mark.full
def test_a_call_of_sudo_is_its_callers_whatever_stands_around_it(server: Server) -> None:
    for environ in ("SUDO_UID=7003", "SUDO_USER=bob", "USER=bob", "SSH_USER_AUTH=/etc/passwd", "LOGNAME=bob"):
        asked = f"SSH_ORIGINAL_COMMAND={' '.join(IDENTITY)}"
        assert persons(with_a_shell(server, "env", environ, asked, *SUDO, DOOR, "door", "--sudo")) == {"alice"}


@pytest.mark.full
def test_a_console_stands_follows_its_window_and_leaves_nothing_behind(server: Server) -> None:
    for end in (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP):
        with server.terminal(server.ssh("alice"), (100, 30)) as terminal:
            terminal.wait_for("q quit")
            assert "alice" in terminal.lines[0]
            terminal.resize(120, 20)
            terminal.wait_for(lambda shown: shown.lines[0].endswith("alice") and len(shown.lines[0]) > 110)
            terminal.signal(end)
            until(lambda: not server.alive(), 5)

    figure(15, "clients of consoles by sudo ended by KILL, TERM, HUP", "nothing alive within 5 s", is_full=True)
