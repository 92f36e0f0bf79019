"""Whose session this is, where the program runs for somebody at the other end of a socket.

A session of the shared server runs under the service's account, and so may read what the person may not. Therefore who
the person is comes from the system (`person`), and every file that the person names is opened by the program they
started, under their own account, and only passed on here. Without a visit, the program is the person's own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

READING, WRITING = "r", "w"
ALLOWED = (
    "TERM", "LANG", "LC_ALL", "LC_CTYPE", "COLORTERM", "COLORFGBG", "NO_COLOR", "TZ", "TRIAGE_ASCII", "TRIAGE_ESCDELAY",
)  # fmt: skip
"""What of a person's environment reaches a session: how their terminal and their clock are, and nothing else."""
LONGEST = 64
"""How many characters such a value may have."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One session for somebody else.

    `person` is their login name as the system says. `is_owner`: they are the account that owns the database.
    `reach(path, mode)` gives a descriptor of a file of theirs, opened for `READING` or `WRITING` (then made or emptied)
    under their account; it raises OSError where that account may not, or where the path was not named on the command
    line, and refuses where no file can be reached at all. `given` are settings that whoever runs the service started
    it with, by name.
    """

    person: str
    is_owner: bool
    reach: Callable[[str, str], int]
    given: Mapping[str, str] = field(default_factory=dict)


def person_of(uid: int) -> str:
    """Give what the person of an account is called at the desk: its login name, `uid` and its number without one."""
    import pwd

    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid{uid}"


_now: list[Visit] = []


def begin(visit: Visit) -> None:
    """Run for somebody from now on; there is no way back within a process."""
    _now[:] = [visit]


def current() -> Visit | None:
    """Give the visit, or None where the program is the person's own."""
    return _now[0] if _now else None


def opened(path: str, mode: str = READING) -> BinaryIO:
    """Open a file that the person named, for `READING` or `WRITING` (then made or emptied). Raises OSError."""
    visit = current()
    if visit is None:
        return cast("BinaryIO", Path(path).open(f"{mode}b"))
    return cast("BinaryIO", os.fdopen(visit.reach(path, mode), f"{mode}b"))


def allowed(environ: Mapping[str, str]) -> dict[str, str]:
    """Give what of a person's environment a session may have; see `ALLOWED`. A value that could name a file is none."""
    return {name: environ[name] for name in ALLOWED if name in environ and _is_plain(name, environ[name])}


def _is_plain(name: str, value: str) -> bool:
    """Say whether a value is short printable ASCII and no path; a time zone has slashes, but not in front."""
    if len(value) > LONGEST or not value.isascii() or not value.isprintable() or ".." in value:
        return False
    return not value.startswith(("/", ":")) if name == "TZ" else "/" not in value
