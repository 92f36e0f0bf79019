"""Many sessions of a host: how soon they stand, and what each costs beside a console of its own."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from statistics import mean

import pytest

from tests.figures import figure
from tests.terminal.at_host import hosted
from tests.terminal.many import idle, in_words, read_for, seated
from tests.terminal.test_many import consoles

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a host needs Linux")
SHARE_OF_MEMORY = 0.8
"""What a session has for itself, against a console of its own; the aim is 0.5."""
UP_WITHIN = 30.0
"""Seconds in which 200 sessions stand on two cores that do nothing else."""


def many_at_host(database: Path, heads: int, seconds: float, *, is_full: bool = False) -> float:
    """Seat so many people at a host, and let them be; give after how many seconds all were there."""
    with seated(consoles(database), 2) as (alone, _):
        read_for(alone, 2.0)
        own = mean(private(pid) for seat in alone for pid in seat.processes())
    with hosted(database) as (begin, _), seated(begin, heads) as (seats, stood):
        read_for(seats, 2.0 + heads / 20)
        rest = idle(seats, seconds)
        clients, theirs = zip(*(map(private, seat.processes()) for seat in seats), strict=True)
    ratio = mean(theirs) / own
    told = f"private {mean(theirs):.0f} MB and {mean(clients):.0f} of the client, {own:.0f} of a console of its own"
    figure(22, f"{heads} sessions of a host", f"{in_words(heads, stood, rest)}; {told}", is_full=is_full)
    assert ratio <= SHARE_OF_MEMORY
    assert rest.written == 0
    return stood


def private(process: int) -> float:
    """Look up how many megabytes a process shares with none."""
    told = Path(f"/proc/{process}/smaps_rollup").read_text()
    return sum(int(size) for size in re.findall(r"^Private_\w+:\s+(\d+) kB", told, re.MULTILINE)) / 1024


@pytest.mark.timeout(300)
def test_a_session_of_a_host_is_smaller_than_a_console_of_its_own(database: Path) -> None:
    many_at_host(database, 4, 3)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_two_hundred_sessions_of_a_host_stand_within_half_a_minute(database: Path) -> None:
    assert many_at_host(database, 200, 30, is_full=True) <= UP_WITHIN
