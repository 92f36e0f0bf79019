"""The first start from a checkout: makes `.venv` with what requirements.lock names, then goes on inside it.

Standard library only, and nothing else of console: it runs before there is anything else.
It does nothing where the packages are there already, or where Triage is installed and not a checkout.
`__main__` imports it, and `python3 -m tests`; nobody else does.
"""

from __future__ import annotations

import os
import sys

from console.bootstrap.environment import Environment, choose
from console.bootstrap.lock import checkout, locked

_RESTARTED = "TRIAGE_SET_UP"


def ensure(part: str) -> None:
    """Return when this interpreter has the part of the lock; else set it up and start this command anew in there."""
    root = checkout()
    if root is None:
        return
    wanted = locked(root, part)
    restarted = os.environ.pop(_RESTARTED, None) is not None
    if Environment(sys.prefix).serves(part, wanted, sys.path):
        return
    python = prepared(part)
    if restarted:
        sys.exit(f"triage: {python} still lacks packages after the set-up. Remove its folder and start again.")
    os.environ[_RESTARTED] = "1"
    _restart(python)


def prepared(part: str) -> str:
    """The interpreter of an environment that has the part, set up first if need be."""
    root = checkout()
    if root is None:
        sys.exit("triage: this is not a checkout, so there is nothing to set up.")
    wanted = locked(root, part)
    environment = choose(root, part, wanted)
    if not environment.serves(part, wanted):
        from console.bootstrap.making import make_or_exit

        make_or_exit(environment, part, wanted)
    return str(environment.python)


def _restart(python: str) -> None:
    """Become the same command under another interpreter."""
    command = [python, *sys.orig_argv[1:]]
    if os.name == "nt":  # There, exec would hand the prompt back before the command has ended.
        import subprocess

        sys.exit(subprocess.call(command))
    os.execv(python, command)
