"""The views every desk has."""

from __future__ import annotations

from dataclasses import replace

from console.domain.query import parse
from console.domain.recommendation import advise
from console.domain.views import BUILT_IN, MOST, Line, Shared, View, Window, counted, in_force, named
from tests.builders import MORNING, a_case, a_policy


def test_every_built_in_view_can_be_read_and_has_a_key_of_its_own() -> None:
    for view in BUILT_IN:
        parse(view.query)
    keys = [view.key for view in BUILT_IN]
    assert len(set(keys)) == len(keys)
    assert replace(BUILT_IN[0], key="0") not in BUILT_IN


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
