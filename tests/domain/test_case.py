"""What a case says of itself."""

from __future__ import annotations

import pytest

from console.domain.case import Status
from tests.builders import MORNING, a_case, at


@pytest.mark.parametrize("status", Status)
def test_a_case_is_live_until_it_is_resolved(status: Status) -> None:
    assert status.is_live is (status in {"new", "open", "waiting"})


@pytest.mark.parametrize("status", Status)
def test_a_case_is_late_only_while_somebody_could_act(status: Status) -> None:
    assert a_case(status=status, next_due=at(minutes=-1)).is_late(MORNING) is status.is_live


def test_a_case_without_a_due_time_or_before_it_is_not_late() -> None:
    assert not a_case().is_late(MORNING)
    assert not a_case(due=at(minutes=-1), status=Status.WAITING, waiting_for="vendor").is_late(MORNING)
    assert not a_case(next_due=MORNING).is_late(MORNING)
