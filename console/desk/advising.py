"""Advising: cases with their recommendations as they stand, by who is there and what earlier cases came to."""

from __future__ import annotations

from collections.abc import Iterable

from console.desk import evidence
from console.desk.desk import Desk
from console.desk.rights import Barred, roster
from console.domain.case import Case
from console.domain.explanation import Explanation, explain
from console.domain.recommendation import advise
from console.domain.roster import away_targets, barred_targets
from console.domain.views import Line
from console.store.engine import Reading


def lines(desk: Desk, tx: Reading, found: Iterable[Case]) -> tuple[Line, ...]:
    """Give cases with their recommendations, which go round who is away or a subject of the case.

    What earlier cases came to is looked up for all of them at once.
    """
    now, policy, there, every = desk.now(), desk.policy, roster(desk, tx), tuple(found)
    away, known = away_targets(policy, there), evidence.locals_of(desk, tx, every)
    barred = {case.id: away | barred_targets(case, policy, there) for case in every}
    return tuple(Line(case, advise(case, policy, now, barred[case.id], known[case.id])) for case in every)


def explained(desk: Desk, tx: Reading, case: Case, barred: Barred) -> Explanation:
    """Explain the recommendation for a case as it stands."""
    return explain(case, desk.policy, desk.now(), barred, evidence.local(desk, tx, case))
