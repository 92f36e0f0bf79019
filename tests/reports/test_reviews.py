"""Reviews and their actions: what was closed and reviewed, by what is needed, and what was asked for, by owner."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from console.desk import closing, reviewing, rounds, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.queues import every
from console.domain.calendar import ALWAYS
from console.domain.case import CaseId, PersonId
from console.domain.people import Role
from console.domain.review import review_of
from console.domain.review_actions import Action
from console.domain.timing import ClockName, Target, Timing
from console.reports.catalogue import find
from console.reports.drilling import cases_behind
from console.reports.forms import FORMS, Paper
from console.reports.report import Asked
from console.store.engine import Store
from tests.builders import a_policy, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.figured import OLGA
from tests.desk.givens import ADA, KIM, escalate, open_case
from tests.reports.test_forms import must_be_golden
from tests.template import a_copy

ASKED = Asked(now=at(days=40), since=at(days=-1), until=at(days=40))


def solved_above(desk: Desk, title: str) -> CaseId:
    """Give a case that tier 3 has solved."""
    case_id = open_case(desk, title=title)
    escalate(desk, ADA, case_id)
    escalating.accept(desk, KIM, case_id)
    closing.resolve(desk, KIM, case_id, "done")
    return case_id


def a_desk(folder: Path, clock: Clock) -> tuple[Desk, list[CaseId]]:
    """Give a desk with four escalations that were closed: one reviewed late, one overdue, three actions, one done."""
    week = Target(clock=ClockName.REVIEW, within=timedelta(days=7), calendar=ALWAYS.id)
    policy = a_policy(timing=Timing(targets=(week,)))
    desk = Desk(Store(a_copy(folder / "t.db")), policy, "text", clock)
    ids = [solved_above(desk, f"case {number}") for number in range(4)]
    ada, bo = (Action(f"for {name}", PersonId(name), at(days=20)) for name in ("ada", "bo"))
    reviewing.review(desk, KIM, ids[0], review_of("a", "b", "article: pools"), [ada, bo])
    reviewing.review(desk, KIM, ids[3], review_of("a", "b", "training"), [ada])
    undo.undo(desk, KIM)
    clock.forward(hours=8 * 24)
    rounds.make_rounds(desk, lambda: True)
    reviewing.review(desk, KIM, ids[1], review_of("a", "b", "access"), [replace(ada, due=at(days=60))])
    first = reviewing.actions_of(desk, OLGA, ids[0])[0]
    closing.resolve(desk, ADA, first.id, "wrote it")
    clock.forward(hours=32 * 24)
    return desk, ids


def test_reviews_and_actions_are_told_as_they_stand(tmp_path: Path) -> None:
    desk, ids = a_desk(tmp_path, Clock())
    reviews, actions = (find(name).make(desk, OLGA, ASKED) for name in ("reviews", "actions"))

    assert {row.key: row.cells[1:] for row in reviews.rows} == {
        "not yet": (2, 0, 2),
        "access": (1, 1, 1),
        "article": (1, 1, 0),
    }
    assert {row.key: row.cells[1:] for row in actions.rows} == {"ada": (1, 1, 0, 1), "bo": (1, 1, 1, 0)}
    for report in (reviews, actions):
        must_be_golden(f"{report.name}-told-80x24.txt", "".join(FORMS["table"](report, Paper())))
    row = next(row for row in reviews.rows if row.key == "access")
    assert cases_behind(desk, OLGA, "", row.drills["late"]) == (ids[1],)
    assert [row.key for row in find("actions").make(desk, an_actor("bo", Role.AGENT), ASKED).rows] == ["bo"]
    desk.store.close()


def test_actions_are_in_no_figure_of_what_came_in(tmp_path: Path) -> None:
    desk, ids = a_desk(tmp_path, Clock())
    backlog, flow = (find(name).make(desk, OLGA, ASKED) for name in ("backlog", "flow"))
    assert backlog.said.startswith("0 cases open")
    assert flow.said.startswith("4 cases arrived, 4 finished")
    way = next(row.drills["arrived"] for row in flow.rows if row.drills["arrived"].query and row.cells[1])
    assert every(desk, OLGA, way.query) == tuple(ids)
    assert find("workload").make(desk, OLGA, ASKED).rows[0].cells[0] == "kim"
    desk.store.close()
