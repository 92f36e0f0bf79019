"""Tests of founding: a new desk begins with a past, written down as it is, and nobody is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.desk import closing, triage
from console.desk.desk import Desk
from console.desk.founding import Past, lay_down
from console.domain.case import CaseId, CaseText
from console.domain.errors import Refused
from console.domain.people import Role
from console.store import cases
from console.store.engine import Store
from tests.builders import a_policy, an_actor
from tests.desk.conftest import Clock
from tests.desk.givens import ADA, escalate, is_whole, open_case, stored
from tests.template import a_copy


@pytest.fixture
def there(tmp_path: Path, clock: Clock) -> Desk:
    """Give another desk under the same policy."""
    return Desk(Store(a_copy(tmp_path / "there.db")), a_policy(), "the policy's text", clock)


def pasts(desk: Desk) -> list[Past]:
    """Give two cases with what happened to them."""
    first, second = open_case(desk), open_case(desk, title="Till 3 prints nothing", ref="2", source="shop")
    escalate(desk, ADA, first)
    triage.claim(desk, ADA, second)
    closing.resolve(desk, ADA, second, "a new roll")
    found = []
    for number in (first, second):
        case, history, moves = stored(desk, number)
        found.append(Past(case, CaseText("the body", "the notes"), history, moves))
    return found


def test_a_new_desk_begins_with_a_past(desk: Desk, there: Desk) -> None:
    given = pasts(desk)
    lay_down(there, ADA, given)

    for each in given:
        case, history, moves = stored(there, each.case.id)
        assert (case, moves) == (each.case, each.moves)
        assert [event.hash for event in history] == [event.hash for event in each.history]
    assert is_whole(there)
    with there.read() as tx:
        assert cases.text_of(tx, CaseId(2)) == CaseText("the body", "the notes")


def test_a_desk_with_cases_has_a_past_already(desk: Desk) -> None:
    given = pasts(desk)
    with pytest.raises(Refused, match="has cases already"):
        lay_down(desk, ADA, given)


def test_who_may_open_no_cases_may_not_make_them_up(desk: Desk, there: Desk) -> None:
    with pytest.raises(Refused):
        lay_down(there, an_actor("eve", Role.AUDITOR), pasts(desk))
