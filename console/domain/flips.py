"""What would change a recommendation: each change is made to the case, and the case advised again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from console.domain.case import Case, CaseId, Severity, SeverityFrom
from console.domain.checklist import FACTORS, WORST, Factor, answered
from console.domain.evidence import Local
from console.domain.matrix import Target
from console.domain.policy import GuardKind, Policy, Stop
from console.domain.recommendation import Advice, Verdict, advise
from console.domain.words import counted, lasting, listed

MOMENT = timedelta(microseconds=1)
SOME_CASE = CaseId(-1)
SOME_FIX = "some fix"


@dataclass(frozen=True, slots=True)
class Flip:
    """One change in words, the case, time and evidence as they would then be, and the verdict that gives."""

    says: str
    case: Case
    now: datetime
    verdict: Verdict
    local: Local | None = None


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A case as it stands, with all that advising it needs."""

    case: Case
    policy: Policy
    now: datetime
    unavailable: Mapping[Target, str] | None
    advice: Advice
    local: Local | None = None

    def flip(self, says: str, case: Case, now: datetime | None = None) -> Iterator[Flip]:
        """Give the change as a flip if it does lead to another verdict."""
        then = now or self.now
        verdict = advise(case, self.policy, then, self.unavailable, self.local).verdict
        if verdict is not self.advice.verdict:
            yield Flip(f"{says}: {verdict.name}", case, then, verdict, self.local)


def flips(standpoint: Standpoint) -> tuple[Flip, ...]:
    """Give every single change that turns the verdict, the likeliest first."""
    if standpoint.advice.standing:
        return ()
    found = [
        *_by_answers(standpoint),
        *_by_attempts(standpoint),
        *_by_guards(standpoint),
        *_by_time(standpoint),
        *_by_severity(standpoint),
        *_by_stops(standpoint),
        *_by_evidence(standpoint),
    ]
    return tuple(found)


def turns(standpoint: Standpoint, factor: Factor) -> tuple[tuple[Verdict, tuple[int, ...]], ...]:
    """Give the verdicts that answers to one factor lead to, each with its scores, from the mildest to the worst."""
    case = standpoint.case
    verdicts = [
        advise(
            replace(case, answers=answered(case, {factor: score})),
            standpoint.policy,
            standpoint.now,
            standpoint.unavailable,
            standpoint.local,
        ).verdict
        for score in range(WORST + 1)
    ]
    return tuple(
        (verdict, tuple(score for score, _ in pairs))
        for verdict, pairs in groupby(enumerate(verdicts), key=lambda pair: pair[1])
    )


def scores_in_words(scores: tuple[int, ...]) -> str:
    """Write scores that stand in a row: `1 or less`, `2 or more`, `1 or 2`."""
    if len(scores) == 1:
        return str(scores[0])
    if scores[0] == 0:
        return f"{scores[-1]} or less"
    if scores[-1] == WORST:
        return f"{scores[0]} or more"
    return f"{scores[0]} or {scores[-1]}"


def _by_answers(standpoint: Standpoint) -> Iterator[Flip]:
    """Try each answer to each factor; one flip for the answers in a row that lead to the same verdict."""
    case = standpoint.case
    for factor in FACTORS:
        for verdict, scores in turns(standpoint, factor):
            if verdict is not standpoint.advice.verdict:
                nearest = scores[-1] if scores[0] == 0 else scores[0]
                changed = replace(case, answers=answered(case, {factor: nearest}))
                says = f"if {factor} were {scores_in_words(scores)}: {verdict.name}"
                yield Flip(says, changed, standpoint.now, verdict, standpoint.local)


def _by_attempts(standpoint: Standpoint) -> Iterator[Flip]:
    """Try one more failed attempt, and more until the last step of the checklist."""
    case = standpoint.case
    last = standpoint.policy.checklist.attempts_steps[-1]
    for more in range(1, max(last - case.attempts, 1) + 1):
        says = "one more failed attempt" if more == 1 else f"{more} more failed attempts"
        found = [*standpoint.flip(says, replace(case, attempts=case.attempts + more))]
        if found:
            yield from found
            return


