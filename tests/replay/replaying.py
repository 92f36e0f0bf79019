"""A log gone through minute by minute: each case is judged as it comes in, by what was known then and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from console.domain.arrival import Arrival
from console.domain.case import Case, PersonId
from console.domain.changes import changes
from console.domain.checklist import Factor, scores
from console.domain.events import Event, Kind
from console.domain.memory import Memory
from console.domain.opening import opened
from console.domain.past_step import begun
from console.domain.policy import Category, Policy, Team
from console.domain.recommendation import Advice, advise
from console.domain.retold import Retelling
from console.domain.stays import FACTS

LOG = PersonId("log")


@dataclass(frozen=True, slots=True)
class Judged:
    """One case at intake: its advice, what its facts alone score for impact, and whether it needed a higher tier."""

    case: Case
    advice: Advice
    impact: int
    went_up: bool

    @property
    def checklist(self) -> float:
        """Give the middle of what the checklist alone can come to."""
        points = self.advice.evidence.points if self.advice.evidence else 0
        return (self.advice.low + self.advice.high) / 2 - points

    @property
    def combined(self) -> float:
        """Give the middle of the score, with what local evidence speaks for without a bound."""
        return self.checklist + (self.advice.evidence.pull if self.advice.evidence else 0)

    @property
    def is_known(self) -> bool:
        """Say whether there was local evidence."""
        return self.advice.evidence is not None and self.advice.evidence.rate is not None


def history_of(arrival: Arrival, number: int, policy: Policy) -> tuple[Case, list[Event]]:
    """Give a case as it came in, and its events as taking the log in writes them."""
    case = begun(opened(arrival, policy, arrival.created or arrival.steps[0].at, number), arrival.steps, policy)
    retelling = Retelling(case, policy, LOG)
    first = Event(case=case.id, version=1, at=case.created, actor=LOG, kind=Kind.OPENED, changes=changes(None, case))
    told = [
        Event(
            case=case.id, version=version, at=each.at, actor=LOG, kind=each.kind,
            changes=changes(each.before, each.after), detail=each.detail,
        )
        for version, each in enumerate(retelling.tell(arrival.steps), 2)
    ]  # fmt: skip
    return case, [first, *told]


def replayed(arrivals: Iterable[Arrival], policy: Policy) -> Iterator[Judged]:
    """Judge every case at the minute it came in; what came of it is looked up in its own history only."""
    told = [history_of(arrival, number, policy) for number, arrival in enumerate(arrivals, 1)]
    memory = Memory(policy.evidence.counting)
    for _, history in told:
        memory.hear(history)
    for case, history in sorted(told, key=lambda each: each[1][0].at):
        likes, at = tuple(str(getattr(case, fact)) for fact in FACTS), history[0].at
        advice = advise(case, policy, at, local=memory.local(case.tier, likes, at))
        filled = scores(case, policy.checklist, at)
        went_up = any(_tier(event, case.tier) > case.tier for event in history)
        yield Judged(case, advice, filled[[*Factor].index(Factor.IMPACT)] or 0, went_up)


def with_names_of(arrivals: Iterable[Arrival], policy: Policy) -> Policy:
    """Give the policy with the teams and categories that a log names, as the desk that kept it would have them."""
    teams = {
        each.team: Team(each.team, each.team, each.tier)
        for arrival in arrivals for each in arrival.steps if each.team and each.tier is not None
    }  # fmt: skip
    kinds = {each.category for arrival in arrivals for each in arrival.steps if each.category}
    return replace(
        policy, teams=(*policy.teams, *teams.values()),
        categories=(*policy.categories, *(Category(kind, kind) for kind in sorted(kinds))),
    )  # fmt: skip


def auc(pairs: Iterable[tuple[float, bool]]) -> float:
    """Give how often one that went up ranks above one that did not; ties count half. NaN where there is only one."""
    ordered = sorted(pairs)
    ranks: dict[float, list[int]] = {}
    for place, (score, _) in enumerate(ordered, 1):
        ranks.setdefault(score, []).append(place)
    ups = [sum(ranks[score]) / len(ranks[score]) for score, is_up in ordered if is_up]
    downs = len(ordered) - len(ups)
    if not ups or not downs:
        return float("nan")
    return (sum(ups) - len(ups) * (len(ups) + 1) / 2) / (len(ups) * downs)


def _tier(event: Event, otherwise: int) -> int:
    """Give the tier that an event leads to."""
    _, tier = event.changes.get("tier", (None, otherwise))
    return tier if isinstance(tier, int) else otherwise
