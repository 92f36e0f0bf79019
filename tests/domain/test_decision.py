"""Overriding a recommendation needs a coded reason; agreeing needs none."""

from __future__ import annotations

import pytest

from console.domain.case import Choice
from console.domain.decision import has_agreed, must_have_reason
from console.domain.errors import RefusalCode, Refused
from console.domain.recommendation import Advice, Verdict
from tests.builders import a_policy

ESCALATE = Advice(verdict=Verdict.ESCALATE, low=8, high=8, threshold=6)
ASK = Advice(verdict=Verdict.ASK, low=3, high=8, threshold=6)


def test_agreeing_needs_no_reason() -> None:
    assert must_have_reason(ESCALATE, Choice.ESCALATE, "", a_policy()) == ("", "")
    assert has_agreed(ESCALATE, Choice.ESCALATE) is True


def test_acting_while_a_question_is_open_needs_no_reason_and_is_neither_agreeing_nor_overriding() -> None:
    for choice in Choice:
        assert must_have_reason(ASK, choice, "", a_policy()) == ("", "")
        assert has_agreed(ASK, choice) is None


def test_overriding_without_a_reason_is_refused_and_names_the_codes() -> None:
    with pytest.raises(Refused, match="to handle instead needs a reason: local-fix, vip, 'other: text'") as refused:
        must_have_reason(ESCALATE, Choice.HANDLE, " ", a_policy())
    assert refused.value.code is RefusalCode.INCOMPLETE
    assert has_agreed(ESCALATE, Choice.HANDLE) is False


def test_a_code_of_the_policy_is_a_reason_with_or_without_a_text() -> None:
    assert must_have_reason(ESCALATE, Choice.HANDLE, "local-fix", a_policy()) == ("local-fix", "")
    assert must_have_reason(ESCALATE, Choice.HANDLE, "local-fix: restart", a_policy()) == ("local-fix", "restart")
    assert must_have_reason(ESCALATE, Choice.ESCALATE, "vip", a_policy()) == ("vip", "")


def test_another_reason_is_given_in_words() -> None:
    assert must_have_reason(ESCALATE, Choice.HANDLE, "other: they: we", a_policy()) == ("other", "they: we")
    with pytest.raises(Refused, match="needs its text"):
        must_have_reason(ESCALATE, Choice.HANDLE, "other", a_policy())


def test_an_unknown_code_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refused, match=r"There is no reason 'localfix'; did you mean 'local-fix'\?"):
        must_have_reason(ESCALATE, Choice.HANDLE, "localfix", a_policy())
    with pytest.raises(Refused, match="There is no reason ''; it is one of local-fix, vip"):
        must_have_reason(ESCALATE, Choice.HANDLE, ": because", a_policy())
