"""The explanation of a recommendation: why, why not the other, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from console.domain.case import Case, Status
from console.domain.checklist import FACTORS, WORST, Factor, evidence, scores
from console.domain.escalation import AWAITING
from console.domain.evidence import Local, here
from console.domain.flips import Standpoint, flips, scores_in_words, turns
from console.domain.matrix import Target
from console.domain.policy import Guard, GuardKind, Policy
from console.domain.recommendation import Advice, Verdict, advise, judge, needs_attempt, open_questions
from console.domain.words import counted, lasting, listed, shortened

CELLS = 10
"""How many cells the words beside a verdict's symbol may take in a list."""

SHORT_FACTORS = {Factor.EXPECTATIONS: "expect"}
"""Factors whose names are too long for a list."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A recommendation with its reasons, each a short sentence, the weightiest first.

    `here` says what earlier cases came to, and what that adds; it is empty where that is nothing to go by. `local` is
    what is known of them.
    """

    advice: Advice
    why: tuple[str, ...]
    why_not: tuple[str, ...]
    would_change: tuple[str, ...]
    here: str = ""
    local: Local | None = None


def explain(
    case: Case,
    policy: Policy,
    now: datetime,
    unavailable: Mapping[Target, str] | None = None,
    local: Local | None = None,
) -> Explanation:
    """Explain the recommendation for a case; every change it names has been tried on the case and does what it says."""
    advice = advise(case, policy, now, unavailable, local)
    standpoint = Standpoint(case, policy, now, unavailable, advice, local)
    return Explanation(
        advice, tuple(_why(standpoint)), tuple(_why_not(standpoint)), tuple(_would_change(standpoint)),
        here_line(advice, case, policy), local,
    )  # fmt: skip


def headline(advice: Advice, policy: Policy) -> str:
    """Say the recommendation in one line: `ESCALATE to tier 2 database`, `HANDLE: the fix is known`, `ASK impact`."""
    if advice.verdict is Verdict.ESCALATE and advice.target is not None:
        return f"ESCALATE to {policy.place(advice.target)}"
    if advice.verdict is Verdict.ASK and advice.ask is not None:
        return f"ASK {advice.ask}: {policy.checklist.question(advice.ask).asks}"
    return f"HANDLE: {advice.standing or held_by(advice) or 'it stays below the threshold'}"


def held_by(advice: Advice) -> str:
    """Say what guard holds: `KB0042 solved 31 of 40 checkout cases; not tried here` where a fix is known by that."""
    if advice.fix is not None:
        return f"{advice.fix.says}; not tried here"
    return advice.guard.says if advice.guard is not None else ""


def score_line(advice: Advice) -> str:
    """Write the score: `7..10 of 12 +2 here, threshold 6`, with one number where nothing is open."""
    here_too = f" {points:+} here" if (points := _from_here(advice)) else ""
    return f"{_interval(advice)} of {advice.out_of}{here_too}, threshold {advice.threshold}"


def short(advice: Advice, case: Case | None = None) -> tuple[str, str]:
    """Give the verdict, which stands for its symbol, and at most 10 cells of words for a list.

    With the case it also says what a list should rather show: that it is sent, waiting or done.
    """
    kind = advice.verdict.value
    if case is not None and not case.status.is_live:
        return kind, case.status.value
    if case is not None and case.escalation_state in AWAITING:
        return kind, shortened(f"sent {case.tier} {case.team}".rstrip(), CELLS)
    if advice.verdict is Verdict.ESCALATE and advice.target is not None:
        place = f"{advice.target.tier} {advice.target.team or advice.target.party}"
        return kind, shortened(place.rstrip(), CELLS)
    if case is not None and case.status is Status.WAITING:
        return kind, case.status.value
    if advice.ask is not None:
        return kind, SHORT_FACTORS.get(advice.ask, advice.ask.value)
    return kind, "sent" if advice.standing.startswith("already escalated") else kind


def chosen_by(advice: Advice, case: Case) -> str:
    """Say in a word or two what chose the target: `matrix, S1`, or `stop condition safety`."""
    if advice.stop is not None and advice.target == advice.stop.target:
        return f"stop condition {advice.stop.id}"
    return f"matrix, {case.severity.name}"


def _why(standpoint: Standpoint) -> Iterator[str]:
    advice, policy = standpoint.advice, standpoint.policy
    if advice.standing:
        yield advice.standing
    if advice.stop is not None:
        yield f"stop condition {advice.stop.id}: {advice.stop.says}"
    category = policy.category(standpoint.case.category)
    if category is not None and category.duty is not None:
        yield f"duty to notify: {category.duty.recipient} within {lasting(category.duty.within)}"
    if advice.guard is not None:
        yield f"guard {advice.guard.kind}: {held_by(advice)}"
    yield from _factors(standpoint)
    from_here = f", with {points:+} from here," if (points := _from_here(advice)) else ""
    yield f"{_interval(advice)} of {advice.out_of}{from_here} {_against_threshold(advice)} {advice.threshold}"
    if advice.target is not None:
        yield f"{_cell(standpoint)}: {policy.place(advice.target)}"
    for target, reason in advice.skipped:
        yield f"passed over {policy.place(target)}: {reason}"


