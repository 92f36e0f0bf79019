"""What sshd and its clients can do besides opening the door, and do not here: forwarding, files, shells, agents."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.figures import figure
from tests.terminal import ways_in
from tests.terminal.sshd import Server, free_port, lacking, until

pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking())
GREETING = b"REACHED"
WAYS = {"key": (ways_in.by_key, "triage"), "sudo": (ways_in.by_sudo, "alice")}
"""How a server is made, and the account that alice comes in to."""


@pytest.fixture(scope="module", params=["key", pytest.param("sudo", marks=pytest.mark.full)])
def way(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """Run a server of the README, and give it with the account that alice comes in to."""
    if request.param == "sudo" and ways_in.lacks_sudo():
        pytest.skip(ways_in.lacks_sudo())
    made, account = WAYS[request.param]
    with made(tmp_path_factory.mktemp("shut")) as server:
        yield server, account


@pytest.fixture
def elsewhere() -> Iterator[int]:
    """Give the port of something that nobody is to reach through the server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    with line, contextlib.suppress(OSError):
                        line.sendall(GREETING)

        threading.Thread(target=greet, daemon=True).start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)


def command(way: tuple[Server, str], *words: str, options: tuple[str, ...] = ()) -> list[str]:
    """Give the command of alice's client."""
    server, account = way
    return server.ssh(account, *words, key="alice", options=options)


@contextlib.contextmanager
def holding(way: tuple[Server, str], *options: str, **environ: str) -> Iterator[None]:
    """Hold a line open, as clients do that want no command."""
    with subprocess.Popen(
        command(way, options=options), env={**os.environ, **environ},
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as client:  # fmt: skip
        try:
            yield
        finally:
            client.kill()


def reached(port: int, typed: bytes = b"") -> bytes:
    """Connect to a port of the client's, and give what comes back of the greeting."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(typed)
        found = b""
        while part := line.recv(100):
            found += part
        return found
    return b""


def listens(port: int) -> bool:
    """Say whether something listens at a port, without a word to it."""
    return any(f":{port:04X} 00000000:0000 0A" in line for line in Path("/proc/net/tcp").read_text().splitlines())


def through_the_client(way: tuple[Server, str], elsewhere: int) -> None:
    """Hold that nothing is reached through ports that a client opens at its side (-L, -D)."""
    local, socks = free_port(), free_port()
    options = ("-N", "-L", f"{local}:127.0.0.1:{elsewhere}", "-D", str(socks))
    with holding(way, *options):
        until(lambda: listens(local) and listens(socks))
        hello = b"\5\1\0" + b"\5\1\0\1\x7f\0\0\1" + elsewhere.to_bytes(2, "big")
        assert GREETING not in reached(local)
        assert GREETING not in reached(socks, hello)
        assert way[0].sessions() == []


def test_nothing_is_forwarded(way: tuple[Server, str], elsewhere: int) -> None:
    assert reached(elsewhere) == GREETING
    through_the_client(way, elsewhere)
    server = way[0]
    direct = server.said(command(way, options=("-W", f"127.0.0.1:{elsewhere}")))
    assert (direct.returncode, direct.stdout) == (255, "")
    back = free_port()
    fails = ("-N", "-o", "ExitOnForwardFailure=yes")
    assert server.said(command(way, options=(*fails, "-R", f"{back}:127.0.0.1:{elsewhere}"))).returncode == 255
    assert not listens(back)
    until(lambda: not server.alive(), 5)

    figure(15, "-L -R -W -D -N tried on a loopback sshd", "0 allowed")


def test_an_agent_is_not_forwarded(way: tuple[Server, str], tmp_path: Path) -> None:
    own = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", str(own)], stdout=subprocess.DEVNULL) as agent:
        try:
            until(own.exists)
            with holding(way, "-tt", "-A", SSH_AUTH_SOCK=str(own)):
                until(way[0].sessions)
                assert agents(way[0]) == []
        finally:
            agent.kill()
    until(lambda: not way[0].alive(), 5)

    figure(15, "-A tried on a loopback sshd", "no agent in any process")


def agents(server: Server) -> list[str]:
    """Give what was started in a session with an agent at hand."""
    found = []
    for pid, said in server.alive():
        with contextlib.suppress(OSError):
            if b"SSH_AUTH_SOCK=" in Path(f"/proc/{pid}/environ").read_bytes():
                found.append(said)
    return found


@pytest.mark.parametrize("tool", ["sftp", *(pytest.param(each, marks=pytest.mark.full) for each in ("scp", "scp -O"))])
def test_no_file_goes_either_way(way: tuple[Server, str], tool: str, tmp_path: Path) -> None:
    server, account = way
    mine = tmp_path / "mine"
    mine.write_text("mine", encoding="utf-8")
    *options, _ = server.ssh(account, key="alice")[1:]
    options[options.index("-p")] = "-P"
    address = f"{account}@127.0.0.1"
    if tool == "sftp":
        tried = [["sftp", *options, "-b", "-", address]]
    else:
        name, *legacy = tool.split()
        tried = [[name, *legacy, *options, str(mine), f"{address}:/srv/triage/theirs"]]
        tried += [[name, *legacy, *options, f"{address}:/etc/passwd", str(tmp_path / "theirs")]]
    for each in tried:
        done = server.said(each, typed=f"put {mine} /srv/triage/theirs\nget /etc/passwd {tmp_path / 'theirs'}\n")
        assert done.returncode not in {0, None}

    assert not (server.folder / "data" / "theirs").exists()
    assert not (tmp_path / "theirs").exists()
    until(lambda: not server.alive(), 5)
    figure(15, f"{tool} tried on a loopback sshd", "0 files moved, 0 processes left")


@pytest.mark.full
@pytest.mark.parametrize(
    "words", ["sh", "bash -c id", "/bin/cat /etc/passwd", "rsync --server . /srv", "exec sh", "git"]
)
def test_there_is_no_shell(way: tuple[Server, str], words: str) -> None:
    for options in ((), ("-tt",)):
        answer = way[0].said(command(way, words, options=options))
        assert answer.returncode == 2
        assert (answer.stderr + answer.stdout).strip() == (
            "Behind this door there are no files and no shell, only Triage: `ssh HOST --help` lists its commands."
        )


@pytest.mark.full
def test_what_a_client_leaves_running_ends_with_it(way: tuple[Server, str]) -> None:
    for words in ((), ("intake", "-"), ("note", "1", "-")):
        with subprocess.Popen(
            command(way, *words, options=("-tt",) if not words else ()),
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as client:  # fmt: skip
            until(way[0].sessions)
            client.send_signal(signal.SIGKILL)
        until(lambda: not way[0].alive(), 5)

    figure(15, "clients killed in a console and while they pipe", "nothing alive within 5 s", is_full=True)
