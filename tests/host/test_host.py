"""The host, its sessions and its clients: what is passed, what is refused, and what is left when one of them dies."""

from __future__ import annotations

import json
import os
import pwd
import signal
import socket
import struct
import termios
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from console.host import wire
from console.host.client import Ends
from console.host.confine import Bounds
from console.host.peer import Peer
from console.host.session import Rules, Session
from tests.host.conftest import Served, serving
from tests.terminal.test_shell import is_restored

pytestmark = pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="a host needs Linux")
ME = pwd.getpwuid(os.geteuid()).pw_name


def until_closed(connection: socket.socket) -> None:
    """Read until the other end has gone."""
    with suppress(ConnectionResetError):
        while connection.recv(1_000):
            pass


def test_a_session_knows_who_came_and_nothing_of_what_they_say_about_it(host: Served) -> None:
    done = host.visit("who")

    told = json.loads(done.stdout)
    assert (told["person"], told["owner"], told["given"]) == (ME, True, {"theme": "dark"})
    assert set(told["environ"]) == {"LANG", "SQLITE_TMPDIR", "TMPDIR"}
    assert told["ppid"] == host.process.pid


@pytest.mark.parametrize("code", [0, 3, 130])
def test_the_exit_code_of_the_session_is_that_of_the_client(code: int, host: Served) -> None:
    assert host.visit("code", str(code)).returncode == code


def test_a_client_that_goes_when_it_is_told_the_end_is_no_line_that_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _, number: heard.append(number))
    for is_told in (False, True):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            session = Session(ours, Peer(0, 0), Rules(lambda _: 0, Bounds((), ())))
            if is_told:
                session.end(0)
            theirs.close()
            session.listen()

    assert heard == [signal.SIGHUP]


def test_a_signal_that_comes_as_the_session_ends_does_not_hide_how_it_ended() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        ends = Ends(ours, [])
        wire.send(theirs, {"exit": 130})
        theirs.close()
        os.write(ends.bell[1], bytes([signal.SIGINT]))

        assert ends.wait() == 130
    for each in ends.bell:
        os.close(each)


def test_a_file_that_was_named_is_opened_by_the_client_and_no_other(host: Served, tmp_path: Path) -> None:
    (tmp_path / "case.txt").write_text("it is broken\n", encoding="utf-8")

    assert host.visit("cat", "case.txt", folder=tmp_path).stdout == b"it is broken\n"
    assert (
        host.visit("cat", str(tmp_path)).stdout == b"refused: a folder cannot be passed to the server; name its files\n"
    )
    assert host.visit("put", "--to", "new.txt", given=b"written", folder=tmp_path).returncode == 0
    assert (tmp_path / "new.txt").read_bytes() == b"written"
    assert host.visit("cat", "missing", folder=tmp_path).stdout == b"refused: No such file or directory\n"


def test_a_client_opens_nothing_that_was_not_named() -> None:
    from console.host.client import Ends

    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours, theirs:
        ends = Ends(ours, ["intake", "--rejects=kept.jsonl", "mail"])
        for path, mode in (
            ("/etc/passwd", "r"), ("kept", "r"), ("mail\0", "r"), ("--rejects=kept.jsonl\0", "r"), ("mail", "w"),
            ("intake", "w"), ("", "w"), ("--rejects", "w"),
        ):  # fmt: skip
            wire.send(theirs, {"open": path, "mode": mode})
            assert ends.answer() is None
            answer, found = wire.receive(theirs, 1)
            assert (found, answer["refused"]) == ([], 1)
        wire.close(ends.bell)


def test_the_size_of_the_terminal_is_that_of_the_session(host: Served) -> None:
    with host.seen("draw", shown="size 80") as terminal:
        terminal.resize(100, 30)
        terminal.wait_for("size 100")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_line_that_drops_ends_the_session_in_order(number: signal.Signals, lone: Served) -> None:
    with lone.seen("draw", shown="size 80") as terminal:
        terminal.signal(number)
        assert terminal.exit_status() == 128 + number

    lone.until_logged(f"ended with {128 + number}")
    assert (lone.log.parent / "left").read_text() == str(int(number))


def test_a_client_that_is_killed_ends_its_session_in_order(lone: Served) -> None:
    with lone.seen("draw", shown="size 80") as terminal:
        terminal.signal(signal.SIGKILL)
        terminal.exit_status()

        lone.until_logged(f"ended with {128 + signal.SIGHUP}")


def test_ctrl_c_stops_a_command(host: Served) -> None:
    with host.seen("wait", shown="waiting") as terminal:
        terminal.send("\x03")

        assert terminal.exit_status() == 130


def test_a_command_that_does_not_catch_ctrl_c_says_that_it_was_stopped(host: Served) -> None:
    ran = host.visit("struck")

    assert (ran.returncode, ran.stderr) == (130, b"")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_when_the_host_ends_sessions_leave_and_say_so(number: signal.Signals, tmp_path: Path) -> None:
    with serving(tmp_path) as host, host.seen("draw", shown="size 80") as terminal:
        before = terminal.modes()
        host.process.send_signal(number)

        assert terminal.exit_status() == 69
        assert "The server was stopped" in terminal.text.replace("\n", "")
        assert terminal.modes() == before
        assert (host.log.parent / "left").read_text() == str(int(signal.SIGTERM))