def _factors(standpoint: Standpoint) -> Iterator[str]:
    """Tell each factor's part in points, and whether a person or a fact filled it in."""
    case, checklist = standpoint.case, standpoint.policy.checklist
    filled = scores(case, checklist, standpoint.now)
    facts = evidence(case, checklist, standpoint.now)
    untold = needs_attempt(case, standpoint.policy)
    open_ones = open_questions(filled, checklist.weights, standpoint.advice.left_to, needs_attempt=untold)
    parts = zip(FACTORS, checklist.questions, filled, case.answers, facts, strict=True)
    for factor, question, score, answer, fact in parts:
        if score is None:
            most = counted(WORST * question.weight, "point")
            yield f"{factor} unknown: 0 to {most}" if factor in open_ones else f"{factor} unknown: not needed"
            continue
        points = counted(score * question.weight, "point")
        weighed = f"{score} x {question.weight}" if question.weight != 1 else str(score)
        said = f"answer: {question.answers[score]}" if answer is not None else f"fact: {fact}"
        yield f"{factor} {weighed} = {points}, {said}"


def here_line(advice: Advice, case: Case, policy: Policy) -> str:
    """Say what happened here before, and its part: `31 of 40 earlier checkout cases needed tier 2: +2`.

    Nothing where nobody looked, where there is no higher tier, and where nothing is to be recommended.
    """
    evidence = advice.evidence
    above = [tier.level for tier in policy.tiers if tier.level > case.tier]
    if evidence is None or advice.standing or not above:
        return ""
    told = here(evidence, min(above))
    return f"{told}: {evidence.points:+}" if evidence.points else told


def _why_not(standpoint: Standpoint) -> Iterator[str]:
    """Say why it is not the other verdict, or for ASK neither."""
    advice = standpoint.advice
    alone = _alone(standpoint)
    if advice.standing:
        return
    if advice.verdict is Verdict.ASK:
        yield f"not ESCALATE yet: {advice.threshold - advice.low} short of the threshold {advice.threshold}"
        yield f"not HANDLE yet: the open answers can add {counted(advice.high - advice.low, 'point')}"
    elif advice.verdict is Verdict.ESCALATE:
        if advice.stop is not None:
            yield f"the score alone would say {alone.name}; a stop condition outranks it"
        else:
            yield f"not HANDLE: at least {_out_of(advice, advice.low)}, threshold {advice.threshold}"
            yield from (f"no guard holds: {_not_held(guard, standpoint)}" for guard in standpoint.policy.guards)
    elif advice.guard is not None:
        yield f"the score alone would say {alone.name}; a guard outranks it"
        yield f"the guard is lifted by: {advice.guard.lifted_by}"
    else:
        yield f"not ESCALATE: at most {_out_of(advice, advice.high)}, threshold {advice.threshold}"
        yield "no stop condition holds"


def _not_held(guard: Guard, standpoint: Standpoint) -> str:
    """Say why a guard does not hold the case back."""
    case = standpoint.case
    if guard.spares(case.severity):
        return f"{guard.kind} exempts {case.severity.name}"
    match guard.kind:
        case GuardKind.NOTHING_TRIED:
            return counted(case.attempts, "failed attempt") + " logged" if case.attempts else _said_to_be_tried(case)
        case GuardKind.KNOWN_FIX:
            return "no known fix found" if not case.articles else f"no known fix is left; {listed(case.articles)} tried"
        case GuardKind.DUPLICATE:
            return "not a duplicate"
        case GuardKind.RETURNED:
            return f"not returned with these facts in {lasting(guard.within)}"
        case _:
            assert_never(guard.kind)


def _said_to_be_tried(case: Case) -> str:
    return (
        "what was tried is unknown" if case.answers[FACTORS.index(Factor.ATTEMPTS)] is None else "something was tried"
    )


def _would_change(standpoint: Standpoint) -> Iterator[str]:
    """Say what turns the verdict; where a question is open, what its answers lead to."""
    asked = standpoint.advice.ask
    if asked is None:
        yield from (flip.says for flip in flips(standpoint))
        return
    others = [factor for factor in FACTORS if factor is not asked]
    for factor in (asked, *others):
        ends = [(verdict, found) for verdict, found in turns(standpoint, factor) if verdict is not Verdict.ASK]
        parts = [f"{scores_in_words(found)}: {verdict.name}" for verdict, found in reversed(ends)]
        if parts:
            yield f"{factor} {', '.join(parts)}"
    yield from (flip.says for flip in flips(standpoint) if not flip.says.startswith(ANSWERS))


ANSWERS = tuple(f"if {factor} were " for factor in FACTORS)
"""How the flips begin that change an answer."""


def _alone(standpoint: Standpoint) -> Verdict:
    """Give the verdict of the score without stop conditions and guards."""
    checklist = standpoint.policy.checklist
    filled = scores(standpoint.case, checklist, standpoint.now)
    return judge(filled, checklist.weights, standpoint.advice.left_to).verdict


def _interval(advice: Advice) -> str:
    """Write what the checklist alone comes to."""
    low, high = (score - _from_here(advice) for score in (advice.low, advice.high))
    return str(low) if low == high else f"{low}..{high}"


def _from_here(advice: Advice) -> int:
    """Give the points of local evidence."""
    return advice.evidence.points if advice.evidence else 0


def _out_of(advice: Advice, score: int) -> str:
    """Write a score as what the checklist comes to, and what local evidence adds to it or takes from it."""
    points = _from_here(advice)
    return f"{score - points} of {advice.out_of}{f' and {points:+} from here' if points else ''}"


def _against_threshold(advice: Advice) -> str:
    if advice.low >= advice.threshold:
        return "reaches the threshold"
    return "stays below the threshold" if advice.high < advice.threshold else "may reach the threshold"


def _cell(standpoint: Standpoint) -> str:
    """Name what gives the target, and the severity that goes up two levels at once."""
    case, advice = standpoint.case, standpoint.advice
    if advice.stop is not None and advice.target == advice.stop.target:
        return f"stop condition {advice.stop.id}"
    skips = ", which skips a level" if case.severity in standpoint.policy.skip_level else ""
    return f"matrix: {case.category or 'no category'}, {case.severity.name}{skips}"
