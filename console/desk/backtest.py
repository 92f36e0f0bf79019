"""The back-test at the desk: recorded cases replayed under policies, a page at a time; reads only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from console.desk.desk import Desk
from console.desk.facts import pasts
from console.domain.case import Case, CaseId
from console.domain.judging import Bars
from console.domain.lived import Lived
from console.domain.matrix import Target
from console.domain.memory import Memory
from console.domain.people import Actor, Person
from console.domain.policy import Policy
from console.domain.replay import Replay, Trial
from console.domain.roster import Roster, barred_targets
from console.domain.stays import RESTS_ON, Counting
from console.store import cases, events, evidence, paging, people

PAGE = 250
"""How many cases are read at a time."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """A case as each of the policies would have treated it, in the order in which they are tried."""

    case: Case
    replays: tuple[Replay, ...]


def number(desk: Desk, actor: Actor, since: datetime | None = None) -> int:
    """Give how many cases a person may see that were created since a time, or ever."""
    with desk.read(actor) as tx:
        return paging.number(tx, since)


Heard = Callable[[int], object]
"""Is told, while what was known when is read, of how many of all cases that is done; whoever raises there, ends it."""


def nobody_heard(_done: int) -> None:
    """Tell nobody."""


def replays(
    desk: Desk,
    actor: Actor,
    policies: Sequence[Policy],
    since: datetime | None = None,
    heard: Heard = nobody_heard,
) -> Iterator[Replayed]:
    """Replay the cases that a person may see, created since a time or ever, under each policy.

    What was known at each minute is read first, from all cases that they may see. Who was absent then is not kept:
    everybody is taken to have been there, but no subject of a case hears of it. Each page is a read of its own, so that
    nothing is held back for whoever writes.
    """
    with desk.read(actor) as tx:
        staff = people.everybody(tx)
    memories = {each: memory(desk, actor, each, heard) for each in {each.evidence.counting for each in policies}}
    trials = [Trial(each, memories[each.evidence.counting], _bars(each, staff)) for each in policies]
    with_text = any(each.reads_text for each in trials)
    now, last = desk.now(), CaseId(0)
    while True:
        with desk.read(actor) as tx:
            known = pasts(tx, paging.page(tx, last, PAGE, since), staff, with_text=with_text)
        if not known:
            return
        for facts in known:
            lived = {counting: Lived(facts, now, counting) for counting in memories}
            yield Replayed(facts.case, tuple(trial.of(lived[trial.counting]) for trial in trials))
        last = known[-1].case.id


def memory(desk: Desk, actor: Actor, counting: Counting, heard: Heard = nobody_heard) -> Memory:
    """Give what was known at each minute of all the cases that a person may see."""
    found, last, done = Memory(counting), CaseId(0), 0
    while True:
        with desk.read(actor) as tx:
            ids = evidence.next_to_count(tx, last)
            if not ids:
                return found
            told = events.turning(tx, ids, RESTS_ON)
        for history in told:
            found.hear(history)
        last, done = ids[-1], done + len(told)
        heard(done)


def in_sight(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> frozenset[CaseId]:
    """Give those of the cases that a person may see now."""
    with desk.read(actor) as tx:
        return frozenset(cases.versions(tx, ids))


def _bars(policy: Policy, staff: tuple[Person, ...]) -> Bars:
    """Give what says whom a case could not be sent to, since they are its subjects."""

    def bars(case: Case, at: datetime) -> Mapping[Target, str] | None:
        return barred_targets(case, policy, Roster(staff, at)) if case.subjects else None

    return bars
