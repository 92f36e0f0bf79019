"""Figures at the desk: what is counted, by what it is told apart, and that each leads to its cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.desk import closing, confiding, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.figures import behind, figures, listed, summed, while_awaited
from console.domain.case import CaseId
from console.domain.errors import Refused
from console.domain.escalation import ReturnReason
from console.domain.figures import Dimension, Figure, Sought, Subject
from console.store import facts
from tests.builders import MORNING, an_actor, at
from tests.desk.conftest import Clock
from tests.desk.figured import OLGA, a_past
from tests.desk.givens import ADA, BO, escalate

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ids(desk: Desk, clock: Clock) -> list[CaseId]:
    """Give the cases of a desk on which something happened."""
    return a_past(desk, clock)


def found(desk: Desk, text: str = "", **sought: object) -> tuple[Figure, ...]:
    """Give the figures of one thing sought."""
    return figures(desk, OLGA, text, [Sought(**sought)])[0]  # type: ignore[arg-type]


def test_open_cases_are_counted_by_tier_and_age(desk: Desk, ids: list[CaseId]) -> None:
    by = (Dimension.TIER, Dimension.LENGTH)
    told = found(desk, subject=Subject.OPEN, by=by, now=at(days=2, hours=1), lengths=(DAY, 2 * DAY))
    assert [(each.names, each.count) for each in told] == [((1, 1), 2), ((1, 2), 2), ((2, 2), 1)]
    (every,) = found(desk, subject=Subject.OPEN, now=at(days=2, hours=1))
    assert (every.count, every.cases, every.median, every.longest) == (5, 5, 49 * HOUR, 49 * HOUR)
    assert len(ids) == 6


def test_what_happened_is_counted_in_its_period(desk: Desk, ids: list[CaseId]) -> None:
    times = (at(days=1), at(days=2))
    arrived = found(desk, subject=Subject.ARRIVED, by=(Dimension.WHEN,), times=times)
    assert [(each.names, each.count) for each in arrived] == [((0,), 4), ((1,), 2)]
    (only,) = found(desk, subject=Subject.ARRIVED, since=at(days=1), until=at(days=2))
    assert (only.count, only.median) == (2, None)
    (answered,) = found(desk, subject=Subject.ANSWERED)
    assert (answered.count, answered.median, answered.ninth, answered.longest) == (2, HOUR, DAY, DAY)
    assert len(ids) == 6


def test_what_was_undone_did_not_happen_and_what_was_done_again_did(desk: Desk, ids: list[CaseId]) -> None:
    finished = Sought(subject=Subject.FINISHED, by=(Dimension.KIND,))
    assert figures(desk, OLGA, "", [finished])[0] == (Figure(("resolved",), 2, 2, DAY, DAY, DAY),)
    undo.redo(desk, OLGA, ids[4])
    assert figures(desk, OLGA, "", [finished])[0][0].count == 3
    assert behind(desk, OLGA, "", finished, ("resolved",)) == (ids[0], ids[1], ids[4])


def test_escalations_and_returns_are_told_by_kind_reason_and_person(desk: Desk, ids: list[CaseId]) -> None:
    sent = found(desk, subject=Subject.ESCALATED, by=(Dimension.KIND, Dimension.REASON, Dimension.PERSON))
    assert [(each.names, each.count) for each in sent] == [(("functional", "vip", "ada"), 2)]
    back = found(desk, subject=Subject.RETURNED, by=(Dimension.REASON, Dimension.PERSON))
    assert [(each.names, each.count) for each in back] == [(("solvable-below", "bo"), 1)]
    assert found(desk, subject=Subject.EXHAUSTED, by=(Dimension.TEAM,)) == ()
    assert len(ids) == 6


def test_stays_in_a_tier_end_where_the_case_leaves_it_or_ends(desk: Desk, ids: list[CaseId], clock: Clock) -> None:
    told = found(desk, subject=Subject.STAYED, by=(Dimension.TIER,))
    assert told == (Figure((1,), 4, 4, DAY, 2 * DAY, 2 * DAY), Figure((2,), 1, 1, 47 * HOUR, 47 * HOUR, 47 * HOUR))
    clock.forward(hours=1)
    closing.resolve(desk, OLGA, ids[1], "once more")
    closing.resolve(desk, OLGA, ids[3], "up there")
    told = found(desk, subject=Subject.STAYED, by=(Dimension.TIER,), since=at(days=2, hours=1))
    assert told == (Figure((1,), 1, 1, 2 * HOUR, 2 * HOUR, 2 * HOUR), Figure((2,), 1, 1, 2 * HOUR, 2 * HOUR, 2 * HOUR))


def test_escalations_are_open_or_have_ended_and_some_come_back_twice(desk: Desk, ids: list[CaseId]) -> None:
    by, lengths = (Dimension.LENGTH,), (HOUR, DAY)
    up = found(desk, subject=Subject.UP, by=by, now=at(days=2, hours=1), lengths=lengths)
    assert [(each.names, each.count) for each in up] == [((1,), 1)]
    down = found(desk, subject=Subject.CAME_DOWN, by=by, lengths=lengths)
    assert [(each.names, each.count, each.longest) for each in down] == [((2,), 1, 47 * HOUR)]
    assert found(desk, subject=Subject.SOLVABLE_BELOW) == (Figure((), 1, 1),)
    assert found(desk, subject=Subject.BOUNCED) == (Figure((), 0, 0),)
    escalate(desk, ADA, ids[2])
    escalating.hand_back(desk, BO, ids[2], ReturnReason.WRONG_TEAM, "not ours")
    assert found(desk, subject=Subject.BOUNCED, by=(Dimension.KIND,)) == (Figure((2,), 1, 1),)
    assert found(desk, subject=Subject.SOLVABLE_BELOW) == (Figure((), 1, 1),)


def test_what_is_taken_out_of_turn_is_told_by_person(desk: Desk, ids: list[CaseId]) -> None:
    by = (Dimension.PERSON,)
    assert found(desk, subject=Subject.TAKEN, by=by) == ()
    triage.claim(desk, ADA, ids[5])
    assert found(desk, subject=Subject.TAKEN, by=by) == (Figure(("ada",), 1, 1),)
    triage.claim(desk, ADA, ids[4])
    assert found(desk, subject=Subject.TAKEN, by=by) == (Figure(("ada",), 2, 2),)
    assert found(desk, subject=Subject.PICKED, by=by) == (Figure(("ada",), 1, 1),)


def test_notices_that_were_not_sent_are_told_by_channel(desk: Desk, ids: list[CaseId]) -> None:
    row = "INSERT INTO delivery VALUES (:key, :case, 1, :key, '', 'mail', :state, 0, 0, 5, NULL, '', NULL, 'why', '')"
    notice = "INSERT INTO notice VALUES (:case, 1, :key, '', 'breached', 5, 0, NULL, 'new')"
    with desk.store.write() as tx:
        for key, state in (("a", "held"), ("b", "held"), ("c", "cancelled"), ("d", "sent")):
            tx.driver.execute(notice, {"key": key, "case": ids[0]})
            tx.driver.execute(row, {"key": key, "case": ids[0], "state": state})
    told = found(desk, subject=Subject.WITHHELD, by=(Dimension.KIND, Dimension.REASON))
    assert told == (Figure(("cancelled", "mail"), 1, 1), Figure(("held", "mail"), 2, 1))


def test_facts_have_no_dimension_that_is_not_theirs(desk: Desk) -> None:
    with pytest.raises(ValueError, match="facts of open have no kind"):
        found(desk, subject=Subject.OPEN, by=(Dimension.KIND,))


def test_a_query_narrows_what_is_counted_and_each_figure_leads_to_its_cases(desk: Desk, ids: list[CaseId]) -> None:
    sought = Sought(subject=Subject.ARRIVED, by=(Dimension.CATEGORY, Dimension.SEVERITY))
    for text in ("", "category:network", "live:yes", "advice:handle", "case"):
        told = figures(desk, OLGA, text, [sought])[0]
        lead_to = [behind(desk, OLGA, text, sought, each.names) for each in told]
        assert [len(each) for each in lead_to] == [each.cases for each in told]
    assert behind(desk, OLGA, "", sought, ("network", 2)) == tuple(ids[4:])
    assert [line.case.id for line in listed(desk, OLGA, ids[4:])] == ids[4:]


@pytest.mark.parametrize("subject", Subject)
def test_the_sum_of_figures_is_read_with_them(desk: Desk, ids: list[CaseId], subject: Subject) -> None:
    assert ids
    for by in ((), (Dimension.CATEGORY,), (Dimension.TIER, Dimension.SEVERITY)):
        for text in ("", "advice:handle", "id:0"):
            sought = Sought(subject=subject, by=by, now=at(days=3))
            whole = replace(sought, by=())
            each, ((every,)) = figures(desk, OLGA, text, [sought, whole])
            assert summed(desk, OLGA, text, sought) == (each, Figure((), every.count, every.cases))


def test_a_case_with_several_facts_is_one_case(desk: Desk, ids: list[CaseId]) -> None:
    triage.change(desk, OLGA, ids[0], {"category": "network"})
    sought = Sought(subject=Subject.REOPENED)
    assert figures(desk, OLGA, "", [sought])[0] == (Figure((), 1, 1),)
    assert behind(desk, OLGA, "", sought, ()) == (ids[1],)


def test_nothing_counted_is_a_figure_of_none(desk: Desk) -> None:
    for subject in Subject:
        assert found(desk, subject=subject, now=MORNING) == (Figure((), 0, 0),)


@pytest.mark.parametrize("subject", Subject)
def test_a_confidential_case_counts_for_its_circle_only(desk: Desk, ids: list[CaseId], subject: Subject) -> None:
    sought = Sought(subject=subject, now=at(days=3))
    before = figures(desk, OLGA, "", [sought])[0][0].cases
    for case_id in ids:
        triage.change(desk, OLGA, case_id, {"confidential": True})
    assert figures(desk, OLGA, "", [sought])[0][0].cases == before
    bo = an_actor("bo")
    assert figures(desk, bo, "", [sought])[0] == (Figure((), 0, 0),)
    assert behind(desk, bo, "", sought, ()) == ()
    assert listed(desk, bo, ids) == ()
    confiding.let_in(desk, OLGA, ids[0], bo.id)
    assert set(behind(desk, bo, "", sought, ())) <= {ids[0]}


def test_every_subject_has_its_facts() -> None:
    assert set(facts.FACTS) == set(Subject)


def test_what_nobody_waits_for_any_more_is_given_up(desk: Desk, ids: list[CaseId]) -> None:
    for_ever = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    asked = iter([False, False, True])
    with pytest.raises(Refused, match="interrupted"), while_awaited(desk, lambda: next(asked)), desk.read() as tx:
        tx.rows(for_ever)
    with while_awaited(desk, lambda: False):
        assert found(desk, subject=Subject.ARRIVED)[0].count == len(ids)
