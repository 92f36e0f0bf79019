"""Rules: while their facts hold they act as a person would, a bounded number of times, and say what they could not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.domain.actions import Does
from console.domain.case import PersonId, Severity, SeverityFrom, Status
from console.domain.escalation import Kind as EscalationKind
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.look import look
from console.domain.matrix import Matrix, Target
from console.domain.plan import Plan, plan
from console.domain.plan_rules import needless
from console.domain.policy import Policy
from console.domain.sentences import sentence
from console.domain.timing import Count, Rule, RuleAct
from tests.builders import MORNING, at
from tests.domain.timed import (
    PEOPLE,
    accepted,
    claimed,
    escalated,
    facts_of,
    minutes,
    open_one,
    returned,
    rounds,
    run,
    storyline,
    timed,
    written,
)


def ruled(do: RuleAct, *to: str, **facts: Any) -> Policy:  # noqa: ANN401 - any field of a rule
    """Give a policy of one rule: what is new for a quarter of an hour."""
    usual: dict[str, Any] = {
        "id": "new", "says": "new for 15 min", "when": "status:new", "held": minutes(15), "count": Count.WALL,
    }  # fmt: skip
    return timed(targets=(), ladders=(), rules=(Rule(do=do, to=to, **(usual | facts)),))


def last(facts: Facts) -> str:
    """Give the sentence of what happened last."""
    return sentence(facts.history[-1])


def test_a_rule_fires_once_its_facts_have_held_long_enough() -> None:
    policy = ruled(RuleAct.NOTIFY, "lena")
    facts = facts_of()
    assert plan(facts, policy, at(minutes=14)) == Plan((), at(minutes=15))

    done, after = run(facts, policy, at(minutes=15))
    assert [(each.key, each.to) for each in done] == [(("rule:new", MORNING, 1), ("lena",))]
    assert last(after) == "Rule 'new' told lena: 'new for 15 min'"
    assert after.history[-1].cause == "rule new, policy v1"
    assert plan(after, policy, at(days=3)) == Plan()


def test_a_rule_whose_facts_no_longer_hold_does_not_fire() -> None:
    policy = ruled(RuleAct.NOTIFY, "lena")
    assert plan(claimed(facts_of(), at(minutes=5)), policy, at(days=1)) == Plan()


def test_a_rule_fires_again_while_its_facts_go_on_holding_and_not_more_often_than_it_says() -> None:
    policy = ruled(RuleAct.NOTIFY, "lena", every=minutes(30), times=3)
    assert storyline(facts_of(), policy) == ["15 notify 1: lena", "45 notify 2: lena", "75 notify 3: lena"]
    _, once = run(facts_of(), policy, at(minutes=15))
    assert last(once) == "Rule 'new' told lena: 'new for 15 min' (step 1 of 3)"


def test_facts_that_hold_again_are_new_facts() -> None:
    policy = ruled(RuleAct.NOTIFY, "lena", when="handler:none", held=timedelta(0))
    facts = rounds(facts_of(), policy, at(minutes=1))
    free = written(claimed(facts, at(minutes=2)), replace(facts.case, handler=None), Kind.RELEASED, at(minutes=3))
    assert [each.deadline for each in plan(free, policy, at(minutes=3)).due] == [at(minutes=3)]


def test_facts_that_only_time_brings_about_are_looked_for_when_it_does() -> None:
    policy = ruled(RuleAct.NOTIFY, "lena", when="age>2h", held=timedelta(0))
    assert storyline(facts_of(), policy) == ["120 notify 1: lena"]


def test_a_rule_escalates_along_the_matrix_after_a_gentle_reminder() -> None:
    policy = ruled(RuleAct.ESCALATE, remind=minutes(10))
    facts = facts_of(team="desk")
    assert storyline(facts, policy, most=2) == ["5 remind: lena", "15 escalate 1"]

    after = rounds(facts, policy, at(minutes=15))
    made = open_one(after)
    assert (made.kind, made.target, made.by, made.incomplete) == (
        EscalationKind.AUTOMATIC, Target(2, "database"), "rule:new", "",
    )  # fmt: skip
    assert (after.case.status, after.case.owner, after.case.handler) == (Status.OPEN, "lena", None)
    assert last(after) == "Rule 'new' escalated it to tier 2 database: 'new for 15 min'"
    assert made.brief.issue == "Checkout returns 502"


def test_the_time_of_the_reminder_passes_before_the_escalation_however_late_it_was() -> None:
    policy = ruled(RuleAct.ESCALATE, remind=minutes(10))
    done, facts = run(facts_of(team="desk"), policy, at(hours=2))
    assert [each.does for each in done] == [Does.REMIND]
    assert plan(facts, policy, at(hours=2)).next_at == at(hours=2, minutes=10)


def test_what_is_missing_of_its_brief_is_said_to_be_so_since_a_rule_sent_it() -> None:
    policy = replace(ruled(RuleAct.ESCALATE), brief_requires=("issue", "help"))
    after = rounds(facts_of(team="desk"), policy, at(minutes=15))
    assert open_one(after).incomplete == "automatic"
    assert "with an incomplete brief: 'automatic'" in last(after)


def test_a_rule_escalates_to_the_place_it_names() -> None:
    after = rounds(facts_of(team="desk"), ruled(RuleAct.ESCALATE, "4"), at(minutes=15))
    assert open_one(after).target == Target(4)


def test_a_rule_does_not_escalate_what_waits_to_be_accepted() -> None:
    policy = ruled(RuleAct.ESCALATE, when="status:open", held=timedelta(0), every=minutes(5), times=9)
    facts = escalated(claimed(facts_of()), policy)
    assert plan(facts, policy, at(minutes=1)) == Plan()
    seen = look(facts, policy, at(minutes=1))
    assert needless(policy.timing.rules[0], seen) == "it was escalated by ada already and waits to be accepted"

    taken = accepted(facts, at(minutes=2))
    assert [each.does for each in plan(taken, policy, at(minutes=2)).due] == [Does.ESCALATE]


def test_what_a_rule_sends_further_up_says_so_of_the_escalation_below() -> None:
    policy = ruled(RuleAct.ESCALATE, when="status:open", held=timedelta(0))
    taken = accepted(escalated(claimed(facts_of()), timed(ladders=())), at(minutes=2))
    parties = tuple(replace(each, contact="help@oracle.example") for each in policy.parties)
    _, after = run(taken, replace(policy, parties=parties), at(minutes=2))
    assert [each.outcome for each in after.escalations] == ["escalated further to 3@vendor", ""]


def test_what_a_rule_escalated_and_is_returned_goes_back_to_whoever_had_it_or_answers_for_it() -> None:
    policy = ruled(RuleAct.ESCALATE)
    after = rounds(facts_of(team="desk"), policy, at(minutes=15))
    back = returned(after, at(minutes=20))
    assert (back.case.handler, back.case.owner, back.case.tier) == ("lena", "lena", 1)


def test_where_there_is_nothing_above_whoever_answers_for_the_case_is_told() -> None:
    policy = replace(ruled(RuleAct.ESCALATE), matrix=Matrix({}))
    done, after = run(facts_of(team="desk"), policy, at(minutes=15))
    assert [(each.does, each.to) for each in done] == [(Does.NOTIFY, ("lena",))]
    assert last(after).startswith("Rule 'new' could not escalate it and told lena: 'The matrix has no tier above 1")
    assert plan(after, policy, at(minutes=15)) == Plan()


def test_what_nobody_could_answer_for_is_not_escalated() -> None:
    policy = ruled(RuleAct.ESCALATE)
    lone = replace(policy, teams=tuple(replace(team, manager="") for team in policy.teams))
    done, _ = run(facts_of(people=()), lone, at(minutes=15))
    assert [(each.does, each.to) for each in done] == [(Does.NOTIFY, ())]
    assert "nobody is known who could answer for it" in done[0].why


def test_a_confidential_case_is_sent_where_somebody_is_in_its_circle() -> None:
    policy = ruled(RuleAct.ESCALATE)
    lone = replace(policy, teams=tuple(replace(team, manager="") for team in policy.teams))
    facts = facts_of(team="desk", confidential=True, circle=("lena",))
    done, after = run(facts, policy, at(minutes=15))
    assert (done[0].target, after.case.circle) == (Target(2, "database"), ("lena",))
    done, _ = run(
        replace(facts, case=replace(facts.case, owner=PersonId("ada"), circle=(PersonId("ada"),))), lone, at(minutes=15)
    )
    assert done[0].target == Target(3, party="vendor")
    assert ("2/database", "nobody there is in its circle") in done[0].absent


def test_a_rule_reminds_whoever_has_the_case() -> None:
    policy = ruled(RuleAct.REMIND, when="status:open", held=minutes(30))
    assert storyline(claimed(facts_of()), policy) == ["30 remind 1: ada"]
    assert storyline(claimed(facts_of()), ruled(RuleAct.REMIND, "owner", when="status:open")) == ["15 remind 1: ada"]


@pytest.mark.parametrize(
    ("to", "told", "handler", "place"),
    [
        ("bo", "Rule 'new' assigned it to bo: 'new for 15 min'", "bo", (1, "desk")),
        ("2/database", "Rule 'new' moved it to tier 2 database: 'new for 15 min'", None, (2, "database")),
    ],
)
def test_a_rule_reassigns_to_a_person_or_a_place(to: str, told: str, handler: str | None, place: object) -> None:
    policy = ruled(RuleAct.REASSIGN, to)
    after = rounds(facts_of(team="desk"), policy, at(minutes=15))
    assert (last(after), after.case.handler, (after.case.tier, after.case.team)) == (told, handler, place)
    again = replace(after, case=replace(after.case, status=Status.NEW))
    assert needless(policy.timing.rules[0], look(again, policy, at(hours=1)))


def test_a_rule_that_finds_nobody_to_assign_to_says_so() -> None:
    policy = ruled(RuleAct.REASSIGN, "zoe")
    done, after = run(facts_of(team="desk"), policy, at(minutes=15))
    assert done[0].does is Does.NOTIFY
    assert "could not reassign it and told lena: 'Nobody whom case 7 was to be assigned to is there.'" in last(after)


def test_a_rule_raises_the_severity_by_one_up_to_s1() -> None:
    policy = ruled(RuleAct.RAISE, every=minutes(10), times=9)
    facts = facts_of(severity=Severity.S3)
    assert storyline(facts, policy) == ["15 raise 1", "25 raise 2"]
    after = rounds(facts, policy, at(hours=9))
    assert (after.case.severity, after.case.severity_from) == (Severity.S1, SeverityFrom.OVERRIDE)
    assert needless(policy.timing.rules[0], look(after, policy, at(hours=9))) == "it is S1 already"
    assert last(after) == "Rule 'new' changed severity from S2 to S1: 'new for 15 min' (step 2 of 9)"


def test_a_rule_tags_what_is_not_tagged_yet() -> None:
    policy = ruled(RuleAct.TAG, tags=("overdue",), every=minutes(5), times=2)
    after = rounds(facts_of(), policy, at(hours=1))
    assert after.case.tags == ("overdue",)
    assert len(after.history) == 2
    assert needless(policy.timing.rules[0], look(after, policy, at(hours=1))) == "it has these tags already"


def test_a_rule_with_nothing_to_hinder_it_is_needed() -> None:
    policy = ruled(RuleAct.REASSIGN, "bo")
    assert needless(policy.timing.rules[0], look(facts_of(), policy, MORNING)) == ""


def test_rules_act_on_the_case_as_those_before_them_leave_it() -> None:
    raises, escalates = ruled(RuleAct.RAISE).timing.rules[0], ruled(RuleAct.ESCALATE).timing.rules[0]
    path = {("*", Severity.S1): (Target(4),), ("*", Severity.S2): (Target(2, "database"),)}
    policy = timed(targets=(), ladders=(), rules=(replace(escalates, id="up"), raises))
    policy = replace(policy, matrix=Matrix(path))
    done, _ = run(facts_of(team="desk", severity=Severity.S2), policy, at(minutes=15))
    assert [(each.does, each.target) for each in done] == [(Does.RAISE, None), (Does.ESCALATE, Target(4))]


def test_two_rules_that_escalate_are_one_level_at_a_time() -> None:
    first = ruled(RuleAct.ESCALATE, when="severity:S3").timing.rules[0]
    policy = timed(targets=(), ladders=(), rules=(first, replace(first, id="other", do=RuleAct.REMIND)))
    facts = facts_of(team="desk")
    assert plan(facts, policy, at(minutes=15)).next_at == at(minutes=15)
    done, after = run(facts, policy, at(minutes=15))
    assert [each.source for each in done] == ["rule:new"]
    assert [each.source for each in plan(after, policy, at(minutes=15)).due] == ["rule:other"]


def test_whoever_is_there_answers_for_what_nobody_owns() -> None:
    policy = ruled(RuleAct.ESCALATE)
    away = tuple(replace(each, is_absent=each.id == "lena") for each in PEOPLE)
    after = rounds(facts_of(people=away, team="desk"), policy, at(minutes=15))
    assert after.case.owner == "ada"
