"""The tables of clocks in a policy file: read into targets, with everything that is wrong named at its key."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.domain.calendar import ALWAYS, Calendar
from console.domain.case import Severity
from console.domain.clock_lint import clock_findings
from console.domain.policy import Policy
from console.domain.policy_file import faults, read
from console.domain.policy_finding import Grade
from console.domain.targets import CLOSURE, calendar_of, fitting
from console.domain.timing import ClockName, Target, Timing
from console.settings import sample_data
from tests.builders import a_policy

SAMPLE = (sample_data() / "policy.toml").read_text(encoding="utf-8")
BARE = SAMPLE[: SAMPLE.index("# ---------------------------------------------------------------- when time counts")]
OFFICE = '[calendar.office]\nzone = "Europe/Berlin"\nhours = ["mo-fr 08:00-18:00"]\n'
HOUR = timedelta(hours=1)


def of(text: str) -> Policy:
    """Read a policy that says this of time, and nothing else."""
    return read(f"{BARE}\n{OFFICE}\n{text}", "policy.toml")


def said(text: str) -> list[tuple[str, str]]:
    """Give what is said of a policy, each with its key."""
    return [(fault.key, fault.sentence) for fault in faults(f"{BARE}\n{OFFICE}\n{text}", "policy.toml")]


def test_a_policy_that_says_nothing_of_clocks_has_none() -> None:
    timing = read(BARE, "policy.toml").timing
    assert (timing.targets, timing.warn, timing.calendar) == ((), (50, 75, 100), "always")
    assert fitting(timing, ClockName.CLOSURE, (Severity.S1, "", "", 1)) is None


def test_the_sample_says_how_long_everything_may_take() -> None:
    timing = read(SAMPLE, "policy.toml").timing
    assert {target.clock for target in timing.targets} == set(ClockName) - {ClockName.DECISION}
    assert (timing.calendar, timing.backlog) == ("office", timedelta(days=1))
    first = fitting(timing, ClockName.RESPONSE, (Severity.S1, "", "", 1))
    assert first is not None
    assert (first.within, calendar_of(timing, first).is_always) == (timedelta(minutes=15), True)


def test_exceptions_stand_before_severities_and_those_before_all_others() -> None:
    timing = of(
        '[clocks]\ncalendar = "office"\nwarn = [75, 50]\nbacklog = "2d"\n'
        '[clock.response]\nalways = ["S1"]\nS1 = "15min"\nS2 = "1h"\nwithin = "9h"\ncalendar = "office"\n'
        '[[clock.response.for]]\norganisation = "ACME GmbH"\nwithin = "30min"\ncalendar = "always"\n'
        '[[clock.response.for]]\nseverity = "S2"\ntier = 2\ncategory = "tills"\nwithin = "45min"\n'
    ).timing

    def within(severity: Severity, category: str = "", organisation: str = "", tier: int = 1) -> timedelta | None:
        found = fitting(timing, ClockName.RESPONSE, (severity, category, organisation, tier))
        return found.within if found else None

    assert (timing.warn, timing.backlog) == ((50, 75), timedelta(days=2))
    assert within(Severity.S1) == timedelta(minutes=15)
    assert within(Severity.S2) == HOUR
    assert within(Severity.S4) == 9 * HOUR
    assert within(Severity.S1, organisation="acme gmbh") == timedelta(minutes=30)
    assert within(Severity.S2, "tills", tier=2) == timedelta(minutes=45)
    assert within(Severity.S2, "tills") == HOUR
    assert [target.calendar for target in timing.targets[:3]] == ["always", "office", "always"]
    assert timing.targets[-1] == CLOSURE


def test_a_policy_may_say_another_time_to_close() -> None:
    timing = of('[clock.closure]\nwithin = "10d"\ncalendar = "always"\n').timing
    assert [(target.clock, target.within) for target in timing.targets] == [(ClockName.CLOSURE, timedelta(days=10))]


def test_thirty_days_count_where_only_some_are_named() -> None:
    timing = of('[clock.closure]\nS1 = "7d"\nalways = ["S1"]\n').timing
    assert [target.within.days for target in timing.targets] == [7, 30]


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ('[clock.respnse]\nS1 = "1h"', "clock.respnse", "There is no clock 'respnse'; did you mean 'response'?"),
        ('[clock.decision]\nS1 = "1h"', "clock.decision", "it is due when the brief says"),
        ('[clock.response]\nS5 = "1h"', "clock.response.S5", "There is no key 'S5' here; known are"),
        ('[clock.response]\nS1 = "soon"', "clock.response.S1", "'soon' is not a time such as 30min"),
        ('[clock.response]\nS1 = "1h"\nalways = ["S9"]', "clock.response.always[0]", "'S9' is not a severity"),
        ('[clock.response]\nS1 = "1h"\nalways = ["S2"]', "clock.response.always[0]", "There is no time for S2 here"),
        ("[clocks]\nwarn = [50, 120]", "clocks.warn[1]", "120 is not a percent from 1 to 100."),
        ("[clocks]\nwarm = [50]", "clocks.warm", "There is no key 'warm' here; did you mean 'warn'?"),
        ('[clocks]\nbacklog = "old"', "clocks.backlog", "'old' is not a time"),
        ('[[clock.response.for]]\nwithin = "1h"', "clock.response.for[0]", "This names no case"),
        ('[[clock.response.for]]\nseverity = "S0"\nwithin = "1h"', "clock.response.for[0].severity", "'S0' is not a"),
        ("[[clock.response.for]]\ntier = 1", "clock.response.for[0].within", "This is missing"),
        ('[clock.response]\nfor = ["S1"]', "clock.response.for[0]", "This must be a table."),
        ('[clocks]\ncalendar = "offce"', "clocks.calendar", "There is no calendar 'offce'; did you mean 'office'?"),
        ('[clock.response]\nS1 = "1h"\ncalendar = "late"', "clock.response.S1", "There is no calendar 'late'"),
        (
            '[[clock.response.for]]\ntier = 1\nwithin = "1h"\ncalendar = "x"',
            "clock.response.for[0].calendar",
            "There is no calendar 'x'",
        ),
        (
            '[[clock.response.for]]\ncategory = "till"\nwithin = "1h"',
            "clock.response.for[0].category",
            "There is no category 'till'; did you mean 'tills'?",
        ),
        ('[[clock.response.for]]\ntier = 9\nwithin = "1h"', "clock.response.for[0].tier", "the tiers are 1, 2, 3, 4."),
    ],
)
def test_what_is_wrong_is_told_at_its_key(text: str, key: str, sentence: str) -> None:
    told = said(text)
    assert any(at == key and sentence in words for at, words in told), told


ALL = 'S1 = "1h"\nS2 = "2h"\nS3 = "3h"\nS4 = "4h"\n'


@pytest.mark.parametrize(
    ("text", "key", "sentence", "grade"),
    [
        (
            '[clocks]\ncalendar = "office"\n[clock.response]\nwithin = "1d"\n',
            "clock.response.within",
            "1 d counts 24 hours of opening time a day, which takes about 2 days of office; write hours",
            Grade.NOTE,
        ),
        (
            '[clocks]\ncalendar = "office"\n[[clock.response.for]]\ntier = 2\nwithin = "5d"\n',
            "clock.response.for[0].within",
            "5 d counts 24 hours of opening time a day, which takes about 12 days of office",
            Grade.NOTE,
        ),
        (
            '[clock.response]\nS1 = "3h"\nS2 = "2h"\nwithin = "4h"\n',
            "clock.response.S1",
            "S1 has longer (3 h) than S2 (2 h); the worse must be the faster.",
            Grade.LINT,
        ),
        (
            '[clock.response]\nS1 = "1h"\nS3 = "2h"\n',
            "clock.response",
            "There is no time for S2, S4, so it has no such clock.",
            Grade.NOTE,
        ),
        (
            f"[clock.resolution]\n{ALL}[clock.response]\n{ALL.replace('1h', '90min')}",
            "clock.response.S1",
            "The first answer has longer (1 h 30 min) than the solution (1 h).",
            Grade.LINT,
        ),
        (
            (
                '[[clock.response.for]]\ntier = 2\nwithin = "1h"\n'
                '[[clock.response.for]]\ntier = 2\nseverity = "S1"\nwithin = "30min"\n'
            ),
            "clock.response.for[1]",
            "This never counts: number 1 of [[clock.response.for]] fits first; move it up.",
            Grade.LINT,
        ),
    ],
)
def test_what_could_be_better_is_told_at_its_key(text: str, key: str, sentence: str, grade: Grade) -> None:
    told = [fault for fault in faults(f"{BARE}\n{OFFICE}\n{text}", "policy.toml") if fault.key == key]
    assert [(sentence in fault.sentence, fault.grade) for fault in told] == [(True, grade)], said(text)


@pytest.mark.parametrize(
    "text",
    [
        f"[clock.response]\n{ALL}",
        '[clocks]\ncalendar = "office"\n[clock.closure]\nwithin = "30d"\ncalendar = "always"\n',
        '[clock.response]\nS1 = "9h"\nS2 = "1h"\nS3 = "9h"\nS4 = "9h"\nalways = ["S1"]\ncalendar = "office"\n',
        '[[clock.response.for]]\ntier = 2\nwithin = "1h"\n[[clock.response.for]]\ntier = 3\nwithin = "1h"\n',
    ],
)
def test_nothing_is_said_of_what_is_right(text: str) -> None:
    assert [each for each in said(text) if each[0].startswith("clock")] == []


def test_days_are_said_nothing_of_where_a_calendar_never_opens() -> None:
    shut = Calendar("shut")
    target = Target(clock=ClockName.RESPONSE, within=timedelta(days=1), calendar="shut")
    timing = Timing(calendars={"always": ALWAYS, "shut": shut}, targets=(target,))
    assert list(clock_findings(a_policy(timing=timing))) == []


def test_a_calendar_that_is_not_there_counts_round_the_clock() -> None:
    assert calendar_of(Timing(calendar="lost"), None).is_always
