"""The views every desk has."""

from __future__ import annotations

from dataclasses import replace

from console.domain.case import CaseId, Severity, Status
from console.domain.query import parse
from console.domain.recommendation import advise
from console.domain.views import (
    BUILT_IN,
    MOST,
    Grouping,
    Line,
    Shared,
    View,
    Window,
    counted,
    group_of,
    in_force,
    named,
)
from tests.builders import MORNING, a_case, a_policy


def test_every_built_in_view_can_be_read_and_has_a_key_of_its_own() -> None:
    for view in BUILT_IN:
        parse(view.query)
    keys = [view.key for view in BUILT_IN]
    assert len(set(keys)) == len(keys)
    assert replace(BUILT_IN[0], key="0") not in BUILT_IN


def a_stretch(first: int, end: int, total: int = 100) -> Window:
    """Give the window from one place up to another, of cases numbered by their places."""
    held = [a_case(id=CaseId(place)) for place in range(first, end)]
    return Window(tuple(Line(case, advise(case, a_policy(), MORNING)) for case in held), first, total)


def ids(window: Window | None) -> list[int]:
    """Give the numbers of a window's cases."""
    return [line.case.id for line in window.lines] if window else []


def test_a_window_is_renewed_with_cases_as_they_are_now() -> None:
    before = a_stretch(10, 13)
    now, elsewhere = (replace(before.lines[1], case=a_case(id=CaseId(n), title="now")) for n in (11, 99))

    after = before.renewed([now, elsewhere])

    assert after.lines == (before.lines[0], now, before.lines[2])


def test_windows_beside_each_other_join_and_stay_within_bounds() -> None:
    below = a_stretch(10, 15).joined(a_stretch(15, 20), 8)
    assert below is not None
    assert (ids(below), below.first, below.end, below.total) == ([*range(12, 20)], 12, 20, 100)
    above = a_stretch(10, 15).joined(a_stretch(5, 10), 8)
    assert above is not None
    assert (ids(above), above.first) == ([*range(5, 13)], 5)


def test_a_window_that_reaches_into_another_joins_it() -> None:
    joined = a_stretch(10, 15).joined(a_stretch(13, 20), 50)
    assert joined is not None
    assert (ids(joined), joined.first) == ([*range(10, 20)], 10)
    assert a_stretch(10, 15).joined(replace(a_stretch(14, 20), first=13), 50) is None


def test_windows_of_a_view_that_changed_do_not_join() -> None:
    here = a_stretch(10, 15)
    assert here.joined(a_stretch(15, 20, total=99), 50) is None
    assert here.joined(a_stretch(16, 20), 50) is None
    assert here.joined(replace(a_stretch(14, 19), first=15), 50) is None
    assert Window(total=100).joined(a_stretch(0, 5), 50) is None


def test_a_window_is_empty_until_it_is_filled() -> None:
    case = a_case()
    line = Line(case, advise(case, a_policy(), MORNING))
    assert Window() == Window((), 0, 0)
    assert Window((line,), 0, 1).lines[0].case is case


def test_a_count_that_was_cut_off_says_so() -> None:
    assert [counted(number) for number in (0, MOST, MOST + 1, 49_950)] == ["0", "10,000", "10,000+", "49,950"]


def test_the_most_personal_view_of_a_key_or_a_name_is_in_force() -> None:
    plain, ours = View("1", "Mine", "handler:me"), View("1", "Ours", "team:a", shared=Shared.TEAM, owner="a")
    own = View("2", "mine", "owner:me", shared=Shared.PERSON, owner="ada")
    assert in_force([plain, ours, own]) == (ours, own)
    assert in_force([plain, ours]) == (ours, replace(plain, key=""))
    assert named([ours, own]) == {"1": "team:a", "Ours": "team:a", "2": "owner:me", "mine": "owner:me"}


def test_a_case_stands_in_one_group_of_each_kind() -> None:
    case = a_case(severity=Severity.S1, status=Status.OPEN, tier=2, team="database", organisation="ACME")
    assert {each: group_of(case, each) for each in Grouping} == {
        Grouping.NONE: "",
        Grouping.SEVERITY: "S1",
        Grouping.STATUS: "open",
        Grouping.TIER: "2",
        Grouping.TEAM: "database",
        Grouping.HANDLER: "",
        Grouping.CATEGORY: "",
        Grouping.ITEM: "",
        Grouping.ORGANISATION: "ACME",
    }
