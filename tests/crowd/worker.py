"""One of many: acts on cases of a shared database and says on stdout what was acknowledged.

Run as `python -m tests.crowd.worker DATABASE PERSON MODE COUNT`.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

from console.desk import escalation as escalating
from console.desk import triage
from console.desk.desk import Desk
from console.domain.brief import Brief
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.people import Role
from console.store.engine import Store
from tests.builders import a_policy, an_actor

FULL = Brief(issue="down", help="restart")


def a_desk(path: str) -> Desk:
    """Give the desk on a database that exists."""
    return Desk(Store(Path(path)), a_policy(), "text", lambda: datetime.now(UTC))


def say(**told: object) -> None:
    """Write one line at once, as a caller who has been told would know it."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def race(desk: Desk, person: str, count: int) -> None:
    """Claim every case, then escalate every case, as fast as it goes."""
    for number in range(1, count + 1):
        attempt(desk, person, "claim", number)
    for number in range(1, count + 1):
        attempt(desk, person, "escalate", number)


def work(desk: Desk, person: str, count: int) -> None:
    """Write notes and attempts on random cases until killed."""
    chance = random.Random(person)
    for turn in range(1_000_000):
        number = chance.randint(1, count)
        attempt(desk, person, "note" if turn % 2 else "attempt", number)


def attempt(desk: Desk, person: str, deed: str, number: int) -> None:
    """Do one deed and say what came of it."""
    actor, case_id = an_actor(person, Role.LEAD, tier=3), CaseId(number)
    try:
        match deed:
            case "claim":
                done = triage.claim(desk, actor, case_id)
            case "escalate":
                order = escalating.Order(brief=FULL, reason=triage.Reason("vip"))
                done = escalating.escalate(desk, actor, case_id, order)
            case "note":
                done = triage.note(desk, actor, case_id, triage.Said(f"a note by {person}"))
            case _:
                done = triage.attempt(desk, actor, case_id, triage.Tried(f"something by {person}"))
    except Refused as refused:
        say(deed=deed, case=number, refused=refused.code, by=refused.by, sentence=refused.sentence)
    else:
        say(deed=deed, case=number, version=done.event.version, hash=done.event.hash)


if __name__ == "__main__":
    path, name, mode, how_many = sys.argv[1:]
    (race if mode == "race" else work)(a_desk(path), name, int(how_many))
