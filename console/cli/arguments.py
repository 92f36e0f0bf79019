"""What commands are given: case ids, times, targets, texts; each read here, the same everywhere."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused

if TYPE_CHECKING:
    from console.domain.matrix import Target
    from console.domain.policy import Policy

UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
LONGEST_ID = 18
MOST = 10_000_000
"""Characters of a text that is read from standard input or a file."""


def add_case(parser: argparse.ArgumentParser, told: str = "the case's number") -> None:
    """Add the case an act is about."""
    parser.add_argument("case", type=case_id, metavar="ID", help=told)


def add_seen(parser: argparse.ArgumentParser) -> None:
    """Add the version that the caller saw."""
    parser.add_argument(
        "--seen", type=int, metavar="VERSION", help="refuse with exit code 3 if what this rests on changed since then"
    )


def seconds(shortest: float, longest: float) -> Callable[[str], float]:
    """Give what reads how long to sleep, within these bounds."""

    def read(text: str) -> float:
        try:
            said = float(text)
        except ValueError:
            said = 0.0
        if not shortest <= said <= longest:
            _wrong(f"'{text}' is not a number of seconds from {shortest:g} to {longest:g}")
        return said

    return read


def case_id(text: str) -> CaseId:
    """Read a case's number, with or without #."""
    digits = text.removeprefix("#")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > LONGEST_ID:
        _wrong(f"'{text}' is not the number of a case, such as 4711")
    return CaseId(int(digits))


def moment(text: str) -> datetime:
    """Read a time: ISO 8601 (a time without a zone is local), or from now on as +30m, +2h, +3d, +1w."""
    if ahead := re.fullmatch(r"\+(\d{1,6})\s*(min|[mhdw])", text.strip().lower()):
        return datetime.now(UTC) + timedelta(**{UNITS[ahead[2]]: int(ahead[1])})
    try:
        return datetime.fromisoformat(text.strip().upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        _wrong(f"'{text}' is not a time; write 2026-11-22T14:00Z, or +30m, +2h, +3d")


def ago(text: str) -> datetime:
    """Read a time that has passed: ISO 8601 (a time without a zone is local), or so long ago as 30m, 8h, 2d."""
    if back := re.fullmatch(r"-?(\d{1,6})\s*(min|[mhdw])", text.strip().lower()):
        return datetime.now(UTC) - timedelta(**{UNITS[back[2]]: int(back[1])})
    return moment(text)


def target(text: str) -> Target:
    """Read where an escalation goes: TIER, TIER/TEAM or TIER@PARTY."""
    from console.domain.matrix import target as read

    try:
        return read(text)
    except ValueError as error:
        _wrong(str(error))


def place(text: str, policy: Policy) -> tuple[int, str]:
    """Read a tier and team: TIER, TIER/TEAM, or a team alone, which says its tier. Refused: an unknown team."""
    if not text[:1].isdecimal():
        team = policy.team(text)
        return team.tier, team.id
    from console.domain.matrix import target as read

    try:
        where = read(text)
    except ValueError as error:
        raise Refused(f"{error}.", RefusalCode.BAD_INPUT) from None
    if where.party:
        raise Refused(f"A case cannot be moved to {text}; escalate it there.", RefusalCode.BAD_INPUT)
    return where.tier, where.team


def text_of(words: str | list[str] | None) -> str:
    """Give a text as it was typed; `-` stands for standard input."""
    said = " ".join(words) if isinstance(words, list) else words or ""
    if said != "-":
        return said
    return sys.stdin.buffer.read(MOST).decode("utf-8", "replace").strip()


def file_text(name: str, what: str) -> str:
    """Give the text of a file, or of standard input for `-`. Refused: a file that cannot be read."""
    if name == "-":
        return text_of("-")
    from console.cli.files import handed_text

    return handed_text(name, what)[0]


def assignment(text: str) -> tuple[str, str]:
    """Read NAME=VALUE."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        _wrong(f"'{text}' is not of the form NAME=VALUE")
    return name.strip().lower(), value.strip()


def with_query(words: list[str]) -> list[str]:
    """Let a query's `-status:closed` stand among options: what begins with one hyphen is a word, but for -h."""
    return [f" {word}" if re.match(r"-[^-]", word) and word != "-h" else word for word in words]


def _wrong(sentence: str) -> NoReturn:
    raise argparse.ArgumentTypeError(sentence)
