"""The calendars of a policy file, and what is wrong with them."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from console.domain.calendar_lint import calendar_findings
from console.domain.calendar_tables import calendars_of
from console.domain.timing import Timing
from console.domain.toml_table import Table, Wrong
from tests.builders import a_policy

OFFICE = """
[calendar.office]
zone = "Europe/Berlin"
hours = ["mo-fr 08:00-12:30, mo-fr 13:15-18:00", "sa 22:00-24:00"]
holidays = "DE-HE"
closed = ["2026-12-24"]
[calendar.office.open]
"2026-12-19" = ["13:00-15:00", "09:00-11:00"]
"""


def read(text: str) -> tuple[Timing, list[Wrong]]:
    """Read the calendars of a text, and what is wrong with them."""
    wrong: list[Wrong] = []
    return Timing(calendars=calendars_of(Table(tomllib.loads(text), (), wrong))), wrong


def test_hours_holidays_and_exceptions_are_read() -> None:
    timing, wrong = read(OFFICE)
    office = timing.calendar_of("office")
    assert not wrong
    assert office.week[0] == ((480, 750), (795, 1080))
    assert office.week[5] == ((1320, 1440),)
    assert (office.zone, office.region) == ("Europe/Berlin", "DE-HE")
    assert office.exceptions == {date(2026, 12, 24): (), date(2026, 12, 19): ((540, 660), (780, 900))}
    assert timing.calendar_of("").is_always, "without a word every second counts"


def test_a_calendar_may_say_always() -> None:
    timing, wrong = read('[calendar.duty]\nhours = "always"')
    assert timing.calendar_of("duty").is_always
    assert not wrong


@pytest.mark.parametrize(
    ("text", "path", "sentence"),
    [
        ('zone = "Europe/Berln"\nhours = ["mo 08:00-09:00"]', ("zone",), "did you mean 'Europe/Berlin'?"),
        ('hours = ["mo 22:00-06:00"]', ("hours", 0), "past midnight as"),
        ('hours = ["mo 08:00-12:00", "mo 11:00-13:00"]', ("hours", 1), "overlap others on mo"),
        ("hours = []", ("hours",), 'or write hours = "always"'),
        ("", ("hours",), "This is missing"),
        ('hours = "always"\nholidays = "Germany"', ("holidays",), "write a country as DE"),
        ('hours = "always"\nclosed = ["24.12."]', ("closed", 0), "write it as 2026-12-24"),
        ('hours = "always"\nopen = { "2026-12-19" = ["15:00-09:00"] }', ("open", "2026-12-19", 0), "as 09:00-15:00"),
        ('hours = "always"\nopen = { "2026-12-19" = ["09:70-10:00"] }', ("open", "2026-12-19", 0), "as 09:00-15:00"),
        ('hours = "always"\nopen = { "x" = ["09:00-10:00"] }', ("open", "x"), "write it as"),
        (
            'hours = "always"\nopen = { "2026-12-19" = ["09:00-12:00", "10:00-11:00"] }',
            ("open", "2026-12-19"),
            "These hours overlap each other",
        ),
        (
            'hours = "always"\nclosed = ["2026-12-19"]\nopen = { "2026-12-19" = ["09:00-12:00"] }',
            ("open", "2026-12-19"),
            "stands under `closed` too",
        ),
        ('hours = "always"\nclosd = []', ("closd",), "did you mean 'closed'?"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, path: tuple[str | int, ...], sentence: str) -> None:
    _, wrong = read(f"[calendar.x]\n{text}")
    assert [each.path for each in wrong] == [("calendar", "x", *path)]
    assert sentence in wrong[0].sentence


def test_a_name_that_is_none_is_said() -> None:
    _, wrong = read('[calendar.always]\nhours = "always"\n[calendar."Big Office"]\nhours = "always"')
    assert [each.path for each in wrong] == [("calendar", "always"), ("calendar", "Big Office")]


def findings(text: str) -> list[tuple[str, str]]:
    """Give path and sentence of what the lint says of the calendars of a text."""
    timing, _ = read(text)
    return [(".".join(map(str, each.path)), each.sentence) for each in calendar_findings(a_policy(timing=timing))]


def test_the_lint_names_calendars_that_nothing_counts_by() -> None:
    assert findings(OFFICE) == [
        ("calendar.office", "Nothing counts by this calendar; name it in [clocks], a clock, a rule or a ladder.")
    ]


def test_the_lint_is_silent_about_a_calendar_that_counts() -> None:
    timing = replace(read(OFFICE)[0], calendar="office")
    assert [*calendar_findings(a_policy(timing=timing))] == []


def test_the_lint_names_exceptions_that_change_nothing() -> None:
    told = dict(findings(OFFICE.replace("2026-12-24", "2026-12-20")))
    assert told["calendar.office.closed"] == "2026-12-20 is a day without hours anyway."
    always = findings('[calendar.duty]\nhours = "always"\nholidays = "DE"')
    assert always[1] == ("calendar.duty", "This calendar always counts, so its holidays and exceptions say nothing.")
