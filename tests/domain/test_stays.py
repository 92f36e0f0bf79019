"""Stays: what came of a case in each tier, as it was known at each minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.domain.events import Changes, Event, Kind
from console.domain.stays import NOT_YET, Came, Counting, Stay, Trail, followed, trail_of
from tests.builders import MORNING, an_event, at, likes

FOUR_HOURS = Counting(timedelta(hours=4))


def opened(**facts: Any) -> Event:  # noqa: ANN401 - any field of a case
    """Give the event that opens a checkout case of ACME in tier 1."""
    given = {"tier": 1, "category": "checkout", "organisation": "ACME"} | facts
    return an_event(Kind.OPENED, changes={name: (None, value) for name, value in given.items()})


def event(kind: Kind, hours: float, changes: Changes, reason: str = "") -> Event:
    """Give an event so many hours later."""
    return an_event(kind, at=at(hours=hours), changes=changes, reason=reason)


def up(hours: float, to: int = 2, **changes: Any) -> Event:  # noqa: ANN401 - old and new of any field
    """Give an escalation from tier 1."""
    return event(Kind.ESCALATED, hours, {"tier": (1, to), "team": ("", "database"), **changes})


def back(hours: float, reason: str, kind: Kind = Kind.RETURNED) -> Event:
    """Give the case's return to tier 1."""
    return event(kind, hours, {"tier": (2, 1), "team": ("database", "")}, reason)


def late(hours: float, clock: str = "resolution") -> Event:
    """Give the event that tells that a clock of the case ran out."""
    return an_event(Kind.BREACHED, at=at(hours=hours), detail={"clock": clock, "source": f"clock:{clock}"})


def came(*history: Event, hours: float, counting: Counting = FOUR_HOURS) -> dict[int, Came]:
    """Give what is known of each tier so many hours after nine o'clock."""
    known = trail_of(history, counting).told(at(hours=hours), counting)
    return {stay.tier: stay.came for stay in known if stay.came is not None}


def test_nothing_is_known_of_a_fresh_case_and_it_is_handled_so_far_after_a_while() -> None:
    assert came(opened(), hours=3.99) == {}
    assert came(opened(), hours=4) == {1: Came.HANDLED}


def test_how_soon_a_case_ends_plays_no_part() -> None:
    ended = event(Kind.CLOSED, 1, {"status": ("open", "closed")})

    assert came(opened(), ended, hours=2) == {}
    assert came(opened(), ended, hours=4) == {1: Came.HANDLED}


def test_what_goes_up_needed_it_at_once_however_late() -> None:
    assert came(opened(), up(0.25), hours=0.25) == {1: Came.NEEDED}
    assert came(opened(), up(90), hours=90) == {1: Came.NEEDED}
    assert came(opened(), up(90), hours=94) == {1: Came.NEEDED, 2: Came.HANDLED}


def test_a_level_that_is_skipped_is_no_stay() -> None:
    assert came(opened(), up(1, to=3), hours=9) == {1: Came.NEEDED, 3: Came.HANDLED}


def test_a_return_as_solvable_below_flips_it_and_was_never_a_case_of_the_tier_above() -> None:
    history = (opened(), up(1), back(9, "solvable-below"))

    assert came(*history[:2], hours=8) == {1: Came.NEEDED, 2: Came.HANDLED}
    assert came(*history, hours=9) == {1: Came.HANDLED}
    assert came(*history, up(20), hours=20) == {1: Came.NEEDED}


@pytest.mark.parametrize("reason", ["incomplete-brief", "wrong-team", "duplicate", "not-needed", ""])
def test_coming_back_for_another_reason_does_not_take_it_back(reason: str) -> None:
    assert came(opened(), up(1), back(2, reason), hours=2) == {1: Came.NEEDED}
    assert came(opened(), up(1), back(2, reason), hours=5) == {1: Came.NEEDED, 2: Came.HANDLED}


def test_undone_it_is_as_if_it_had_not_gone_up() -> None:
    history = (opened(), up(1), back(1.1, "", Kind.UNDONE))

    assert came(*history, hours=3) == {}
    assert came(*history, hours=4) == {1: Came.HANDLED}


def test_what_was_not_solved_in_time_needed_a_higher_tier_where_the_policy_says_so() -> None:
    strict = Counting(FOUR_HOURS.handled_after, late=True)

    assert came(opened(), late(8), hours=9) == {1: Came.HANDLED}
    assert came(opened(), late(8), hours=7.9, counting=strict) == {1: Came.NEEDED}
    assert came(opened(), late(2), hours=2, counting=strict) == {1: Came.NEEDED}
    assert came(opened(), up(1), late(8), hours=8, counting=strict) == {1: Came.NEEDED, 2: Came.NEEDED}
    assert came(opened(), late(2, "response"), hours=8, counting=strict) == {1: Came.HANDLED}


def test_it_is_like_what_was_known_before_it_went_up_or_was_handled() -> None:
    early = event(Kind.CHANGED, 1, {"category": ("checkout", "payroll"), "item": (None, "pay-db")})
    late = event(Kind.CHANGED, 6, {"category": ("payroll", "printer"), "item": ("pay-db", "lp0")})
    gone = up(2, category=("payroll", "corrupt index"))

    assert trail_of((opened(), early, late), FOUR_HOURS).stays == (
        Stay(1, MORNING, likes("payroll", item="pay-db", organisation="ACME"), Came.HANDLED),
    )
    assert trail_of((opened(), early, gone), FOUR_HOURS).stays == (
        Stay(1, MORNING, likes("payroll", item="pay-db", organisation="ACME"), Came.NEEDED),
        Stay(2, at(hours=2), likes("corrupt index", item="pay-db", organisation="ACME", team="database")),
    )


def test_one_that_is_confidential_or_merged_tells_nothing_while_it_is() -> None:
    assert came(opened(confidential=True), up(1), hours=9) == {}
    merged = event(Kind.MERGED, 5, {"duplicate_of": (None, 3)})
    assert came(opened(), merged, hours=9) == {}
    again = event(Kind.UNDONE, 6, {"duplicate_of": (3, None)})
    assert came(opened(), merged, again, hours=9) == {1: Came.HANDLED}
    assert came(opened(confidential=True), merged, again, hours=9) == {}


def test_a_case_that_begins_above_and_comes_down_stays_below_too() -> None:
    assert came(opened(tier=2), back(1, ""), hours=9) == {2: Came.HANDLED, 1: Came.HANDLED}
    assert came(opened(tier=2), back(1, "solvable-below"), hours=9) == {1: Came.HANDLED}


def test_what_changes_nothing_it_rests_on_leaves_the_trail_as_it_is() -> None:
    trail = trail_of((opened(),), FOUR_HOURS)

    assert followed(trail, event(Kind.NOTED, 9, {}), FOUR_HOURS) is trail
    assert followed(NOT_YET, an_event(Kind.OPENED), FOUR_HOURS) == replace(Trail(), stays=(Stay(1, MORNING, likes()),))