def test_a_session_that_is_killed_leaves_the_terminal_right(lone: Served) -> None:
    with lone.seen("draw", shown="size 80") as terminal:
        flags = terminal.modes()[3]
        session = int(lone.until_logged("session ").split("session ")[1].split()[0])
        os.kill(session, signal.SIGKILL)

        assert terminal.exit_status() == 69
        assert b"\x1b[?1049l" in terminal.raw
        assert b"\x1b[?25h" in terminal.raw
        assert isinstance(flags, int)
        assert flags & termios.ECHO


def test_a_failure_tells_the_terminal_nothing_of_anybody(lone: Served) -> None:
    done = lone.visit("fail")

    assert done.returncode == 69
    assert b"Kim" not in done.stdout + done.stderr
    assert "Kim" not in lone.until_logged("failed: ValueError")


def test_an_account_has_so_many_sessions_and_no_more(lone: Served) -> None:
    with lone.seen("wait", shown="waiting"), lone.seen("wait", shown="waiting"), lone.seen("wait", shown="waiting"):
        done = lone.visit("who")

    assert done.returncode == 1
    assert b"You have 3 sessions already; end one of them first." in done.stderr


def test_all_accounts_together_have_so_many(tmp_path: Path) -> None:
    with serving(tmp_path, each=9) as host, ExitStack() as open_ones:
        for _ in range(4):
            open_ones.enter_context(host.seen("wait", shown="waiting"))
        done = host.visit("who")

    assert b"There are 4 sessions already" in done.stderr


HELLO = {"spoken": wire.SPOKEN, "words": ["who"], "environ": {}}


@pytest.mark.parametrize(
    ("packet", "ends"),
    [
        (b"\xff\xfe", 3), (b"[]", 3), (b"{}", 3), (json.dumps(HELLO).encode(), 0), (json.dumps(HELLO).encode(), 2),
        (json.dumps(HELLO).encode(), 7), (json.dumps({**HELLO, "words": "who"}).encode(), 3),
        (json.dumps({**HELLO, "words": [1]}).encode(), 3), (json.dumps({**HELLO, "words": ["x"] * 999}).encode(), 3),
        (json.dumps({**HELLO, "environ": 7}).encode(), 3), (b"[" * 100_000, 3), (b'{"spoken": 1, "words": ', 3),
    ],
)  # fmt: skip
def test_what_is_no_greeting_ends_that_connection_and_nothing_else(packet: bytes, ends: int, host: Served) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.connect(str(host.path))
        null = os.open(os.devnull, os.O_RDWR)
        socket.send_fds(connection, [packet], [null] * ends)
        os.close(null)
        assert b"welcome" in connection.recv(1_000)
        until_closed(connection)

    assert host.visit("code", "5").returncode == 5


def test_another_version_is_told_so(host: Served) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as connection:
        connection.connect(str(host.path))
        socket.send_fds(connection, [json.dumps({**HELLO, "spoken": 99}).encode()], [0, 1, 2])
        assert b"welcome" in connection.recv(1_000)
        answer = json.loads(connection.recv(10_000))

    assert answer["exit"] == 1
    assert "different versions" in answer["said"]


def test_who_says_nothing_holds_nobody_up(host: Served) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as silent:
        silent.connect(str(host.path))

        assert host.visit("code", "5").returncode == 5


def test_a_service_that_ends_is_started_again_later_and_later(lone: Served) -> None:
    lone.until_logged("beside ended; again in 2 s")


def test_a_host_that_has_ended_is_still_known_to_have_been_there(tmp_path: Path) -> None:
    with serving(tmp_path) as host:
        pass

    done = host.visit("who")

    assert b"does not answer (Connection refused). Ask whoever runs it to start it again" in done.stderr


def test_a_socket_is_served_once_and_a_dead_one_is_taken_over(tmp_path: Path) -> None:
    from console.domain.errors import Refused
    from console.host.server import listening

    with serving(tmp_path) as host:
        with pytest.raises(Refused, match="Another host listens"), listening(host.path):
            pass
        host.process.kill()
        host.process.wait()
        assert host.path.is_socket()

        with serving(tmp_path) as again:
            assert again.visit("code", "4").returncode == 4


def test_a_socket_that_others_could_replace_is_not_trusted(tmp_path: Path) -> None:
    with serving(tmp_path) as host:
        host.path.parent.chmod(0o777)

        done = host.visit("who")

    assert done.returncode != 0
    assert b"Others may write in" in done.stderr


def test_the_kernel_says_who_is_there() -> None:
    from console.host.peer import peer_of

    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with one, other:
        assert peer_of(one).uid == os.geteuid()
        assert struct.calcsize("3i") == 12


def test_the_screen_is_put_right_by_what_the_console_itself_uses(lone: Served) -> None:
    with lone.seen("draw", shown="size 80") as terminal:
        lone.process.kill()
        terminal.exit_status()
        terminal.raw[:0] = b"\x1b[?7l\x1b[?2004h"

        assert is_restored(terminal)
