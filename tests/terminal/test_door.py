"""The door at one account, behind a real sshd: who comes in, as whom, to what, and what is left of them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import figure
from tests.terminal import ways_in
from tests.terminal.attempts import Attempt, at_keys
from tests.terminal.sshd import Server, lacking, until
from tests.terminal.ways_in import STRANGER

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())
GONE_WITHIN = 5.0
"""Seconds after the end of a client in which everything of it has to have ended."""
Answer = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server of the README."""
    with ways_in.by_key(tmp_path_factory.mktemp("door")) as server:
        yield server


@pytest.fixture
def forged(server: Server) -> Path:
    """Give a file as sshd would write it for bob's key, of the account itself; a session could make none."""
    path = server.folder / "tmp" / "sshauth.ABCDEFGHIJKLMNO"
    key = server.key("bob").with_name("bob.pub").read_text(encoding="utf-8").rsplit(" ", 1)[0]
    path.write_text(f"publickey {key}\n", encoding="utf-8")
    path.chmod(0o600)
    os.chown(path, server.accounts["triage"], server.accounts["triage"])
    return Path("/tmp") / path.name  # noqa: S108 - as it is called inside


def run(server: Server, *words: str, key: str = "alice", options: tuple[str, ...] = (), typed: str = "") -> Answer:
    """Run a command over SSH."""
    return server.said(server.ssh("triage", *words, key=key, options=options), typed)


def persons(answer: Answer) -> set[str]:
    """Give whose keys an answer shows: of nobody's where it was refused."""
    return {key["person"] for key in json.loads(answer.stdout)} if answer.returncode == 0 else set()


def tried(server: Server, attempt: Attempt) -> Answer:
    """Make an attempt, and hold that it made alice nobody else."""
    account = attempt.account or "triage"
    answer = server.said(server.ssh(account, *attempt.words, key="alice", options=attempt.options))
    assert persons(answer) <= {"alice"}, attempt
    assert answer.returncode == 0 or "SHA256:" not in answer.stdout, attempt
    return answer


def test_a_console_stands_follows_its_window_and_leaves_nothing_behind(server: Server) -> None:
    with server.terminal(server.ssh("triage", key="alice"), (100, 30)) as terminal:
        terminal.wait_for("q quit")
        assert "alice" in terminal.lines[0]
        terminal.resize(120, 20)
        terminal.wait_for(lambda shown: shown.lines[0].endswith("alice") and len(shown.lines[0]) > 110)
        assert server.sessions()
        terminal.signal(signal.SIGKILL)
        until(lambda: not server.alive(), GONE_WITHIN)

    figure(15, "the client of a console killed", f"nothing alive within {GONE_WITHIN:.0f} s")


def test_a_person_is_whose_key_they_came_with(server: Server) -> None:
    assert persons(run(server, "people", "keys", "--json")) == {"alice"}
    stranger = run(server, "people", "keys", "--json", key=STRANGER)
    assert (stranger.returncode, stranger.stdout) == (255, "")


def test_without_a_terminal_there_is_a_sentence_instead_of_a_console(server: Server) -> None:
    answer = run(server, options=("-T",))

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("The console needs a terminal: `ssh -t` gives one.")


def test_files_come_through_the_pipe_only(server: Server) -> None:
    refused = run(server, "intake", "/etc/passwd")
    taken = run(server, "intake", "-", typed="title\nFrom a pipe\n")

    assert "no file can be named over SSH" in refused.stderr
    assert (taken.returncode, taken.stdout) == (0, "1 new, 0 joined, 0 known already, 0 notes\n")


def test_few_attempts_make_alice_nobody_else(server: Server, forged: Path) -> None:
    attempts = [attempt for attempt in at_keys(server, forged) if attempt.is_short]
    for attempt in attempts:
        tried(server, attempt)

    figure(14, f"{len(attempts)} attempts at another identity over sshd, by key", "0 changed the actor")


@pytest.mark.full
@pytest.mark.timeout(600)
def test_no_attempt_makes_alice_anybody_else(server: Server, forged: Path) -> None:
    made = ["ssh-keygen", "-q", "-s", str(server.key("alice")), "-I", "bob", "-n", "triage,bob"]
    subprocess.run([*made, str(server.key("alice").with_name("alice.pub"))], check=True)
    attempts = list(at_keys(server, forged))
    for attempt in attempts:
        tried(server, attempt)

    assert len(attempts) >= 20
    figure(14, f"{len(attempts)} attempts at another identity over sshd, by key", "0 changed the actor", is_full=True)


@pytest.mark.full
def test_a_key_that_was_removed_opens_no_more(server: Server) -> None:
    own = ("people", "keys", "--json")
    keys = json.loads(run(server, "people", "keys", "list", "bob", "--json", key="olga").stdout)
    removed = run(server, "people", "keys", "remove", "bob", "--all", key="olga")
    refused = run(server, *own, key="bob")
    again = f"{keys[0]['type']} {keys[0]['key']}\n"
    added = run(server, "people", "keys", "add", "bob", "-", key="olga", typed=again)

    assert (removed.returncode, refused.returncode, added.returncode) == (0, 255, 0)
    assert persons(run(server, *own, key="bob")) == {"bob"}
