"""A case is held for a known fix wherever one looks, by what its articles solved, and that is what histories say."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import queues, triage
from console.desk.desk import Desk
from console.desk.triage import Tried
from console.domain.articles import Article
from console.domain.case import CaseId
from console.domain.checklist import FACTORS
from console.domain.errors import Refused
from console.domain.people import Actor, Role
from console.domain.policy import Policy
from console.domain.recommendation import Verdict
from console.store.engine import Store
from tests.builders import a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, open_case
from tests.desk.test_article_lives import DEEDS
from tests.desk.test_evidence_agrees import must_agree
from tests.template import a_copy

ARTICLES = (
    Article("KB-1", "Restart", ("checkout",), file="kb/1.md"),
    Article("KB-2", "Pool", words=("returns 502",), url="https://kb/2"),
)
ANSWERS = dict(zip(FACTORS, (3, 3, 1, 0), strict=True))


def a_strict_policy(solved: int) -> Policy:
    """Give a policy that knows a fix after so many cases."""
    policy = a_policy(articles=ARTICLES)
    return replace(policy, guards=tuple(replace(guard, solved=solved) for guard in policy.guards))


@given(st.integers(0, 2**32), st.sampled_from([1, 2, 4]))
@settings(max_examples=12, deadline=None)
def test_all_places_hold_the_same_cases_after_any_life(
    tmp_path_factory: pytest.TempPathFactory, seed: int, solved: int
) -> None:
    chosen, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    desk = Desk(store, a_strict_policy(solved), "the policy's text", clock)
    people: list[Actor] = [an_actor("ada", Role.LEAD, tier=4), an_actor("bo", Role.LEAD, tier=4)]
    for number in range(8):
        case_id = open_case(
            desk, category=chosen.choice(["checkout", "network", ""]), severity=("S1", "S3")[number % 2]
        )
        triage.answer(desk, chosen.choice(people), case_id, ANSWERS)
    for _ in range(40):
        clock.forward(minutes=chosen.choice([0, 5, 90, 300]))
        with suppress(Refused):
            chosen.choice(DEEDS)(desk, chosen.choice(people), CaseId(chosen.randint(1, 8)))

    must_agree(desk, an_actor("ada", Role.LEAD, tier=4))
    store.close()


def test_a_fix_that_is_known_by_its_counts_turns_lists_and_filters_alike(desk: Desk) -> None:
    knowing = Desk(desk.store, a_strict_policy(3), "", desk.now)
    asked, other = open_case(knowing, category="checkout"), open_case(knowing, title="Else", category="network")
    for case_id in (asked, other):
        triage.answer(knowing, ADA, case_id, ANSWERS)
    for worked in (True, True, True, False):
        tried = Tried("followed it", article="KB-2", has_worked=worked)
        for category in ("checkout", "network"):
            triage.attempt(knowing, ADA, open_case(knowing, category=category, severity="S4"), tried)

    assert must_agree(knowing, ADA) >= {Verdict.HANDLE, Verdict.ESCALATE}
    explanation = queues.glance(knowing, ADA, asked).explanation
    assert explanation.why[0] == "guard known-fix: KB-2 solved 3 of 4 checkout cases; not tried here"
    assert asked not in queues.every(knowing, ADA, "advice:escalate")
    assert other in queues.every(knowing, ADA, "advice:escalate")

    triage.attempt(knowing, ADA, asked, Tried("followed it", article="KB-2"))
    assert asked in queues.every(knowing, ADA, "advice:escalate")
    must_agree(knowing, ADA)
