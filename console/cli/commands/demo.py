"""demo: try Triage on a throw-away desk."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from console.cli.call import Call, os_user
from console.cli.output import document, say, tell
from console.cli.parser import add_looks
from console.domain.errors import RefusalCode, Refused

DESCRIPTION = """
Open the console on a throw-away desk: some seventy cases of the last days, sixteen people, a whole policy. Nothing of
yours is touched, and everything is gone when you leave, unless you keep it. You are an admin in tier 1; --as makes you
somebody else.
"""
EXAMPLES = (
    "triage demo",
    "triage demo --keep ~/triage-demo",
    "triage list --db $(triage demo --no-console)",
)
NAME = "demo.db"
PREFIX = "triage-demo-"


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--keep", metavar="DIR", type=Path, help="make it in this folder and keep it")
    parser.add_argument("--no-console", action="store_true", help="print the path of its database instead; it is kept")
    add_looks(parser)


def run(call: Call) -> int:
    """Make the desk, and open the console on it."""
    from console.cli.demonstration import build

    said = call.options
    stays = said.keep or said.no_console
    folder = _folder(said.keep, "" if said.no_console else f"{os.getpid()}-")
    if os.name == "posix":
        _sweep(Path(tempfile.gettempdir()))
    try:
        tell("Making a desk to try ...")
        desk = build(folder / NAME, os_user())
        if said.no_console:
            _tell_where(call, folder / NAME)
            return 0
        call.desk = desk
        from console.cli.clocks import reading
        from console.tui.start import open_console

        return open_console(desk, call.actor, call.settings, is_readonly=said.is_readonly, clock=reading)
    finally:
        if not stays:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(keep: Path | None, whose: str) -> Path:
    """Make the folder. Refused: one that holds a demonstration already, or cannot be made."""
    if keep is None:
        return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{whose}"))
    if (keep / NAME).exists():
        told = f"{keep} holds a demo already; open it with `triage --db {keep / NAME}`, or name another folder."
        raise Refused(told, RefusalCode.BAD_INPUT)
    try:
        keep.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(
            f"{keep} cannot be made ({error.strerror}); name another folder.", RefusalCode.BAD_INPUT
        ) from None
    return keep


def _sweep(folder: Path) -> None:
    """Take away what one's own demonstrations left behind that were killed: their folders name the process."""
    for path in folder.glob(f"{PREFIX}*-*"):
        process = path.name.removeprefix(PREFIX).partition("-")[0]
        is_ours = not path.is_symlink() and path.stat().st_uid == os.geteuid()
        if process.isdecimal() and is_ours and not _is_alive(int(process)):
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _tell_where(call: Call, database: Path) -> None:
    """Print where the database is."""
    if call.is_json:
        document({"database": str(database)})
    else:
        say(str(database))
