"""Calibration: what was recommended, what a person decided, and whether the case needed a higher tier after that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from console.domain.case import Case, CaseId, Choice, PersonId
from console.domain.checklist import Checklist, Scores, scores
from console.domain.events import Event, Kind, annulled
from console.domain.facts import Facts
from console.domain.happened import SETTLED, happened
from console.domain.measures import Measure, Ranking, share
from console.domain.recommendation import Verdict
from console.domain.stages import stages
from console.domain.stays import Counting

COUNTING = Counting(SETTLED)

DECISIONS = frozenset({Kind.DECIDED, Kind.ESCALATED})
"""The kinds of events that a decision is."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as it turned out: on which case and how that stood, what was recommended, what was chosen and why.

    `needed` says whether the case needed a higher tier from then on; None where that is not known yet. `filled` are the
    scores of the four factors as the checklist in force fills them in.
    """

    case: Case
    at: datetime
    who: PersonId
    verdict: Verdict
    choice: Choice
    reason: str
    filled: Scores
    needed: bool | None

    @property
    def was_followed(self) -> bool | None:
        """Say whether the recommendation was followed; None where it was still to ask."""
        return None if self.verdict is Verdict.ASK else self.verdict.value == self.choice.value

    @property
    def was_well_advised(self) -> bool | None:
        """Say whether the recommendation turned out right; None where it was to ask, or nothing is known yet."""
        if self.verdict is Verdict.ASK or self.needed is None:
            return None
        return (self.verdict is Verdict.ESCALATE) == self.needed

    @property
    def was_right(self) -> bool | None:
        """Say whether the decision turned out right; None where nothing is known yet."""
        return None if self.needed is None else (self.choice is Choice.ESCALATE) == self.needed


@dataclass
class Agreement:
    """How many decisions of one kind there were, and how they agreed with what was advised and with what came.

    What is counted is `followed`, `advised` and `right`, as of a `Decision`, and `needed`; `cases` holds under each
    the cases of which it is so, under `not needed` and the like those of which it is not, under `unsettled` those of
    which nothing is known yet, and under `all` all of them.
    """

    decisions: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    cases: dict[str, set[CaseId]] = field(default_factory=dict)

    def add(self, decision: Decision) -> None:
        """Count one more."""
        self.decisions += 1
        self._note("all", decision)
        if decision.needed is None:
            self._note("unsettled", decision)
        for name, holds in (
            ("followed", decision.was_followed), ("advised", decision.was_well_advised),
            ("right", decision.was_right), ("needed", decision.needed),
        ):  # fmt: skip
            if holds is not None:
                self.counts[f"{name} of"] += 1
                self.counts[name] += holds
                self._note(name if holds else f"not {name}", decision)

    def share(self, name: str) -> Measure | None:
        """Give which part was so, of those of which it can be told; None where there are none."""
        return share(self.counts[name], self.counts[f"{name} of"])

    def behind(self, name: str) -> tuple[CaseId, ...]:
        """Give the cases behind a count, each once and in the order of their numbers."""
        return tuple(sorted(self.cases.get(name, ())))

    def _note(self, name: str, decision: Decision) -> None:
        self.cases.setdefault(name, set()).add(decision.case.id)


def decisions(facts: Facts, checklist: Checklist, now: datetime, counting: Counting = COUNTING) -> Iterator[Decision]:
    """Give the decisions on a case that were not undone, oldest first, with the recommendation that each one met.

    Sending a case up right after deciding to is one decision. What a source told has met no recommendation here, and
    is none.
    """
    made = [*_standing(facts.history)]
    stood = {stage.events: stage.case for stage in stages(facts, now, now)} if made else {}
    before: Event | None = None
    for place, event in made:
        is_same = before is not None and before.kind is Kind.DECIDED and before.detail["choice"] == Choice.ESCALATE
        before = event
        if is_same and event.kind is Kind.ESCALATED:
            continue
        case = stood.get(place, facts.case)
        past = happened(facts, now, counting.handled_after, event.at).counted(counting)
        yield Decision(
            case=case, at=event.at, who=event.person, verdict=Verdict(str(event.detail["verdict"])),
            choice=Choice(str(event.detail["choice"])), reason=event.reason,
            filled=scores(case, checklist, event.at), needed=past.needed,
        )  # fmt: skip


def told_apart(groups: Mapping[int | None, Agreement]) -> Measure | None:
    """Give how well a factor ranks what needed a higher tier above what did not, from how decisions agree by its score.

    It is the area under the ROC curve; cases in which the factor was not known say nothing of it.
    """
    ranking = Ranking()
    for score, group in groups.items():
        needed, of = group.counts["needed"], group.counts["needed of"]
        if score is not None:
            ranking.add(score, happened=True, number=needed)
            ranking.add(score, happened=False, number=of - needed)
    return ranking.auc()


def _standing(history: tuple[Event, ...]) -> Iterator[tuple[int, Event]]:
    """Give the decisions that nobody took back, each with how many events came before it."""
    gone = annulled(history)
    for place, event in enumerate(history):
        if event.kind in DECISIONS and "verdict" in event.detail and event.version not in gone:
            yield place, event
