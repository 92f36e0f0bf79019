"""The recommendation: escalate, handle, or ask the one answer that would decide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import product
from operator import mul
from typing import assert_never

from console.domain.altering import making
from console.domain.articles import Fix, known_fix
from console.domain.case import UNANSWERED, Case
from console.domain.checklist import FACTORS, WORST, Factor, Scores, scores
from console.domain.escalation import AWAITING
from console.domain.evidence import Evidence, Local, evidence_in
from console.domain.matrix import Route, Target, route
from console.domain.people import called
from console.domain.policy import Guard, GuardKind, Policy, Stop, TierKind

Weights = tuple[int, int, int, int]


class Verdict(StrEnum):
    """What the checklist recommends."""

    ESCALATE = "escalate"
    HANDLE = "handle"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The score as an interval over all answers still possible, and the question that would decide it."""

    verdict: Verdict
    low: int
    high: int
    ask: Factor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The recommendation for one case.

    `skipped` are levels passed over, `stop` and `guard` what outranked the score;
    `standing` says why nothing is to be recommended, `out_of` is the highest score the checklist can give; `low` and
    `high` are with the points of local `evidence`, which is None where nobody looked for any; `fix` is what the known
    fix is known by, where an article has solved others.
    """

    verdict: Verdict
    low: int
    high: int
    threshold: int
    out_of: int = WORST * len(FACTORS)
    ask: Factor | None = None
    target: Target | None = None
    skipped: tuple[tuple[Target, str], ...] = ()
    stop: Stop | None = None
    guard: Guard | None = None
    standing: str = ""
    evidence: Evidence | None = None
    fix: Fix | None = None

    @property
    def left_to(self) -> int:
        """Give the threshold that is left to the checklist beside the local evidence."""
        return self.threshold - (self.evidence.points if self.evidence else 0)


def advise(
    case: Case,
    policy: Policy,
    now: datetime,
    unavailable: Mapping[Target, str] | None = None,
    local: Local | None = None,
) -> Advice:
    """Recommend for one case: a stop condition first, then a guard, then the interval against the threshold.

    `unavailable` names targets that are absent or subjects of the case; they are skipped with their reason. `local` is
    what is known of earlier cases like it. Monotone: a worse answer, and a case like it that needed a higher tier,
    never turn ESCALATE into HANDLE. Source: the policy; no I/O.
    """
    return recommended(case, policy, now, unavailable, None if local is None else evidence_in(local, policy.evidence))


def recommended(
    case: Case,
    policy: Policy,
    now: datetime,
    unavailable: Mapping[Target, str] | None,
    evidence: Evidence | None,
) -> Advice:
    """Recommend for one case, where what the local evidence comes to is known: what `advise` gives."""
    checklist = policy.checklist
    filled = scores(case, checklist, now)
    standing = standing_of(case)
    stop = None if standing else stop_for(case, policy)
    guard, fix = (None, None) if standing or stop else guard_for(case, policy, filled, now, evidence)
    untold = filled[ATTEMPTS] is None and needs_attempt(case, policy)
    points = evidence.points if evidence else 0
    judged = judge(filled, checklist.weights, checklist.threshold - points, needs_attempt=untold)
    verdict, ask, way = judged.verdict, judged.ask, NOWHERE
    if standing or guard:
        verdict, ask = Verdict.HANDLE, None
    elif stop:
        verdict, ask = Verdict.ESCALATE, None
    if verdict is not Verdict.HANDLE:
        way = way_up(case, policy, stop, unavailable)
        if way.target is None:
            verdict, ask, standing = Verdict.HANDLE, None, "no tier above can take it"
    return _advice(
        verdict=verdict, low=judged.low + points, high=judged.high + points, threshold=checklist.threshold,
        out_of=checklist.out_of, ask=ask, target=way.target, skipped=way.skipped, stop=stop, guard=guard,
        standing=standing, evidence=evidence, fix=fix,
    )  # fmt: skip


_advice = making(Advice)


@lru_cache(maxsize=8192)
def judge(filled: Scores, weights: Weights, threshold: int, *, needs_attempt: bool = False) -> Judgement:
    """Weigh four scores, each 0 to 3 or unknown, against the threshold.

    Low >= threshold is ESCALATE already, high < threshold is HANDLE already, otherwise ASK the question that narrows
    the interval most among those that can still change the outcome. `needs_attempt`: nothing tried is HANDLE anyway.
    """
    low = sum(weight * score for weight, score in zip(weights, filled, strict=True) if score is not None)
    high = low + sum(weight * WORST for weight, score in zip(weights, filled, strict=True) if score is None)
    if low >= threshold:
        return Judgement(Verdict.ESCALATE, low, high)
    if high < threshold:
        return Judgement(Verdict.HANDLE, low, high)
    open_ones = open_questions(filled, weights, threshold, needs_attempt=needs_attempt)
    if not open_ones:
        return Judgement(Verdict.HANDLE, low, high)
    return Judgement(Verdict.ASK, low, high, max(open_ones, key=lambda factor: weights[FACTORS.index(factor)]))


@lru_cache(maxsize=8192)
def open_questions(
    filled: Scores, weights: Weights, threshold: int, *, needs_attempt: bool = False
) -> tuple[Factor, ...]:
    """Give the unanswered questions whose answer can still change the outcome, in the order they are asked.

    A question can, when for some answers to the others its own answers lead to both outcomes.
    """
    options = [range(WORST + 1) if score is None else (score,) for score in filled]

    def escalates(answers: tuple[int, ...]) -> bool:
        held = needs_attempt and answers[ATTEMPTS] == 0
        return not held and sum(map(mul, weights, answers)) >= threshold

    found = []
    for place, factor in enumerate(FACTORS):
        fixed = [*options[:place], (0,), *options[place + 1 :]]
        if filled[place] is None and any(
            escalates((*others[:place], 0, *others[place + 1 :]))
            != escalates((*others[:place], WORST, *others[place + 1 :]))
            for others in product(*fixed)
        ):
            found.append(factor)
    return tuple(found)


def standing_of(case: Case) -> str:
    """Say why nothing is to be recommended now: the case is done, or its escalation waits to be accepted.

    An action of a review is nobody's issue, and goes up only once a person has answered something of the checklist.
    """
    if not case.status.is_live:
        return f"the case is {case.status}"
    if case.action_of is not None and case.answers == UNANSWERED and not case.stops:
        return f"it is an action of case {case.action_of}, done where it is"
    if case.escalation_state in AWAITING:
        return f"already escalated by {called(case.escalated_by)}, waiting to be accepted"
    return ""


def stop_for(case: Case, policy: Policy) -> Stop | None:
    """Give the first stop condition that holds: marked on the case, or by how often a supervisor was asked for.

    One whose own target has the case already is served and holds no longer.
    """
    if not case.stops and not case.manager_asks:
        return None
    for stop in policy.stops:
        holds = stop.id in case.stops or (stop.manager_asks and case.manager_asks >= stop.manager_asks)
        if holds and not _has_reached(case, stop.target):
            return stop
    return None


def guard_for(
    case: Case, policy: Policy, filled: Scores, now: datetime, evidence: Evidence | None = None
) -> tuple[Guard | None, Fix | None]:
    """Give the first guard that holds and does not exempt the case's severity, and the fix by which it does."""
    for guard in policy.guards:
        if guard.spares(case.severity):
            continue
        if _holds(guard, case, filled, now):
            return guard, None
        if guard.kind is GuardKind.KNOWN_FIX and evidence is not None and evidence.fixes:
            fix = known_fix(case, policy.articles, guard.proven(evidence.fixes))
            if fix is not None:
                return guard, fix
    return None, None


