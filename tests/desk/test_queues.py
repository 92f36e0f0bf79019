"""What a screen may ask to see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.desk import assignment, closing, queues, triage
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.queues import Stretch
from console.domain.case import CaseId, Severity
from console.domain.errors import Refused
from console.domain.recommendation import Verdict
from console.domain.views import BUILT_IN, Anchor, Order, View
from tests.builders import MORNING
from tests.desk.givens import ADA, BO, escalate, open_case

VIEWS = {view.name: view for view in BUILT_IN}


def names(desk: Desk, view: str) -> list[int]:
    """Give the ids of a built-in view as ada sees it."""
    return [line.case.id for line in queues.window(desk, ADA, VIEWS[view], Stretch(0, 50)).lines]


def test_each_view_holds_its_cases_and_its_count_agrees(desk: Desk) -> None:
    new = open_case(desk, severity="S1")
    mine, sent, waiting, done = (open_case(desk) for _ in range(4))
    late = open_case(desk, due=MORNING - timedelta(minutes=1))
    triage.claim(desk, ADA, mine)
    escalate(desk, ADA, sent)
    triage.wait(desk, ADA, waiting, "customer")
    closing.resolve(desk, ADA, done, "fixed")

    found = {name: names(desk, name) for name in VIEWS}

    assert found == {
        "Mine": [mine, sent],
        "New": [new, late],
        "Tier": [new, late, mine, waiting],
        "Late": [late],
        "Sent": [sent],
        "Waiting": [waiting],
        "Open": [new, late, mine, sent, waiting],
        "Done": [done],
    }
    assert queues.counts(desk, ADA) == {VIEWS[name].key: len(ids) for name, ids in found.items()}


def test_a_window_past_the_end_is_the_last_one(desk: Desk) -> None:
    for _ in range(5):
        open_case(desk)
    window = queues.window(desk, ADA, VIEWS["Open"], Stretch(4, 3))
    assert ([line.case.id for line in window.lines], window.first, window.total) == ([3, 4, 5], 2, 5)


def test_a_window_is_reached_from_a_case_whose_place_is_known(desk: Desk) -> None:
    for _ in range(9):
        open_case(desk)
    (fourth,) = queues.window(desk, ADA, VIEWS["Open"], Stretch(3, 1)).lines
    near = Anchor(3, fourth.case)
    assert [line.case.id for line in queues.window(desk, ADA, VIEWS["Open"], Stretch(5, 2, near)).lines] == [6, 7]
    assert queues.locate(desk, ADA, VIEWS["Open"], fourth.case) == 3
    assert queues.locate(desk, ADA, VIEWS["Waiting"], fourth.case) is None


def test_the_window_around_a_case_follows_it_or_stays(desk: Desk) -> None:
    for _ in range(9):
        open_case(desk)
    around = queues.around(desk, ADA, VIEWS["Open"], CaseId(7), Stretch(0, 3))
    assert [line.case.id for line in around.lines] == [6, 7, 8]
    closing.resolve(desk, ADA, CaseId(7), "fixed")
    left = queues.around(desk, ADA, VIEWS["Open"], CaseId(7), Stretch(0, 3))
    assert [line.case.id for line in left.lines] == [1, 2, 3]


def test_a_query_finds_and_a_bad_one_is_refused(desk: Desk) -> None:
    first = open_case(desk, title="Printer offline", body="on floor two")
    second = open_case(desk, title="Printer jam", severity="S1")
    triage.note(desk, BO, first, triage.Said("toner replaced"))
    assert [line.case.id for line in queues.find(desk, ADA, "printer", Order.URGENT, 9)] == [second, first]
    assert [line.case.id for line in queues.find(desk, ADA, "toner floor", Order.URGENT, 9)] == [first]
    assert queues.every(desk, ADA, "printer severity:S1") == (second,)
    with pytest.raises(Refused):
        queues.find(desk, ADA, "sevrity:S1", Order.URGENT, 9)


def test_a_line_carries_the_recommendation(desk: Desk) -> None:
    case_id = open_case(desk, affected=400)
    triage.attempt(desk, ADA, case_id, triage.Tried("a restart"))
    done = triage.change(desk, ADA, case_id, {"severity": Severity.S1}, "everybody")
    line = queues.line(desk, done.case)
    assert (line.advice.verdict, str(line.advice.target)) == (Verdict.ESCALATE, "2/database")


def test_a_glance_is_a_dossier_without_the_history(desk: Desk) -> None:
    case_id = open_case(desk, body="Since nine.")
    seen, told = queues.glance(desk, case_id), queues.dossier(desk, case_id)
    assert (seen.case, seen.text, seen.explanation) == (told.case, told.text, told.explanation)


def test_a_dossier_tells_everything_about_a_case(desk: Desk) -> None:
    case_id = open_case(desk, body="Since nine.")
    triage.attempt(desk, ADA, case_id, triage.Tried("a restart"))
    triage.note(desk, ADA, case_id, triage.Said("they called"))
    assert queues.dossier(desk, case_id).brief is None
    escalate(desk, ADA, case_id)
    escalating.accept(desk, BO, case_id)

    told = queues.dossier(desk, case_id)

    assert (told.text.body, [a.what for a in told.attempts], [n.text for n in told.notes]) == (
        "Since nine.", ["a restart"], ["they called"],
    )  # fmt: skip
    assert told.brief is not None
    assert told.brief.help == "restart the pool"
    assert (len(told.history), len(told.escalations)) == (5, 1)
    assert told.explanation.advice == queues.line(desk, told.case).advice
    assert queues.newest_event(desk) == 5


def test_a_chronicle_tells_a_case_without_explaining_it(desk: Desk) -> None:
    case_id = open_case(desk, body="Since nine.")
    triage.claim(desk, ADA, case_id)

    case, text, history = queues.chronicle(desk, case_id)

    assert (case.handler, text.body, [event.version for event in history]) == ("ada", "Since nine.", [1, 2])


def test_an_unknown_case_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="no case 99"):
        queues.dossier(desk, CaseId(99))


def test_a_view_can_be_sorted_otherwise(desk: Desk) -> None:
    for _ in range(3):
        open_case(desk)
    assignment.assign(desk, ADA, CaseId(2), "ada")
    newest = queues.window(desk, ADA, View("", "", "live:yes", Order.NEWEST), Stretch(0, 9))
    assert [line.case.id for line in newest.lines] == [3, 2, 1]
