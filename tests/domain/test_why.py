"""Why, why not and what next of a case, worked out from its history by the plan that live runs go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from types import MappingProxyType
from typing import Any

import pytest

from console.domain.actions import Does
from console.domain.as_of import as_of
from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import CaseId, EscalationId, PersonId, Severity, Status
from console.domain.changes import changes
from console.domain.escalation import State
from console.domain.events import Kind
from console.domain.facts import Facts
from console.domain.timing import ClockName, Ladder, LadderStep, Rule, RuleAct, Target, Timing
from console.domain.toml_lines import lines_of
from console.domain.why import why
from console.domain.why_ahead import ahead
from console.domain.why_clocks import Legend
from console.domain.why_words import ladder_stands, next_line, why_line
from tests.builders import MORNING, a_case, a_person, a_policy, an_escalation, an_event, at

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
RESPONSE = Target(clock=ClockName.RESPONSE, within=HOUR, calendar="always", severity=Severity.S3)
SPECIAL = replace(RESPONSE, within=2 * HOUR, severity=None, category="network")
LADDER = Ladder(
    id="standard", steps=(LadderStep(to=("kim",), after=10 * MINUTE), LadderStep(to=("max",), after=10 * MINUTE)),
    rounds=2,
)  # fmt: skip
ADA = PersonId("ada")
PEOPLE = tuple(map(a_person, ("ada", "bo", "kim", "max")))
CASE = a_case(handler=PersonId("ada"), owner=PersonId("ada"), status=Status.OPEN)
OPENED = an_event(Kind.OPENED, version=1, changes=changes(None, CASE))


def a_timed_policy(**timing: Any) -> Any:  # noqa: ANN401 - a policy
    """Give a policy that wants an answer within the hour and warns of nothing."""
    return a_policy(timing=Timing(**({"targets": (SPECIAL, RESPONSE), "warn": ()} | timing)))


def facts(**case: Any) -> Facts:  # noqa: ANN401 - any field of a case
    """Give a case that ada has had since nine o'clock."""
    now = replace(CASE, **case)
    return Facts(case=now, history=(replace(OPENED, changes=changes(None, now)),), people=PEOPLE)


def a_rule(**given: Any) -> Rule:  # noqa: ANN401 - any field of a rule
    """Give a rule that reminds bo of open cases."""
    return Rule(
        **({"id": "r", "says": "it is open", "when": "status:open", "do": RuleAct.REMIND, "to": ("bo",)} | given)
    )


def sent(state: State = State.SENT, **given: Any) -> Facts:  # noqa: ANN401 - any field of an escalation
    """Give a case that was sent to tier 2 at nine."""
    move = an_escalation(id=EscalationId(7001), state=state, **given)
    case = replace(
        CASE, tier=2, team="database", escalation=move.id, escalation_state=state, escalated_by=PersonId("ada")
    )
    event = an_event(
        Kind.ESCALATED, changes=changes(CASE, case) | {"escalation.7001.state": (None, "sent")},
        detail={"escalation": 7001, "target": "2/database"},
    )  # fmt: skip
    return Facts(case=replace(case, version=2), history=(OPENED, event), escalations=(move,), people=PEOPLE)


def test_a_clock_names_the_line_that_gave_its_target() -> None:
    text = '[clock.response]\nS3 = "1h"\n[[clock.response.for]]\ncategory = "network"\nwithin = "2h"\n'
    legend = Legend(lines_of(text))
    rules = [
        why(each, a_timed_policy(), at(minutes=5), words).clocks[0].rule
        for each, words in ((facts(), legend), (facts(category="network"), legend), (facts(), Legend()))
    ]
    assert rules == ["[clock.response] S3, line 2", "[[clock.response.for]], line 3", "[clock.response] S3"]


def test_a_fixed_date_has_no_line_and_the_close_of_an_escalation_the_one_of_every_policy() -> None:
    told = {each.clock.name: each.rule for each in why(sent(), a_timed_policy(), at(minutes=5)).clocks}
    assert told[ClockName.CLOSURE] == "what every policy has"
    stated = why(facts(due=at(hours=3)), a_timed_policy(), MORNING).clocks
    assert {each.rule for each in stated if each.clock.fixed} == {""}


def test_a_target_for_all_severities_has_a_line_without_one() -> None:
    policy = a_timed_policy(targets=(replace(RESPONSE, severity=None),))
    assert why(facts(), policy, MORNING).clocks[0].rule == "[clock.response] within"


def test_an_acceptance_goes_by_the_tier_it_was_asked_of() -> None:
    asked = Target(clock=ClockName.ACCEPTANCE, within=HOUR, calendar="always", tier=2)
    told = why(sent(), a_timed_policy(targets=(asked,)), at(minutes=5)).clocks
    assert {each.clock.name: each.rule for each in told}[ClockName.ACCEPTANCE] == "[[clock.acceptance.for]]"


