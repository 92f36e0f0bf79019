"""A case is recommended the same wherever one looks, with what earlier cases came to, and that is their histories'."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.desk import closing, queues, triage, why
from console.desk.desk import Desk
from console.desk.rights import closed_to, roster
from console.domain.case import Case, CaseId
from console.domain.checklist import FACTORS
from console.domain.evidence import Local, Weighing
from console.domain.people import Actor
from console.domain.query import Asking, Beside, parse, predicate
from console.domain.recommendation import Advice, Verdict, advise
from console.domain.stays import likes_of
from console.domain.views import Order, View
from console.store.engine import Store
from tests.builders import a_policy
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case
from tests.desk.lived import LEADS, a_life
from tests.desk.remembered import told
from tests.template import a_copy


def listening(desk: Desk, least: int) -> Desk:
    """Give the desk under a policy that listens to so few outcomes."""
    return replace(desk, policy=replace(desk.policy, evidence=Weighing(weight=2, least=least)))


def here(desk: Desk, actor: Actor, case_id: CaseId) -> tuple[Advice, ...]:
    """Give the recommendation of one case from every place that tells it."""
    with desk.write(actor) as tx:
        acted_on = triage.case_advice(desk, tx, case_id)
    (listed,) = queues.find(desk, actor, f"id:{case_id}", Order.OLDEST, 1)
    return (
        acted_on, listed.advice, queues.line(desk, listed.case).advice,
        queues.glance(desk, actor, case_id).explanation.advice,
        queues.dossier(desk, actor, case_id).explanation.advice, why.why(desk, actor, case_id).explanation.advice,
    )  # fmt: skip


def found_by(desk: Desk, actor: Actor, verdict: Verdict) -> set[CaseId]:
    """Give the cases that the database finds by what is recommended for them; every way of asking finds the same."""
    asked = f"advice:{verdict}"
    ids = {*queues.every(desk, actor, asked)}
    assert ids == {line.case.id for line in queues.find(desk, actor, asked, Order.URGENT, 99)}
    assert queues.counts(desk, actor, [View("one", "", asked, Order.OLDEST)]) == {"one": len(ids)}
    return ids


def by_predicate(desk: Desk, actor: Actor, every: list[Case], known: dict[CaseId, Local]) -> dict[CaseId, Verdict]:
    """Give the verdicts that a query finds in cases that are at hand."""
    with desk.read() as tx:
        asking = Asking(actor.person, desk.now(), desk.policy, roster(desk, tx), lambda case: known[case.id])
    finds = {verdict: predicate(parse(f"advice:{verdict}"), asking) for verdict in Verdict}
    return {case.id: next(v for v, holds in finds.items() if holds(case, Beside())) for case in every}


def must_agree(desk: Desk, actor: Actor) -> set[Verdict]:
    """Compare all places with each other and with the histories of all cases; give the verdicts."""
    past, now = told(desk), desk.now()
    every = [line.case for line in queues.find(desk, actor, "", Order.OLDEST, 99)]
    with desk.read(actor) as tx:
        barred = {case.id: closed_to(desk, tx, case) for case in every}
    known = {case.id: past.local(case.id, case.tier, likes_of(case), now) for case in every}
    wanted = {c.id: advise(c, desk.policy, now, barred[c.id], known[c.id]) for c in every}
    for case in every:
        assert here(desk, actor, case.id) == (wanted[case.id],) * 6
    verdicts = {case_id: advice.verdict for case_id, advice in wanted.items()}
    assert {id_: v for v in Verdict for id_ in found_by(desk, actor, v)} == verdicts
    assert by_predicate(desk, actor, every, known) == verdicts
    return {*verdicts.values()}


@given(st.integers(0, 2**32), st.sampled_from([1, 3, 11, 13]))
@settings(max_examples=15, deadline=None)
def test_all_places_recommend_the_same_after_any_life(
    tmp_path_factory: pytest.TempPathFactory, seed: int, least: int
) -> None:
    chosen, clock = random.Random(seed), Clock()
    store = Store(a_copy(tmp_path_factory.mktemp("life") / "triage.db"))
    desk = listening(Desk(store, a_policy(), "the policy's text", clock), least)
    a_life(desk, clock, chosen)

    must_agree(desk, ADA)
    clock.forward(hours=5)
    must_agree(desk, LEADS[0])
    store.close()


def test_what_earlier_cases_came_to_turns_lists_and_filters_alike(desk: Desk, clock: Clock) -> None:
    asked = open_case(desk, category="checkout")
    triage.answer(desk, ADA, asked, dict(zip(FACTORS, (2, 1, 1, 0), strict=True)))
    there = listening(desk, 8)
    assert must_agree(there, ADA) == {Verdict.HANDLE}
    for _ in range(8):
        escalate(desk, ADA, open_case(desk, category="checkout"))

    explained = queues.glance(there, ADA, asked).explanation
    assert explained.here == "8 of 8 earlier checkout cases needed tier 2: +6"
    assert "without local evidence: HANDLE" in explained.would_change
    must_agree(there, ADA)
    assert [*queues.every(there, ADA, "advice:escalate")] == [asked]
    assert [*queues.every(desk, ADA, "advice:escalate")] == []

    escalate(desk, ADA, asked)
    clock.forward(hours=5)
    assert must_agree(there, ADA)


def test_so_many_kinds_that_all_counts_are_read_at_once_are_told_apart(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.store.known.FEW", 2)
    monkeypatch.setattr("console.store.known.MANY", 3)
    there = listening(desk, 3)
    for number in range(6):
        case_id = open_case(desk, organisation=f"Org {number}", category="checkout" if number % 2 else "network")
        triage.answer(desk, ADA, case_id, dict(zip(FACTORS, (2, 1, 1, 0), strict=True)))
    clock.forward(hours=5)
    for number in (1, 3):
        escalate(desk, ADA, CaseId(number))

    must_agree(there, ADA)


def test_at_an_earlier_time_the_checklist_alone_is_explained_and_at_a_later_one_what_will_be_known(
    desk: Desk, clock: Clock
) -> None:
    there = listening(desk, 2)
    asked = open_case(desk, category="checkout")
    for _ in range(2):
        open_case(desk, category="checkout")
    begun = clock.now
    clock.forward(hours=1)
    assert why.why(there, ADA, asked).explanation.here == "no local evidence yet"
    earlier = why.why(there, ADA, asked, begun).explanation
    assert (earlier.advice.evidence, earlier.here) == (None, why.NOT_KEPT)
    later = why.why(there, ADA, asked, begun + timedelta(hours=4)).explanation
    assert later.here.startswith("0 of 2 earlier checkout cases needed tier 2: -")

    closing.resolve(desk, ADA, asked, "done")
    clock.forward(hours=1)
    assert why.why(there, ADA, asked, begun + timedelta(hours=1)).explanation.here == ""
