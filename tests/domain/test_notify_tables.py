"""The `[notify]` table of a policy file, and what is said about it."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from console.domain.case import Severity
from console.domain.notice import NoticeKind
from console.domain.notify import Notify, Route, Text
from console.domain.policy_file import faults, read

SAMPLE = (Path(__file__).parents[2] / "sample_data" / "policy.toml").read_text(encoding="utf-8")
PLAIN = SAMPLE[: SAMPLE.index("[notify]")]
BERLIN = ZoneInfo("Europe/Berlin")


def notify(text: str) -> Notify:
    """Give what a policy with this says of notices."""
    return read(PLAIN + text, "p.toml").notify


def told(text: str) -> list[str]:
    """Give what is said about a policy with this, without file and line."""
    return [str(fault).split(": ", 1)[1] for fault in faults(PLAIN + text, "p.toml") if "notify" in fault.key]


def test_a_policy_that_says_nothing_sends_nothing() -> None:
    assert notify("") == Notify()


def test_the_sample_says_everything() -> None:
    found = read(SAMPLE, "policy.toml").notify
    assert (found.zone, found.budget, found.digests) == ("Europe/Berlin", 25, (time(9), time(14)))
    assert found.urgent_severities == {Severity.S1}
    assert found.urgent_kinds == {NoticeKind.EXHAUSTED}
    assert found.routes[0] == Route(
        channels=("mail", "pager"),
        severities=frozenset({Severity.S1}),
        kinds=frozenset({NoticeKind.ESCALATED, NoticeKind.ENGAGED, NoticeKind.EXHAUSTED, NoticeKind.LATE}),
    )
    assert found.routes[1].is_digest
    assert found.routes[2] == Route(channels=("mail",))
    assert set(found.texts) == {"any", "escalated"}
    assert told(SAMPLE[SAMPLE.index("[notify]") :]) == []


ONLY = "so that only what is urgent would ever be sent."
ROUTE = '\n[[notify.route]]\nchannels = ["mail"]\n'


@pytest.mark.parametrize(
    ("quiet", "hour", "minute", "until"),
    [
        ('["20:00-07:00"]', 21, 30, (24, 7, 0)),
        ('["20:00-07:00"]', 6, 59, (23, 7, 0)),
        ('["20:00-07:00"]', 7, 0, None),
        ('["mo 20:00-07:00", "tu 07:00-08:15"]', 21, 0, (24, 8, 15)),
        ('["mo-we 00:00-24:00"]', 12, 0, (26, 0, 0)),
        ('["su-mo 09:00-10:00"]', 9, 30, (23, 10, 0)),
        ('["tu-su 00:00-24:00"]', 9, 30, None),
        ('[" MO   12:00-13:00 "]', 12, 30, (23, 13, 0)),
    ],
)
def test_quiet_hours_are_read_as_people_write_them(
    quiet: str, hour: int, minute: int, until: tuple[int, int, int] | None
) -> None:
    found = notify(f'[notify]\nzone = "Europe/Berlin"\nquiet = {quiet}\n{ROUTE}')
    now = datetime(2026, 11, 23, hour, minute, tzinfo=BERLIN)
    ends = found.quiet_until(now, {})
    assert ends == (datetime(2026, 11, until[0], *until[1:], tzinfo=BERLIN) if until else None)


def test_it_may_be_quiet_while_a_calendar_is_closed() -> None:
    assert notify(f'[notify]\ncalendar = "office"\n{ROUTE}').calendar == "office"


def test_routes_are_read_with_all_their_criteria() -> None:
    (first, second) = notify("""[notify]
    [[notify.route]]
    kinds = ["late"]
    severities = ["S1", "S2"]
    people = ["lena"]
    teams = ["database"]
    tiers = [2, 4]
    channels = ["mail", "mail", "pager"]
    digest = true
    [[notify.route]]
    outside = true
    channels = []
    """).routes
    assert first == Route(
        channels=("mail", "pager"), kinds=frozenset({NoticeKind.LATE}), people=frozenset({"lena"}),
        severities=frozenset({Severity.S1, Severity.S2}), teams=frozenset({"database"}), tiers=frozenset({2, 4}),
        is_digest=True,
    )  # fmt: skip
    assert second == Route(channels=(), is_outside=True)


def test_a_text_keeps_what_is_not_said_of_it() -> None:
    texts = notify(f'[notify]\n{ROUTE}[notify.text.late]\nsubject = "Late: $case"\n').texts
    assert texts["late"] == Text("Late: $case", "$case $title\n$why, $severity, $left\n\n$what ($at)\n\n$link\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('zone = "Mars/Sea"', "notify.zone: There is no time zone 'Mars/Sea'; write one such as Europe/Berlin."),
        ('zone = "/etc"', "notify.zone: There is no time zone '/etc'; write one such as Europe/Berlin."),
        (
            'quiet = ["at night"]',
            "notify.quiet[0]: 'at night' is no span of hours; write 20:00-07:00 or sa-su 00:00-24:00.",
        ),
        (
            'quiet = ["xx 08:00-09:00"]',
            "notify.quiet[0]: 'xx 08:00-09:00' is no span of hours; write 20:00-07:00 or sa-su 00:00-24:00.",
        ),
        (
            'quiet = ["25:00-09:00"]',
            "notify.quiet[0]: '25:00-09:00' is no span of hours; write 20:00-07:00 or sa-su 00:00-24:00.",
        ),
        (
            'quiet = ["00:00-24:00"]',
            "notify.quiet: It is always quiet, so that only what is urgent would ever be sent; leave some hours.",
        ),
        ('calendar = "offfice"', "notify.calendar: There is no calendar 'offfice'; did you mean 'office'?"),
        ('urgent = ["S1", "lat"]', "notify.urgent[1]: 'lat' is neither a severity nor a kind of notice;"),
        ('digest = ["9:00"]', "notify.digest[0]: '9:00' is not a time such as 09:00."),
        ("budget = -1", "notify.budget: This is -1; it must be 0 or more."),
        ('loud = "x"', "notify.loud: There is no key 'loud' here; did you mean 'zone'?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_place(text: str, said: str) -> None:
    found = told(f"[notify]\n{text}\n{ROUTE}")
    assert [line.split(";")[0] for line in found] == [said.split(";", maxsplit=1)[0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('channels = ["M X"]', "channels[0]: 'M X' is not the name of a channel"),
        ('channels = ["mail"]\nkinds = ["lat"]', "kinds[0]: There is no 'lat' here"),
        ('channels = ["mail"]\nseverities = ["S9"]', "severities[0]: There is no 'S9' here"),
        ('channels = ["mail"]\ntiers = ["2"]', "tiers[0]: This must be a whole number: the level of a tier."),
        ('channels = ["mail"]\ntiers = [true]', "tiers[0]: This must be a whole number: the level of a tier."),
        ('channels = ["mail"]\ntiers = 2', "tiers[0]: This must be a whole number: the level of a tier."),
        ('channels = ["mail"]\ntiers = [9]', "tiers: There is no tier 9; the tiers are 1, 2, 3, 4."),
        ('channels = ["mail"]\nteams = ["databse"]', "teams: There is no team 'databse'; did you mean 'database'?"),
        ('channels = ["mail"]\noutside = 1', "outside: This must be true or false."),
        ("digest = true", "channels: This is missing; it takes a list."),
    ],
)
def test_what_is_wrong_with_a_route_is_said_at_its_place(text: str, said: str) -> None:
    (found,) = told(f"[notify]\n[[notify.route]]\n{text}\n")
    assert found.startswith(f"notify.route[0].{said}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[notify.text.lat]\nsubject = "x"', "notify.text.lat: There is no kind of notice 'lat'; did you mean 'late'?"),
        (
            '[notify.text.late]\nbody = "$titel"',
            "notify.text.late.body: '$titel' stands for nothing; did you mean 'title'?",
        ),
        (
            '[notify.text.confidential]\nbody = "Look at $case"',
            "notify.text.confidential.body: '$case' stands for nothing; known are none.",
        ),
        (
            '[notify.text.digest]\nsubject = "$case"',
            "notify.text.digest.subject: '$case' stands for nothing; known are count, list, person, desk.",
        ),
    ],
)
def test_a_name_that_stands_for_nothing_is_a_fault(text: str, said: str) -> None:
    (found,) = told(f"[notify]\n{ROUTE}{text}\n")
    assert found.removesuffix(" A dollar sign itself is written $$.") == said


def test_a_link_has_the_number_of_the_case_in_it_and_nothing_else() -> None:
    (found,) = told(f'[notify]\nlink = "https://desk.example/$case?for=$person"\n{ROUTE}')
    assert found.startswith("notify.link: '$person' stands for nothing; known are case.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[notify]\nbudget = 3\n", "notify: There is no route, so that nothing is ever sent; add [[notify.route]]."),
        (
            "[notify]\n[[notify.route]]\nchannels = []\n",
            "notify.route: No route has a channel, so that nothing is ever sent.",
        ),
        (
            f'[notify]\n{ROUTE}[[notify.route]]\nkinds = ["late"]\nchannels = ["pager"]\n',
            "notify.route[1]: No notice ever comes here: a route before it takes all of them.",
        ),
        (
            f'[notify]\ncalendar = "office"\nquiet = ["07:00-21:00"]\nzone = "Europe/Berlin"\n{ROUTE}',
            f"notify.calendar: It is always quiet while this calendar is open, {ONLY}",
        ),
    ],
)
def test_what_would_disappoint_is_said(text: str, said: str) -> None:
    assert told(text) == [said]


def test_a_route_for_outside_is_not_hidden_by_one_for_inside() -> None:
    assert told(f'[notify]\n{ROUTE}[[notify.route]]\noutside = true\nchannels = ["mail"]\n') == []
