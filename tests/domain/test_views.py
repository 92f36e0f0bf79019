"""The views every desk has."""

from __future__ import annotations

from dataclasses import replace

from console.domain.query import parse
from console.domain.recommendation import advise
from console.domain.views import BUILT_IN, Line, Window
from tests.builders import MORNING, a_case, a_policy


def test_every_built_in_view_can_be_read_and_has_a_key_of_its_own() -> None:
    for view in BUILT_IN:
        parse(view.query.replace("tier:mine", "tier:1"))
    keys = [view.key for view in BUILT_IN]
    assert len(set(keys)) == len(keys)
    assert replace(BUILT_IN[0], key="0") not in BUILT_IN


def test_a_window_is_empty_until_it_is_filled() -> None:
    case = a_case()
    line = Line(case, advise(case, a_policy(), MORNING))
    assert Window() == Window((), 0, 0)
    assert Window((line,), 0, 1).lines[0].case is case
