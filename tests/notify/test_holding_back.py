"""Nobody is disturbed at night or too often; what waits goes out together, and the ledger says why it waited."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from console.desk import assignment, inbox
from console.desk.desk import Desk
from console.domain.calendar import Calendar
from console.domain.case import PersonId, Severity
from console.domain.delivering import State
from console.domain.notice import NoticeKind
from console.domain.notify import Route
from console.notify.delivery import Delivered, deliver_due
from console.store import people
from tests.builders import at
from tests.desk.conftest import Clock
from tests.notify.givens import ADA, CY, LENA, given, ledger, states, under
from tests.notify.servers import MailServer

BERLIN = ZoneInfo("Europe/Berlin")
BY_DAY = Calendar("quiet", "Europe/Berlin", (((7 * 60, 20 * 60),),) * 7)
"""When it is not quiet: from seven to twenty in Berlin."""


def deliver(desk: Desk, post: MailServer) -> Delivered:
    """Deliver what is due by mail."""
    return deliver_due(desk, {"mail": post.setup}, jitter=lambda: 0.5)


@pytest.fixture
def night(desk: Desk, clock: Clock) -> Desk:
    """Give a desk with quiet hours, at ten in the evening in Berlin."""
    clock.now = at(hours=12)
    return under(desk, hours=BY_DAY, zone="Europe/Berlin")


def test_what_comes_at_night_waits_for_the_morning_and_goes_out_together(
    night: Desk, post: MailServer, clock: Clock
) -> None:
    given(night, number=3)
    given(night, to=CY)

    assert deliver(night, post) == Delivered(held=4)
    assert {item.delivery.reason for item in ledger(night)} == {"quiet hours until Tue 07:00"}
    assert deliver(night, post) == Delivered()
    clock.now = at(hours=21)

    assert deliver(night, post) == Delivered(sent=2)
    subjects = {mail["To"]: mail["Subject"] for mail in post.mails}
    assert subjects == {"ada@desk.example": "3 notices in Triage", "cy@desk.example": "4 S2: yours to work on"}
    assert {item.delivery.state for item in ledger(night)} == {State.SENT}
    text = next(post.text(place) for place, mail in enumerate(post.mails) if mail["To"] == "ada@desk.example")
    assert [line[:4] for line in text.splitlines() if line[:1].isdigit()] == ["1 S2", "2 S2", "3 S2"]


def test_what_is_urgent_goes_out_at_night(night: Desk, post: MailServer) -> None:
    night = under(night, urgent_severities=frozenset({Severity.S1}), urgent_kinds=frozenset({NoticeKind.EXHAUSTED}))
    given(night, severity="S1")
    given(night, severity="S2")
    assert deliver(night, post) == Delivered(sent=1, held=1)


def test_what_is_settled_while_it_waits_is_not_in_the_digest(night: Desk, post: MailServer, clock: Clock) -> None:
    first, second, _ = given(night, number=3)
    deliver(night, post)
    inbox.see_case(night, ADA, first)
    assignment.assign(night, LENA, second, "cy")  # ada is told that it was taken from her
    clock.now = at(hours=21)

    deliver(night, post)

    (text,) = (post.text(place) for place, mail in enumerate(post.mails) if mail["To"] == "ada@desk.example")
    assert "for you to know: lena assigned it from ada to cy" in text
    assert [line[:4] for line in text.splitlines() if line[:1].isdigit()] == ["2 S2", "3 S2"]


def test_a_digest_that_fails_is_tried_again_without_what_was_settled_since(
    night: Desk, post: MailServer, clock: Clock
) -> None:
    first, _, _ = given(night, number=3)
    deliver(night, post)
    clock.now = at(hours=21)
    post.answers.append("451 later")
    assert deliver(night, post) == Delivered(later=1)
    inbox.see_case(night, ADA, first)
    clock.forward(minutes=1)

    assert deliver(night, post) == Delivered(sent=1)

    assert post.mails[0]["Subject"] == "2 notices in Triage"
    assert sorted(states(night)) == [State.CANCELLED, State.SENT, State.SENT, State.SENT]


def test_a_digest_of_which_nothing_is_left_is_cancelled(night: Desk, post: MailServer, clock: Clock) -> None:
    given(night, number=2)
    deliver(night, post)
    clock.now = at(hours=21)
    post.answers.append("451 later")
    deliver(night, post)
    inbox.see_all(night, ADA)
    clock.forward(minutes=1)

    assert deliver(night, post) == Delivered(cancelled=1)
    assert set(states(night)) == {State.CANCELLED}


def test_a_digest_that_fails_until_it_is_quiet_again_waits_for_the_morning(
    night: Desk, post: MailServer, clock: Clock
) -> None:
    given(night, number=2)
    deliver(night, post)
    clock.now = at(hours=33, minutes=59.5)  # half a minute before it is quiet
    post.answers.append("451 later")
    assert deliver(night, post) == Delivered(later=1)
    clock.forward(minutes=2)

    assert deliver(night, post) == Delivered(held=1)

    clock.now = at(hours=45)
    assert deliver(night, post) == Delivered(sent=1)
    assert post.mails[0]["Subject"] == "2 notices in Triage"


def test_what_was_held_back_and_finds_it_quiet_again_waits_on(night: Desk, post: MailServer, clock: Clock) -> None:
    given(night, number=2)
    deliver(night, post)
    clock.now = at(hours=36)  # nobody delivered all day
    assert deliver(night, post) == Delivered(held=2)
    assert {item.delivery.reason for item in ledger(night)} == {"quiet hours until Wed 07:00"}


@pytest.mark.parametrize(
    ("evening", "morning"),
    [
        ((2026, 3, 28, 22), (2026, 3, 29, 7)),  # the clocks go forward that night: it has nine hours, not ten
        ((2026, 10, 24, 22), (2026, 10, 25, 7)),  # and back: eleven
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(
    desk: Desk, post: MailServer, clock: Clock, evening: tuple[int, ...], morning: tuple[int, ...]
) -> None:
    night = under(desk, hours=BY_DAY, zone="Europe/Berlin")
    year, month, day, hour = evening
    clock.now = datetime(year, month, day, hour, tzinfo=BERLIN).astimezone(at().tzinfo)
    given(night)
    deliver(night, post)
    year, month, day, hour = morning
    ends = datetime(year, month, day, hour, tzinfo=BERLIN).astimezone(at().tzinfo)

    assert ledger(night)[0].delivery.next_try == ends
    clock.now = ends - timedelta(seconds=1)
    assert deliver(night, post) == Delivered()
    clock.now = ends
    assert deliver(night, post) == Delivered(sent=1)


def test_it_is_quiet_while_a_calendar_is_closed(desk: Desk, post: MailServer, clock: Clock) -> None:
    office = Calendar("office", "UTC", (((8 * 60, 17 * 60),),) * 5 + ((), ()))
    timing = replace(desk.policy.timing, calendars={"office": office})
    shut = under(replace(desk, policy=replace(desk.policy, timing=timing)), calendar="office", hours=BY_DAY)
    clock.now = at(days=5)  # a Saturday
    given(shut)
    assert deliver(shut, post) == Delivered(held=1)
    assert ledger(shut)[0].delivery.next_try == at(days=7, hours=-1)


def test_beyond_the_budget_of_a_day_everything_waits_for_the_digest(desk: Desk, post: MailServer, clock: Clock) -> None:
    desk = under(desk, budget=2, digests=(time(14), time(11)), urgent_severities=frozenset({Severity.S1}))
    given(desk, number=5)
    given(desk, to=CY)
    given(desk, severity="S1")

    assert deliver(desk, post) == Delivered(sent=4, held=3)
    assert [item.delivery.reason for item in ledger(desk, State.HELD)] == [
        "ada was sent enough today; goes into the digest of Mon 11:00"
    ] * 3
    clock.forward(hours=2)
    assert deliver(desk, post) == Delivered(sent=1)
    assert post.mails[-1]["Subject"] == "3 notices in Triage"
    given(desk)
    assert deliver(desk, post) == Delivered(held=1)
    clock.now = at(hours=15.1)  # the next day has a budget of its own
    given(desk)
    assert deliver(desk, post) == Delivered(sent=1)
    assert post.mails[-1]["Subject"] == "2 notices in Triage"
    given(desk)
    assert deliver(desk, post) == Delivered(sent=1)


def test_a_route_for_digests_waits_for_their_time(desk: Desk, post: MailServer, clock: Clock) -> None:
    desk = under(desk, routes=(Route(channels=("mail",), is_digest=True),), digests=(time(10),))
    given(desk)
    assert deliver(desk, post) == Delivered()
    assert ledger(desk)[0].delivery.reason == "goes into the digest, as the policy says"
    clock.forward(hours=1)
    assert deliver(desk, post) == Delivered(sent=1)


def test_whoever_is_no_longer_known_is_sent_nothing(desk: Desk, post: MailServer) -> None:
    given(desk)
    with desk.store.write() as tx:
        tx.rows("DELETE FROM person WHERE id = 'ada'")
        tx.ahead.people = None
        assert people.find(tx, PersonId("ada")) is None
    assert deliver(desk, post) == Delivered(cancelled=1)
    assert ledger(desk)[0].delivery.reason == "they may not know of the case any more"
