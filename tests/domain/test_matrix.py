"""The matrix gives the next target above, and says what it skips."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.case import Severity
from console.domain.matrix import Matrix, Route, Target, route, target

DATABASE, VENDOR, MANAGEMENT = Target(2, "database"), Target(3, party="vendor"), Target(4)
PATH = (DATABASE, VENDOR, MANAGEMENT)


def test_a_cell_answers_for_its_category_and_the_star_for_the_others() -> None:
    matrix = Matrix({("network", Severity.S1): (MANAGEMENT,), ("*", Severity.S1): PATH, ("quiet", Severity.S1): ()})
    assert matrix.path("network", Severity.S1) == (MANAGEMENT,)
    assert matrix.path("other", Severity.S1) == PATH
    assert matrix.path("quiet", Severity.S1) == ()
    assert matrix.path("other", Severity.S2) == ()


def test_the_next_rung_above_is_taken() -> None:
    assert route(PATH, 1, 1, {}) == Route(DATABASE)
    assert route(PATH, 2, 1, {}) == Route(VENDOR)
    assert route(PATH, 4, 1, {}) == Route(None)


def test_two_rungs_up_say_which_was_skipped() -> None:
    assert route(PATH, 1, 2, {}) == Route(VENDOR, ((DATABASE, "this severity skips a level"),))
    assert route(PATH, 3, 2, {}) == Route(MANAGEMENT)


def test_who_is_unavailable_is_skipped_with_the_reason() -> None:
    assert route(PATH, 1, 1, {DATABASE: "absent"}) == Route(VENDOR, ((DATABASE, "absent"),))
    skipped = ((DATABASE, "this severity skips a level"), (VENDOR, "absent"))
    assert route(PATH, 1, 2, {VENDOR: "absent"}) == Route(MANAGEMENT, skipped)
    assert route((DATABASE,), 1, 1, {DATABASE: "absent"}) == Route(None, ((DATABASE, "absent"),))


@given(
    st.lists(st.sampled_from(PATH), unique=True).map(lambda path: tuple(sorted(path))),
    st.integers(1, 4),
    st.integers(1, 2),
    st.dictionaries(st.sampled_from(PATH), st.just("absent")),
)
def test_a_route_only_goes_up_and_accounts_for_every_rung_below_its_target(
    path: tuple[Target, ...], tier: int, levels: int, unavailable: Mapping[Target, str]
) -> None:
    way = route(path, tier, levels, unavailable)
    above = [each for each in path if each.tier > tier]
    if way.target is None:
        assert all(each in unavailable for each in above)
    else:
        assert way.target in above
        assert way.target not in unavailable
    passed = [each for each in above if way.target is None or each.tier < way.target.tier]
    assert [each for each, _ in way.skipped] == passed


@given(st.builds(Target, st.integers(1, 9), st.sampled_from(["", "database"])) | st.just(VENDOR))
def test_a_target_is_read_as_it_is_written(written: Target) -> None:
    assert target(str(written)) == written


@pytest.mark.parametrize(
    ("text", "says"),
    [("2/", "no team after the slash"), ("3@", "no party after the @"), ("two", "is not a target"), ("", "is not a")],
)
def test_what_is_no_target_says_what_is_wrong(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        target(text)
