"""Makes an environment, or brings one up to date, one start at a time."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
from typing import TYPE_CHECKING

from console.bootstrap.environment import UNFINISHED, Environment
from console.bootstrap.failures import SetUpError, explained
from console.bootstrap.installing import install

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def make_or_exit(environment: Environment, part: str, wanted: str) -> None:
    """Make the environment; what goes wrong is said in a sentence, with exit code 2."""
    try:
        make(environment, part, wanted)
    except SetUpError as error:
        _say(str(error))
        sys.exit(2)
    except OSError as error:
        _say(explained(error))
        sys.exit(2)
    except KeyboardInterrupt:
        _say("the set-up was interrupted; the next start does it again.")
        sys.exit(130)


def make(environment: Environment, part: str, wanted: str) -> None:
    """Make the environment unless another start has just done so."""
    environment.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(environment.folder.parent) as guard:
        if environment.serves(part, wanted):
            return
        count = len(re.findall(r"^[\w.-]+==", wanted, re.MULTILINE))
        began = time.monotonic()
        _say(f"setting up {environment.folder} with {count} packages from requirements.lock.")
        _say("their hashes are checked; this takes half a minute or less, once.")
        _fill(environment, wanted, guard)
        _say(f"ready after {time.monotonic() - began:.0f} s.")


def _fill(environment: Environment, wanted: str, guard: int | None) -> None:
    """Leave a whole environment with its stamp, or none that could be taken for whole."""
    if environment.outlived():
        _discard(environment.folder)
    if not environment.python.exists():
        _start(environment)
    elif not environment.stamp.exists():  # Somebody else's: it is given what is missing and no stamp.
        install(environment, wanted, guard)
        return
    before = environment.stamp.read_text(encoding="utf-8")
    environment.stamp.write_text(UNFINISHED, encoding="utf-8")
    try:
        install(environment, wanted, guard)
    except SetUpError:
        environment.stamp.write_text(before, encoding="utf-8")  # What was there is still there.
        raise
    environment.stamp.write_text(environment.imprint(wanted), encoding="utf-8")


def _start(environment: Environment) -> None:
    """Make an environment without pip, which takes a tenth of a second instead of four."""
    environment.folder.mkdir(exist_ok=True)
    environment.stamp.write_text(UNFINISHED, encoding="utf-8")
    try:
        from venv import EnvBuilder
    except ImportError:
        message = "this Python cannot make environments. On Debian and Ubuntu: apt install python3-venv"
        raise SetUpError(message) from None
    EnvBuilder(symlinks=os.name != "nt").create(environment.folder)


def _discard(folder: Path) -> None:
    """Move an environment out of the way at once, then delete it, and what an earlier kill left of another."""
    if folder.exists():
        folder.rename(folder.with_name(f"{folder.name}.old-{os.getpid()}"))
    for old in folder.parent.glob(f"{folder.name}.old-*"):
        shutil.rmtree(old, ignore_errors=True)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[int | None]:
    """Hold the folder's lock, waiting for another start that has it; gives what keeps it held."""
    try:
        import fcntl
    except ImportError:
        yield None
        return
    guard = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # A file system without locks has no protection, but must not stop us.
            try:
                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                _say("another start is setting up already; waiting for it.")
                fcntl.flock(guard, fcntl.LOCK_EX)
        yield guard
    finally:
        os.close(guard)


def _say(sentence: str) -> None:
    """Say it where it does not mix with an answer."""
    print(f"triage: {sentence}", file=sys.stderr, flush=True)
