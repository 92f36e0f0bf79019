"""How many recommendations a second of CPU gives, on a varied history."""

from __future__ import annotations

import random
from datetime import timedelta
from time import process_time

import pytest

from console.domain.case import Case, CaseId, Severity, SeverityFrom, Status
from console.domain.evidence import Count, Local
from console.domain.explanation import explain
from console.domain.recommendation import Verdict, advise
from console.domain.stays import Fact
from tests.builders import MORNING, a_case, a_policy

WANTED = 50_000
"""Verdicts a second of CPU that a replay of a whole history needs."""


def varied(number: int, seed: int = 4711) -> list[Case]:
    """Generate live cases whose facts and answers differ, one in ten of them returned, stopped or guarded."""
    chance = random.Random(seed)
    return [
        a_case(
            id=CaseId(i), category=chance.choice(["checkout", "network", "other"]),
            severity=chance.choice(list(Severity)), severity_from=chance.choice(list(SeverityFrom)),
            status=chance.choice([Status.NEW, Status.OPEN, Status.OPEN, Status.WAITING]), tier=chance.choice([1, 1, 2]),
            affected=chance.choice([None, 1, 5, 20, 400]), attempts=chance.choice([0, 0, 1, 2, 5]),
            answers=tuple(chance.choice([None, None, 0, 1, 2, 3]) for _ in range(4)),
            due=MORNING + timedelta(hours=chance.randint(-20, 90)), reopened=chance.choice([0, 0, 0, 1, 2]),
            known_fix=chance.choice(["", "", "", "", "KB-1"]), manager_asks=chance.choice([0] * 9 + [1, 2]),
            stops=chance.choice([()] * 19 + [("safety",)]), returned_facts="31-2/S2/1",
            returned_at=chance.choice([None] * 9 + [MORNING]),
        )
        for i in range(number)
    ]  # fmt: skip


def some_known(case: Case) -> Local:
    """Give what is known of earlier cases like one."""
    likes = ((Fact.CATEGORY, 40 + len(case.category)), (Fact.ORGANISATION, case.id % 7), (Fact.TEAM, case.id % 400))
    return Local(Count(660, 2_000), tuple((fact, "some", Count(number // 2, number)) for fact, number in likes))


@pytest.mark.benchmark
def test_verdicts_per_second_of_cpu() -> None:
    cases, policy = varied(20_000), a_policy()
    known = [some_known(case) for case in cases]
    best, heard, kinds = 0.0, 0.0, dict.fromkeys(Verdict, 0)
    for _ in range(5):
        begin = process_time()
        for case, local in zip(cases, known, strict=True):
            advise(case, policy, MORNING, local=local)
        heard = max(heard, len(cases) / (process_time() - begin))
        begin = process_time()
        verdicts = [advise(case, policy, MORNING).verdict for case in cases]
        best = max(best, len(cases) / (process_time() - begin))
    for verdict in verdicts:
        kinds[verdict] += 1
    begin = process_time()
    for case in cases[:200]:
        explain(case, policy, MORNING)
    explained = 200 / (process_time() - begin)
    print(f"\nverdicts per second of CPU      {best:>10,.0f}   wanted {WANTED:,}")
    print(f"  with local evidence          {heard:>10,.0f}   wanted {WANTED:,}")
    print(f"explanations per second of CPU  {explained:>10,.0f}")
    print("verdicts                        " + ", ".join(f"{number:,} {kind}" for kind, number in kinds.items()))
    assert min(kinds.values()) > len(cases) / 20
