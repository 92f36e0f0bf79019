"""What is due is sent, at least once each and under one key, or waits and says why."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta

from console.desk import escalation as escalating
from console.desk import inbox
from console.desk.desk import Desk
from console.domain.delivering import State
from console.domain.notice import NoticeKind
from console.domain.notify import Route
from console.notify.channels import Mail
from console.notify.delivery import Delivered, deliver_due
from console.store import people
from tests.desk.conftest import Clock
from tests.desk.givens import escalate
from tests.notify.givens import ADA, DAN, given, ledger, states, under
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
