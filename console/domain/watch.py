"""The watch of the clock side: whether its clocks can be trusted, and what everybody has to be told of it.

A wall clock can be set; a steady clock only runs, from the start of the machine on. What one says must have passed, the
other must say too. Where they differ the wall clock has jumped, and whatever it makes due may be early, late, or due a
second time; then nothing is done by the clock until it is known to be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from console.domain.spans import moment
from console.domain.words import counted, lasting

SLACK = timedelta(seconds=2)
"""How far both clocks may differ at once: what is read one after the other is not read at the same moment."""

DRIFT = 0.001
"""How far they may differ in proportion to the time passed: time services steer by half of that at most."""

SMALL = timedelta(minutes=5)
"""A jump up to this long is a correction: it is waited for as long as it was, then the clock is taken to be right.

After a jump ahead nothing is early that way even if the clock was right before; after one back, nothing is looked at
twice. A longer one (an hour, a day) is for a person to judge.
"""

OVERDUE = timedelta(minutes=5)
"""How long work may be overdue before that is an alarm."""


NOTHING = timedelta(0)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clocks of a machine show at one moment.

    `steady` has run since the machine started, sleep included, and cannot be set. `boot` names that start: readings of
    another cannot be compared by it.
    """

    wall: datetime
    steady: timedelta
    boot: str


@dataclass(frozen=True, slots=True)
class Held:
    """That acts by the clock are held: since when by both clocks, and how far the wall clock had jumped."""

    since: datetime
    steady: timedelta
    drift: timedelta

    @property
    def why(self) -> str:
        """Say what happened."""
        way = "ahead" if self.drift > NOTHING else "back"
        return f"the clock jumped {way} by {lasting(self.drift)}"


@dataclass(frozen=True, slots=True)
class Trust:
    """The last reading that was right, and whether acts by the clock are held since."""

    reading: Reading | None = None
    held: Held | None = None


def judged(trust: Trust, now: Reading) -> Trust:
    """Give what is to be held of the clocks after another reading.

    While acts are held, what is compared with stays the last reading that was right.
    """
    before, held = trust.reading, trust.held
    if before is None:
        return Trust(now)
    drift = jumped(before, now)
    if held is None:
        return Trust(now) if drift is None else Trust(before, Held(now.wall, now.steady, drift))
    if not _same_start(before, now):
        return Trust(now) if drift is None and held.drift < NOTHING else trust
    if drift is None:
        return Trust(now)
    if abs(drift - held.drift) > SLACK:
        return Trust(before, Held(held.since, now.steady, drift))
    is_over = abs(drift) <= SMALL and now.steady - held.steady >= abs(held.drift)
    return Trust(now) if is_over else trust


def jumped(before: Reading, now: Reading) -> timedelta | None:
    """Give how far the wall clock has jumped between two readings, ahead or (negative) back; None where it has not.

    After the machine was started anew only a jump back can be told: time ahead may have passed, it was off.
    """
    passed = now.wall - before.wall
    if not _same_start(before, now):
        return passed if passed < -SLACK else None
    steadily = now.steady - before.steady
    drift = passed - steadily
    return drift if abs(drift) > SLACK + steadily * DRIFT else None


def _same_start(before: Reading, now: Reading) -> bool:
    return now.boot == before.boot and now.steady >= before.steady


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is wrong with the clock side: work that is overdue, acts that are held, or both.

    `number` counts the cases with overdue work that one may see, `since` is when the first of it was due; `watcher` is
    who keeps watch, the empty word where nobody does.
    """

    number: int = 0
    since: datetime | None = None
    held: Held | None = None
    watcher: str = ""

    def sentences(self, now: datetime, zone: tzinfo | None = None) -> tuple[str, ...]:
        """Say what is wrong and what to do, the most important first."""
        said: list[str] = []
        if self.held is not None:
            at = moment(self.held.since, now, zone)
            said.append(
                f"Acts by the clock are held since {at}: {self.held.why}. Put it right, or say"
                " `triage tick --go` if it is."
            )
        if self.since is not None:
            what = "has" if self.number == 1 else "have"
            told = f"{counted(self.number, 'case')} {what} work overdue since {moment(self.since, now, zone)}"
            said.append(f"{told}; {self._remedy()}")
        return tuple(said)

    def _remedy(self) -> str:
        if self.held is not None:
            return "it is done when acts are no longer held."
        if self.watcher:
            return f"{self.watcher} keeps watch and is behind, or cannot do it: see `triage doctor`."
        return "nobody keeps watch: start `triage watch`, or run `triage tick`."
