"""The circle of a confidential case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain import circle
from console.domain.case import Case, PersonId
from console.domain.changes import changes, differences, replayed, typed
from console.domain.errors import Refused
from console.domain.events import Kind
from console.domain.sentences import sentence
from tests.builders import ADA, BO, a_case, an_event, an_open_case

KIM, LENA = PersonId("kim"), PersonId("lena")
NAMES = st.sampled_from([ADA, BO, KIM, LENA])


def a_secret(**facts: object) -> Case:
    """Give a confidential case that ada owns and handles, and kim knows of."""
    return an_open_case(**({"confidential": True, "circle": (ADA, KIM)} | facts))


def test_an_open_case_is_seen_by_everybody_and_a_confidential_one_by_its_circle() -> None:
    assert circle.sees(LENA, an_open_case())
    assert [circle.sees(each, a_secret()) for each in (ADA, KIM, LENA)] == [True, True, False]
    assert not circle.sees(KIM, a_secret(subjects=(KIM,)))


def test_whoever_works_on_a_case_is_in_its_circle_from_the_start() -> None:
    case = circle.confided(an_open_case(handler=BO, escalated_by=KIM), [LENA, ADA])
    assert (case.confidential, case.circle, case.named) == (True, (LENA, ADA, BO, KIM), ())
    with pytest.raises(Refused, match="confidential already"):
        circle.confided(case, [])


def test_opening_a_case_up_empties_its_circle() -> None:
    case = circle.opened_up(a_secret(named=(KIM,), subjects=(BO,)))
    assert (case.confidential, case.circle, case.named, case.subjects) == (False, (), (), ())
    with pytest.raises(Refused, match="not confidential"):
        circle.opened_up(case)


def test_people_are_let_in_by_name_and_taken_out() -> None:
    case = circle.let_in(a_secret(), LENA)
    assert (case.circle, case.named) == ((ADA, KIM, LENA), (LENA,))
    assert circle.let_in(a_secret(), KIM).named == (KIM,)
    with pytest.raises(Refused, match="in the circle of case 7 already"):
        circle.let_in(case, LENA)
    out = circle.let_out(case, LENA)
    assert (out.circle, out.named) == ((ADA, KIM), ())


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (lambda: circle.let_in(an_open_case(), BO), "change 7 confidential=yes"),
        (lambda: circle.let_in(a_secret(subjects=(BO,)), BO), "can never be in its circle"),
        (lambda: circle.let_out(a_secret(), BO), "not in the circle"),
        (lambda: circle.let_out(a_secret(), ADA), "ada owns case 7"),
        (lambda: circle.let_out(a_secret(owner=BO), ADA), "ada handles case 7"),
        (lambda: circle.let_out(a_secret(escalated_by=KIM), KIM), "kim escalated case 7"),
        (lambda: circle.let_out(a_secret(owner=None, handler=None, circle=(KIM,)), KIM), "the last one"),
        (lambda: circle.marked(an_open_case(), BO, frozenset(), ADA), "not confidential"),
        (
            lambda: circle.marked(a_secret(subjects=(BO,)), BO, frozenset(), ADA),
            "marked as a subject of case 7 already",
        ),
        (lambda: circle.marked(a_secret(), ADA, frozenset(), ADA), "cannot mark yourself"),
        (lambda: circle.cleared(a_secret(), BO), "not a subject"),
        (lambda: circle.must_not_reach(a_secret(subjects=(BO,)), BO, frozenset()), "bo is a subject"),
        (lambda: circle.must_not_reach(a_secret(), BO, frozenset({BO})), "bo is above a subject"),
    ],
)
def test_what_cannot_be_is_refused(act: Callable[[], object], told: str) -> None:
    with pytest.raises(Refused, match=told):
        act()


def test_a_subject_and_those_above_them_are_out() -> None:
    case = circle.marked(a_secret(circle=(ADA, BO, KIM, LENA)), BO, frozenset({LENA, KIM}), ADA)
    assert (case.subjects, case.circle) == ((BO,), (ADA,))
    assert circle.marked(a_secret(named=(KIM,)), BO, frozenset({KIM}), ADA).circle == (ADA, KIM)
    assert circle.marked(a_secret(handler=KIM), BO, frozenset({KIM}), ADA).circle == (ADA, KIM)
    assert circle.marked(a_secret(), BO, frozenset({ADA, KIM}), ADA).circle == (ADA,)
    circle.must_not_reach(a_secret(named=(KIM,)), KIM, frozenset({KIM}))
    circle.must_not_reach(an_open_case(), KIM, frozenset({KIM}))


def test_a_subject_loses_the_case_and_it_never_its_owner() -> None:
    case = circle.marked(a_secret(owner=BO, handler=BO, circle=(ADA, BO)), BO, frozenset(), ADA)
    assert (case.owner, case.handler, case.circle) == (ADA, None, (ADA,))
    back = circle.cleared(case, BO)
    assert (back.subjects, back.circle) == ((), (ADA,))


@given(
    st.lists(NAMES, unique=True), st.lists(NAMES, unique=True), st.lists(NAMES, unique=True), st.frozensets(NAMES),
    st.one_of(st.none(), NAMES), st.one_of(st.none(), NAMES),
)  # fmt: skip
def test_in_step_a_circle_holds_no_subject_and_everybody_at_work(
    members: list[PersonId], named: list[PersonId], subjects: list[PersonId], barred: frozenset[PersonId],
    owner: PersonId | None, handler: PersonId | None,
) -> None:  # fmt: skip
    case = a_case(
        confidential=True, circle=tuple(members), named=tuple(each for each in named if each in members),
        subjects=tuple(subjects), owner=owner, handler=handler,
    )  # fmt: skip
    after = circle.in_step(case, barred)

    assert not set(after.circle) & set(subjects)
    assert {each for each in (owner, handler) if each} - set(subjects) <= set(after.circle)
    assert set(after.named) <= set(after.circle)
    assert set(after.circle) & barred <= {*after.named, owner, handler}
    assert circle.in_step(after, barred) == after
    assert circle.in_step(replace(case, confidential=False), barred) == replace(case, confidential=False)


def test_a_circle_is_told_as_sentences() -> None:
    before = a_secret(circle=(ADA, KIM), subjects=(LENA,))
    after = a_secret(circle=(ADA, BO), named=(BO,), subjects=(KIM,))
    event = an_event(Kind.CHANGED, changes=changes(before, after))
    assert sentence(event) == (
        "ada marked kim as a subject; cleared lena as a subject; let bo into its circle; took kim out of its circle"
    )
    confided = an_event(Kind.CHANGED, changes=changes(an_open_case(), a_secret()))
    assert sentence(confided) == "ada changed confidential from no to yes; let ada and kim into its circle"


def test_history_says_who_was_in_the_circle_unless_it_is_older_than_circles() -> None:
    case = a_secret(named=(KIM,))
    event = an_event(Kind.OPENED, changes=changes(None, case))
    assert differences(case, replayed([event])) == []
    assert typed("circle", ["ada"]) == ("ada",)
    assert differences(replace(case, circle=(ADA,)), replayed([event])) == ["circle"]
    older = {name: pair for name, pair in event.changes.items() if name != "circle"}
    assert differences(case, replayed([replace(event, changes=older)])) == []


def test_a_case_that_goes_on_from_a_confidential_one_is_for_the_same_people_and_those_who_work_on_it() -> None:
    other = a_secret(named=(KIM,), subjects=(BO,))
    case = circle.confided_as(an_open_case(owner=None, handler=LENA), other)
    assert (case.confidential, case.circle, case.named, case.subjects) == (True, (ADA, KIM, LENA), (KIM,), (BO,))
