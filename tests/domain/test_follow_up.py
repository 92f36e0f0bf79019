"""Following up: who belongs to a case, and what a reply does to one that is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from console.domain.arrival import Arrival, Step
from console.domain.case import Status
from console.domain.envelope import Attached, Envelope, Failed
from console.domain.events import Event, Kind
from console.domain.follow_up import AfterEnd, FollowUp, followed_up, goes_on_with, takes_part
from console.domain.mail_address import address_of, is_same
from console.domain.policy_file import faults, read
from tests.builders import MORNING, a_case

SAMPLE = (Path(__file__).parents[2] / "sample_data" / "policy.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Ada <Ada@X.org>", "ada@x.org"),
        ("ada@x.org", "ada@x.org"),
        ('"eve@evil.org" <ada@x.org>', "ada@x.org"),
        ("Ada Lovelace", ""),
        ("ada@x.org and more", ""),
        ("", ""),
    ],
)
def test_the_address_in_a_name_is_the_one_in_brackets(name: str, address: str) -> None:
    assert address_of(name) == address


def test_people_are_the_same_by_their_address_alone() -> None:
    assert is_same("Ada <ada@x.org>", "A. Lovelace <ADA@x.org>")
    assert not is_same("Ada <ada@x.org>", "Ada <eve@x.org>")
    assert is_same("Kim", "Kim")
    assert not is_same("Kim", "Kim <kim@x.org>")


def test_a_policy_says_what_replies_do() -> None:
    written = '[follow_up]\nresolved = "note"\nclosed = "reopen"\nsame_subject = "2d"\n'

    assert read(SAMPLE + written, "p.toml").follow_up == FollowUp(AfterEnd.NOTE, AfterEnd.REOPEN, timedelta(days=2))
    assert read(SAMPLE, "p.toml").follow_up == FollowUp()
    told = [str(fault) for fault in faults(SAMPLE + '[follow_up]\nclosed = "burn"\n', "p.toml")]
    assert any("burn" in each for each in told)


@pytest.mark.parametrize(
    ("status", "rule", "after"),
    [
        (Status.RESOLVED, FollowUp(), Status.OPEN),
        (Status.RESOLVED, FollowUp(resolved=AfterEnd.NOTE), Status.RESOLVED),
        (Status.CLOSED, FollowUp(), Status.CLOSED),
        (Status.CLOSED, FollowUp(closed=AfterEnd.REOPEN), Status.OPEN),
        (Status.OPEN, FollowUp(closed=AfterEnd.REOPEN), Status.OPEN),
        (Status.WAITING, FollowUp(), Status.OPEN),
    ],
)
def test_what_a_reply_does_to_a_case(status: Status, rule: FollowUp, after: Status) -> None:
    case = a_case(status=status, waiting_for="customer" if status is Status.WAITING else "")

    found = followed_up(case, rule)

    assert found.status is after
    assert found.reopened == int(after is Status.OPEN and status in {Status.RESOLVED, Status.CLOSED})


def test_who_takes_part_in_a_case() -> None:
    case = a_case(requester="Kim <kim@x>")
    history = [
        Event(case=case.id, version=1, at=MORNING, actor=case.id, kind=Kind.OPENED, detail={"copied": ["Lee <lee@x>"]}),  # type: ignore[arg-type]
        Event(case=case.id, version=2, at=MORNING, actor=case.id, kind=Kind.NOTED, detail={"by": "Bo <bo@desk>"}),  # type: ignore[arg-type]
    ]

    said = {who: takes_part(who, case, history, ["ada@desk", ""]) for who in ("kim@x", "LEE@x", "bo@desk", "ada@desk")}
    strange = {who: takes_part(who, case, history, ["ada@desk", ""]) for who in ("eve@evil", "Eve", "")}

    assert set(said.values()) == {True}
    assert set(strange.values()) == {False}


def test_what_is_about_the_same_is_near_in_time_and_live() -> None:
    day = timedelta(days=1)
    policy = FollowUp(same_subject=day)
    case = a_case(created=MORNING, updated=MORNING + 3 * day)
    for days, is_near in ((4, True), (-1, True), (5, False), (-2, False)):
        arrival = Arrival("It is down", created=MORNING + days * day)
        assert goes_on_with(case, arrival, policy, MORNING) is is_near
    assert goes_on_with(case, Arrival("It is down"), policy, MORNING)


def test_an_alarm_that_goes_off_again_belongs_to_its_resolved_case_where_replies_reopen_it() -> None:
    over = a_case(status=Status.RESOLVED, created=MORNING, updated=MORNING)
    mail, alarm = Arrival("It is down"), Arrival("It is down", steps=(Step(MORNING, "firing"),))
    assert not goes_on_with(over, mail, FollowUp(), MORNING)
    assert goes_on_with(over, alarm, FollowUp(), MORNING)
    assert not goes_on_with(over, alarm, FollowUp(resolved=AfterEnd.NOTE), MORNING)


def test_an_envelope_tells_only_what_there_is() -> None:
    assert Envelope().told() == {}
    full = Envelope((Attached("a", "text/plain", 1, "ff"),), ("bo@x",), "Precedence: bulk", (Failed("kim@x", "5.1.1"),))
    assert full.told() == {
        "attached": [{"name": "a", "kind": "text/plain", "size": 1, "sha256": "ff", "kept": "", "why": ""}],
        "copied": ["bo@x"],
        "unanswered": "Precedence: bulk",
        "failed": [{"address": "kim@x", "status": "5.1.1", "is_permanent": False}],
    }
