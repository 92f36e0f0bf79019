"""Why, why not, and what would change it: said in short sentences, and true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given

from console.domain.case import Case, Severity, SeverityFrom, Status
from console.domain.checklist import Factor, answered
from console.domain.evidence import Local
from console.domain.explanation import chosen_by, explain, headline, score_line, short
from console.domain.flips import Standpoint, flips, scores_in_words
from console.domain.matrix import Target
from console.domain.policy import Category, Duty, Policy
from console.domain.recommendation import Verdict, advise, facts_key
from tests.builders import MORNING, a_case, a_checklist, a_policy, an_open_case, at
from tests.domain.strategies import LOCAL, UNAVAILABLE, cases, policies

WIDTH = 66
ANSWER = re.compile(r"if (\w+) were (\d)(?: or (less|more|\d))?: (\w+)")
TURN = re.compile(rf"(?:^(?:{'|'.join(Factor)}) |, )(\d)(?: or (less|more|\d))?: (\w+)")


def scores_meant(first: str, rest: str) -> set[int]:
    """Read `1 or less`, `2 or more`, `1 or 2` and `3`."""
    match rest:
        case "less":
            return set(range(int(first) + 1))
        case "more":
            return set(range(int(first), 4))
        case "":
            return {int(first)}
    return {int(first), int(rest)}


def test_an_escalation_says_why_why_not_and_what_would_change_it() -> None:
    case = a_case(
        answers=(3, None, 1, None), severity=Severity.S1, severity_from=SeverityFrom.STATED, category="checkout"
    )
    explanation = explain(case, a_policy(), MORNING)
    assert explanation.why == (
        "scope 3 = 3 points, answer: everything",
        "impact 3 = 3 points, fact: severity S1",
        "attempts 1 = 1 point, answer: a little",
        "expectations unknown: not needed",
        "7..10 of 12 reaches the threshold 6",
        "matrix: checkout, S1: tier 2 database",
    )
    assert explanation.why_not == (
        "not HANDLE: at least 7 of 12, threshold 6",
        "no guard holds: known-fix exempts S1",
        "no guard holds: not a duplicate",
        "no guard holds: not returned with these facts in 4 h",
        "no guard holds: nothing-tried exempts S1",
    )
    assert explanation.would_change == (
        "if scope were 1 or less: ASK",
        "if impact were 1 or less: ASK",
        "if it repeated another case: HANDLE",
        "if it were S3: ASK",
    )


def test_a_duty_to_notify_stands_with_the_stop_conditions() -> None:
    duty = Duty("the data protection authority", timedelta(hours=72), "its reference number")
    policy = a_policy(categories=(Category("privacy", "Privacy", duty=duty),))
    told = explain(a_case(category="privacy"), policy, at())
    assert told.why[0] == "duty to notify: the data protection authority within 3 d"


def test_a_question_says_where_its_answers_lead() -> None:
    case = a_case(answers=(2, None, 2, 0))
    explanation = explain(case, a_policy(), MORNING)
    assert explanation.advice.ask is Factor.IMPACT
    assert explanation.why[1] == "impact unknown: 0 to 3 points"
    assert explanation.why_not == (
        "not ESCALATE yet: 2 short of the threshold 6",
        "not HANDLE yet: the open answers can add 3 points",
    )
    assert explanation.would_change == (
        "impact 2 or more: ESCALATE, 1 or less: HANDLE",
        "scope 0: HANDLE",
        "attempts 0: HANDLE",
        "expectations 2 or more: ESCALATE",
        "if a fix were known: HANDLE",
        "if it repeated another case: HANDLE",
        "if it were S2: ESCALATE",
        "if it were S4: HANDLE",
        "if asked for a supervisor 2 times more: ESCALATE",
        "with stop conditions safety or supervisor: ESCALATE",
    )


def test_an_answer_that_alone_decides_nothing_is_not_named() -> None:
    explanation = explain(a_case(), a_policy(), MORNING)
    assert explanation.advice.ask is Factor.SCOPE
    assert explanation.would_change[0] == "attempts 0: HANDLE"


def test_a_guard_says_what_the_score_alone_would_say_and_what_lifts_it() -> None:
    case = a_case(answers=(3, 3, 0, 0), attempts=1)
    explanation = explain(case, a_policy(), MORNING)
    assert explanation.why[0] == "guard nothing-tried: nothing was tried"
    assert explanation.why_not == (
        "the score alone would say ESCALATE; a guard outranks it",
        "the guard is lifted by: one attempt",
    )
    assert "if attempts were 1 or more: ESCALATE" in explanation.would_change


def test_a_known_fix_and_a_duplicate_say_that_without_them_it_would_escalate() -> None:
    fixed = explain(a_case(answers=(3, 3, 1, 0), known_fix="KB-1"), a_policy(), MORNING)
    assert "without the known fix: ESCALATE" in fixed.would_change
    twin = explain(a_case(answers=(3, 3, 1, 0), duplicate_of=3), a_policy(), MORNING)
    assert "if it were no duplicate: ESCALATE" in twin.would_change


def test_a_returned_case_says_when_its_return_is_long_enough_ago() -> None:
    before = an_open_case(answers=(3, 3, 1, 0), attempts=1)
    back = replace(before, returned_at=MORNING, returned_facts=facts_key(before, before.answers))
    explanation = explain(back, a_policy(), at(hours=1))
    assert "with its return long enough ago, in 2 h 59 min: ESCALATE" in explanation.would_change
    assert "one more failed attempt: ESCALATE" in explanation.would_change


def test_a_clock_that_would_change_it_says_in_how_long() -> None:
    case = an_open_case(answers=(2, 2, 1, None), due=at(minutes=40), promised_at=at(hours=2))
    assert explain(replace(case, promised_at=None), a_policy(checklist=a_checklist(threshold=7)), MORNING).would_change[
        -5:
    ]
    policy = a_policy(checklist=a_checklist(threshold=7))
    explanation = explain(case, policy, MORNING)
    assert "past its due time, in 40 min: ESCALATE" in explanation.would_change
    assert "if the promised update is missed, in 2 h: ESCALATE" in explanation.would_change


def test_more_failed_attempts_are_counted_until_they_are_enough() -> None:
    case = an_open_case(answers=(2, 2, None, 0), attempts=1)
    explanation = explain(case, a_policy(), MORNING)
    assert explanation.advice.verdict is Verdict.HANDLE
    assert "one more failed attempt: ESCALATE" in explanation.would_change
    policy = a_policy(checklist=a_checklist(threshold=7))
    assert "3 more failed attempts: ESCALATE" in explain(case, policy, MORNING).would_change


def test_a_stop_condition_is_named_with_what_the_score_alone_would_say() -> None:
    explanation = explain(a_case(stops=("safety",), answers=(0, 0, 1, 0)), a_policy(), MORNING)
    assert explanation.why[0] == "stop condition safety: somebody may come to harm"
    assert explanation.why[-1] == "stop condition safety: tier 4 Management"
    assert explanation.why_not == ("the score alone would say HANDLE; a stop condition outranks it",)
    assert explanation.would_change == ("without the stop condition safety: HANDLE",)


def test_one_stop_condition_is_named_alone_and_many_in_short() -> None:
    stops = a_policy().stops
    case = a_case(answers=(0, 0, 1, 0))
    assert explain(case, a_policy(stops=stops[:1]), MORNING).would_change[-1] == "with stop condition safety: ESCALATE"
    many = tuple(replace(stops[0], id=name) for name in "abcd")
    says = explain(case, a_policy(stops=many), MORNING).would_change[-1]
    assert says == "with stop conditions a, b, c or another: ESCALATE"


def test_skipped_levels_are_named_with_their_reasons() -> None:
    policy = a_policy(skip_level=frozenset({Severity.S1}))
    case = a_case(answers=(3, 3, 3, 3), severity=Severity.S1, category="checkout")
    why = explain(case, policy, MORNING).why
    assert "matrix: checkout, S1, which skips a level: tier 3, Oracle" in why
    assert "passed over tier 2 database: this severity skips a level" in why
    absent = explain(case, a_policy(), MORNING, {Target(2, "database"): "nobody is there"}).why
    assert absent[-1] == "passed over tier 2 database: nobody is there"


def test_a_case_that_stands_says_so_and_that_nothing_would_change_it() -> None:
    explanation = explain(a_case(status=Status.CLOSED, answers=(3, 3, 3, 3)), a_policy(), MORNING)
    assert explanation.why[0] == "the case is closed"
    assert explanation.why_not == explanation.would_change == ()


def test_each_guard_says_why_it_does_not_hold() -> None:
    said: dict[str, dict[str, Any]] = {
        "1 failed attempt logged": {"attempts": 1, "answers": (3, 3, None, 3)},
        "what was tried is unknown": {"answers": (3, 3, None, 3)},
        "something was tried": {"answers": (3, 3, 2, 3)},
    }
    for tried, facts in said.items():
        assert explain(a_case(**facts), a_policy(), MORNING).why_not[1:] == (
            "no guard holds: no known fix found",
            "no guard holds: not a duplicate",
            "no guard holds: not returned with these facts in 4 h",
            f"no guard holds: {tried}",
        )


def test_headlines_say_the_recommendation_in_one_line() -> None:
    policy = a_policy()
    lines = {
        "ESCALATE to tier 2 database": a_case(answers=(3, 3, 3, 3)),
        "HANDLE: the fix is known": a_case(answers=(3, 3, 3, 3), known_fix="KB-1"),
        "HANDLE: it stays below the threshold": a_case(answers=(0, 0, 1, 0)),
        "HANDLE: the case is resolved": a_case(status=Status.RESOLVED),
        "ASK impact: What about impact?": a_case(answers=(2, None, 2, 0)),
    }
    assert {headline(advise(case, policy, MORNING), policy): case for case in lines.values()} == lines


def test_the_score_is_an_interval_until_every_answer_is_known() -> None:
    assert score_line(advise(a_case(answers=(3, 3, 1, None)), a_policy(), MORNING)) == "7..10 of 12, threshold 6"
    assert score_line(advise(a_case(answers=(3, 3, 1, 0)), a_policy(), MORNING)) == "7 of 12, threshold 6"


def test_a_list_shows_the_recommendation_in_ten_cells() -> None:
    policy, worst = a_policy(), (3, 3, 3, 3)
    vendor = an_open_case(tier=2, answers=worst)
    asking = a_case(answers=(3, 3, 1, None))
    waiting = {"status": Status.WAITING, "waiting_for": "customer"}
    sent = an_open_case(tier=2, team="database", escalation_state="sent", escalated_by="ada")
    shown = {
        "2 database": a_case(answers=worst), "3 vendor": vendor, "handle": a_case(answers=(0, 0, 1, 0)),
        "impact": a_case(answers=(2, None, 2, 0)), "expect": a_case(answers=(2, 2, 1, None)),
        "waiting": a_case(answers=(0, 0, 1, 0), **waiting), "sent 2 da…": sent, "closed": a_case(status=Status.CLOSED),
    }  # fmt: skip
    assert {short(advise(case, policy, MORNING), case)[1]: case for case in shown.values()} == shown
    assert short(advise(a_case(answers=worst, **waiting), policy, MORNING), a_case(**waiting))[0] == "escalate"
    assert short(advise(sent, policy, MORNING)) == ("handle", "sent")
    assert short(advise(asking, policy, MORNING)) == ("escalate", "2 database")


def test_what_chose_the_target_is_said_in_a_word() -> None:
    case = a_case(answers=(3, 3, 3, 3))
    assert chosen_by(advise(case, a_policy(), MORNING), case) == "matrix, S3"
    stopped = replace(case, stops=("safety",))
    assert chosen_by(advise(stopped, a_policy(), MORNING), stopped) == "stop condition safety"


def test_answers_in_a_row_are_said_together() -> None:
    rows = {(0,): "0", (3,): "3", (0, 1): "1 or less", (2, 3): "2 or more", (1, 2): "1 or 2"}
    assert {row: scores_in_words(row) for row in rows} == rows


@given(cases(), policies(), UNAVAILABLE, LOCAL)
def test_every_change_that_is_named_really_turns_the_verdict(
    case: Case, policy: Policy, unavailable: Mapping[Target, str], local: Local | None
) -> None:
    advice = advise(case, policy, MORNING, unavailable, local)
    for flip in flips(Standpoint(case, policy, MORNING, unavailable, advice, local)):
        then = advise(flip.case, policy, flip.now, unavailable, flip.local)
        assert then.verdict is flip.verdict is not advice.verdict
        assert flip.says.endswith(f": {flip.verdict.name}")
        assert flip.now - MORNING < timedelta(days=60)


@given(cases(), policies(), UNAVAILABLE, LOCAL)
def test_what_is_said_about_answers_holds_for_exactly_those_answers(
    case: Case, policy: Policy, unavailable: Mapping[Target, str], local: Local | None
) -> None:
    explanation = explain(case, policy, MORNING, unavailable, local)
    for says in explanation.would_change:
        found = ANSWER.fullmatch(says)
        claims = [(found[2], found[3] or "", found[4])] if found else TURN.findall(says)
        if not claims:
            continue
        factor = Factor(found[1] if found else says.split()[0])
        for first, rest, verdict in claims:
            for score in range(4):
                told = replace(case, answers=answered(case, {factor: score}))
                then = advise(told, policy, MORNING, unavailable, local)
                assert (then.verdict.name == verdict) is (score in scores_meant(first, rest)), says


@given(cases(), policies(), UNAVAILABLE, LOCAL)
def test_sentences_fit_beside_a_label_on_a_narrow_screen(
    case: Case, policy: Policy, unavailable: Mapping[Target, str], local: Local | None
) -> None:
    explanation = explain(case, policy, MORNING, unavailable, local)
    assert len(explanation.here) <= WIDTH
    for says in (*explanation.why, *explanation.why_not, *explanation.would_change, score_line(explanation.advice)):
        assert 0 < len(says) <= WIDTH, says
    assert 0 < len(headline(explanation.advice, policy)) <= WIDTH
    assert 0 < len(short(explanation.advice, case)[1]) <= 10
