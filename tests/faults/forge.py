"""A warm process that forks one process for each command, so that a command takes milliseconds and not a second.

It reads what to run as JSON, a line each, and says the number of the process once that has stopped itself, and how it
ended. Run as `python -m tests.faults.forge`.
"""

from __future__ import annotations

import ctypes
import gc
import io
import json
import os
import signal
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from console.cli import call, run
from console.cli.catalogue import COMMANDS
from console.domain import policy_file
from tests.crowd.worker import a_desk, work

ANYBODY = ctypes.c_ulong(-1)
PR_SET_PTRACER = 0x59616D61
LOADED = (
    "argparse", "json", "csv", "zoneinfo", "alembic.command", "holidays.countries", "console.store.write_engine",
    "console.store.migrations.run", "console.store.lock_holder", "console.cli.table", "console.cli.forms",
    "console.cli.rules", "console.desk.desk", "console.desk.checkup", "console.desk.queues", "console.desk.triage",
    "console.desk.escalation", "console.desk.closing", "console.desk.bulk", "console.desk.taking",
    "console.desk.assignment", "console.desk.watch", "console.desk.rounds", "console.desk.deliveries",
    "console.notify.delivery", "console.notify.writing_back",
    "console.notify.command", "console.intake", "console.tui.terminal.clocks",
    "console.cli.demonstration", "console.cli.watching", "console.tui.terminal.crash",
)  # fmt: skip
"""What commands load in their own time otherwise."""


def main() -> None:
    """Load everything, and fork for every line."""
    for name in (*LOADED, *(command.place for command in COMMANDS.values())):
        import_module(name)
    policy_file.read = cache(policy_file.read)
    warm_up()
    gc.freeze()
    say(is_ready=True)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(obey(order))
        if order["stops"]:
            os.waitpid(child, os.WUNTRACED)
        say(process=child)
        say(status=os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def warm_up() -> None:
    """Do some acts, which leaves behind everything that is made once a process, and no open file."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        os.environ["HOME"] = folder
        for line in ("add Warm", "claim 1", "note 1 warm", "answer 1 scope=1", "undo", "list", "tick", "resolve 1 so"):
            assert run(["--db", f"{folder}/warm.db", *line.split()]) in {0, 1}, line


def say(**told: object) -> None:
    """Write one line at once."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def obey(order: dict[str, Any]) -> int:
    """Run one command line in a process of its own, and give its exit code."""
    for number, (name, flags) in enumerate(
        ((os.devnull, os.O_RDONLY), (order["out"], os.O_WRONLY | os.O_CREAT), (order["err"], os.O_WRONLY | os.O_CREAT))
    ):
        os.dup2(os.open(name, flags, 0o600), number)
    os.environ.update(order["environ"])
    if "work" in order:
        work(a_desk(order["work"]), "ada", 3)
    if order["at"]:
        standing = datetime.fromisoformat(order["at"])
        call.clock = lambda: standing
    if order["stops"]:
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
    code = run(order["argv"])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = code or 1
    return code


if __name__ == "__main__":
    main()
