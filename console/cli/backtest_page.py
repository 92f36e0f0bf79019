"""What a back-test comes to: a page for people, lines of JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from console.cli.forms import when
from console.cli.output import columns
from console.cli.table import fitted
from console.domain import backtest_words

if TYPE_CHECKING:
    from console.domain.backtest import Tally
    from console.domain.fitting import Fit, Suggestion
    from console.domain.flipped import Flip, Flips
    from console.domain.measures import Measure
    from console.domain.replay import Replay

SHOWN = 10
"""How many of the cases that flip are named on the page."""

MOST_TEAMS = 8
"""How many teams are named; the rest is in the JSON."""


DIGITS = 3
"""To how many digits after the point a score is told."""


def line(found: Replay) -> dict[str, Any]:
    """Give one case under one policy, for a line of JSON; `at` is when the recommendation that counts was given."""
    judged, rise, would = found.judged, found.past.rise, found.would
    return {
        "case": found.case, "ref": judged.case.ref, "at": when(judged.at), "score": round(judged.score, DIGITS),
        "low": judged.advice.low, "high": judged.advice.high, "recommendation": judged.advice.verdict.value,
        "decided": found.past.decided.value if found.past.decided else None, "happened": found.past.says,
        "policy": found.policy, "result": found.result.value, "went": when(rise.at) if rise else None,
        "would": when(would.at) if would else None, "to": str(would.target) if would and would.target else None,
        "by": would.by if would else None, "first_score": round(found.began.score, DIGITS),
    }  # fmt: skip


def page(tallies: Sequence[Tally], flips: Flips) -> Iterator[str]:
    """Give the page: the counts of each policy side by side, what would have come to teams, the cases that flip."""
    names = backtest_words.names(tallies)
    yield from fitted(["", *names], [*backtest_words.rows(tallies)], columns(), 0)
    for name, tally in zip(names, tallies, strict=True):
        yield from _load(name, tally)
    if len(tallies) > 1:
        yield ""
        yield flips.says
        rows = [_flip(each) for each in flips.kept[:SHOWN]]
        yield from fitted(["id", "what", "in force", "draft", "happened"], rows, columns(), 1) if rows else ()
        if flips.number > len(rows):
            yield f"and {flips.number - len(rows):,} more; --json gives every one"


def _load(name: str, tally: Tally) -> Iterator[str]:
    loads = backtest_words.load_rows(tally, MOST_TEAMS)
    if not loads:
        return
    yield ""
    yield f"What would have come to teams ({name}):"
    yield from fitted(backtest_words.LOAD_HEADS, loads, columns(), 0)


def _flip(found: Flip) -> list[str]:
    return [str(found.case), found.title, found.before.says, found.after.says, found.happened]


def suggestion(found: Suggestion) -> Iterator[str]:
    """Give the weights in force and the suggested ones, and how either do on the later cases."""
    yield f"{backtest_words.fitted_to(found)}:"
    yield from fitted(["", "as it is", "suggested"], backtest_words.suggestion_rows(found), columns(), 0)


def suggested(found: Suggestion, changed: Sequence[str]) -> dict[str, Any]:
    """Give the same as JSON, with the change to the policy's text."""
    return {
        "since": found.since.isoformat(), "cases": found.then.auc.of, "better": found.is_better,
        "now": _fit(found.now), "suggested": _fit(found.then), "diff": "\n".join(changed),
    }  # fmt: skip


def _fit(fit: Fit) -> dict[str, Any]:
    from console.domain.checklist import FACTORS

    return {
        "weights": {factor.value: weight for factor, weight in zip(FACTORS, fit.weights, strict=True)},
        "threshold": fit.threshold, "auc": _measured(fit.auc), "precision": _measured(fit.precision),
        "recall": _measured(fit.recall),
    }  # fmt: skip


def _measured(measure: Measure | None) -> dict[str, Any] | None:
    return {"value": measure.value, "low": measure.low, "high": measure.high, "of": measure.of} if measure else None
