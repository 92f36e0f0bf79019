"""demo: try Triage on a throw-away desk."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from console.cli.call import Call, now, os_user
from console.cli.output import document, say, tell
from console.cli.parser import add_looks
from console.domain.errors import RefusalCode, Refused
from console.domain.safe import safe_line

DESCRIPTION = """
Open the console on a throw-away desk: some seventy cases of the last days, some two thousand of the year before with
all that happened to them, sixteen people, a whole policy. Nothing of yours is touched, and everything is gone when you
leave, unless you keep it. You are an admin in tier 1; --as makes you somebody else. With --short there are only the
last days, and it is made sooner.

With --day it is the morning of the last working day, and all of it is played in two minutes: cases come in, colleagues
take, escalate, accept, return and hand over, clocks run out and ladders climb. You are one of them. The top line says
what time it is; --speed makes the day slower or faster. When it is over everything stays as it is, until you leave.
"""
EXAMPLES = (
    "triage demo",
    "triage demo --day",
    "triage demo --day --speed 60",
    "triage demo --keep ~/triage-demo",
    "triage list --db $(triage demo --no-console)",
)
NAME = "demo.db"
PREFIX = "triage-demo-"
FASTEST = 3600


def words(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("--keep", metavar="DIR", type=Path, help="make it in this folder and keep it")
    parser.add_argument("--day", action="store_true", help="play a day of the desk, with you in it")
    parser.add_argument("--speed", metavar="TIMES", type=_speed, help="how many times faster than life (310)")
    parser.add_argument("--short", action="store_true", help="without the year before: made sooner")
    parser.add_argument("--no-console", action="store_true", help="print the path of its database instead; it is kept")
    add_looks(parser)


def run(call: Call) -> int:
    """Make the desk, and open the console on it."""
    said = call.options
    if said.speed and not said.day:
        raise Refused("--speed is the speed of a played day; say --day too.", RefusalCode.BAD_INPUT)
    stays = said.keep or said.no_console
    folder = _folder(said.keep, "" if said.no_console else f"{os.getpid()}-")
    if os.name == "posix":
        _sweep(Path(tempfile.gettempdir()))
    try:
        tell("Making a desk to try ...")
        return _play(call, folder / NAME) if said.day else _open(call, folder / NAME)
    finally:
        if not stays:
            shutil.rmtree(folder, ignore_errors=True)


def _open(call: Call, database: Path) -> int:
    """Make the desk as it is now, and open the console on it."""
    from console.cli.demonstration import build

    call.desk = build(database, os_user(), has_year=not call.options.short)
    if call.options.no_console:
        return _tell_where(call, database)
    from console.cli.clocks import reading
    from console.tui.start import open_console

    return open_console(call.desk, call.actor, call.settings, is_readonly=call.options.is_readonly, clock=reading)


def _play(call: Call, database: Path) -> int:
    """Make the desk as it was in the morning, and play its day: at once, or with the console open on it."""
    from console.cli.day import SPEED, Played, begin, play_through

    desk, clock = begin(database, os_user(), now())
    if call.options.no_console:
        play_through(desk, clock, os_user())
        return _tell_where(call, database)
    from console.cli.company import company
    from console.tui.start import open_console

    played = Played(now(), clock.at, call.options.speed or SPEED, now)
    call.desk = replace(desk, now=played, pace=played.speed)
    with company(database, os_user(), played):
        return open_console(call.desk, call.actor, call.settings, is_readonly=call.options.is_readonly)


def _speed(text: str) -> float:
    """Read a speed; a day that is not faster than life would not be played."""
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 < speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"'{safe_line(text)}' is no speed; write a number above 1, at most {FASTEST}")
    return speed


def _folder(keep: Path | None, whose: str) -> Path:
    """Make the folder. Refused: one that holds a demonstration already, or cannot be made."""
    if keep is None:
        return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{whose}"))
    if (keep / NAME).exists():
        told = f"{keep} holds a demo already; open it with `triage --db {keep / NAME}`, or name another folder."
        raise Refused(told, RefusalCode.BAD_INPUT)
    try:
        keep.mkdir(mode=0o700, parents=True, exist_ok=True)
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


def _tell_where(call: Call, database: Path) -> int:
    """Print where the database is, and give that all went well."""
    if call.is_json:
        document({"database": str(database)})
    else:
        say(str(database))
    return 0
