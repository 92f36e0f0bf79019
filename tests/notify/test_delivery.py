"""What is due is sent, at least once each and under one key, or waits and says why."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from console.desk import deliveries, inbox
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.ledger import ALL, drop, items, remarks, retry
from console.domain import letters
from console.domain.delivering import State
from console.domain.errors import Refused
from console.domain.letters import Letter, Told
from console.domain.notice import NoticeKind
from console.domain.notify import Route
from console.notify.channels import Mail
from console.notify.delivery import Delivered, deliver_due
from console.store import people
from tests.desk.conftest import Clock
from tests.desk.givens import escalate
from tests.notify.givens import ADA, CY, DAN, LENA, OLGA, given, ledger, states, under
from tests.notify.servers import Hook, MailServer


def deliver(desk: Desk, post: MailServer | None = None, hook: Hook | None = None) -> Delivered:
    """Deliver what is due through the servers there are."""
    ways = ({"mail": post.setup} if post else {}) | ({"hook": hook.setup} if hook else {})
    return deliver_due(desk, ways, jitter=lambda: 0.5)


def test_a_notice_goes_out_by_mail(desk: Desk, post: MailServer) -> None:
    (case_id,) = given(desk)

    assert deliver(desk, post) == Delivered(sent=1)

    (mail,) = post.mails
    assert post.to == ["ada@desk.example"]
    assert mail["Subject"] == f"{case_id} S2: yours to work on"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "lena assigned it to ada (2026-11-23 09:00 UTC)" in post.text()
    assert "triage show 1" in post.text()
    (item,) = ledger(desk)
    assert (item.delivery.state, item.delivery.tries) == (State.SENT, 1)
    assert mail["Message-ID"] == f"<{item.delivery.key}@desk.example>"
    assert deliver(desk, post) == Delivered()
    assert len(post.mails) == 1


def test_a_webhook_is_signed_and_carries_its_key(desk: Desk, hook: Hook) -> None:
    desk = under(desk, routes=(Route(channels=("hook",)),))
    given(desk)

    assert deliver(desk, hook=hook).sent == 1

    (posted,) = hook.posted
    told = json.loads(posted.body)
    assert posted.path == "/hook?desk=1"
    assert (told["person"], told["address"], told["facts"]["case"]) == ("ada", "ada@desk.example", 1)
    assert posted.headers["idempotency-key"] == told["key"] == ledger(desk)[0].delivery.key
    signed = hmac.new(b"s3cret", posted.headers["x-triage-timestamp"].encode() + b"." + posted.body, hashlib.sha256)
    assert posted.headers["x-triage-signature"] == f"sha256={signed.hexdigest()}"


def test_every_channel_of_a_route_is_taken(desk: Desk, post: MailServer, hook: Hook) -> None:
    desk = under(desk, routes=(Route(channels=("mail", "hook")),))
    given(desk)
    assert deliver(desk, post, hook).sent == 2
    assert len({item.delivery.key for item in ledger(desk)}) == 2


def test_what_a_response_has_settled_does_not_go_out(desk: Desk, post: MailServer) -> None:
    (case_id,) = given(desk, to=ADA)
    deliver(desk, post)
    escalate(desk, ADA, case_id)

    escalating.accept(desk, DAN, case_id)

    assert deliver(desk, post) == Delivered(sent=1)
    assert {mail["To"] for mail in post.mails[1:]} == {"ada@desk.example"}
    gone = ledger(desk, State.CANCELLED)
    assert {(each.delivery.person, each.delivery.reason) for each in gone} == {
        ("dan", "they have acted on the case since"),
        ("eva", "dan was first: accepted"),
    }


def test_what_was_seen_in_the_console_does_not_go_out(desk: Desk, post: MailServer) -> None:
    given(desk)
    inbox.see_all(desk, ADA)
    assert deliver(desk, post) == Delivered()
    assert ledger(desk)[0].delivery.reason == "they have seen it in the console"


def test_a_server_that_says_later_is_asked_later_with_growing_pauses(
    desk: Desk, post: MailServer, clock: Clock
) -> None:
    given(desk)
    post.answers += ["451 try again", "451 try again", "451 try again"]
    pauses = []
    for _ in range(3):
        assert deliver(desk, post) == Delivered(later=1)
        delivery = ledger(desk)[0].delivery
        assert delivery.next_try is not None
        pauses.append(delivery.next_try - clock.now)
        assert deliver(desk, post) == Delivered()
        clock.now = delivery.next_try

    assert pauses == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert ledger(desk)[0].delivery.reason == "451 try again"
    assert deliver(desk, post) == Delivered(sent=1)
    assert ledger(desk)[0].delivery.reason == ""


def test_a_server_that_says_never_is_not_asked_again(desk: Desk, post: MailServer) -> None:
    given(desk)
    post.answers.append("554 no such thing")
    assert deliver(desk, post) == Delivered(dead=1)
    assert (states(desk), ledger(desk)[0].delivery.reason) == ([State.DEAD], "554 no such thing")


def test_a_recipient_that_is_refused_is_given_up_or_tried_again(desk: Desk, post: MailServer) -> None:
    given(desk, number=2)
    post.recipients += ["550 nobody here", "450 mailbox busy"]
    assert deliver(desk, post) == Delivered(dead=1, later=1)


def test_somebody_without_an_address_is_given_up_at_once(desk: Desk, post: MailServer) -> None:
    with desk.store.write() as tx:
        people.put(tx, replace(ADA.person, mail=""))
    given(desk)
    assert deliver(desk, post) == Delivered(dead=1)
    assert ledger(desk)[0].delivery.reason == "ada has no mail address that can be used"


def test_after_a_day_of_tries_it_is_dead(desk: Desk, hook: Hook, clock: Clock) -> None:
    desk = under(desk, routes=(Route(channels=("hook",)),))
    given(desk)
    hook.answers += [503] * 100
    started = clock.now
    while (found := ledger(desk)[0].delivery).state is not State.DEAD:
        assert found.next_try is not None
        clock.now = max(clock.now, found.next_try)
        deliver(desk, hook=hook)

    assert len(hook.posted) == 30
    assert len(set(hook.keys)) == 1
    assert timedelta(days=1) < clock.now - started < timedelta(days=2)


def test_a_channel_out_of_reach_is_asked_once_and_the_rest_waits_untried(desk: Desk) -> None:
    given(desk, number=3)
    came = deliver_due(desk, {"mail": Mail(host="127.0.0.1", port=1, sender="t@desk.example")}, jitter=lambda: 0.5)
    assert came == Delivered(later=3)
    assert sorted(item.delivery.tries for item in ledger(desk)) == [0, 0, 1]


def test_a_channel_that_is_not_set_up_holds_its_notices_back(desk: Desk, post: MailServer, clock: Clock) -> None:
    given(desk)
    assert deliver(desk) == Delivered(held=1)
    assert ledger(desk)[0].delivery.reason == "there is no channel 'mail' here; set one up"
    clock.forward(hours=1)
    assert deliver(desk, post) == Delivered(sent=1)


def test_what_takes_no_route_stays_in_the_console(desk: Desk) -> None:
    desk = under(desk, routes=(Route(channels=("mail",), kinds=frozenset({NoticeKind.LATE})),))
    given(desk)
    assert (states(desk), inbox.count(desk, ADA)) == ([], 1)


def test_what_nobody_delivered_for_a_week_is_no_news_any_more(desk: Desk, post: MailServer, clock: Clock) -> None:
    given(desk)
    clock.forward(hours=24 * 7 + 1)
    assert deliver(desk, post) == Delivered(dead=1)
    assert ledger(desk)[0].delivery.reason == "it could not be sent for a week"
    retry(desk, OLGA, ALL)
    assert deliver(desk, post) == Delivered(sent=1)


def test_what_waits_for_a_channel_that_never_comes_is_given_up_after_a_week(desk: Desk, clock: Clock) -> None:
    given(desk)
    for _ in range(170):
        deliver(desk)
        clock.forward(hours=1)
    assert states(desk) == [State.DEAD]


def test_a_letter_that_cannot_be_written_holds_up_no_other(
    desk: Desk, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    given(desk, number=2)
    written = letters.letter

    def failing(told: Told, *rest: Any) -> Letter:  # noqa: ANN401 - as what it stands in for
        if told.case.id == 1:
            raise ZeroDivisionError
        return written(told, *rest)

    monkeypatch.setattr(deliveries, "letter", failing)
    assert deliver(desk, post) == Delivered(sent=1, dead=1)
    assert {item.delivery.reason for item in ledger(desk)} == {"", "its letter cannot be written (ZeroDivisionError)"}


def test_what_is_dead_can_be_put_back_or_dropped_by_an_admin(desk: Desk, post: MailServer) -> None:
    given(desk, number=3)
    post.answers += ["554 no"] * 3
    deliver(desk, post)
    third, second, first = ledger(desk, State.DEAD)
    assert first.name == "1.2.ada.mail"

    assert [item.name for item in retry(desk, OLGA, first.name)] == [first.name]
    assert [item.name for item in drop(desk, OLGA, second.name)] == [second.name]
    assert deliver(desk, post) == Delivered(sent=1)
    assert drop(desk, OLGA, ALL) == (third,)
    assert retry(desk, OLGA, ALL) == ()

    assert [item.delivery.reason for item in ledger(desk)] == ["dropped by olga", "dropped by olga", ""]


def test_only_an_admin_puts_back_or_drops_and_only_what_is_there(desk: Desk) -> None:
    given(desk)
    for act in (retry, drop):
        with pytest.raises(Refused, match="Only an admin may send what is pending, or drop it; ada is agent"):
            act(desk, ADA, ALL)
        with pytest.raises(Refused, match=r"There is no delivery 9\.2\.ada\.mail that is dead"):
            act(desk, OLGA, "9.2.ada.mail")
    with pytest.raises(Refused, match="Only an admin"):
        deliveries.must_may(desk, ADA)
    deliveries.must_may(desk, OLGA)
    (pending,) = ledger(desk)
    assert drop(desk, OLGA, pending.name)[0].name == pending.name


def test_a_dead_digest_is_put_back_with_all_that_is_in_it(desk: Desk, post: MailServer, clock: Clock) -> None:
    desk = under(desk, routes=(Route(channels=("mail",), is_digest=True),))
    given(desk, number=2)
    clock.forward(hours=24)
    post.answers.append("554 no")
    assert deliver(desk, post) == Delivered(dead=1)
    assert states(desk) == [State.DEAD] * 3
    digest = next(item for item in ledger(desk) if item.case is None)
    assert digest.name == f"digest.{digest.delivery.key[:8]}"

    retry(desk, OLGA, digest.name)

    assert deliver(desk, post) == Delivered(sent=1)
    assert post.mails[0]["Subject"] == "2 notices in Triage"


def test_everybody_sees_their_own_deliveries_and_others_see_those_of_all(desk: Desk) -> None:
    given(desk)
    given(desk, to=CY)
    assert [item.delivery.person for item in items(desk, ADA, tuple(State))] == ["ada"]
    assert [item.delivery.person for item in items(desk, LENA, tuple(State))] == ["cy", "ada"]


def test_the_checkup_remarks_on_what_does_not_get_out(desk: Desk, post: MailServer, clock: Clock) -> None:
    assert list(remarks(desk)) == []
    given(desk, number=3)
    post.answers.append("554 no")
    deliver(desk, post)
    given(desk)
    assert list(remarks(desk)) == ["1 notice was given up; `triage notices --dead` says why."]
    clock.forward(hours=1.1)
    assert list(remarks(desk))[1].startswith("1 notice was not sent for more than an hour; `triage deliver` sends")


def test_the_checkup_counts_no_further_than_it_has_to(desk: Desk, clock: Clock) -> None:
    (case_id,) = given(desk)
    with desk.store.write() as tx:
        more = (
            "INSERT INTO delivery (key, case_id, version, person, channel, state, is_urgent, at, next_try) SELECT"
            " hex(randomblob(8)), n.case_id, n.version, n.person, 'mail' || value, 'pending', 0, n.at, n.at"
            " FROM notice n, json_each(:many) WHERE n.case_id = :case"
        )
        tx.rows(more, {"many": str([*range(300)]), "case": case_id})
    clock.forward(hours=2)
    assert next(remarks(desk)).startswith("200 or more notices were not sent for more than an hour;")
