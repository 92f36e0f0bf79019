"""Local evidence: how often earlier cases like one needed a higher tier, and what that weighs beside the checklist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import exp, log

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
        return Count(self.needed + other.needed, self.of + other.of)

    def __sub__(self, other: Count) -> Count:
        """Give this one without the other."""
        return Count(self.needed - other.needed, self.of - other.of)


NOTHING = Count()
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


def keys_of(tier: int, likes: Likes) -> tuple[Key, ...]:
    """Give what a case of a tier counts for: all of its tier, then each fact that it states."""
    every = ((tier, fact.value, says) for fact, says in zip(FACTS, likes, strict=True) if says)
    return ((tier, "", ""), *every)


def counted_as(stay: Stay) -> Iterator[tuple[Key, Count]]:
    """Give what a stay adds to the counts: nothing before anything is known of it."""
    if stay.came is not None:
        one = Count(int(stay.came is Came.NEEDED), 1)
        yield from ((key, one) for key in keys_of(stay.tier, stay.likes))


def local_of(counts: Mapping[Key, Count], tier: int, likes: Likes, own: Stay | None = None) -> Local:
    """Give what earlier cases say of one in this tier; `own` is what it counts for itself, which is no evidence."""
    less = dict(counted_as(own)) if own is not None else NOBODY
    found = [(key, counts.get(key, NOTHING)) for key in keys_of(tier, likes)]
    first, *rest = ((key, count - less[key] if key in less else count) for key, count in found)
    return Local(first[1], tuple((FACT[fact], says, count) for (_, fact, says), count in rest))


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
    usual = (local.all.needed + 1) / (known + 2)
    moves = [*_moves(local, usual)]
    odds = _odds(usual) + sum(move for move, _ in moves)
    heard = [(abs(far), like) for (_, far), like in zip(moves, local.like, strict=True) if like[2].of]
    _, (fact, says, count) = max(heard, key=_size, default=(0.0, (None, "", local.all)))
    doublings = (odds - _odds(weighing.even / 100)) / log(2)
    return Evidence(
        known, rate=1 / (1 + exp(-odds)), fact=fact, says=says, count=count, pull=weighing.weight * doublings,
        points=round(weighing.weight * max(-WORST, min(WORST, doublings))), fixes=local.fixes,
        late=weighing.late,
    )  # fmt: skip


def _size(heard: tuple[float, object]) -> float:
    return heard[0]


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


def _moves(local: Local, usual: float) -> Iterator[tuple[float, float]]:
    """Give how far each fact moves the odds, and how far from the average it stands."""
    kind = usual
    for fact, _, count in local.like:
        base = kind if fact is Fact.ITEM else usual
        rate = _drawn(count, base)
        kind = rate if fact is Fact.CATEGORY else kind
        yield _odds(rate) - _odds(base), _odds(rate) - _odds(usual)


def _drawn(count: Count, usual: float) -> float:
    return (count.needed + PULL * usual) / (count.of + PULL)


def _odds(rate: float) -> float:
    """Give the logarithm of the odds."""
    return log(rate / (1 - rate))
