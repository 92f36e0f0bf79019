"""Whether a view still stands, told from events: what is said to stand must, and what is common must be seen to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.domain.case import Case, CaseId, PersonId, Severity, Status
from console.domain.events import Event, Kind, Plain
from console.domain.following import before, stands
from console.domain.query import Asking, Beside, parse, predicate
from console.domain.recommendation import advise
from console.domain.views import BUILT_IN, Grouping, Line, Order, View
from tests.builders import MORNING, a_case, a_person, a_policy

Changes = Mapping[str, tuple[Plain, Plain]]
POLICY = a_policy()
BY_NAME = {view.name: view for view in BUILT_IN}
CLAIMED: Changes = {"handler": (None, "bo"), "owner": (None, "bo"), "status": ("new", "open")}


def an_event(changes: Changes, version: int = 2, kind: Kind = Kind.CHANGED, case: int = 1) -> Event:
    """Give an event of a case."""
    return Event(case=CaseId(case), version=version, at=MORNING, actor=PersonId("bo"), kind=kind, changes=changes)


def holds(view: View, case: Case, *events: Event, is_timed: bool = False) -> bool:
    """Say whether a view stands for ada after events that led to this case; without clocks unless it is said."""
    parsed = parse(view.query)
    finds = predicate(parsed, Asking(a_person("ada", tier=1), MORNING, POLICY))
    line = Line(case, advise(case, POLICY, MORNING))
    return stands(view, parsed, lambda each: finds(each, Beside()), [line], events, is_timed=is_timed)


def a_claimed_case(**facts: Any) -> Case:  # noqa: ANN401 - any field of a case
    """Give a case that bo has claimed."""
    bo = PersonId("bo")
    given: dict[str, Any] = {"id": CaseId(1), "handler": bo, "owner": bo, "status": Status.OPEN, "tier": 1}
    return a_case(**(given | facts))


@pytest.mark.parametrize(("name", "is_whole"), [("Tier", True), ("Open", True), ("New", False), ("Mine", True)])
def test_a_claim_leaves_views_alone_that_do_not_ask_for_it(name: str, *, is_whole: bool) -> None:
    assert holds(BY_NAME[name], a_claimed_case(), an_event(CLAIMED, kind=Kind.CLAIMED)) is is_whole


@pytest.mark.parametrize("name", ["Tier", "Late", "Waiting"])
def test_a_case_that_goes_or_comes_is_seen(name: str) -> None:
    late = a_claimed_case(tier=2, due=MORNING - timedelta(hours=1), status=Status.WAITING)
    moved: Changes = {"tier": (1, 2), "due": (None, "x"), "status": ("open", "waiting")}

    assert holds(BY_NAME[name], late, an_event({**moved, "due": (None, MORNING.isoformat())})) is (name == "Late")


def test_what_changes_its_place_is_seen() -> None:
    case = a_claimed_case(severity=Severity.S1, due=MORNING + timedelta(hours=1))
    severe = an_event({"severity": ("S3", "S1")})
    due = an_event({"due": (MORNING.isoformat(), (MORNING + timedelta(hours=1)).isoformat())})

    assert [holds(replace(BY_NAME["Tier"], order=order), case, severe) for order in Order] == [
        False, True, True, True, False, False,
    ]  # fmt: skip
    assert [holds(replace(BY_NAME["Tier"], order=order), case, due) for order in Order] == [
        False, False, True, True, False, False,
    ]  # fmt: skip


INTERNAL = {"voice": "internal", "text": "…"}
OUTBOUND = {"voice": "outbound", "text": "…"}


@pytest.mark.parametrize(
    ("event", "may_have_moved"),
    [
        (an_event(CLAIMED, kind=Kind.CLAIMED), False),
        (an_event({"tags": ([], ["vip"])}), False),
        (replace(an_event({}, kind=Kind.NOTED), detail=INTERNAL), False),
        (replace(an_event({}, kind=Kind.NOTED), detail=OUTBOUND), True),
        (replace(an_event({}, kind=Kind.ESCALATED), detail={"told": "…"}), True),
        (an_event({"severity": ("S3", "S1")}), True),
        (an_event({"status": ("open", "waiting")}), True),
        (an_event({"handler": (None, "bo")}), True),
        (an_event({"promised_at": (None, MORNING.isoformat())}), True),
        (an_event({"escalation.7.question": ("", "which?")}), True),
        (replace(an_event({"tags": (["vip"], [])}, kind=Kind.UNDONE), annuls=1), True),
    ],
)
def test_what_may_have_moved_a_clock_moves_what_is_sorted_by_it(event: Event, *, may_have_moved: bool) -> None:
    case = a_claimed_case(severity=Severity.S1)
    by_due = View("", "", "tier:1", Order.DUE)
    assert holds(by_due, case, event, is_timed=True) is not may_have_moved
    assert holds(View("", "", "late:no", Order.NEWEST), case, event, is_timed=True) is not may_have_moved
    assert holds(View("", "", "tier:1", Order.NEWEST), case, event, is_timed=True)


def test_a_claim_in_a_tier_where_cases_are_moved_to_may_have_closed_a_clock() -> None:
    claim = an_event(CLAIMED, kind=Kind.CLAIMED)
    assert not holds(View("", "", "tier:2", Order.DUE), a_claimed_case(tier=2), claim, is_timed=True)


@pytest.mark.parametrize("grouping", Grouping)
def test_what_changes_its_group_is_seen(grouping: Grouping) -> None:
    view = replace(BY_NAME["Tier"], grouping=grouping)
    is_whole = grouping not in {Grouping.HANDLER, Grouping.STATUS}
    assert holds(view, a_claimed_case(), an_event(CLAIMED, kind=Kind.CLAIMED)) is is_whole


def test_a_new_case_is_one_that_comes_in() -> None:
    case = a_claimed_case()
    assert not holds(BY_NAME["Tier"], case, an_event({}, 1, Kind.OPENED))
    assert holds(View("", "", "status:closed"), case, an_event({}, 1, Kind.OPENED))


@pytest.mark.parametrize("query", ["checkout", "updated<2h", "has:note", "advice:escalate"])
def test_what_no_event_tells_is_taken_to_have_changed(query: str) -> None:
    assert not holds(View("", "", query), a_claimed_case(), an_event({"tags": ([], ["eu"])}))


def test_a_case_is_taken_back_to_before_its_oldest_event() -> None:
    case = a_claimed_case(tier=3)
    events = [
        an_event({"tier": (1, 2), "escalation.1.state": (None, "sent")}, 2),
        an_event({"tier": (2, 3)}, 3),
        an_event({"handler": (None, "bo")}, 4),
    ]

    was = before(case, events)

    assert (was.tier, was.handler, was.owner) == (1, None, "bo")
