"""The back-test replays the recorded cases that a person may see, and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import backtest, confiding, people, triage
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.checklist import Factor
from console.domain.evidence import Weighing
from console.domain.matrix import Target
from console.domain.people import Role
from console.domain.policy import Policy
from console.domain.replay import Result
from console.domain.timing import Rule, RuleAct, Timing
from console.store import events
from tests.builders import a_policy, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case

LENA = an_actor("lena", Role.LEAD, tier=2, teams=("database",))
OLGA = an_actor("olga", Role.ADMIN)
STRICT = a_policy()
MILD = replace(STRICT, version="v2", checklist=replace(STRICT.checklist, threshold=12))
WORST = dict.fromkeys((Factor.SCOPE, Factor.ATTEMPTS, Factor.EXPECTATIONS), 2)


def results(desk: Desk, *policies: Policy, **how: object) -> list[tuple[CaseId, Sequence[Result]]]:
    """Give each case with how it compares under each policy."""
    found = backtest.replays(desk, ADA, policies or (desk.policy,), **how)  # type: ignore[arg-type]
    return [(each.case.id, [one.result for one in each.replays]) for each in found]


def bad(desk: Desk) -> CaseId:
    """Open a case of which the worst is known."""
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.answer(desk, ADA, case_id, WORST)
    return case_id


def test_each_case_is_replayed_under_each_policy(desk: Desk, clock: Clock) -> None:
    up, down, kept = bad(desk), open_case(desk), bad(desk)
    clock.forward(minutes=20)
    escalate(desk, ADA, up)
    clock.forward(hours=5)

    assert results(desk, STRICT, MILD) == [
        (up, [Result.FOUND, Result.MISSED]),
        (down, [Result.SPARED, Result.SPARED]),
        (kept, [Result.UNNECESSARY, Result.SPARED]),
    ]
    assert backtest.number(desk, ADA) == 3


def test_pages_follow_one_another(desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "PAGE", 2)
    opened = [open_case(desk) for _ in range(5)]
    clock.forward(hours=5)

    assert [case for case, _ in results(desk)] == opened


def test_only_cases_since_a_time_count(desk: Desk, clock: Clock) -> None:
    open_case(desk)
    clock.forward(hours=5)
    later = open_case(desk)

    assert [case for case, _ in results(desk, since=at(hours=1))] == [later]
    assert backtest.number(desk, ADA, at(hours=1)) == 1
    assert backtest.number(desk, ADA, at(days=1)) == 0


def test_nothing_is_written(desk: Desk, clock: Clock) -> None:
    bad(desk)
    clock.forward(hours=5)
    with desk.store.read() as tx:
        before = events.newest(tx)

    results(desk, STRICT, MILD)

    with desk.store.read() as tx:
        assert events.newest(tx) == before


def test_a_rule_may_look_at_the_text(desk: Desk, clock: Clock) -> None:
    people.put(desk, OLGA, LENA.person)
    rule = Rule(id="pay", says="nobody can pay", when="checkout status:new", do=RuleAct.ESCALATE)
    policy = replace(MILD, brief_requires=(), timing=Timing(rules=(rule,)))
    case_id = open_case(desk)
    other = open_case(desk, title="Printer")
    clock.forward(hours=5)

    assert results(desk, policy) == [(case_id, [Result.UNNECESSARY]), (other, [Result.SPARED])]


def test_a_confidential_case_is_not_there_for_others(desk: Desk, clock: Clock) -> None:
    case_id = open_case(desk)
    people.put(desk, OLGA, LENA.person)
    triage.claim(desk, ADA, case_id)
    triage.change(desk, ADA, case_id, {"confidential": True})
    clock.forward(hours=5)

    assert backtest.number(desk, LENA) == 0
    assert not [*backtest.replays(desk, LENA, (STRICT,))]
    assert [case for case, _ in results(desk)] == [case_id]


def test_no_subject_of_a_case_hears_of_it(desk: Desk, clock: Clock) -> None:
    """Lena is all of the team that would be asked."""
    people.put(desk, OLGA, LENA.person)
    case_id = open_case(desk)
    triage.claim(desk, ADA, case_id)
    triage.change(desk, ADA, case_id, {"confidential": True})
    confiding.mark(desk, ADA, case_id, "lena")
    triage.answer(desk, ADA, case_id, WORST)
    clock.forward(hours=5)

    (found,) = backtest.replays(desk, ADA, (STRICT,))

    assert found.replays[0].would is not None
    assert found.replays[0].would.target != Target(2, "database")


def test_what_was_known_then_counts_and_nothing_else(desk: Desk, clock: Clock) -> None:
    """The second case came in when only the first was known; the third when both were."""
    policy = replace(STRICT, evidence=Weighing(least=1))
    opened = []
    for _ in range(3):
        opened.append(open_case(desk))
        clock.forward(hours=4)

    known = {each.case.id: evidence_of(each) for each in backtest.replays(desk, ADA, (policy,))}

    assert [known[case] for case in opened] == [(0, None), (1, 0), (2, 0)]


def evidence_of(found: backtest.Replayed) -> tuple[int, int | None]:
    """Give how many earlier cases were known when a case came in, and how many like it had needed a higher tier."""
    evidence = found.replays[0].began.advice.evidence
    assert evidence is not None
    return evidence.known, None if evidence.rate is None else evidence.count.needed


def test_nobody_learns_of_what_they_may_not_see_by_what_was_known_then(desk: Desk, clock: Clock) -> None:
    policy = replace(STRICT, evidence=Weighing(least=1))
    people.put(desk, OLGA, LENA.person)
    secret = open_case(desk)
    clock.forward(hours=4)
    open_case(desk)
    clock.forward(minutes=1)
    triage.claim(desk, ADA, secret)
    triage.change(desk, ADA, secret, {"confidential": True})

    (seen,) = backtest.replays(desk, LENA, (policy,))
    _, whole = backtest.replays(desk, ADA, (policy,))

    assert (evidence_of(seen), evidence_of(whole)) == ((0, None), (1, 0))


def test_each_policy_says_when_a_case_counts_as_handled(desk: Desk, clock: Clock) -> None:
    soon = replace(STRICT, evidence=Weighing(least=1, handled_after=timedelta(hours=1)))
    late = replace(STRICT, evidence=Weighing(least=1))
    open_case(desk)
    clock.forward(hours=2)
    open_case(desk)

    _, found = backtest.replays(desk, ADA, (soon, late))

    known = [each.began.advice.evidence for each in found.replays]
    assert [each.known for each in known if each] == [1, 0]


def test_how_far_the_reading_of_what_was_known_is_can_be_followed_and_stopped(desk: Desk) -> None:
    for _ in range(2):
        open_case(desk)
    heard: list[int] = []

    def stop(done: int) -> None:
        raise TimeoutError(str(done))

    assert len([*backtest.replays(desk, ADA, (STRICT,), heard=heard.append)]) == 2
    assert heard == [2]
    with pytest.raises(TimeoutError, match="2"):
        next(backtest.replays(desk, ADA, (STRICT,), heard=stop))


def test_of_many_cases_those_are_named_that_a_person_may_see(desk: Desk) -> None:
    open_case_id, hidden = open_case(desk), open_case(desk)
    triage.change(desk, OLGA, hidden, {"confidential": True})

    assert backtest.in_sight(desk, LENA, [open_case_id, hidden, CaseId(99)]) == {open_case_id}
    assert backtest.in_sight(desk, OLGA, [open_case_id, hidden]) == {open_case_id, hidden}
