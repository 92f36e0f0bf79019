"""One client of a crowd: acts on a shared database for a while and says on stdout what it was told.

Run as `python -m tests.crowd.client DATABASE PERSON MODE SECONDS CASES`; it begins when a line comes in.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TypeVar

from console.desk import bulk, triage, undo
from console.desk.batch import Batch
from console.desk.desk import Desk
from console.desk.record import Done
from console.domain.case import CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.store import cases
from tests.builders import an_actor
from tests.crowd.worker import a_desk, say

Given = TypeVar("Given")


def mixed(desk: Desk, actor: Actor, seconds: float, count: int) -> None:
    """Claim, release, move, tag, note and undo at random."""
    chance = random.Random(actor.id)
    deeds: list[Callable[[CaseId], Done | Batch]] = [
        lambda case: triage.claim(desk, actor, case),
        lambda case: triage.release(desk, actor, case),
        lambda case: triage.note(desk, actor, case, triage.Said(f"by {actor.id}")),
        lambda case: bulk.move(desk, actor, _some(chance, case, count), (chance.randint(1, 3), "")),
        lambda case: bulk.tag(desk, actor, _some(chance, case, count), [actor.id]),
        lambda case: bulk.untag(desk, actor, _some(chance, case, count), [actor.id]),
        lambda _: undo.undo(desk, actor),
        lambda _: undo.redo(desk, actor),
        lambda _: triage.take_next(desk, actor),
    ]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            what = chance.choice(deeds)(CaseId(chance.randint(1, count)))
        except Refused as refused:
            say(refused=refused.code)
        else:
            for done in what.done if isinstance(what, Batch) else (what,):
                say(case=done.case.id, version=done.event.version, hash=done.event.hash)


def claims(desk: Desk, actor: Actor, _: float, count: int) -> None:
    """Claim every case, in an order of one's own."""
    order = list(range(1, count + 1))
    random.Random(actor.id).shuffle(order)
    for number in order:
        try:
            done = patiently(partial(triage.claim, desk, actor, CaseId(number)))
        except Refused as refused:
            say(case=number, lost_to=refused.by)
        else:
            say(case=number, hash=done.event.hash)


Claim = Callable[[Desk, Actor, CaseId], object]


def naive_claim(desk: Desk, actor: Actor, case_id: CaseId) -> None:
    """Claim a case as it is done where nobody thinks of others: look whether it is free, then take it."""
    with desk.read(actor) as tx:
        handler = cases.get(tx, case_id).handler
    if handler:
        raise Refused("taken", RefusalCode.CONFLICT, handler)
    time.sleep(0.002)
    driver = desk.store.module.connect(str(desk.store.path), isolation_level=None)
    driver.execute('UPDATE "case" SET handler = ?, owner = ? WHERE id = ?', (actor.id, actor.id, case_id))
    driver.close()


def register(desk: Desk, actor: Actor, turns: float, count: int, claim: Claim = triage.claim) -> None:
    """Claim, release and look at one case after the other, so many times each, and say when each act began and ended.

    Everybody begins with the same case, so that all of them are at one case at a time.
    """
    chance = random.Random(actor.id)
    for number in range(1, count + 1):
        for _ in range(int(turns)):
            deed = chance.choice(["claim", "claim", "release", "look", "look"])
            began = time.monotonic_ns()
            said = told(desk, actor, deed, CaseId(number), claim)
            say(deed=deed, case=number, said=said, began=began, ended=time.monotonic_ns())


def next_ones(desk: Desk, actor: Actor, _: float, __: int) -> None:
    """Take the next case, until there is none or one has as many as one can carry."""
    while True:
        try:
            done = patiently(partial(triage.take_next, desk, actor))
        except Refused as refused:
            say(refused=refused.code)
            return
        say(case=done.case.id, hash=done.event.hash)


def picks(desk: Desk, actor: Actor, _: float, count: int) -> None:
    """Choose cases by hand, whatever is more urgent."""
    for number in random.Random(actor.id).sample(range(1, count + 1), 20):
        with suppress(Refused):
            done = patiently(partial(triage.claim, desk, actor, CaseId(number)))
            say(case=done.case.id, hash=done.event.hash)


def timed(desk: Desk, actor: Actor, seconds: float, count: int, pause: float = 0) -> None:
    """Claim a case and give it back, again and again, and say how long each act took; between two of them, pause."""
    chance = random.Random(actor.id)
    time.sleep(chance.uniform(0, pause))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        case_id = CaseId(chance.randint(1, count))
        for deed in ("claim", "release"):
            began = time.perf_counter()
            told(desk, actor, deed, case_id)
            say(seconds=time.perf_counter() - began)
            time.sleep(pause)


def told(desk: Desk, actor: Actor, deed: str, case_id: CaseId, claim: Claim = triage.claim) -> str:
    """Do one deed and give the answer: `done`, or the handler one was told of."""
    try:
        match deed:
            case "claim":
                patiently(partial(claim, desk, actor, case_id))
            case "release":
                patiently(partial(triage.release, desk, actor, case_id))
            case _:
                with desk.read(actor) as tx:
                    return cases.get(tx, case_id).handler or ""
    except Refused as refused:
        return refused.by or (str(actor.id) if deed == "claim" else "refused")
    return "done"


def patiently(act: Callable[[], Given]) -> Given:
    """Do an act, again where the crowd kept the database busy for longer than anybody is asked to wait."""
    while True:
        try:
            return act()
        except Refused as refused:
            if refused.code is not RefusalCode.STORAGE:
                raise


def _some(chance: random.Random, case: CaseId, count: int) -> list[CaseId]:
    """Give this case and two others."""
    return [case, *(CaseId(chance.randint(1, count)) for _ in range(2))]


Mode = Callable[[Desk, Actor, float, int], None]
MODES: Mapping[str, Mode] = {
    "mixed": mixed, "claims": claims, "register": register, "naive": partial(register, claim=naive_claim),
    "next": next_ones, "picks": picks,
    "closely": timed, "paced": partial(timed, pause=1),
}  # fmt: skip

if __name__ == "__main__":
    path, person, mode, how_long, how_many = sys.argv[1:]
    own = a_desk(path)
    own.store.warm_up()
    room = int(how_many) if mode == "next" else None
    # An agent releases only what is theirs; everybody may act on every case of the crowd.
    role = Role.AGENT if mode in {"register", "naive"} else Role.LEAD
    say(is_ready=True)
    sys.stdin.readline()
    MODES[mode](own, an_actor(person, role, capacity=room), float(how_long), int(how_many))
