"""What a back-test comes to: a page for people, lines of JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from console.cli.forms import when
from console.cli.output import columns
from console.cli.table import fitted
from console.domain.words import counted

if TYPE_CHECKING:
    from console.desk.backtest import Replayed
    from console.domain.backtest import Tally
    from console.domain.fitting import Fit, Suggestion
    from console.domain.measures import Measure
    from console.domain.replay import Judged, Replay

MOST_TEAMS = 8
"""How many teams are named; the rest is in the JSON."""

VERSION = 12
"""How many characters of a policy's version are shown."""


def line(found: Replay) -> dict[str, Any]:
    """Give one case under one policy, for a line of JSON; `at` is when the recommendation that counts was given."""
    judged, rise, would = found.judged, found.past.rise, found.would
    return {
        "case": found.case, "at": when(judged.at), "score": judged.score, "low": judged.advice.low,
        "high": judged.advice.high, "recommendation": judged.advice.verdict.value,
        "decided": found.past.decided.value if found.past.decided else None, "happened": found.past.says,
        "policy": found.policy, "result": found.result.value, "went": when(rise.at) if rise else None,
        "would": when(would.at) if would else None, "to": str(would.target) if would and would.target else None,
        "by": would.by if would else None, "first_score": found.began.score,
    }  # fmt: skip


def page(tallies: Sequence[Tally], flipped: Sequence[Replayed], flips: int) -> Iterator[str]:
    """Give the page: the counts of each policy side by side, what would have come to teams, the cases that flip."""
    names = ["in force", "draft"] if len(tallies) > 1 else ["policy"]
    yield from fitted(["", *names], [*_rows(tallies)], columns(), 0)
    for name, tally in zip(names, tallies, strict=True):
        yield from _load(name, tally)
    if len(tallies) > 1:
        yield ""
        yield f"{counted(flips, 'case')} would go another way under the draft{':' if flipped else '.'}"
        rows = [_flip(each) for each in flipped]
        yield from fitted(["id", "what", "in force", "draft", "happened"], rows, columns(), 1) if rows else ()
        if flips > len(flipped):
            yield f"and {flips - len(flipped):,} more; --json gives every one"


def _rows(tallies: Sequence[Tally]) -> Iterator[list[str]]:
    """Give the counts, a column for each policy."""
    from console.domain.replay import Result

    yield ["version", *(each.policy.version[:VERSION] for each in tallies)]
    yield ["cases", *(f"{each.cases:,}" for each in tallies)]
    told = (
        ("would go up, and had to", Result.FOUND), ("would go up too late", Result.LATE), ("missed", Result.MISSED),
        ("would go up in vain", Result.UNNECESSARY), ("rightly left below", Result.SPARED),
        ("not known yet", Result.UNSETTLED),
    )  # fmt: skip
    for says, result in told:
        yield [says, *(f"{each.results[result]:,}" for each in tallies)]
    yield ["an hour sooner, or more", *(f"{each.sooner:,}" for each in tallies)]
    yield ["left with an open question", *(f"{each.asked:,}" for each in tallies)]
    yield ["at night or in quiet hours", *(f"{each.at_night:,}" for each in tallies)]
    yield ["precision", *(percent(each.precision) for each in tallies)]
    yield ["recall", *(percent(each.recall) for each in tallies)]
    yield ["AUC of the first score", *(area(each.ranking.auc()) for each in tallies)]


def _load(name: str, tally: Tally) -> Iterator[str]:
    loads = tally.loads
    if not loads:
        return
    yield ""
    yield f"What would have come to teams ({name}):"
    rows = [
        [each.to, f"{each.number:,}", f"{each.a_day:.1f}", f"{each.most:,} on {each.busiest}"]
        for each in loads[:MOST_TEAMS]
    ]
    yield from fitted(["to", "cases", "a day", "most"], rows, columns(), 0)


def _flip(found: Replayed) -> list[str]:
    first, second = found.replays
    return [str(found.case.id), found.case.title, _sent(first), _sent(second), first.past.says]


def _sent(found: Replay) -> str:
    judged: Judged = found.judged
    return f"up to {found.would.target}" if found.would else judged.advice.verdict.value


def suggestion(found: Suggestion) -> Iterator[str]:
    """Give the weights in force and the suggested ones, and how either do on the later cases."""
    from console.domain.checklist import FACTORS

    both = (found.now, found.then)
    rows = [[factor.value, *(str(each.weights[place]) for each in both)] for place, factor in enumerate(FACTORS)]
    rows += [
        ["threshold", *(str(each.threshold) for each in both)],
        ["AUC", *(area(each.auc) for each in both)],
        ["precision", *(percent(each.precision) for each in both)],
        ["recall", *(percent(each.recall) for each in both)],
    ]
    yield f"Fitted to the cases before {found.since}, held against the {found.then.auc.of:,} since:"
    yield from fitted(["", "as it is", "suggested"], rows, columns(), 0)


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


def percent(measure: Measure | None) -> str:
    """Write a share with its interval, and of how many it is one."""
    if measure is None:
        return "-"
    return f"{measure.value:.0%} ({measure.low:.0%}-{measure.high:.0%})"


def area(measure: Measure | None) -> str:
    """Write an AUC with its interval."""
    return f"{measure.value:.2f} ({measure.low:.2f}-{measure.high:.2f})" if measure else "-"