def needs_attempt(case: Case, policy: Policy) -> bool:
    """Say whether a guard holds a case of this severity back as long as nothing has been tried."""
    return any(guard.kind is GuardKind.NOTHING_TRIED and not guard.spares(case.severity) for guard in policy.guards)


def way_up(case: Case, policy: Policy, stop: Stop | None, unavailable: Mapping[Target, str] | None = None) -> Route:
    """Give the target above the case's tier: the stop condition's own, else the matrix cell's next rung.

    Severities that skip a level go two rungs up, but never over those with the skill to those with the authority.
    """
    absent = unavailable or {}
    passed: tuple[tuple[Target, str], ...] = ()
    if stop is not None and stop.target.tier > case.tier:
        if stop.target not in absent:
            return Route(stop.target)
        passed = ((stop.target, absent[stop.target]),)
    path = policy.matrix.path(case.category, case.severity)
    way = route(path, case.tier, 1, absent)
    if case.severity in policy.skip_level and not _is_authority(way, policy):
        further = route(path, case.tier, 2, absent)
        way = way if _is_authority(further, policy) else further
    return Route(way.target, tuple(dict.fromkeys(passed + way.skipped))) if passed else way


def facts_now(case: Case, policy: Policy, now: datetime) -> str:
    """Write down the facts that a decision on a case rests on now."""
    return facts_key(case, scores(case, policy.checklist, now))


def facts_key(case: Case, filled: Scores) -> str:
    """Write down the facts a return was decided on, so that the same facts can be known again."""
    parts = "".join(UNKNOWN if score is None else str(score) for score in filled)
    return f"{parts}/{case.severity.name}/{case.attempts}"


NOWHERE = Route(None)
ATTEMPTS = FACTORS.index(Factor.ATTEMPTS)
UNKNOWN = "-"


def _is_authority(way: Route, policy: Policy) -> bool:
    """Say whether a way leads to a tier of management."""
    return way.target is not None and policy.tier(way.target.tier).kind is TierKind.HIERARCHICAL


def _holds(guard: Guard, case: Case, filled: Scores, now: datetime) -> bool:
    match guard.kind:
        case GuardKind.NOTHING_TRIED:
            return filled[ATTEMPTS] == 0
        case GuardKind.KNOWN_FIX:
            return bool(case.known_fix)
        case GuardKind.DUPLICATE:
            return case.duplicate_of is not None
        case GuardKind.RETURNED:
            recent = case.returned_at is not None and now - case.returned_at < guard.within
            return recent and _is_no_worse(case, filled)
        case _:
            assert_never(guard.kind)


def _is_no_worse(case: Case, filled: Scores) -> bool:
    """Say whether nothing speaks more for escalating than when the case was returned; a worse fact is a new one."""
    then, _, rest = case.returned_facts.partition("/")
    severity, _, attempts = rest.partition("/")
    if len(then) != len(FACTORS) or not attempts.isdecimal():
        return False
    worse = any(
        score is not None and (before == UNKNOWN or score > int(before))
        for score, before in zip(filled, then, strict=True)
    )
    return not worse and case.severity.name >= severity and case.attempts <= int(attempts)


def _has_reached(case: Case, target: Target) -> bool:
    if case.tier != target.tier:
        return case.tier > target.tier
    return target.team in {"", case.team}
