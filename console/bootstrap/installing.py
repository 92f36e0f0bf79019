"""Puts packages into an environment: with uv where it is, else with pip, always by their hashes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

from console.bootstrap.failures import SetUpError, reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from console.bootstrap.environment import Environment

_OPTIONS = ["install", "--quiet", "--require-hashes", "--no-deps"]


def install(environment: Environment, wanted: str, guard: int | None) -> None:
    """Install the lock's text with the first installer that can; pip may know an index that uv does not."""
    listing = environment.folder / "requirements.txt"
    listing.write_text(wanted, encoding="utf-8")
    failure = ""
    for command in _installers(str(environment.python), guard):
        failure = _run([*command, "-r", str(listing)], guard)
        if not failure:
            return
    raise SetUpError(reason(failure))


def _installers(python: str, guard: int | None) -> Iterator[list[str]]:
    """The ways to install, best first."""
    uv = shutil.which("uv")
    if uv:
        yield [uv, "pip", *_OPTIONS, "--python", python, "--compile-bytecode"]
    if find_spec("pip"):
        yield [sys.executable, "-m", "pip", "--python", python, *_OPTIONS, "--compile"]
    elif find_spec("ensurepip"):
        failure = _run([python, "-m", "ensurepip"], guard)
        if failure:
            raise SetUpError(reason(failure))
        yield [python, "-m", "pip", *_OPTIONS, "--compile"]
    elif not uv:
        message = "this Python has no pip and cannot make one. On Debian and Ubuntu: apt install python3-venv"
        raise SetUpError(message)


def _run(command: list[str], guard: int | None) -> str:
    """Run to the end; what it printed if it failed, else nothing.

    The child holds the guard too, so that an installer that outlives a killed start is waited for by the next one.
    """
    keep = () if guard is None else (guard,)
    surroundings = dict(os.environ, PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        command,
        check=False,
        env=surroundings,
        pass_fds=keep,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return "" if done.returncode == 0 else done.stdout.decode(errors="replace") or f"{command[0]} failed"
