"""What a back-test and a suggestion come to, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from console.domain import backtest_words
from console.domain.checklist import Factor
from console.domain.recommendation import Advice, Verdict
from console.domain.replay import Would
from tests.builders import MORNING, a_checklist, a_policy, at
from tests.domain.test_backtest import DATABASE, a_replay, tallied
from tests.domain.test_fitting import drawn

ADVICE = Advice(verdict=Verdict.HANDLE, low=3, high=5, threshold=6, out_of=12)
WOULD = Would(MORNING, DATABASE)


def test_each_policy_has_its_column() -> None:
    one = tallied(a_replay(would=MORNING, went=at(hours=1), score=9), a_replay(needed=False, score=1))
    other = tallied()

    told = {row[0]: row[1:] for row in backtest_words.rows([one, other])}

    assert backtest_words.names([one, other]) == ("in force", "draft")
    assert backtest_words.names([one]) == ("policy",)
    assert told["cases"] == ["2", "0"]
    assert told["would go up, and had to"] == ["1", "0"]
    assert told["recall"] == ["100 % (21-100)", "-"]
    assert told["AUC of the first score"] == ["1.00 (0.21-1.00)", "-"]
    assert backtest_words.load_rows(one, 3) == [["2/database", "1", "1.0", f"1 on {MORNING.date()}"]]


def test_what_a_policy_would_have_done_is_said_in_a_few_words() -> None:
    assert backtest_words.sent(a_replay(would=MORNING)) == "up to 2/database"
    assert backtest_words.sent(a_replay()) == "handle"


def test_suggested_weights_stand_beside_those_there_are() -> None:
    found = drawn(1_000, (0, 3, 1, 0), 6).suggest(a_checklist())

    rows = backtest_words.suggestion_rows(found)

    assert [row[0] for row in rows] == [
        "scope", "impact", "attempts", "expectations", "threshold", "AUC", "precision", "recall",
    ]  # fmt: skip
    assert rows[4][1] == "6"
    assert backtest_words.fitted_to(found).endswith("held against the 300 since")


def test_what_a_policy_would_have_done_has_a_reason() -> None:
    plain = a_replay(would=MORNING)
    stop, guard = a_policy().stops[0], a_policy().guards[0]

    def because(**advice: Any) -> str:  # noqa: ANN401 - any field of a recommendation
        """Give the reason with this in the recommendation."""
        return backtest_words.reason(replace(plain, judged=replace(plain.judged, advice=replace(ADVICE, **advice))))

    assert backtest_words.reason(replace(plain, would=replace(WOULD, by="rule:late"))) == "by rule late"
    assert because(stop=stop) == f"stop condition {stop.id}: {stop.says}"
    assert because(guard=guard) == guard.says
    assert because(standing="it is over") == "it is over"
    assert because(ask=Factor.SCOPE) == "asks for scope; 3..5 of 12, threshold 6"
    assert because() == "3..5 of 12, threshold 6"
