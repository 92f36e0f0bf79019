"""A view that is said to stand after what others did is the view that would be read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.desk import assignment, bulk, closing, feed, queues, triage, undo
from console.desk.desk import Desk
from console.desk.queues import Stretch
from console.desk.timing import is_timed
from console.desk.triage import Said, Tried
from console.domain.case import CaseId, Severity
from console.domain.following import stands
from console.domain.people import Role
from console.domain.query import Asking, Beside, parse, predicate
from console.domain.views import BUILT_IN, View
from tests.builders import an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, open_case

LEA = an_actor("lea", Role.ADMIN)
VIEWS = (*BUILT_IN, View("", "", "severity<=S2 -handler:none"), View("", "", "attempts>0 or tag:vip"))
ACTS: Sequence[Callable[[Desk, CaseId], object]] = (
    lambda desk, case: triage.note(desk, LEA, case, Said("seen")),
    lambda desk, case: triage.attempt(desk, LEA, case, Tried("restart")),
    lambda desk, case: triage.claim(desk, ADA, case),
    lambda desk, case: triage.change(desk, LEA, case, {"severity": Severity.S1}, "the board"),
    lambda desk, case: triage.change(desk, LEA, case, {"tags": ("vip",)}),
    lambda desk, case: assignment.assign(desk, LEA, case, "kim"),
    lambda desk, case: assignment.move(desk, LEA, case, (2, "")),
    lambda desk, _: undo.undo(desk, LEA),
    lambda desk, case: bulk.wait(desk, LEA, [case], "vendor"),
    lambda desk, case: triage.resume(desk, LEA, case),
    lambda desk, case: escalate(desk, LEA, case),
    lambda desk, _: open_case(desk, severity="S1"),
    lambda desk, case: closing.resolve(desk, LEA, case, "done"),
    lambda desk, case: closing.reopen(desk, LEA, case, "not done"),
)


def test_what_stands_is_what_would_be_read_again(desk: Desk, clock: Clock) -> None:
    first, second = open_case(desk), open_case(desk, severity="S3")
    stood = 0
    for act in ACTS:
        clock.forward(minutes=1)
        start, shown = queues.newest_event(desk), [ids(desk, view) for view in VIEWS]
        act(desk, first)

        news = feed.changes_since(desk, ADA, start)
        for view, was in zip(VIEWS, shown, strict=True):
            if is_standing(desk, view, news):
                stood += 1
                assert ids(desk, view) == was, (view.name, view.query, news.events[-1].kind)
    assert stood > len(ACTS) * len(VIEWS) / 3
    assert second


def ids(desk: Desk, view: View) -> list[CaseId]:
    """Give the cases of a view as ada reads them, from the top."""
    return [line.case.id for line in queues.window(desk, ADA, view, Stretch(0, 20)).lines]


def is_standing(desk: Desk, view: View, news: feed.Changes) -> bool:
    """Say whether a view is said to stand."""
    parsed = parse(view.query)
    finds = predicate(parsed, Asking(ADA.person, desk.now(), desk.policy))
    return stands(view, parsed, lambda case: finds(case, Beside()), news.cases, news.events, is_timed=is_timed(desk))
