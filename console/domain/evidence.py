"""Local evidence: how often earlier cases like one needed a higher tier, and what that weighs beside the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from math import exp, log

from console.domain.altering import making
from console.domain.articles import Fix
from console.domain.checklist import WORST, Checklist
from console.domain.stays import FACTS, Came, Counting, Fact, Likes, Stay
from console.domain.toml_table import Table

PULL = 3
"""How many cases like the average are thought beside those there are, so that a handful says little."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What a policy says of local evidence.

    At a rate of `even` percent it neither adds to the score nor takes from it; each doubling of the odds beyond adds
    `weight`, each halving takes it, three times at most: as much as the worst answer to a question. Below `least` known
    outcomes in a tier there is no evidence; a case counts as handled so far after `handled_after`. `late`: one that was
    not solved in time counts as one that needed a higher tier.
    """

    weight: int = 1
    even: int = 33
    least: int = 100
    handled_after: timedelta = timedelta(hours=4)
    late: bool = False

    @property
    def counting(self) -> Counting:
        """Give how cases are counted under it."""
        return Counting(self.handled_after, self.late)

    @property
    def most(self) -> int:
        """Give how many points it adds at most."""
        return self.weight * WORST


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases of which something is known, and how many of them needed a higher tier."""

    needed: int = 0
    of: int = 0

    def __add__(self, other: Count) -> Count:
        """Give both together."""
        return count_of(self.needed + other.needed, self.of + other.of)

    def __sub__(self, other: Count) -> Count:
        """Give this one without the other."""
        return count_of(self.needed - other.needed, self.of - other.of)


count_of = making(Count)
NOTHING = Count()
ONE = {Came.HANDLED: Count(0, 1), Came.NEEDED: Count(1, 1)}
FACT = {fact.value: fact for fact in FACTS}
Key = tuple[int, str, str]
"""What is counted together: a tier, a fact and what it says; for all cases of a tier both are empty."""

NOBODY: Mapping[Key, Count] = {}


@dataclass(frozen=True, slots=True)
class Local:
    """What is known of cases like one: how many in its tier, and for each fact that it states how many like it.

    `fixes` is what came of knowledge articles in its category and tier.
    """

    all: Count = NOTHING
    like: tuple[tuple[Fact, str, Count], ...] = ()
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the evidence comes to: the rate, what of it tells most, and the points it adds; `rate` None says nothing.

    `pull` is what the rate speaks for, in points but without a bound: cases are ranked by it, and never decided.
    `fixes` is what came of knowledge articles. `late`: what ran out of time is among those that needed a higher tier.
    """

    known: int
    rate: float | None = None
    fact: Fact | None = None
    says: str = ""
    count: Count = NOTHING
    pull: float = 0.0
    points: int = 0
    fixes: tuple[Fix, ...] = ()
    late: bool = False


@lru_cache(maxsize=4096)
def keys_of(tier: int, likes: Likes) -> tuple[Key, ...]:
    """Give what a case of a tier counts for: all of its tier, then each fact that it states."""
    every = ((tier, fact, says) for fact, says in zip(FACT, likes, strict=True) if says)
    return ((tier, "", ""), *every)


def counted_as(stay: Stay) -> Mapping[Key, Count]:
    """Give what a stay adds to the counts: nothing before anything is known of it."""
    return dict.fromkeys(keys_of(stay.tier, stay.likes), ONE[stay.came]) if stay.came is not None else NOBODY


def local_of(counts: Mapping[Key, Count], tier: int, likes: Likes, own: Stay | None = None) -> Local:
    """Give what earlier cases say of one in this tier; `own` is what it counts for itself, which is no evidence."""
    less = counted_as(own) if own is not None else NOBODY
    found = [(key, counts.get(key, NOTHING)) for key in keys_of(tier, likes)]
    (_, every), *like = [(key, count - less[key] if key in less else count) for key, count in found]
    return Local(every, tuple((FACT[fact], says, count) for (_, fact, says), count in like))


def evidence_in(local: Local, weighing: Weighing) -> Evidence:
    """Give what the evidence comes to.

    Each fact moves the odds of the tier by what cases with it say, drawn to the average where they are few; a fact that
    nobody had before moves nothing. An item is a part of its category: it is drawn to that, and moves the odds from
    there, so that what both say counts once. Monotone: the more of those like it needed a higher tier, the higher the
    rate.
    """
    known = local.all.of
    if known < weighing.least:
        return Evidence(known, fixes=local.fixes)
    usual = kind = (local.all.needed + 1) / (known + 2)
    average, moved, farthest = _odds(usual), 0.0, -1.0
    fact, says, count = None, "", local.all
    for each, said, found in local.like:
        base = kind if each is Fact.ITEM else usual
        rate = (found.needed + PULL * base) / (found.of + PULL)
        odds = _odds(rate)
        moved += odds - _odds(base)
        if each is Fact.CATEGORY:
            kind = rate
        if found.of and abs(odds - average) > farthest:
            farthest, fact, says, count = abs(odds - average), each, said, found
    odds = average + moved
    doublings = (odds - _odds(weighing.even / 100)) / log(2)
    return _evidence(
        known=known, rate=1 / (1 + exp(-odds)), fact=fact, says=says, count=count, pull=weighing.weight * doublings,
        points=round(weighing.weight * max(-WORST, min(WORST, doublings))), fixes=local.fixes,
        late=weighing.late,
    )  # fmt: skip


_evidence = making(Evidence)


def here(evidence: Evidence, tier: int) -> str:
    """Say it in one line: `31 of 40 earlier checkout cases needed tier 2`; `tier` is the next above the case's."""
    if evidence.rate is None:
        return NO_EVIDENCE
    count, said = evidence.count, evidence.says
    cases = {
        None: "earlier cases",
        Fact.CATEGORY: f"earlier {said} cases",
        Fact.ITEM: f"earlier {said} cases",
        Fact.ORGANISATION: f"earlier cases of {said}",
        Fact.TEAM: f"earlier cases of team {said}",
    }
    late = " or ran late" if evidence.late else ""
    return f"{count.needed:,} of {count.of:,} {cases[evidence.fact]} needed tier {tier}{late}"


NO_EVIDENCE = "no local evidence yet"


def weighing_of(root: Table, checklist: Checklist) -> Weighing:
    """Read `[evidence]`; what is not said is as usual.

    Usually it weighs as much as the heaviest question, but less than would reach the threshold alone.
    """
    weight = min(max(checklist.weights), (checklist.threshold - 1) // WORST)
    table, usual = root.table("evidence", required=False), Weighing(weight=max(weight, 1))
    found = Weighing(
        table.whole("weight", usual.weight),
        _percent(table, "even", usual.even),
        table.whole("least", usual.least, least=1),
        table.span("handled_after", usual.handled_after),
        table.flag("late"),
    )
    table.done()
    return found


def _percent(table: Table, key: str, usual: int) -> int:
    """Give a percentage that leaves room on both sides."""
    found = table.whole(key, usual)
    if not 0 < found < 100:  # noqa: PLR2004 - percent
        table.note(f"This is {found}; it is a percentage from 1 to 99.", key)
        return usual
    return found


def _odds(rate: float) -> float:
    """Give the logarithm of the odds."""
    return log(rate / (1 - rate))
