"""Attainment: the ends of a case's clocks, each in time or late, as its history makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from console.domain.case import Case, CaseId, Severity
from console.domain.clock import Clock, SegmentKind
from console.domain.timing import ClockName


@dataclass(frozen=True, slots=True)
class Ended:
    """One end of a clock: of which case, when, and whether its time had run out by then."""

    case: CaseId
    severity: Severity
    clock: ClockName
    at: datetime
    is_late: bool


def ends(case: Case, clocks: Iterable[Clock]) -> Iterator[Ended]:
    """Give every end of a case's clocks; one that ran on after a reopening ends once more, and late once it was.

    Late is what a breach was recorded of, or would have been had the clock side looked: history decides.
    """
    for clock in clocks:
        late = clock.breached_at or clock.missed
        for before, after in pairwise(clock.segments):
            if after.kind is SegmentKind.CLOSED and before.kind is not SegmentKind.CLOSED:
                is_late = late is not None and late < after.start
                yield Ended(case.id, case.severity, clock.name, after.start, is_late)
