"""Calendars on the command line: their weeks, what counts on a day and why, and holidays fetched anew."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from console.cli.calendar_page import page, standing
from console.desk import holidays
from console.domain.calendar import ALWAYS, Calendar
from tests.cli.conftest import Shell

WEEK = (((480, 750), (795, 1080)),) * 5 + (((540, 780),), ())
OFFICE = Calendar(
    "office", "Europe/Berlin", WEEK, holidays=frozenset({date(2026, 12, 25), date(2026, 12, 27)}),
    exceptions={date(2026, 12, 24): (), date(2026, 12, 20): ((540, 900),)},
)  # fmt: skip
NAMES = {date(2026, 12, 25): "Christmas Day", date(2026, 12, 27): "a Sunday"}


def test_a_calendar_is_shown_with_its_week_and_the_days_that_are_not_as_usual() -> None:
    assert [*page(OFFICE, NAMES, datetime(2026, 12, 18, 12, tzinfo=UTC))] == [
        "office  Europe/Berlin  closed until Fri 13:15",
        "  mo-fr     08:00-12:30, 13:15-18:00",
        "  sa        09:00-13:00",
        "  su        closed",
        "  Sun 2026-12-20  09:00-15:00  (exception)",
        "  Thu 2026-12-24  closed  (exception)",
        "  Fri 2026-12-25  closed  (Christmas Day)",
    ]
    assert [*page(ALWAYS, {}, datetime(2026, 12, 18, tzinfo=UTC))] == ["always  round the clock"]


@pytest.mark.parametrize(
    ("hour", "minute", "told"),
    [(6, 0, "closed until Fri 08:00"), (8, 0, "open until Fri 12:30"), (12, 0, "closed until Fri 13:15"),
     (12, 15, "open until Fri 18:00"), (17, 0, "closed until Sat 09:00")],
)  # fmt: skip
def test_a_calendar_says_whether_it_is_open_and_until_when(hour: int, minute: int, told: str) -> None:
    assert standing(OFFICE, datetime(2026, 12, 18, hour, minute, tzinfo=UTC)) == told


def test_what_counts_on_a_day_is_told_with_its_reason(shell: Shell) -> None:
    assert (
        shell.done("calendar", "office", "--on", "2026-12-25").out
        == "office  Fri 2026-12-25  closed  (Christmas Day)\n"
    )
    assert "closed  (exception)" in shell.done("calendar", "office", "--on", "2026-12-24").out
    assert shell.done("calendar", "always", "--on", "2026-12-25").out == "always  Fri 2026-12-25  round the clock\n"
    assert shell.done("calendar", "--on", "2026-12-25", "--json").json == [
        {"id": "always", "day": "2026-12-25", "hours": ["00:00-24:00"], "holiday": "", "exception": False},
        {"id": "office", "day": "2026-12-25", "hours": [], "holiday": "Christmas Day", "exception": False},
    ]


def test_all_calendars_are_listed_and_a_wrong_name_is_refused(shell: Shell) -> None:
    said = shell.done("calendar").out
    assert "always  round the clock" in said
    assert "  mo-fr     08:00-18:00" in said
    always, office = shell.done("calendar", "--json").json
    assert (always["always"], office["week"]["mo"]) == (True, ["08:00-18:00"])
    assert {"day": "2026-12-25", "name": "Christmas Day"} in office["holidays"]
    assert "did you mean 'office'" in shell("calendar", "offce").err
    assert shell("calendar", "--on", "Christmas").code == 2


def test_holidays_are_fetched_anew_when_asked(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.done("calendar")
    assert shell.done("calendar", "--refresh").out == "DE-HE  nothing changed\n"
    monkeypatch.setattr(holidays, "fetched", lambda *_: {date(2028, 2, 29): "Leap day"})

    told = shell.done("calendar", "--refresh", "--json").json["DE-HE"]

    assert "+2028-02-29 Leap day" in told
    assert "-2028-12-25 Christmas Day" in told
