"""Everybody over SSH on one machine: log in, work, be refused, lose the line in mid-edit, come back to the draft."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import figure
from tests.terminal.impostures import ATTEMPTS
from tests.terminal.ptyrun import Terminal
from tests.terminal.shared_server import Site, found, gone, site
from tests.terminal.sshd import DATA, DATABASE, lacking

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())
GONE_WITHIN = 5.0
"""Seconds after the end of a client in which its session has to have ended."""
TYPED = "Kim from the bank called"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the server."""
    with site(tmp_path_factory.mktemp("shared")) as running:
        yield running


def test_two_work_at_one_queue_and_each_is_who_the_system_says(shared: Site) -> None:
    with shared.seat("ada") as ada, shared.seat("bo") as bo:
        ada.wait_for("q quit")
        bo.wait_for("q quit")
        assert ada.lines[0].endswith("ada")
        assert bo.lines[0].endswith("bo")
        found(ada, "checkout")
        found(bo, "checkout")
        ada.send("c")
        ada.wait_for("ada claimed it")
        bo.wait_for(lambda terminal: any(" ada " in line for line in terminal.lines[2:6]))

        bo.send("c")

        bo.wait_for(lambda terminal: "ada" in terminal.lines[-2])
        ada.resize(100, 30)
        ada.wait_for(lambda terminal: len(terminal.lines[0]) > 90)
        ada.send("q")
        bo.send("q")
        assert (ada.exit_status(), bo.exit_status()) == (0, 0)


def test_a_stranger_is_told_whom_to_ask(shared: Site) -> None:
    with shared.seat("mallory") as mallory:
        assert mallory.exit_status() == 1
        assert "mallory is not among the people of this desk" in mallory.text
    assert shared.run("mallory", "list").returncode == 1


def test_nobody_but_the_service_gets_at_the_database_or_at_a_session(shared: Site) -> None:
    place = DATA / DATABASE
    with shared.seat("ada") as ada:
        ada.wait_for("q quit")
        session = shared.sessions()[0]
        inside = next(
            int(line.split()[-1])
            for line in Path(f"/proc/{session}/status").read_text().splitlines()
            if line.startswith("NSpid")
        )
        reached = {
            script: shared.sh("bo", script).returncode
            for script in (
                f"cat {place}", f"cat {place}-wal", f"ls {DATA}", f"echo x >> {place}", f"rm -f {place}",
                f"ln -s {place} /tmp/link-$$ && cat /tmp/link-$$", f"cat /proc/{inside}/environ",
                f"cat /proc/{inside}/mem", f"ls /proc/{inside}/fd/", f"kill {inside}", "kill -9 $(pgrep -o triage)",
                "rm -f /run/triage/host.sock", "mv /run/triage/host.sock /tmp/x",
                f"sqlite3 {place} .dump", f"triage list --db {place}", "echo evil > /dev/pts/0",
            )
        }  # fmt: skip

    assert [script for script, code in reached.items() if code == 0] == []
    figure(13, f"{len(reached)} ways of another account to the file, a session or the socket", "all refused")


def test_a_session_sees_nothing_of_another_and_starts_nothing(shared: Site) -> None:
    with shared.seat("ada") as ada:
        ada.wait_for("q quit")
        status = Path(f"/proc/{shared.sessions()[0]}/status").read_text()

    assert "NoNewPrivs:\t1" in status
    assert "Seccomp:\t2" in status
    assert "CapEff:\t0000000000000000" in status


def test_nobody_becomes_anybody_else(shared: Site) -> None:
    for number, attempt in enumerate(ATTEMPTS):
        attempt(shared, f"written in attempt {number}")

    shown = json.loads(shared.run("bo", "history", "1", "--json").stdout)
    wrote = [event for event in shown if "attempt" in json.dumps(event)]
    assert {event["actor"] for event in wrote} <= {"ada"}
    assert all(event.get("on_behalf") in {None, "ada"} for event in wrote)
    assert len(ATTEMPTS) >= 20
    figure(14, f"{len(ATTEMPTS)} attempts at another identity at the host", "0 changed the actor")


def test_a_line_that_drops_in_mid_edit_loses_nothing(shared: Site) -> None:
    before = len(shared.sessions())
    with shared.seat("ada") as ada:
        typing(ada)
        ada.signal(signal.SIGKILL)
        gone(shared, before, GONE_WITHIN)
    with shared.seat("ada") as again:
        is_back(again)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_host_that_ends_says_so_and_what_was_typed_is_there_after(number: signal.Signals, shared: Site) -> None:
    with shared.seat("bo") as bo:
        typing(bo)
        shared.stop_host(number)
        try:
            bo.wait_for(lambda terminal: "Theserverwasstopped" in "".join(terminal.text.split()))  # it may be wrapped
            assert bo.exit_status() == 69
            refused = shared.run("bo", "list")
            assert refused.returncode == 1
            assert "does not answer" in refused.stderr
        finally:
            shared.start_host()
    with shared.seat("bo") as again:
        is_back(again)


def test_files_are_opened_under_the_account_of_whoever_names_them(shared: Site) -> None:
    mine = shared.sh("ada", "printf 'title\\nFrom my file\\n' > /tmp/mine.csv && cd /tmp && triage intake mine.csv")
    theirs = shared.run("ada", "intake", "/etc/shadow")
    secret = shared.run("ada", "intake", str(DATA / DATABASE))

    assert (mine.returncode, mine.stdout) == (0, "1 new, 0 joined, 0 known already, 0 notes\n"), mine.stderr
    assert (theirs.returncode, secret.returncode) == (1, 1)
    assert "Permission denied" in theirs.stderr
    assert "Permission denied" in secret.stderr


def test_over_ssh_there_is_the_console_and_nothing_else(shared: Site) -> None:
    without = shared.server.said(shared.server.ssh("ada", "sh -c id"))
    copied = shared.server.said(shared.server.ssh("ada", "sftp", options=("-s",)))  # sshd passes no errors of these on

    assert "The console needs a terminal" in without.stderr
    assert (without.returncode, without.stdout, copied.returncode, copied.stdout) == (1, "", 1, "")


def typing(terminal: Terminal) -> None:
    """Find a case, and type half a note."""
    terminal.wait_for("q quit")
    found(terminal, "printer")
    terminal.send("\r")
    terminal.wait_for("What they write")
    terminal.send(f"i{TYPED}")
    terminal.wait_for(TYPED)


def is_back(terminal: Terminal) -> None:
    """Hold that the note is there again, and drop it."""
    terminal.wait_for("q quit")
    found(terminal, "printer")
    terminal.send("\r")
    terminal.wait_for("What they write")
    terminal.send("i")
    terminal.wait_for(TYPED)
    terminal.send("\x15")