def _by_guards(standpoint: Standpoint) -> Iterator[Flip]:
    """Try the facts that guards go by, both ways."""
    case = standpoint.case
    guard = standpoint.advice.guard
    fix = standpoint.advice.fix
    if fix is not None:
        without = replace(case, articles=(*case.articles, fix.article), attempts=case.attempts + 1)
        yield from standpoint.flip(f"with {fix.article} tried to no avail", without)
    elif guard is not None and guard.kind is GuardKind.KNOWN_FIX:
        yield from standpoint.flip("without the known fix", replace(case, known_fix=""))
    if guard is not None and guard.kind is GuardKind.DUPLICATE:
        yield from standpoint.flip("if it were no duplicate", replace(case, duplicate_of=None))
    if not case.known_fix:
        yield from standpoint.flip("if a fix were known", replace(case, known_fix=SOME_FIX))
    if case.duplicate_of is None:
        yield from standpoint.flip("if it repeated another case", replace(case, duplicate_of=SOME_CASE))


def _by_time(standpoint: Standpoint) -> Iterator[Flip]:
    """Try the moments that matter: the due time, a promised update, and the end of a guard against returns."""
    case, now, guard = standpoint.case, standpoint.now, standpoint.advice.guard
    moments = [(case.next_due, "past its due time"), (case.promised_at, "if the promised update is missed")]
    if guard is not None and guard.kind is GuardKind.RETURNED and case.returned_at is not None:
        moments.append((case.returned_at + guard.within - MOMENT, "with its return long enough ago"))
    for moment, says in moments:
        if moment is not None and moment >= now:
            yield from standpoint.flip(f"{says}, in {lasting(moment - now)}", case, moment + MOMENT)


def _by_severity(standpoint: Standpoint) -> Iterator[Flip]:
    """Try the nearest severity on either side that turns the verdict."""
    case = standpoint.case
    worse = [severity for severity in reversed(Severity) if severity < case.severity]
    better = [severity for severity in Severity if severity > case.severity]
    for side in (worse, better):
        for severity in side:
            changed = replace(case, severity=severity, severity_from=SeverityFrom.OVERRIDE)
            found = [*standpoint.flip(f"if it were {severity.name}", changed)]
            if found:
                yield from found
                break


def _by_stops(standpoint: Standpoint) -> Iterator[Flip]:
    """Try without the stop condition that holds, else with those that do not."""
    case, stop = standpoint.case, standpoint.advice.stop
    if stop is not None:
        fewer = tuple(each for each in case.stops if each != stop.id)
        says = f"without the stop condition {stop.id}"
        yield from standpoint.flip(
            says, replace(case, stops=fewer, manager_asks=0 if stop.manager_asks else case.manager_asks)
        )
        return
    yield from _by_asking(standpoint)
    others = [each for each in standpoint.policy.stops if [*standpoint.flip("", _stopped(case, each))]]
    if others:
        shown = listed([each.id for each in others[:3]] + (["another"] if len(others) > 3 else []), "or")  # noqa: PLR2004
        plural = "" if len(others) == 1 else "s"
        yield from standpoint.flip(f"with stop condition{plural} {shown}", _stopped(case, others[0]))


def _by_asking(standpoint: Standpoint) -> Iterator[Flip]:
    """Try the requester asking for a supervisor, as often as a stop condition wants."""
    case = standpoint.case
    wanted = max((stop.manager_asks for stop in standpoint.policy.stops), default=0)
    for more in range(1, max(wanted - case.manager_asks, 1) + 1):
        says = (
            "asked for a supervisor once more" if more == 1 else f"asked for a supervisor {counted(more, 'time')} more"
        )
        found = [*standpoint.flip(f"if {says}", replace(case, manager_asks=case.manager_asks + more))]
        if found:
            yield from found
            return


def _by_evidence(standpoint: Standpoint) -> Iterator[Flip]:
    """Try what the checklist alone would say, where there is local evidence."""
    if standpoint.advice.evidence is not None:
        yield from replace(standpoint, local=None).flip("without local evidence", standpoint.case)


def _stopped(case: Case, stop: Stop) -> Case:
    return replace(case, stops=(*case.stops, stop.id))
