"""A small program behind a host, and its client: `python -m tests.host.small serve SOCKET LOG [EACH]`, or `visit`."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from console import visit
from console.host import client
from console.host.confine import Bounds, readable_of_python
from console.host.server import Host, Places, Service
from console.host.session import Rules
from console.log import Log


def who(_: list[str]) -> int:
    """Tell whose session this is, and what it knows of them."""
    found = visit.current()
    assert found is not None
    told = {"person": found.person, "owner": found.is_owner, "given": dict(found.given), "environ": dict(os.environ)}
    sys.stdout.write(json.dumps({**told, "pid": os.getpid(), "ppid": os.getppid()}) + "\n")
    return 0


def cat(words: list[str]) -> int:
    """Print a file of the person's."""
    try:
        with visit.opened(words[0]) as file:
            sys.stdout.write(file.read().decode())
    except OSError as error:
        sys.stdout.write(f"refused: {error.strerror}\n")
        return 1
    return 0


def put(words: list[str]) -> int:
    """Write standard input to a file of the person's."""
    with visit.opened(words[-1], visit.WRITING) as file:
        file.write(sys.stdin.buffer.read())
    return 0


def draw(_: list[str]) -> int:
    """Take the screen over, say which size it has whenever that changes, and end by a signal as the console does."""
    heard: list[int] = []
    for heeded in (signal.SIGWINCH, signal.SIGHUP, signal.SIGTERM):
        signal.signal(heeded, lambda given, _: heard.append(given))
    os.write(1, b"\x1b[?1049h\x1b[?25l")
    while True:
        os.write(1, f"size {os.get_terminal_size(1).columns}\r\n".encode())
        while not heard:
            signal.pause()
        number = heard.pop(0)
        if number != signal.SIGWINCH:
            Path(os.environ["SQLITE_TMPDIR"], "left").write_text(str(number), encoding="utf-8")
            return 128 + number


def wait(_: list[str]) -> int:
    """Wait for ever, like a command that takes its time."""
    os.write(1, b"waiting\r\n")
    while True:
        time.sleep(60)


def struck(_: list[str]) -> int:
    """Be interrupted where nothing of it would catch that."""
    os.kill(os.getpid(), signal.SIGINT)
    return 0


def fail(_: list[str]) -> int:
    """Fail with somebody's data in the error."""
    raise ValueError("Kim Secretary cannot pay")


DEEDS: dict[str, Callable[[list[str]], int]] = {
    "who": who, "cat": cat, "put": put, "draw": draw, "wait": wait, "fail": fail, "struck": struck,
    "code": lambda words: int(words[0]),
}  # fmt: skip


def run(words: list[str]) -> int:
    """Run one deed."""
    return DEEDS[words[0]](words[1:])


def serve(path: Path, log: Path, each: int) -> int:
    """Serve the small program, with a service beside it that ends at once."""
    rules = Rules(run, Bounds((log.parent,), (*readable_of_python(), Path.cwd())), {"theme": "dark"})
    kept = Log(log, lambda: datetime.now(UTC))
    host = Host(path, rules, kept, Places(sessions=4, each=each), (Service("beside", lambda: 0),))
    return host.serve(lambda: print("ready", flush=True))  # noqa: T201 - a program for tests


if __name__ == "__main__":
    deed, place, *rest = sys.argv[1:]
    if deed == "serve":
        sys.exit(serve(Path(place), Path(rest[0]), int(rest[1])))
    sys.exit(client.visit(Path(place), rest, os.environ))
