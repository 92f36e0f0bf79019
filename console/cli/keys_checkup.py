"""The checkup of the keys of the account that owns the database: what each lets somebody do besides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from console.cli.authorized_keys import Line, lines
from console.domain.words import counted, listed

NAMED = 5
"""How many lines of one kind are named by their number."""

_OURS = re.compile(r"(^|[\s/])triage(\s|$)|-m\s+console(\s|$)")
_NAMES_ONE = re.compile(r"(^|\s)--as(\s|=|$)")
_GIVEN_BACK = ("port-forwarding", "agent-forwarding", "x11-forwarding", "user-rc")


def serves(text: str) -> bool:
    """Say whether a file of keys lets others use Triage under this account, and is not just its owner's own."""
    return any(_OURS.search(line.command) for line in lines(text))


def faults(file: str, text: str, *, is_forced: bool) -> Iterator[str]:
    """Tell what is wrong with the lines of a file of keys; `is_forced`: sshd starts one command anyhow."""
    found = tuple(lines(text))
    for is_bad, told in _KINDS:
        numbers = [line.number for line in found if is_bad(line, is_forced)]
        if numbers:
            yield f"{_places(numbers)} of {file} {told}"


def _names_somebody(line: Line, _is_forced: bool) -> bool:  # noqa: FBT001 - one of a table
    is_set = any(value.startswith("TRIAGE_") for value in line.values("environment"))
    return is_set or _NAMES_ONE.search(line.command) is not None


def _opens_a_shell(line: Line, is_forced: bool) -> bool:  # noqa: FBT001 - one of a table
    return not line.command and not is_forced


def _is_unrestricted(line: Line, is_forced: bool) -> bool:  # noqa: FBT001 - one of a table
    return not line.has("restrict") and not _opens_a_shell(line, is_forced)


def _is_given_back(line: Line, _is_forced: bool) -> bool:  # noqa: FBT001 - one of a table
    return line.has("restrict") and any(line.has(name) for name in _GIVEN_BACK)


_KINDS: tuple[tuple[Callable[[Line, bool], bool], str], ...] = (
    (
        _names_somebody,
        "would say who acts by --as or a variable, which proves nothing; add the key with `triage people keys`.",
    ),
    (
        _opens_a_shell,
        'would open a shell of the account that has the database; write restrict,pty,command="..." first.',
    ),
    (_is_unrestricted, "would let its key forward ports and run ~/.ssh/rc; write restrict,pty in front of the key."),
    (_is_given_back, "would let its key forward, or run ~/.ssh/rc, after all; leave that behind restrict out."),
)


def _places(numbers: list[int]) -> str:
    """Name lines by their numbers."""
    if len(numbers) == 1:
        return f"Line {numbers[0]}"
    named = [str(number) for number in numbers[:NAMED]]
    return f"Lines {listed([*named, counted(len(numbers) - NAMED, 'other')] if len(numbers) > NAMED else named)}"
