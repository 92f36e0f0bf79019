"""A replay says when a policy would have sent a case up, and to whom, by what was known then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from console.domain import acts
from console.domain.case import Answers, Case, Severity, SeverityFrom, Status
from console.domain.events import Event, Kind
from console.domain.evidence import Weighing
from console.domain.facts import Facts
from console.domain.policy import Policy, Stop
from console.domain.recommendation import Advice, Verdict, recommended
from console.domain.replay import MOMENT, Lived, Replay, Result, Trial
from console.domain.stages import stages
from console.domain.timing import ClockName, Count, PingPong, Rule, RuleAct
from tests.builders import MORNING, at
from tests.domain.timed import (
    DATABASE,
    accepted,
    claimed,
    escalated,
    facts_of,
    minutes,
    returned,
    timed,
    within,
    written,
)

POLICY = timed(targets=(), ladders=())
LATER = at(days=2)


def answer(facts: Facts, minute: float, answers: Answers) -> Facts:
    """Let ada answer the checklist."""
    return written(facts, replace(facts.case, answers=answers), Kind.ANSWERED, at(minutes=minute))


def sent(facts: Facts, minute: float, policy: Policy = POLICY) -> Facts:
    """Let ada send it up, and bo take it."""
    return accepted(escalated(facts, policy, at(minutes=minute)), at(minutes=minute + 5))


def resolved(facts: Facts, minute: float) -> Facts:
    """Let the case be resolved."""
    after = replace(facts.case, status=Status.RESOLVED, resolution="fixed")
    return written(facts, after, Kind.RESOLVED, at(minutes=minute))


def played(facts: Facts, policy: Policy = POLICY, now: datetime = LATER, **how: Any) -> Replay:  # noqa: ANN401
    """Replay a case."""
    return Trial(policy, **how).of(Lived(facts, now, policy.evidence.counting))


def told(found: Replay) -> tuple[Result, float | None]:
    """Give the result, and how many minutes after nine it would have been sent up."""
    return found.result, round((found.would.at - MORNING) / minutes(1), 3) if found.would else None


def a_rule(held: float, **how: Any) -> Policy:  # noqa: ANN401 - any field of a rule
    """Give a policy with a rule that sends up what nobody has claimed."""
    rule = Rule(
        id="unclaimed", says="nobody took it", when="status:new", do=RuleAct.ESCALATE, held=minutes(held),
        count=Count.WALL, **how,
    )  # fmt: skip
    return timed(targets=(), ladders=(), rules=(rule,))


def test_a_case_is_sent_up_when_the_answers_say_so() -> None:
    facts = sent(answer(claimed(facts_of()), 10, (3, 3, 3, 3)), 30)

    found = played(facts)

    assert told(found) == (Result.FOUND, 10)
    assert found.would is not None
    assert (found.would.target, found.would.by, found.lead) == (DATABASE, "checklist", minutes(20))
    assert (found.began.at, found.began.advice.verdict, found.judged.at) == (MORNING, Verdict.ASK, at(minutes=10))
    assert (found.began.score, found.judged.score, found.policy) == (6, 12, "v1")


def test_what_was_answered_after_it_went_up_does_not_count() -> None:
    facts = answer(sent(claimed(facts_of()), 5), 30, (3, 3, 3, 3))

    found = played(facts)

    assert told(found) == (Result.MISSED, None)
    assert found.lead == timedelta(0)


def test_a_case_that_was_handled_below_is_spared_or_sent_up_in_vain() -> None:
    mild, bad = (answer(claimed(facts_of()), 10, answers) for answers in ((0, 1, 1, 0), (3, 3, 3, 3)))

    assert told(played(resolved(mild, 50))) == (Result.SPARED, None)
    assert told(played(resolved(bad, 50))) == (Result.UNNECESSARY, 10)


def test_one_that_came_back_as_not_needed_would_have_been_sent_up_in_vain() -> None:
    facts = sent(answer(claimed(facts_of()), 10, (3, 3, 3, 3)), 30)

    assert told(played(resolved(returned(facts, at(minutes=50)), 70))) == (Result.UNNECESSARY, 10)


def test_while_it_waits_above_nothing_is_recommended_and_after_its_return_it_is_held_for_a_while() -> None:
    facts = escalated(claimed(facts_of()), POLICY, at(minutes=10))
    facts = answer(facts, 20, (3, 3, 3, 3))
    facts = returned(facts, at(minutes=30))

    assert told(played(facts, now=LATER)) == (Result.UNNECESSARY, 30)
    kept = replace(facts.case, returned_facts="3333/S3/0")
    back = replace(facts.history[-1], changes={**facts.history[-1].changes, "returned_facts": ("", "3333/S3/0")})
    facts = replace(facts, case=kept, history=(*facts.history[:-1], back))
    assert told(played(facts, now=LATER)) == (Result.UNNECESSARY, 30 + 4 * 60)


def test_a_stop_condition_sends_a_case_up_whatever_it_scores() -> None:
    policy = replace(POLICY, stops=(Stop("safety", "Somebody could get hurt", DATABASE),))
    facts = claimed(facts_of())
    facts = written(facts, replace(facts.case, stops=("safety",)), Kind.CHANGED, at(minutes=10))

    assert told(played(sent(facts, 30, policy), policy)) == (Result.FOUND, 10)


def test_what_is_not_settled_yet_is_not_counted() -> None:
    facts = answer(claimed(facts_of()), 10, (3, 3, 3, 3))

    assert told(played(facts, now=at(hours=1))) == (Result.UNSETTLED, 10)


def test_a_missed_due_time_counts_from_the_moment_it_passes() -> None:
    policy = replace(POLICY, checklist=replace(POLICY.checklist, threshold=8))
    facts = answer(claimed(facts_of(due=at(hours=2))), 10, (2, 2, 2, None))

    assert told(played(sent(facts, 180), policy)) == (Result.FOUND, 120)
    assert told(played(sent(facts, 60), policy)) == (Result.LATE, 120)


def test_a_broken_promise_counts_from_the_moment_it_passes() -> None:
    facts = answer(claimed(facts_of(promised_at=at(hours=2))), 10, (1, 1, 1, None))

    found = played(sent(facts, 180))

    assert found.would is not None
    assert found.would.at == at(hours=2) + MOMENT


def test_clocks_are_those_of_the_policy_that_is_tried() -> None:
    checklist = replace(POLICY.checklist, threshold=8)
    policy = timed(targets=(within(ClockName.RESOLUTION, 45),), ladders=())
    facts = answer(claimed(facts_of()), 10, (2, 2, 2, None))
    facts = written(facts, acts.worked_on(facts.case), Kind.NOTED, at(minutes=20), text="hm")

    assert told(played(sent(facts, 180), replace(policy, checklist=checklist))) == (
        Result.FOUND, 45,
    )  # fmt: skip
    assert told(played(sent(facts, 180), replace(POLICY, checklist=checklist))) == (Result.MISSED, None)


def test_a_rule_sends_up_what_the_checklist_leaves() -> None:
    found = played(sent(claimed(facts_of(), at(minutes=60)), 90), a_rule(30))

    assert told(found) == (Result.FOUND, 30)
    assert found.would is not None
    assert (found.would.by, found.would.target) == ("rule:unclaimed", DATABASE)


def test_a_rule_that_would_have_come_later_is_late() -> None:
    facts = escalated(facts_of(), POLICY, at(minutes=10))

    assert told(played(facts, a_rule(30))) == (Result.LATE, 30)
    assert told(played(claimed(facts_of()), a_rule(30))) == (Result.SPARED, None)


def test_a_gentle_reminder_goes_first() -> None:
    assert told(played(escalated(facts_of(), POLICY, at(hours=3)), a_rule(30, remind=minutes(20)))) == (
        Result.FOUND, 30,
    )  # fmt: skip


def test_whichever_comes_first_counts() -> None:
    facts = sent(answer(facts_of(), 10, (3, 3, 3, 3)), 90)

    found = played(facts, a_rule(30))

    assert told(found) == (Result.FOUND, 10)
    assert found.would is not None
    assert found.would.by == "checklist"


def test_a_rule_goes_on_after_a_return() -> None:
    facts = escalated(claimed(facts_of()), POLICY, at(minutes=10))
    facts = returned(facts, at(minutes=20))
    facts = written(facts, acts.released(facts.case), Kind.RELEASED, at(minutes=30))
    again = replace(facts.case, status=Status.NEW)
    facts = written(facts, again, Kind.CHANGED, at(minutes=40))

    assert told(played(facts, a_rule(30))) == (Result.UNNECESSARY, 70)


def test_what_the_clock_side_did_then_is_left_out() -> None:
    facts = facts_of()
    reminded = written(facts, facts.case, Kind.REMINDED, at(minutes=5), source="rule:unclaimed", step=0)

    assert told(played(escalated(reminded, POLICY, at(hours=3)), a_rule(30))) == (Result.FOUND, 30)


def test_the_brake_on_ping_pong_sends_up_what_came_back_too_often() -> None:
    policy = timed(targets=(), ladders=(), ping_pong=PingPong(2, timedelta(days=1)))
    facts = claimed(facts_of(team="desk"))
    for minute in (10, 50):
        facts = returned(escalated(facts, policy, at(minutes=minute)), at(minutes=minute + 20))

    assert told(played(resolved(facts, 120), policy)) == (Result.UNNECESSARY, 70)
    assert told(played(resolved(facts, 120))) == (Result.SPARED, None)


def test_a_rule_that_may_hold_need_not() -> None:
    """It looks at what only time and history tell, so that a glance leaves it open."""
    rule = Rule(id="quiet", says="quiet", when="updated>3d", do=RuleAct.ESCALATE)
    policy = timed(targets=(), ladders=(), rules=(rule,))

    assert told(played(resolved(claimed(facts_of()), 60), policy)) == (Result.SPARED, None)
    assert told(played(claimed(facts_of()), policy, at(days=5))) == (Result.UNNECESSARY, 3 * 24 * 60)


def test_a_rule_may_look_at_the_clocks() -> None:
    rule = Rule(id="late", says="late", when="late:yes", do=RuleAct.ESCALATE)
    policy = timed(targets=(within(ClockName.RESOLUTION, 45),), ladders=(), rules=(rule,))
    policy = replace(policy, checklist=replace(policy.checklist, threshold=99))

    assert told(played(sent(claimed(facts_of()), 180), policy)) == (Result.FOUND, 45)


def test_rules_that_send_nothing_up_are_left_out() -> None:
    rule = Rule(id="tell", says="tell", when="status:new", do=RuleAct.TAG, tags=("new",))

    assert told(played(facts_of(), timed(targets=(), ladders=(), rules=(rule,)))) == (Result.SPARED, None)


def test_a_policy_is_tried_as_if_it_had_always_been_in_force() -> None:
    """Live, a new policy makes nothing late that was not late before."""
    policy = timed(targets=(within(ClockName.RESOLUTION, 45),), ladders=(), since=LATER)
    policy = replace(policy, checklist=replace(policy.checklist, threshold=8))

    assert told(played(sent(answer(claimed(facts_of()), 10, (2, 2, 2, None)), 180), policy)) == (Result.FOUND, 45)


def test_a_case_that_ended_at_once_has_one_recommendation() -> None:
    facts = facts_of(status=Status.CLOSED)

    assert told(played(facts, a_rule(30))) == (Result.SPARED, None)


def test_what_recommends_is_handed_in() -> None:
    """Each time with the case as it stood then: nothing that came later."""
    seen: list[tuple[int, Answers]] = []

    def recommend(case: Case, policy: Policy, now: datetime, *rest: Any) -> Advice:  # noqa: ANN401 - handed on
        seen.append(((now - MORNING) // minutes(1), case.answers))
        return recommended(case, policy, now, *rest)

    played(sent(answer(claimed(facts_of()), 10, (1, 0, 0, 0)), 30), recommend=recommend)

    assert seen == [(0, (None,) * 4), (10, (1, 0, 0, 0))]


def test_stages_end_where_a_case_is_as_it_is_now() -> None:
    facts = resolved(answer(claimed(facts_of()), 10, (1, 1, 1, 1)), 50)
    facts = written(
        facts, replace(facts.case, severity=Severity.S1, severity_from=SeverityFrom.STATED), Kind.CHANGED, at(hours=2)
    )

    found = [*stages(facts, LATER, LATER)]

    assert found[-1].case == replace(facts.case, version=found[-1].case.version, updated=found[-1].case.updated)
    assert [each.start for each in found] == [MORNING, MORNING, at(minutes=10), at(minutes=50), at(hours=2)]
    assert [each.end for each in found] == [*(each.start for each in found[1:]), LATER]


def test_time_never_runs_back() -> None:
    facts = claimed(facts_of(), at(minutes=30))
    early = Event(case=facts.case.id, version=3, at=at(minutes=10), actor=facts.history[0].actor, kind=Kind.NOTED)

    found = [*stages(replace(facts, history=(*facts.history, early)), LATER, LATER)]

    assert [each.start for each in found] == [MORNING, at(minutes=30), at(minutes=30)]


def test_a_case_that_ran_late_was_missed_where_the_policy_says_so() -> None:
    def late(facts: Facts) -> Facts:
        return resolved(written(facts, facts.case, Kind.BREACHED, at(hours=3), clock="resolution"), 400)

    strict = replace(POLICY, evidence=Weighing(late=True))

    assert [played(late(facts_of()), each).result for each in (POLICY, strict)] == [Result.SPARED, Result.MISSED]
    assert told(played(late(answer(facts_of(), 100, (3, 3, 3, 3))), strict)) == (Result.FOUND, 100)
