"""What a back-test and a suggestion come to, as rows of words that pages and screens lay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from console.domain.backtest import Tally
from console.domain.checklist import FACTORS
from console.domain.explanation import held_by, score_line
from console.domain.fitting import Suggestion
from console.domain.measures import area, ranged
from console.domain.replay import CHECKLIST, Replay, Result

VERSION = 12
"""How many characters of a policy's version are shown."""

TOLD = (
    ("would go up, and had to", Result.FOUND), ("would go up too late", Result.LATE), ("missed", Result.MISSED),
    ("would go up in vain", Result.UNNECESSARY), ("rightly left below", Result.SPARED),
    ("not known yet", Result.UNSETTLED),
)  # fmt: skip
UP_TO = "up to "
LOAD_HEADS = ("to", "cases", "a day", "most")


def names(tallies: Sequence[Tally]) -> tuple[str, ...]:
    """Give what the policies that were tried are called."""
    return ("in force", "draft") if len(tallies) > 1 else ("policy",)


def rows(tallies: Sequence[Tally]) -> Iterator[list[str]]:
    """Give the counts and measures, a column for each policy."""
    yield ["version", *(each.policy.version[:VERSION] for each in tallies)]
    yield ["cases", *(f"{each.cases:,}" for each in tallies)]
    for says, result in TOLD:
        yield [says, *(f"{each.results[result]:,}" for each in tallies)]
    yield ["an hour sooner, or more", *(f"{each.sooner:,}" for each in tallies)]
    yield ["left with an open question", *(f"{each.asked:,}" for each in tallies)]
    yield ["at night or in quiet hours", *(f"{each.at_night:,}" for each in tallies)]
    yield ["precision", *(ranged(each.precision) for each in tallies)]
    yield ["recall", *(ranged(each.recall) for each in tallies)]
    yield ["AUC of the first score", *(area(each.ranking.auc()) for each in tallies)]


def load_rows(tally: Tally, most: int) -> list[list[str]]:
    """Give what would have come to so many teams, the most first."""
    return [
        [each.to, f"{each.number:,}", f"{each.a_day:.1f}", f"{each.most:,} on {each.busiest}"]
        for each in tally.loads[:most]
    ]


def sent(found: Replay) -> str:
    """Say in a few words what a policy would have done with a case."""
    return f"{UP_TO}{found.would.target}" if found.would else found.judged.advice.verdict.value


def reason(found: Replay) -> str:
    """Say in a line why a policy would have done that with a case: by which rule, stop condition, guard or score."""
    advice = found.judged.advice
    if found.would is not None and found.would.by != CHECKLIST:
        return f"by {found.would.by.replace(':', ' ', 1)}"
    if advice.stop is not None:
        return f"stop condition {advice.stop.id}: {advice.stop.says}"
    asks = f"asks for {advice.ask}; " if advice.ask is not None else ""
    return advice.standing or held_by(advice) or f"{asks}{score_line(advice)}"


def suggestion_rows(found: Suggestion) -> list[list[str]]:
    """Give the weights in force beside those suggested, and how either do on the later cases."""
    both = (found.now, found.then)
    weights = [[factor.value, *(str(each.weights[place]) for each in both)] for place, factor in enumerate(FACTORS)]
    return [
        *weights,
        ["threshold", *(str(each.threshold) for each in both)],
        ["AUC", *(area(each.auc) for each in both)],
        ["precision", *(ranged(each.precision) for each in both)],
        ["recall", *(ranged(each.recall) for each in both)],
    ]


def fitted_to(found: Suggestion) -> str:
    """Say what a suggestion rests on."""
    return f"Fitted to the cases before {found.since}, held against the {found.then.auc.of:,} since"
