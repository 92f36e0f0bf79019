"""Tests of why and next as commands: what they print at eighty columns, and as JSON."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.cli import call as calling
from tests.builders import MORNING
from tests.cli.conftest import Shell


class Time:
    """The time that the commands see."""

    now = MORNING


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """Let the commands see nine o'clock on a Monday, until it is moved."""
    time = Time()
    monkeypatch.setattr(calling, "clock", lambda: time.now)
    return time


@pytest.fixture
def timed(empty: Shell, time: Time) -> Shell:
    """Give a shell with an urgent case that came in at nine, under the sample policy."""
    empty.done(
        "add", "Checkout returns 502", "--category", "checkout", "--severity", "S1", "--requester", "kim@a.example"
    )
    time.now += timedelta(minutes=20)
    return empty


def test_why_explains_clocks_and_rules_within_eighty_columns(timed: Shell) -> None:
    page = timed.done("why", "1", "--utc").out
    heads = [line for line in page.splitlines()[2:] if line and not line.startswith(" ")]

    assert page.splitlines()[1].startswith("Mon 23 Nov 09:20, times in UTC, policy ")
    assert {"Clocks", "Rules", "Next, if nobody acts"} <= set(heads)
    assert "response" in page
    assert "[clock.response] S1, line " in page
    assert all(len(line) <= 80 for line in page.splitlines())


def test_why_as_json_holds_what_the_page_says(timed: Shell) -> None:
    told = timed.done("why", "1", "--json").json

    assert {"verdict", "why", "checklist", "clocks", "fired", "rules", "ladders", "next", "at"} <= set(told)
    response = next(clock for clock in told["clocks"] if clock["name"] == "response")
    assert (response["target"], response["left"], response["late"]) == (900, -300, True)
    assert response["intervals"] == [{"start": "2026-11-23T09:00:00Z", "end": None, "counts": True, "why": None}]
    assert {"id", "when", "lacks", "at", "fired"} <= set(told["rules"][0])
    assert told["next"]["actions"][0]["source"] == "clock:response"


def test_next_tells_what_comes_until_a_time_and_for_a_closed_case_why_nothing_does(timed: Shell) -> None:
    page = timed.done("next", "1", "--utc").out
    assert "the first response is late" in page
    assert all(len(line) <= 80 for line in page.splitlines())

    soon = timed.done("next", "1", "--until", "2026-11-23T09:30Z", "--json").json
    far = timed.done("next", "1", "--until", "2026-11-24T09:30Z", "--json").json
    assert (soon["until"], soon["is_more"]) == ("2026-11-23T09:30:00Z", True)
    assert len(soon["actions"]) < len(far["actions"])

    timed.done("resolve", "1", "done")
    timed.done("tick")
    assert "it is resolved, so no clock runs and no rule looks at it" in timed.done("next", "1").out


def test_why_at_another_time_tells_how_it_stood_and_how_it_will_stand(timed: Shell, time: Time) -> None:
    timed.done("claim", "1")
    time.now += timedelta(minutes=1)

    stood = timed.done("why", "1", "--at", "2026-11-23T09:10Z", "--json").json
    response = next(clock for clock in stood["clocks"] if clock["name"] == "response")
    assert (stood["at"], response["left"]) == ("2026-11-23T09:10:00Z", 300)
    assert stood["fired"] == []

    will = timed.done("why", "1", "--at", "2026-11-23T12:00Z", "--json").json
    assert "clock:response" in {each["source"] for each in will["fired"]}

    refused = timed("why", "1", "--at", "2026-11-22T12:00Z")
    assert (refused.code, refused.err) == (1, "Case 1 was not there yet at 2026-11-22 12:00 UTC.\n")


def test_what_tick_does_is_in_why_afterwards(timed: Shell) -> None:
    timed.done("tick")
    told = timed.done("why", "1", "--json").json
    fired = next(each for each in told["fired"] if each["source"] == "clock:response")
    assert (fired["due"], fired["at"], fired["late"]) == ("2026-11-23T09:15:00Z", "2026-11-23T09:20:00Z", 300)
    assert "ran out" in timed.done("why", "1").out
