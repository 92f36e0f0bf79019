"""What the recommendation says, by example and by law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Case, Severity, SeverityFrom, Status
from console.domain.checklist import FACTORS, Factor, Scores, answered, scores
from console.domain.evidence import Local
from console.domain.matrix import Matrix, Target
from console.domain.policy import Guard, GuardKind, Policy
from console.domain.recommendation import Verdict, advise, facts_key, judge, open_questions, way_up
from tests.builders import MORNING, a_case, a_checklist, a_policy, an_open_case, at
from tests.domain.strategies import ANSWERS, LOCAL, UNAVAILABLE, WEIGHTS, cases, policies

ORDER = (Verdict.HANDLE, Verdict.ASK, Verdict.ESCALATE)


def outcomes(filled: Scores, weights: tuple[int, int, int, int], threshold: int, *, needs_attempt: bool) -> set[bool]:
    """Try every completion of the unknown answers."""
    options = [range(4) if score is None else (score,) for score in filled]
    return {
        sum(w * s for w, s in zip(weights, answers, strict=True)) >= threshold
        and not (needs_attempt and answers[2] == 0)
        for answers in product(*options)
    }


def test_answers_that_reach_the_threshold_escalate_to_the_next_rung_of_the_matrix() -> None:
    advice = advise(a_case(answers=(3, 3, 1, None)), a_policy(), MORNING)
    assert advice.verdict is Verdict.ESCALATE
    assert advice.target == Target(2, "database")
    assert (advice.low, advice.high, advice.threshold, advice.out_of) == (7, 10, 6, 12)


def test_answers_that_cannot_reach_the_threshold_say_handle() -> None:
    advice = advise(a_case(answers=(0, 1, 1, None)), a_policy(), MORNING)
    assert advice.verdict is Verdict.HANDLE
    assert advice.target is None


def test_the_question_that_narrows_most_is_asked() -> None:
    policy = a_policy(checklist=a_checklist((1, 2, 1, 1), 7))
    assert advise(a_case(answers=(3, None, None, None)), policy, MORNING).ask is Factor.IMPACT


def test_a_stop_condition_escalates_to_its_own_target_whatever_the_score() -> None:
    advice = advise(a_case(stops=("safety",), answers=(0, 0, 0, 0)), a_policy(), MORNING)
    assert advice.verdict is Verdict.ESCALATE
    assert advice.target == Target(4)
    assert advice.stop is not None
    assert advice.stop.id == "safety"


def test_asking_for_a_supervisor_twice_is_a_stop_condition() -> None:
    assert advise(a_case(manager_asks=1, answers=(0, 0, 0, None)), a_policy(), MORNING).stop is None
    assert advise(a_case(manager_asks=2), a_policy(), MORNING).target == Target(2, "network")


def test_a_stop_condition_is_served_once_its_target_has_the_case() -> None:
    served = an_open_case(tier=2, team="network", manager_asks=2, answers=(0, 0, 0, 0))
    assert advise(served, a_policy(), MORNING).verdict is Verdict.HANDLE
    beside = replace(served, team="database")
    assert advise(beside, a_policy(), MORNING).target == Target(3, party="vendor")


def test_an_unavailable_stop_target_gives_way_to_the_matrix_and_is_named() -> None:
    advice = advise(a_case(stops=("safety",)), a_policy(), MORNING, {Target(4): "is a subject of the case"})
    assert advice.target == Target(2, "database")
    assert advice.skipped == ((Target(4), "is a subject of the case"),)


def test_guards_say_handle_first() -> None:
    worst = (3, 3, 3, 3)
    for facts in ({"known_fix": "KB-1"}, {"duplicate_of": 3}):
        advice = advise(a_case(answers=worst, **facts), a_policy(), MORNING)
        assert advice.verdict is Verdict.HANDLE
        assert advice.guard is not None
    assert advise(a_case(answers=(3, 3, 0, 3)), a_policy(), MORNING).guard == a_policy().guards[3]


def test_a_guard_does_not_hold_back_the_severities_it_exempts() -> None:
    urgent = a_case(answers=(3, 3, 3, 3), known_fix="KB-1", severity=Severity.S1)
    assert advise(urgent, a_policy(), MORNING).verdict is Verdict.ESCALATE


def test_a_returned_case_is_handled_until_a_fact_gets_worse_or_the_time_is_over() -> None:
    before = an_open_case(answers=(3, 2, 1, 1), attempts=1)
    back = replace(before, returned_at=MORNING, returned_facts=facts_key(before, before.answers))
    assert advise(back, a_policy(), at(hours=1)).guard == a_policy().guards[2]
    assert advise(replace(back, answers=(3, 2, 1, 0)), a_policy(), at(hours=1)).verdict is Verdict.HANDLE
    assert advise(replace(back, attempts=2), a_policy(), at(hours=1)).verdict is Verdict.ESCALATE
    assert advise(replace(back, answers=(3, 3, 1, 1)), a_policy(), at(hours=1)).verdict is Verdict.ESCALATE
    assert advise(replace(back, severity=Severity.S2), a_policy(), at(hours=1)).verdict is Verdict.ESCALATE
    assert advise(back, a_policy(), at(hours=4)).verdict is Verdict.ESCALATE
    assert advise(replace(back, returned_facts="nonsense"), a_policy(), at(hours=1)).verdict is Verdict.ESCALATE


def test_a_case_that_is_done_or_waits_to_be_accepted_needs_nothing() -> None:
    worst = (3, 3, 3, 3)
    done = advise(a_case(status=Status.CLOSED, answers=worst), a_policy(), MORNING)
    sent = advise(an_open_case(escalation_state="sent", escalated_by="ada", answers=worst), a_policy(), MORNING)
    assert (done.verdict, done.standing) == (Verdict.HANDLE, "the case is closed")
    assert (sent.verdict, sent.standing) == (Verdict.HANDLE, "already escalated by ada, waiting to be accepted")


def test_nothing_is_asked_or_escalated_where_no_tier_above_can_take_it() -> None:
    for answers in ((3, 3, 3, 3), (3, None, None, None)):
        advice = advise(a_case(tier=4, answers=answers), a_policy(), MORNING)
        assert advice.verdict is Verdict.HANDLE
        assert advice.standing == "no tier above can take it"
        assert advice.ask is None


def test_skip_level_severities_go_two_rungs_up() -> None:
    policy = a_policy(skip_level=frozenset({Severity.S1}))
    way = way_up(a_case(severity=Severity.S1), policy, None)
    assert way.target == Target(3, party="vendor")
    assert way.skipped == ((Target(2, "database"), "this severity skips a level"),)


def test_a_question_that_only_matters_when_nothing_was_tried_is_not_asked() -> None:
    policy = a_policy(checklist=a_checklist((1, 1, 1, 2), 6))
    advice = advise(a_case(answers=(3, 2, None, None)), policy, MORNING)
    assert advice.ask is Factor.ATTEMPTS
    without = replace(policy, guards=())
    assert advise(a_case(answers=(3, 2, None, None)), without, MORNING).ask is Factor.EXPECTATIONS


def test_judging_needs_no_question_where_nothing_tried_settles_it() -> None:
    assert judge((None, None, 0, None), (1, 1, 1, 1), 6, needs_attempt=True).verdict is Verdict.HANDLE
    assert judge((None, None, 0, None), (1, 1, 1, 1), 6).verdict is Verdict.ASK


@given(filled=ANSWERS, weights=WEIGHTS, threshold=st.integers(0, 30), needs_attempt=st.booleans())
def test_judging_agrees_with_trying_every_completion(
    *, filled: Scores, weights: tuple[int, int, int, int], threshold: int, needs_attempt: bool
) -> None:
    judged = judge(filled, weights, threshold, needs_attempt=needs_attempt)
    free = outcomes(filled, weights, threshold, needs_attempt=False)
    if judged.verdict is Verdict.ASK:
        assert outcomes(filled, weights, threshold, needs_attempt=needs_attempt) == {True, False}
    elif len(free) == 1:
        assert {judged.verdict is Verdict.ESCALATE} == free
    else:
        assert needs_attempt
        assert judged.verdict is Verdict.HANDLE
        assert outcomes(filled, weights, threshold, needs_attempt=True) == {False}


@given(filled=ANSWERS, weights=WEIGHTS, threshold=st.integers(0, 30), needs_attempt=st.booleans())
def test_an_open_question_can_change_the_outcome_and_the_others_cannot(
    *, filled: Scores, weights: tuple[int, int, int, int], threshold: int, needs_attempt: bool
) -> None:
    open_ones = open_questions(filled, weights, threshold, needs_attempt=needs_attempt)
    for place, factor in enumerate(FACTORS):
        if filled[place] is not None:
            assert factor not in open_ones
            continue
        matters = False
        for others in product(*[range(4) if score is None else (score,) for score in filled]):
            ends = set()
            for score in range(4):
                told = [*others[:place], score, *others[place + 1 :]]
                ends |= outcomes((told[0], told[1], told[2], told[3]), weights, threshold, needs_attempt=needs_attempt)
            matters = matters or len(ends) > 1
        assert (factor in open_ones) is matters


@given(cases(), policies(), st.sampled_from(FACTORS), UNAVAILABLE, LOCAL)
def test_a_worse_answer_never_turns_escalate_into_handle(
    case: Case, policy: Policy, factor: Factor, unavailable: Mapping[Target, str], local: Local | None
) -> None:
    told = [replace(case, answers=answered(case, {factor: score})) for score in range(4)]
    ranks = [ORDER.index(advise(each, policy, MORNING, unavailable, local).verdict) for each in told]
    assert ranks == sorted(ranks)


@given(cases(), policies(), LOCAL)
def test_one_more_failed_attempt_never_turns_escalate_into_handle(
    case: Case, policy: Policy, local: Local | None
) -> None:
    before = advise(case, policy, MORNING, local=local).verdict
    after = advise(replace(case, attempts=case.attempts + 1), policy, MORNING, local=local).verdict
    assert not (before is Verdict.ESCALATE and after is Verdict.HANDLE)


@given(cases(), policies(), UNAVAILABLE, LOCAL)
def test_a_question_that_is_asked_can_change_the_verdict(
    case: Case, policy: Policy, unavailable: Mapping[Target, str], local: Local | None
) -> None:
    advice = advise(case, policy, MORNING, unavailable, local)
    if advice.verdict is not Verdict.ASK:
        assert advice.ask is None
        return
    assert advice.ask is not None
    filled = scores(case, policy.checklist, MORNING)
    differs = False
    for rest in product(*[range(4) if score is None else (None,) for score in filled]):
        known = {f: s for f, s in zip(FACTORS, rest, strict=True) if s is not None}
        told = [replace(case, answers=answered(case, known | {advice.ask: score})) for score in (0, 3)]
        ends = {advise(each, policy, MORNING, unavailable, local).verdict for each in told}
        differs = differs or len(ends) > 1
    assert differs


@given(cases(), policies(), UNAVAILABLE)
def test_escalate_and_ask_always_name_a_target_above_that_is_there(
    case: Case, policy: Policy, unavailable: Mapping[Target, str]
) -> None:
    advice = advise(case, policy, MORNING, unavailable)
    if advice.verdict is Verdict.HANDLE:
        assert advice.target is None
    else:
        assert advice.target is not None
        assert advice.target.tier > case.tier
        assert advice.target not in unavailable


def test_a_default_severity_says_nothing_about_impact() -> None:
    policy = a_policy(guards=(), matrix=Matrix({}))
    guess = a_case(severity=Severity.S1, severity_from=SeverityFrom.DEFAULT)
    assert scores(guess, policy.checklist, MORNING)[1] is None
    assert Guard(GuardKind.RETURNED, "", "").within.total_seconds() == 0
