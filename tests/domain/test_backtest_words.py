"""What a back-test and a suggestion come to, in words."""

from __future__ import annotations

from console.domain import backtest_words
from console.domain.measures import share
from tests.builders import MORNING, a_checklist, at
from tests.domain.test_backtest import a_replay, tallied
from tests.domain.test_fitting import drawn


def test_each_policy_has_its_column() -> None:
    one = tallied(a_replay(would=MORNING, went=at(hours=1), score=9), a_replay(needed=False, score=1))
    other = tallied()

    told = {row[0]: row[1:] for row in backtest_words.rows([one, other])}

    assert backtest_words.names([one, other]) == ("in force", "draft")
    assert backtest_words.names([one]) == ("policy",)
    assert told["cases"] == ["2", "0"]
    assert told["would go up, and had to"] == ["1", "0"]
    assert told["recall"] == ["100% (21%-100%)", "-"]
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


def test_a_share_is_told_with_its_interval() -> None:
    assert backtest_words.percent(share(1, 2)) == "50% (9%-91%)"
