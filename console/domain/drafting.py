"""Drafting the brief of a case from all that is known of it: its text, what was tried, what the checklist says."""

from __future__ import annotations

from datetime import datetime

from console.domain.brief import Brief, drafted
from console.domain.checklist import FACTORS, scores
from console.domain.facts import Facts
from console.domain.policy import Policy
from console.domain.timeline import attempts_in_words


def brief_of(facts: Facts, policy: Policy, now: datetime) -> Brief:
    """Give the brief that a case drafts by itself, for whoever sends it up; what only a person can know stays empty."""
    case, checklist = facts.case, policy.checklist
    meant = [
        f"{factor.value.capitalize()}: {question.answers[score]}"
        for factor, question, score in zip(FACTORS, checklist.questions, scores(case, checklist, now), strict=True)
        if score is not None
    ]
    consequences = "; ".join(meant) or f"Severity {case.severity.name}"
    return drafted(case, facts.text.body, attempts_in_words(facts.history), consequences)