def test_holidays_are_named_in_the_intervals_of_a_clock() -> None:
    office = Calendar("office", week=(((480, 1080),),) * 7, region="DE", holidays=frozenset({date(2026, 11, 24)}))
    calendars: Mapping[str, Calendar] = MappingProxyType({"always": ALWAYS, "office": office})
    policy = a_timed_policy(targets=(replace(RESPONSE, within=20 * HOUR, calendar="office"),), calendars=calendars)

    told = why(facts(), policy, at(days=2), Legend(holidays={"DE": {date(2026, 11, 24): "Sankt Nimmerlein"}}))

    assert [each.why for each in told.clocks[0].intervals] == ["", "holiday: Sankt Nimmerlein", ""]


def test_a_breach_is_told_with_when_it_was_found() -> None:
    found = as_of(facts(), a_timed_policy(), at(hours=3), at(hours=4))
    (clock,) = [each for each in why(found, a_timed_policy(), at(hours=4)).clocks if each.clock.breached_at]

    assert (clock.clock.breached_at, clock.found_at) == (at(hours=1), at(hours=3))
    assert (clock.is_late, clock.is_over) == (True, False)


def test_what_fired_is_told_with_how_late_it_was_and_whom_it_reached() -> None:
    late, *_ = why(as_of(facts(), a_timed_policy(), at(hours=3), at(hours=4)), a_timed_policy(), at(hours=4)).fired
    assert (late.firing.source, late.due, late.at, late.late) == ("clock:response", at(hours=1), at(hours=3), 2 * HOUR)
    assert (late.told, late.policy) == (("ada",), "v1")


@pytest.mark.parametrize(
    ("given", "rule", "lacks"),
    [
        (facts(severity=Severity.S3), a_rule(when="severity:S1 status:open"), "severity:S1 is not so: it is S3"),
        (facts(), a_rule(when="-status:open"), "-status:open is not so: it is open"),
        (facts(), a_rule(when="printer"), '"printer" is not so: the case has nothing there'),
        (facts(status=Status.CLOSED), a_rule(), "the case is closed, and rules look at open ones only"),
        (facts(tags=("vip",)), a_rule(do=RuleAct.TAG, tags=("vip",)), "it has these tags already"),
    ],
)
def test_a_rule_that_does_not_fire_says_what_keeps_it(given: Facts, rule: Rule, lacks: str) -> None:
    (told,) = why(given, a_timed_policy(rules=(rule,)), at(minutes=5)).rules
    assert (told.lacks, told.at, told.fired) == (lacks, None, 0)


def test_a_rule_whose_facts_hold_says_since_when_and_when_it_fires() -> None:
    policy = a_timed_policy(rules=(a_rule(held=HOUR, count="wall"),))
    (told,) = why(facts(), policy, at(minutes=5)).rules
    assert (told.holds_since, told.at, told.does, told.lacks) == (MORNING, at(hours=1), Does.REMIND, "")


def test_a_rule_that_time_alone_will_make_hold_says_when() -> None:
    (told,) = why(facts(), a_timed_policy(rules=(a_rule(when="age>2h"),)), at(minutes=5)).rules
    assert told.flips_at is not None
    assert told.flips_at - at(hours=2) < MINUTE


def test_a_rule_that_has_fired_as_often_as_it_may_says_so() -> None:
    policy = a_timed_policy(rules=(a_rule(),), targets=())
    (told,) = why(as_of(facts(), policy, MORNING, at(hours=1)), policy, at(hours=1)).rules
    assert (told.fired, told.lacks) == (1, "for these facts it has fired as often as it may")


def test_a_ladder_says_where_it_stands_and_whom_it_engaged() -> None:
    policy = a_timed_policy(ladders=(LADDER,), targets=())
    (told,) = why(as_of(sent(), policy, MORNING, at(minutes=12)), policy, at(minutes=12)).ladders
    assert (told.stands.step, [each.told for each in told.fired], told.stopped) == (1, [("kim",)], "")


