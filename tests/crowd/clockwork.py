"""One of many who make rounds, answer, or keep watch on a shared database, and say on stdout what came of it.

Run as `python -m tests.crowd.clockwork DATABASE NAME MODE MINUTES`: the desk's clock stands so many minutes after nine,
but for `watch`, which runs on the machine's own. It begins when a line comes in.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from console.desk import escalation as escalating
from console.desk import rounds, watch
from console.desk.desk import Desk
from console.domain.errors import Refused
from console.domain.people import Role
from console.domain.timing import ClockName, Count, Ladder, LadderStep, Target, Timing
from console.store.engine import Store
from console.store.sight import WHOLE
from console.tui.terminal.clocks import reading
from tests.builders import MORNING, a_policy, an_actor
from tests.crowd.client import patiently

MINUTE = timedelta(minutes=1)
SMALL = 20
"""How many cases a batch holds here, so that many who make rounds come between each other."""

STEPS = tuple(LadderStep(to=(name,), after=9 * MINUTE, count=Count.WALL) for name in ("p1", "p2"))
TIMING = Timing(
    targets=(Target(clock=ClockName.RESPONSE, within=60 * MINUTE, calendar="always"),),
    warn=(50, 100),
    ladders=(Ladder(id="up", steps=STEPS),),
)


def a_desk(path: Path, minutes: float) -> Desk:
    """Give a desk whose clock stands."""
    return Desk(Store(path), a_policy(timing=TIMING), "text", lambda: MORNING + minutes * MINUTE)


def say(**told: object) -> None:
    """Write one line at once."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def tell(made: rounds.Rounds) -> None:
    """Say what rounds did."""
    for done in made.done:
        say(case=done.case.id, kind=done.event.kind, hash=done.event.hash)
    for left in made.left:
        say(left=left.case.id, why=left.why)


def make_rounds(desk: Desk, _: str) -> None:
    """Make rounds, a batch at a time, until three in a row find nothing due."""
    idle = 0
    while idle < 3:
        made = patiently(partial(rounds.make_rounds, desk, most=SMALL))
        tell(made)
        idle = 0 if made.looked else idle + 1


def answer(desk: Desk, name: str) -> None:
    """Accept every escalation, in an order of one's own."""
    with desk.store.read(WHOLE) as tx:
        ids = [case for (case,) in tx.rows('SELECT id FROM "case" WHERE escalation IS NOT NULL ORDER BY id')]
    random.Random(name).shuffle(ids)
    for case_id in ids:
        with suppress(Refused):
            done = patiently(partial(escalating.accept, desk, an_actor(name, Role.LEAD, tier=4), case_id))
            say(case=case_id, kind=done.event.kind, hash=done.event.hash)


def keep_watch(desk: Desk, name: str) -> None:
    """Keep watch on the machine's own clock until killed, and say who does."""
    own = replace(desk, now=lambda: datetime.now(UTC))
    while True:
        kept = watch.keep(own, name, lambda: reading(own.now()))
        say(watch=kept.other or name, at=time.monotonic())
        time.sleep(watch.HELD.total_seconds() / 5)


MODES: Mapping[str, Callable[[Desk, str], None]] = {"rounds": make_rounds, "answer": answer, "watch": keep_watch}

if __name__ == "__main__":
    where, person, mode, after = sys.argv[1:]
    own_desk = a_desk(Path(where), float(after))
    rounds.BATCH = SMALL
    watch.HELD, watch.RENEWED = watch.HELD / 15, watch.RENEWED / 15
    own_desk.store.warm_up()
    say(is_ready=True)
    sys.stdin.readline()
    MODES[mode](own_desk, person)
