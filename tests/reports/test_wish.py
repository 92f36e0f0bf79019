"""What is wished of a report: periods as people write them, up to now or not, and a view."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from console.desk.desk import Desk
from console.domain.errors import Refused
from console.reports.wish import USUAL, Wish, asked, period
from tests.builders import MORNING, at
from tests.desk.figured import OLGA

BERLIN = "Europe/Berlin"
DAY = timedelta(days=1)


def on(month: int, day: int, hour: int = 0) -> datetime:
    """Give a time of the year."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("", None, None),
        ("26w", MORNING - 26 * 7 * DAY, None),
        ("2026-01-02", on(1, 1, 23), None),
        ("2026-01-02 to 2026-04-02", on(1, 1, 23), on(4, 1, 22)),
        ("2026-01-02 2026-04-02T12:00Z", on(1, 1, 23), on(4, 2, 12)),
        ("--since 2026-01-02 --until=2026-04-02", on(1, 1, 23), on(4, 1, 22)),
        ("until 3d from 2w", MORNING - 14 * DAY, MORNING - 3 * DAY),
        ("until 2026-04-02", None, on(4, 1, 22)),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, since: datetime | None, until: datetime | None) -> None:
    assert period(text, MORNING, BERLIN) == (since, until)


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "1d 2d 3d", "2026-01-02 and 2026-04-02", "999999w"])
def test_what_is_no_time_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(Refused, match=r"is no time: write 26w"):
        period(text, MORNING, BERLIN)


@pytest.mark.parametrize("text", ["2026-04-02 to 2026-01-02", "2099-01-01", "1d to 2d"])
def test_a_period_that_ends_before_it_begins_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="ends before it begins"):
        period(text, MORNING, BERLIN)


def test_a_wish_is_asked_up_to_the_second_at_hand(desk: Desk) -> None:
    now = at(days=2)
    usual = asked(desk, OLGA, Wish(), now)
    assert usual.until - usual.since == USUAL
    assert usual.now < usual.until
    earlier = asked(desk, OLGA, Wish(DAY, until=at(days=1), view="2"), now)
    assert (earlier.since, earlier.until) == (at(), at(days=1))
    assert (earlier.view, earlier.query) == ("New", 'in:"New"')
    with pytest.raises(Refused, match="no view 'weather'"):
        asked(desk, OLGA, Wish(view="weather"), now)
