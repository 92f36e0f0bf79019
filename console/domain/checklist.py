"""The decision checklist: four factors, each 0 to 3 or unknown, filled by facts until a person answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.domain.case import Case, SeverityFrom
from console.domain.errors import RefusalCode, Refused
from console.domain.words import counted, times

WORST = 3
"""The highest score a factor can have."""


class Factor(StrEnum):
    """The four questions of the checklist, in the order they are asked."""

    SCOPE = "scope"
    IMPACT = "impact"
    ATTEMPTS = "attempts"
    EXPECTATIONS = "expectations"


FACTORS = tuple(Factor)


@dataclass(frozen=True, slots=True)
class Question:
    """One factor as the policy words it: its weight, and what each answer from 0 to 3 means."""

    factor: Factor
    asks: str
    weight: int
    answers: tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Checklist:
    """The versioned questions, the threshold, and how facts fill them in.

    `scope_steps` are the affected counts at which scope scores 1, 2 and 3; `impact_by_severity` are the scores for
    S1 to S4; `attempts_steps` the numbers of failed attempts for 1, 2 and 3.
    """

    version: str
    threshold: int
    questions: tuple[Question, Question, Question, Question]
    scope_steps: tuple[int, int, int]
    impact_by_severity: tuple[int, int, int, int]
    attempts_steps: tuple[int, int, int]

    @property
    def weights(self) -> tuple[int, int, int, int]:
        """Give the four weights in the order of the factors."""
        a, b, c, d = self.questions
        return a.weight, b.weight, c.weight, d.weight

    @property
    def out_of(self) -> int:
        """Give the highest score there can be."""
        return WORST * sum(self.weights)

    def question(self, factor: Factor) -> Question:
        """Give the question of one factor."""
        return self.questions[FACTORS.index(factor)]


Scores = tuple[int | None, int | None, int | None, int | None]
"""One score per factor, in the order of `Factor`; None is unknown."""


def scores(case: Case, checklist: Checklist, now: datetime) -> Scores:
    """Give the score of each factor: a person's answer where there is one, else what the facts say, else None."""
    scope, impact, attempts, expectations = case.answers
    return (
        _from_affected(case, checklist) if scope is None else scope,
        _from_severity(case, checklist) if impact is None else impact,
        _from_attempts(case, checklist) if attempts is None else attempts,
        _from_expectations(case, now) if expectations is None else expectations,
    )


def evidence(case: Case, checklist: Checklist, now: datetime) -> tuple[str, str, str, str]:
    """Say for each factor which fact fills it in, or nothing where no fact does."""
    affected = f"{case.affected:,} affected" if case.affected is not None else ""
    severity = f"severity {case.severity.name}" if _from_severity(case, checklist) is not None else ""
    tried = _attempts_fact(case)
    return affected, severity, tried, _expectation_fact(case, now)


def answered(case: Case, changes: Mapping[Factor, int | None]) -> tuple[int | None, int | None, int | None, int | None]:
    """Give the person's answers after `changes`; None takes an answer back. Refused: a score outside 0 to 3."""
    for factor, score in changes.items():
        if score is not None and not 0 <= score <= WORST:
            raise Refused(f"An answer to {factor} is 0, 1, 2 or 3, not {score}.", RefusalCode.BAD_INPUT)
    a, b, c, d = (changes.get(factor, old) for factor, old in zip(FACTORS, case.answers, strict=True))
    return a, b, c, d


def _step(count: int, steps: tuple[int, int, int]) -> int:
    """Give 0 to 3: how many of the ascending steps the count has reached."""
    return (count >= steps[0]) + (count >= steps[1]) + (count >= steps[2])


def _from_affected(case: Case, checklist: Checklist) -> int | None:
    return None if case.affected is None else _step(case.affected, checklist.scope_steps)


def _from_severity(case: Case, checklist: Checklist) -> int | None:
    if case.severity_from is SeverityFrom.DEFAULT:
        return None
    return checklist.impact_by_severity[case.severity - 1]


def _from_attempts(case: Case, checklist: Checklist) -> int | None:
    """Give the score of what its tier has tried; none logged is unknown, since the requester may have tried.

    A tier that has just accepted the case has tried nothing yet: what was tried below is why it came.
    """
    tried = case.attempts - case.tried_below
    if tried > 0:
        return _step(tried, checklist.attempts_steps)
    return 0 if case.escalation_state in ACCEPTED else None


def _attempts_fact(case: Case) -> str:
    tried = case.attempts - case.tried_below
    if tried > 0:
        return f"{counted(tried, 'failed attempt')} logged{' here' if case.tried_below else ''}"
    return f"nothing tried in tier {case.tier} yet" if case.escalation_state in ACCEPTED else ""


ACCEPTED = frozenset({"accepted"})
"""States of a case's escalation in which its tier has taken it on."""


def _from_expectations(case: Case, now: datetime) -> int | None:
    if case.manager_asks:
        return WORST
    if case.promised_at is not None and case.promised_at < now:
        return WORST
    if case.is_late(now) or case.reopened > 1:
        return WORST - 1
    return 1 if case.reopened else None


def _expectation_fact(case: Case, now: datetime) -> str:
    if case.manager_asks:
        return f"supervisor asked for {times(case.manager_asks)}"
    if case.promised_at is not None and case.promised_at < now:
        return "a promised update is overdue"
    if case.is_late(now):
        return "past its due time"
    return f"reopened {times(case.reopened)}" if case.reopened else ""
