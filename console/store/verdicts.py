"""The recommendation as a function that SQL can call: the domain's own, remembered by the facts it rests on.

Local evidence comes to a few points, which are found first: the recommendation is then remembered by them, so that
cases of many organisations still share theirs. Of a title only the words count by which articles with a proven fix go.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from console.domain.articles import Fix, heard, words_of
from console.domain.case import Case, CaseId, PersonId, Severity, SeverityFrom, Status
from console.domain.evidence import Evidence, evidence_in
from console.domain.policy import GuardKind
from console.domain.query import Asking
from console.domain.recommendation import recommended
from console.domain.roster import away_targets, barred_targets
from console.domain.stays import FACTS, Fact
from console.store.codec import instant, split
from console.store.engine import Reading
from console.store.known import OWN, Known

Judge = Callable[[Reading], Callable[..., str]]
"""Gives what SQL calls within a snapshot."""

RESTS_ON = (
    "status", "tier", "team", "category", "severity", "severity_from", "affected",
    "answer_scope", "answer_impact", "answer_attempts", "answer_expectations",
    "stops", "attempts", "tried_below", "manager_asks", "reopened", "known_fix", "articles", "duplicate_of",
    "action_of",
    "escalation_state", "returned_at", "returned_facts", "subjects",
)  # fmt: skip
"""The columns a recommendation rests on; of the times only whether they have passed."""

ADVICE = ", ".join(
    (OWN, *(f"c.{name}" for name in ("title", *FACTS, *RESTS_ON)), "c.promised_at < {now}", "c.next_due < {now}")
)
ADVICE = f"advice({ADVICE})"
"""What SQL calls; `now` is the name of a value."""


TIER, CATEGORY, ANSWERS = map(RESTS_ON.index, ("tier", "category", "answer_scope"))
ITEM = FACTS.index(Fact.ITEM)


def judge(asking: Asking) -> Judge:
    """Give the function behind `advice(…)`. Many cases share their facts, so each set of them is judged once."""
    verdict = verdict_by(asking)
    by_fix = next((each for each in asking.policy.guards if each.kind is GuardKind.KNOWN_FIX), None)

    def within(tx: Reading) -> Callable[..., str]:
        known = Known(tx, asking.now)

        @lru_cache(maxsize=1 << 16)
        def points(tier: int, own: int | None, *likes: str) -> int:
            return evidence_in(known.like(tier, likes, own), asking.policy.evidence).points

        @lru_cache(maxsize=1 << 12)
        def fixes(category: str, tier: int) -> tuple[tuple[Fix, ...], tuple[str, ...]]:
            found = by_fix.proven(known.fixes(category, tier)) if by_fix else ()
            names = {fix.article for fix in found}
            return found, words_of(each for each in asking.policy.articles if each.id in names)

        def advice(own: int | None, title: str, *row: Any) -> str:  # noqa: ANN401 - columns of any type
            rest = row[len(FACTS) :]
            tier = rest[TIER]
            solving, words = fixes(rest[CATEGORY], tier)
            said = (heard(words, title), row[ITEM]) if solving else ("", "")
            return verdict(points(tier, own, *row[: len(FACTS)]), solving, *said, *rest)

        return advice

    return within


def verdict_by(asking: Asking) -> Callable[..., str]:
    """Give the recommendation by the points of local evidence, the proven fixes, what the title says, and the facts."""
    policy, now, there = asking.policy, asking.now, asking.there
    away = away_targets(policy, there)
    past = now - timedelta(microseconds=1)

    @lru_cache(maxsize=1 << 16)
    def verdict(points: int, fixes: tuple[Fix, ...], title: str, item: str, *row: Any) -> str:  # noqa: ANN401 - columns of any type
        facts, is_broken, is_overdue = dict(zip(RESTS_ON, row, strict=False)), row[-2], row[-1]
        case = Case(
            title=title, item=item, status=Status(facts["status"]), tier=facts["tier"], team=facts["team"],
            category=facts["category"], severity=Severity(facts["severity"]),
            severity_from=SeverityFrom(facts["severity_from"]), affected=facts["affected"],
            answers=row[ANSWERS : ANSWERS + 4], stops=split(facts["stops"]), attempts=facts["attempts"],
            tried_below=facts["tried_below"], manager_asks=facts["manager_asks"], reopened=facts["reopened"],
            known_fix=facts["known_fix"], articles=split(facts["articles"]),
            duplicate_of=facts["duplicate_of"] and CaseId(facts["duplicate_of"]),
            action_of=facts["action_of"] and CaseId(facts["action_of"]), escalation_state=facts["escalation_state"],
            returned_at=instant(facts["returned_at"]),
            returned_facts=facts["returned_facts"], promised_at=past if is_broken else None,
            next_due=past if is_overdue else None, created=past, updated=past, subjects=_people(facts["subjects"]),
        )  # fmt: skip
        barred = away | barred_targets(case, policy, there)
        return recommended(case, policy, now, barred, Evidence(0, points=points, fixes=fixes)).verdict.value

    return verdict


def _people(text: str) -> tuple[PersonId, ...]:
    return tuple(map(PersonId, split(text)))
