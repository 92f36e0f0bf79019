"""What a screen may ask to see."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from console.desk import assignment, closing, drafts, queues, triage
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.queues import Stretch
from console.domain.case import CaseId, Severity
from console.domain.errors import Refused
from console.domain.recommendation import Verdict
from console.domain.views import BUILT_IN, Anchor, Grouping, Order, View
from console.store import sqlite_search
from tests.builders import MORNING
from tests.desk.conftest import Clock
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
        "Exhausted": [],
        "Escalated": [sent],
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


@pytest.mark.parametrize("order", Order)
def test_a_view_of_some_cases_holds_no_others_in_any_order_or_groups(desk: Desk, order: Order) -> None:
    for number in range(7):
        open_case(desk, title=f"Printer {number}", severity=f"S{number % 3 + 1}")
    some = frozenset(map(CaseId, (2, 3, 5, 7, 99)))
    for text, grouping in product(("", "live:yes", "printer"), (Grouping.NONE, Grouping.SEVERITY)):
        view = View("", "Some", text, order, grouping, only=some)
        window = queues.window(desk, ADA, view, Stretch(0, 9))
        assert ({line.case.id for line in window.lines}, window.total) == ({2, 3, 5, 7}, 4)
        last = queues.window(desk, ADA, view, Stretch(2, 2))
        assert last.lines == window.lines[2:]
        assert sum(number for _, number in queues.groups(desk, ADA, view)) == (4 if grouping else 0)
    assert queues.counts(desk, ADA, [View("a", "", "live:yes", only=some)]) == {"a": 4}
    assert queues.every(desk, ADA, "severity:S2", some) == (2, 5)
    assert (view.may_hold(CaseId(2)), view.may_hold(CaseId(4)), VIEWS["Open"].may_hold(CaseId(4))) == (
        True, False, True,
    )  # fmt: skip


def test_a_line_carries_the_recommendation(desk: Desk) -> None:
    case_id = open_case(desk, affected=400)
    triage.attempt(desk, ADA, case_id, triage.Tried("a restart"))
    done = triage.change(desk, ADA, case_id, {"severity": Severity.S1}, "everybody")
    line = queues.line(desk, done.case)
    assert (line.advice.verdict, str(line.advice.target)) == (Verdict.ESCALATE, "2/database")


def test_a_glance_is_a_dossier_without_the_history(desk: Desk) -> None:
    case_id = open_case(desk, body="Since nine.")
    seen, told = queues.glance(desk, ADA, case_id), queues.dossier(desk, ADA, case_id)
    assert (seen.case, seen.text, seen.explanation) == (told.case, told.text, told.explanation)


def test_a_dossier_tells_everything_about_a_case(desk: Desk) -> None:
    case_id = open_case(desk, body="Since nine.")
    triage.attempt(desk, ADA, case_id, triage.Tried("a restart"))
    triage.note(desk, ADA, case_id, triage.Said("they called"))
    assert queues.dossier(desk, ADA, case_id).brief is None
    assert queues.dossier(desk, ADA, case_id).clocks(desk.policy, desk.now()) == ()
    escalate(desk, ADA, case_id)
    escalating.accept(desk, BO, case_id)

    told = queues.dossier(desk, ADA, case_id)

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

    case, text, history = queues.chronicle(desk, ADA, case_id)

    assert (case.handler, text.body, [event.version for event in history]) == ("ada", "Since nine.", [1, 2])


def test_an_unknown_case_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="no case 99"):
        queues.dossier(desk, ADA, CaseId(99))


def test_a_view_can_be_sorted_otherwise(desk: Desk) -> None:
    for _ in range(3):
        open_case(desk)
    assignment.assign(desk, ADA, CaseId(2), "ada")
    newest = queues.window(desk, ADA, View("", "", "live:yes", Order.NEWEST), Stretch(0, 9))
    assert [line.case.id for line in newest.lines] == [3, 2, 1]


def test_words_are_found_in_every_order_and_at_every_place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_search, "COMMON", 5)
    for number in range(1, 13):
        open_case(desk, title="Printer jam" if number % 4 else "Mail", severity=f"S{number % 3 + 1}")
    expected = [number for number in range(1, 13) if number % 4]
    urgent = sorted(expected, key=lambda number: (number % 3, number))
    for order, ids in ((Order.OLDEST, expected), (Order.NEWEST, expected[::-1]), (Order.URGENT, urgent)):
        for text in ("printer", "printer live:yes", "printer -(mail or tier:9)"):
            view = View("", "", text, order)
            for index in range(9):
                window = queues.window(desk, ADA, view, Stretch(index, 2))
                first = min(index, 7)
                assert [line.case.id for line in window.lines] == ids[first : first + 2]
                assert (window.total, window.is_more) == (9, False)
            near = Anchor(4, queues.window(desk, ADA, view, Stretch(4, 1)).lines[0].case)
            for index in (3, 5):
                (line,) = queues.window(desk, ADA, view, Stretch(index, 1, near)).lines
                assert line.case.id == ids[index]
            assert queues.counts(desk, ADA, [view]) == {"": 9}


def test_more_cases_than_are_counted_are_counted_where_they_are_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queues, "MOST", 5)
    for _ in range(8):
        open_case(desk, severity="S2")
    view = View("", "", "severity:S2")
    first = queues.window(desk, ADA, view, Stretch(0, 3))
    assert ([line.case.id for line in first.lines], first.total, first.is_more) == ([1, 2, 3], 5, True)
    around = queues.around(desk, ADA, view, CaseId(3), Stretch(0, 2))
    assert ([line.case.id for line in around.lines], around.total, around.is_more) == ([2, 3], 5, True)
    last = queues.window(desk, ADA, view, Stretch(4, 3))
    assert ([line.case.id for line in last.lines], last.total, last.is_more) == ([5, 6, 7], 8, False)
    assert queues.counts(desk, ADA, [view]) == {"": 6}
    assert queues.counts(desk, ADA, [VIEWS["Open"]]) == {"9": 8}


def test_the_quiet_escalations_come_first(desk: Desk, clock: Clock) -> None:
    for _ in range(3):
        escalate(desk, ADA, open_case(desk))
        clock.forward(minutes=1)
    triage.note(desk, BO, CaseId(1), triage.Said("the vendor called back"))
    assert names(desk, "Escalated") == [2, 3, 1]


def test_a_recommendation_can_be_asked_for(desk: Desk) -> None:
    stopped = open_case(desk, title="Fire", stops=("safety",))
    asked = open_case(desk)
    done = open_case(desk)
    closing.resolve(desk, ADA, done, "fixed")
    found = {word: queues.every(desk, ADA, f"advice:{word}") for word in Verdict}
    assert found == {Verdict.ESCALATE: (stopped,), Verdict.HANDLE: (done,), Verdict.ASK: (asked,)}
    assert queues.counts(desk, ADA, [View("", "", "advice:escalate")]) == {"": 1}


def test_a_case_is_found_by_what_lies_beside_it(desk: Desk) -> None:
    noted, drafted, sent = (open_case(desk) for _ in range(3))
    triage.note(desk, ADA, noted, triage.Said("they called"))
    drafts.keep(desk, ADA, drafted, "note", {"text": "half a"})
    escalate(desk, ADA, sent)
    assert queues.every(desk, ADA, "has:note") == (noted,)
    assert queues.every(desk, ADA, "has:draft") == (drafted,)
    assert queues.every(desk, BO, "has:draft") == ()
    assert queues.every(desk, ADA, "has:brief") == (sent,)


def test_a_view_is_told_in_groups(desk: Desk) -> None:
    for severity, organisation in (("S2", "ACME"), ("S1", "ACME"), ("S2", ""), ("S2", "Globex")):
        open_case(desk, severity=severity, organisation=organisation)
    triage.claim(desk, ADA, CaseId(1))
    view = View("", "", "tier:1")
    expected = {
        Grouping.NONE: (),
        Grouping.SEVERITY: (("S1", 1), ("S2", 3)),
        Grouping.STATUS: (("new", 3), ("open", 1)),
        Grouping.TIER: (("1", 4),),
        Grouping.TEAM: (("", 4),),
        Grouping.HANDLER: (("", 3), ("ada", 1)),
        Grouping.CATEGORY: (("", 4),),
        Grouping.ITEM: (("", 4),),
        Grouping.ORGANISATION: (("ACME", 2), ("", 1), ("Globex", 1)),
    }
    assert {each: queues.groups(desk, ADA, replace(view, grouping=each)) for each in Grouping} == expected
