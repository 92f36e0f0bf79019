"""Weights are suggested from earlier cases and held against later ones, or refused where there are too few."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from console.domain.case import Severity, SeverityFrom
from console.domain.checklist import Scores
from console.domain.errors import Refused
from console.domain.fitting import History, middle
from console.domain.replay import Lived, Trial
from tests.builders import MORNING, a_checklist, at
from tests.domain.timed import claimed, facts_of, timed

BEGIN = date(2026, 1, 1)


def drawn(count: int, weights: tuple[int, int, int, int], at: float, seed: int = 7, noise: float = 1) -> History:
    """Draw a history in which cases went up by these weights, and by chance; one answer in four is unknown."""
    random = Random(seed)
    history = History()
    for number in range(count):
        true = [random.randint(0, 3) for _ in range(4)]
        known = [each if random.random() < 0.75 else None for each in true]
        scores: Scores = (known[0], known[1], known[2], known[3])
        up = sum(w * s for w, s in zip(weights, true, strict=True)) + random.gauss(0, noise) > at
        history.add(BEGIN + timedelta(days=number // 10), scores, needed=up)
    return history


def test_what_decides_gets_the_points() -> None:
    found = drawn(1_000, (0, 3, 1, 0), 6).suggest(a_checklist())

    scope, impact, attempts, expectations = found.then.weights
    assert impact > attempts > max(scope, expectations) - 1
    assert (scope, expectations) == (0, 0)
    assert found.is_better
    assert found.then.auc.low > found.now.auc.value
    assert found.now.weights == (1, 1, 1, 1)
    assert found.now.threshold == 6
    assert found.then.auc.of == 300
    assert found.since == BEGIN + timedelta(days=70)


def test_a_threshold_parts_the_cases() -> None:
    found = drawn(1_000, (0, 1, 0, 0), 1.5, noise=0.1).suggest(a_checklist())

    assert (found.then.weights, found.then.threshold) == ((0, 1, 0, 0), 2)
    assert found.then.precision is not None
    assert found.then.recall is not None
    assert found.then.precision.value > 0.95


def test_weights_that_fit_chance_are_not_better() -> None:
    better = [drawn(400, (0, 0, 0, 0), 0, seed).suggest(a_checklist()).is_better for seed in range(6)]

    assert not all(better)


@pytest.mark.parametrize(
    ("count", "at", "says"),
    [
        (0, 0, "the earlier part needs 40 cases that had to go up and 40 that had not; it has 0 and 0."),
        (100, 6, "the earlier part needs 40 cases that had to go up and 40 that had not; it has 31 and 39."),
    ],
)
def test_too_little_history_is_refused_with_what_is_needed(count: int, at: float, says: str) -> None:
    with pytest.raises(Refused) as refused:
        drawn(count, (1, 1, 1, 1), at).suggest(a_checklist())

    assert refused.value.sentence.startswith("There is too little history to suggest weights: ")
    assert refused.value.sentence.endswith(says)


def test_the_later_part_has_to_have_both_outcomes_too() -> None:
    history = drawn(140, (1, 1, 1, 1), 6)
    for number in range(60):
        history.add(BEGIN + timedelta(days=300), (0, 0, 0, number % 4), needed=False)

    with pytest.raises(Refused, match="the later part needs 10 cases"):
        history.suggest(a_checklist())


def test_cases_count_by_their_first_scores_once_their_outcome_is_known() -> None:
    checklist, history = a_checklist(), History()
    facts = claimed(facts_of(affected=12, severity=Severity.S2, severity_from=SeverityFrom.STATED))
    trial = Trial(timed())

    history.add_case(trial.of(Lived(facts, at(hours=1), trial.counting)), checklist)
    assert history.days == {}

    history.add_case(trial.of(Lived(facts, at(days=1), trial.counting)), checklist)
    assert history.days == {MORNING.date(): {((2, 2, None, None), False): 1}}


def test_an_unknown_answer_counts_as_the_middle() -> None:
    assert middle((3, None, 0, 1), (1, 2, 1, 4)) == 10