ANSWERS: Mapping[str, tuple[State, dict[str, Any], str]] = {
    "answered": (State.ACCEPTED, {"answered_by": PersonId("bo")}, "bo accepted it"),
    "returned": (State.RETURNED, {"answered_by": PersonId("bo")}, "bo returned it"),
    "asked": (State.SENT, {"question": "which one?"}, "the receiving tier asked back; it begins anew after the reply"),
    "passed": (State.EXPIRED, {"outcome": "passed over, on to 4"}, "it is expired: passed over, on to 4"),
    "gone": (State.WITHDRAWN, {}, "it is withdrawn"),
    "on it": (State.SENT, {"acknowledged": (PersonId("kim"),)}, "kim acknowledged it"),
    "exhausted": (State.EXHAUSTED, {}, "exhausted after 1 round: nobody has answered"),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_ladder_says_why_it_stopped(answer: str) -> None:
    state, given, stopped = ANSWERS[answer]
    policy = a_timed_policy(ladders=(LADDER,), targets=())
    begun = as_of(sent(), policy, MORNING, at(minutes=12))
    moves = tuple(replace(each, state=state, **given) for each in begun.escalations)

    (told,) = why(replace(begun, escalations=moves), policy, at(minutes=12)).ladders

    assert told.stopped == stopped


def test_whoever_asked_back_is_named_and_an_answer_that_was_undone_is_not_told() -> None:
    policy = a_timed_policy(ladders=(LADDER,), targets=())
    base = sent(question="which one?")
    asked = an_event(Kind.ASKED, version=3, actor=PersonId("bo"), detail={"escalation": 7001})
    undone = an_event(Kind.UNDONE, version=4, annuls=3)

    (told,) = why(replace(base, history=(*base.history, asked)), policy, MORNING).ladders
    assert told.stopped == "bo asked back; it begins anew after the reply"
    (told,) = why(replace(base, history=(*base.history, asked, undone)), policy, MORNING).ladders
    assert told.answers == ()


def test_without_a_ladder_it_says_so_and_while_the_requester_is_waited_for_it_stands_still() -> None:
    (told,) = why(sent(), a_timed_policy(targets=()), MORNING).ladders
    assert told.stopped == "the policy has no ladder for it"
    assert ladder_stands(told) == ""
    base = sent()
    waits = replace(base, case=replace(base.case, status=Status.WAITING, waiting_for="customer"))
    (told,) = why(waits, a_timed_policy(ladders=(LADDER,), targets=()), MORNING).ladders
    assert told.stopped == "it stands still while the case waits for customer"


def test_an_escalation_that_was_answered_without_a_ladder_is_not_told() -> None:
    assert why(sent(State.ACCEPTED), a_timed_policy(targets=()), MORNING).ladders == ()


def test_what_comes_ends_where_it_was_cut_and_says_so() -> None:
    policy = a_timed_policy(ladders=(LADDER,))
    ways = ((None, 2), (at(minutes=15), 9), (at(minutes=1), 9))
    assert [ahead(sent(), policy, MORNING, *how).ends for how in ways] == [
        "and more after that",
        "what comes then is later than you asked for",
        "nothing happens that soon",
    ]
    assert ahead(facts(), a_timed_policy(), MORNING).ends == "after that nothing more is planned"


@pytest.mark.parametrize(
    ("given", "timing", "ends"),
    [
        ({}, {"targets": ()}, "the policy has no clocks, rules or ladders, and the case no due time"),
        ({"status": Status.CLOSED}, {}, "it is closed, so no clock runs and no rule looks at it"),
        (
            {"status": Status.CLOSED, "duplicate_of": CaseId(3)},
            {},
            "it was merged into case 3, whose clocks count",
        ),
        (
            {"status": Status.WAITING, "waiting_for": "customer"},
            {},
            "it waits for customer, without a time at which it goes on",
        ),
        ({"severity": Severity.S1}, {}, "no clock of it runs, and what rules and ladders had to do is done"),
    ],
)
def test_where_nothing_comes_it_says_why(given: dict[str, Any], timing: dict[str, Any], ends: str) -> None:
    told = ahead(facts(**given), a_timed_policy(**timing), at(minutes=5))
    assert (told.foreseen, told.ends) == ((), f"nothing will happen: {ends}")


def test_one_line_tells_what_comes_next_and_one_how_the_most_pressing_clock_stands() -> None:
    policy = a_timed_policy(ladders=(LADDER,), warn=(50,))
    told = why(sent(), policy, at(minutes=5))

    line = next_line(told.ahead, policy, at(minutes=5), UTC)
    assert line == "09:10 tier 2 database, 09:30 kim, if nobody acts"
    assert why_line(told.clocks, at(minutes=5), UTC) == "response 55 min left, due Mon 23 Nov 10:00"
    assert why_line((), MORNING, UTC) == ""


def test_one_line_tells_warnings_only_where_nothing_else_comes() -> None:
    policy = a_timed_policy(warn=(50,))
    told = ahead(facts(), policy, MORNING, at(minutes=40))
    assert next_line(told, policy, MORNING, UTC) == "09:30 50 % of the first response, if nobody acts"


def test_one_line_says_why_nothing_comes_and_what_is_due_now() -> None:
    policy = a_timed_policy()
    closed = ahead(facts(status=Status.CLOSED), policy, MORNING)
    assert next_line(closed, policy, MORNING, UTC) == "it is closed, so no clock runs and no rule looks at it"
    late = ahead(facts(), policy, at(hours=2))
    assert next_line(late, policy, at(hours=2), UTC) == "now the first response late, if nobody acts"


def test_nothing_that_was_taken_back_is_seen_as_a_time() -> None:
    strange = an_event(Kind.BREACHED, version=2, detail={"source": "clock:response", "deadline": "soon"})
    assert why(replace(facts(), history=(OPENED, strange)), a_timed_policy(), MORNING).fired == ()
