"""Live sources: looked at again and again, each by itself, and with ever longer pauses while one is in trouble."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from typing import Protocol

from console.cli.call import Call
from console.cli.output import tell
from console.domain.errors import Refused
from console.log import Level

LONGEST_PAUSE = 60.0
"""Seconds until a source in trouble is looked at again, at most."""
PATIENCE = 4
"""Looks at what is not complete yet, before one who looks once ends without it."""


def steady() -> float:
    """Read the clock that only runs."""
    return time.monotonic()


def doze(bell: Event, seconds: float) -> None:
    """Sleep, but not on when the bell rings."""
    bell.wait(max(0.0, seconds))


class Look(Enum):
    """What a look at a source came to."""

    NOTHING = "nothing"
    LATER = "something that is not complete yet"
    AGAIN = "something was taken, and there may be more"


class LiveSource(Protocol):
    """A place that cases come from as long as somebody watches it."""

    name: str

    def look(self, bell: Event) -> Look:
        """Take what is there, and end early when the bell rings. Refused: where that cannot be done now."""

    def close(self) -> None:
        """Let go of it."""


@dataclass(slots=True)
class Watched:
    """A source, when it is looked at next, and what was told of it last."""

    source: LiveSource
    due: float = 0.0
    failures: int = 0
    patience: int = PATIENCE
    told: str = ""
    is_over: bool = False


@dataclass(slots=True)
class Live:
    """One who watches sources until the bell rings, or once."""

    call: Call
    sources: Sequence[LiveSource]
    every: float
    is_once: bool = False
    bell: Event = field(default_factory=Event)

    def run(self) -> int:
        """Watch; give the exit code."""
        all_of = [Watched(source) for source in self.sources]
        if not self.is_once:
            tell(f"Watching {' and '.join(source.name for source in self.sources)}.")
        try:
            while not self.bell.is_set() and (left := [each for each in all_of if not each.is_over]):
                for each in left:
                    if each.due <= steady() and not self.bell.is_set():
                        self._look(each)
                        sys.stdout.flush()
                doze(self.bell, min((each.due for each in left if not each.is_over), default=0.0) - steady())
        finally:
            for source in self.sources:
                source.close()
        return int(any(each.failures for each in all_of))

    def _look(self, watched: Watched) -> None:
        """Look at one source, and settle when to look again."""
        try:
            found = watched.source.look(self.bell)
        except Refused as refused:
            self._trouble(watched, refused.sentence)
        except OSError as error:
            self._trouble(watched, f"{error.filename or watched.source.name} cannot be used: {error.strerror}.")
        except Exception as error:  # noqa: BLE001 - one source that the program fails on stops no other
            self._trouble(watched, self.call.failed(error))
        else:
            if watched.failures:
                self._tell(watched, "is looked at again.")
            watched.failures, watched.told = 0, ""
            watched.due = steady() + (0.0 if found is Look.AGAIN else self.every)
            watched.patience = PATIENCE if found is Look.AGAIN else watched.patience - 1
            watched.is_over = self.is_once and (found is Look.NOTHING or not watched.patience)
        finally:
            self.call.let_go()

    def _trouble(self, watched: Watched, sentence: str) -> None:
        """Tell what keeps a source from being taken in, once, and look again after a while."""
        if sentence != watched.told:
            self._tell(watched, f"is not taken in now: {sentence}")
            watched.told = sentence
        watched.failures += 1
        watched.due = steady() + min(self.every * 2.0 ** min(watched.failures, 20), max(LONGEST_PAUSE, self.every))
        watched.is_over = self.is_once

    def _tell(self, watched: Watched, what: str) -> None:
        tell(f"{watched.source.name} {what}")
        self.call.log.note(Level.INFO, f"intake: {watched.source.name} {what}")
