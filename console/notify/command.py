"""Commands: a program is given the letter as JSON on its standard input; nothing of it stands on a command line."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping

from console.desk.deliveries import Parcel
from console.domain.delivering import Came, Result
from console.notify.channels import Command
from console.notify.forms import as_json

NEVER = frozenset({65, 67, 100})
"""Exit codes for "this one never": bad data and no such user of sysexits.h, and 100 as qmail has it; others: later."""
READ = 1_000
"""How many bytes of what a program complains are kept."""
HANDED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SYSTEMROOT")
"""What of the environment a program sees; secrets of the desk are often among the rest."""


def send(setup: Command, parcel: Parcel) -> Result:
    """Run the program for one letter."""
    return ran(setup, as_json(parcel), {})


def ran(setup: Command, told: bytes, named: Mapping[str, str]) -> Result:
    """Run the program with what it is told, and some variables; one that takes too long is killed with its children."""
    environment = {name: os.environ[name] for name in HANDED_ON if name in os.environ} | dict(named)
    with tempfile.TemporaryFile() as complaints:
        try:
            program = subprocess.Popen(  # noqa: S603 - the arguments are the config's, the letter comes on stdin
                setup.argv, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints,
                env=environment, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            return Result(Came.LATER, f"{setup.argv[0]} cannot be run: {error.strerror}", is_down=True)
        with program:
            try:
                program.communicate(told, timeout=setup.timeout)
            except subprocess.TimeoutExpired:
                _end(program)
                return Result(Came.LATER, f"took longer than {setup.timeout} s and was ended")
        complaints.seek(0)
        said = complaints.read(READ).decode("utf-8", "replace")
    return _result(program.returncode, said)


def _result(code: int, said: str) -> Result:
    if code == 0:
        return Result(Came.SENT)
    return Result(Came.NEVER if code in NEVER else Came.LATER, f"exit code {code}: {said}".rstrip(": "))


def _end(program: subprocess.Popen[bytes]) -> None:
    """Kill a program and its children."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(program.pid, signal.SIGKILL)
        else:
            program.kill()
