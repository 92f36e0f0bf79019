"""Of a confidential case nothing leaves the console but that there is something, and to nobody outside its circle."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import confiding, taking, triage
from console.desk.desk import Desk
from console.desk.ledger import items
from console.domain.arrival import Arrival
from console.domain.calendar import Calendar
from console.domain.case import CaseId
from console.domain.delivering import State
from console.domain.notify import Route, Text
from console.domain.policy import Party
from console.notify.delivery import Delivered, deliver_due
from tests.builders import at
from tests.desk.conftest import Clock
from tests.desk.givens import escalate
from tests.notify.givens import ADA, DAN, EVA, LENA, OLGA, given, ledger, under
from tests.notify.servers import Hook, MailServer

WORD = "whistle"


def a_secret(desk: Desk) -> CaseId:
    """Let ada open a confidential case of her own, and let dan in."""
    arrival = Arrival(
        f"A {WORD} about eva", "mail", "s1", body=WORD, confidential=True, severity="S2", category="checkout"
    )
    (taken,) = taking.take_in(desk, ADA, [arrival])
    assert taken.case is not None
    triage.claim(desk, ADA, taken.case)
    confiding.let_in(desk, ADA, taken.case, "dan")
    return taken.case


def test_a_confidential_case_sends_no_content(desk: Desk, post: MailServer, hook: Hook) -> None:
    loud = {kind: Text("$case $title", "$case $title $what") for kind in ("any", "escalated", "confidential", "digest")}
    desk = under(desk, routes=(Route(channels=("mail", "hook")),), texts=loud)
    secret = a_secret(desk)
    escalate(desk, ADA, secret)

    assert deliver_due(desk, {"mail": post.setup, "hook": hook.setup}) == Delivered()

    sent = bytes(post.mails[0]).decode() + hook.posted[0].body.decode() + str(hook.posted[0].headers)
    assert post.to == ["dan@desk.example"]
    assert WORD not in sent
    assert str(secret) not in sent


def test_the_usual_words_for_what_is_confidential_are_bare(desk: Desk, post: MailServer) -> None:
    escalate(desk, ADA, a_secret(desk))
    deliver_due(desk, {"mail": post.setup})
    assert (post.mails[0]["Subject"], post.text()) == ("Triage", "There is something for you in Triage.\n")


def test_whoever_has_left_the_circle_is_sent_nothing(desk: Desk, post: MailServer) -> None:
    secret = a_secret(desk)
    escalate(desk, ADA, secret)
    confiding.let_out(desk, ADA, secret, "dan")
    assert deliver_due(desk, {"mail": post.setup}) == Delivered()
    assert post.mails == []


def test_a_case_that_became_confidential_since_sends_no_content(desk: Desk, post: MailServer) -> None:
    (case_id,) = given(desk, title=f"A {WORD}")
    triage.change(desk, LENA, case_id, {"confidential": True})
    deliver_due(desk, {"mail": post.setup})
    assert WORD not in bytes(post.mails[0]).decode()


def test_nobody_outside_is_told_of_a_confidential_case(desk: Desk, post: MailServer) -> None:
    vendor = Party("vendor", "Oracle", contact="help@vendor.example")
    desk = under(desk, routes=(Route(channels=("mail",), is_outside=True),))
    desk = replace(desk, policy=replace(desk.policy, parties=(vendor,)))
    for case_id in (a_secret(desk), *given(desk)):
        escalate(desk, ADA, case_id, target=desk.policy.matrix.path("checkout", desk.policy.default_severity)[1])
    assert deliver_due(desk, {"mail": post.setup}) == Delivered(sent=1)
    assert post.to == ["help@vendor.example"]
    assert "Checkout returns 502" in str(post.text())


def test_a_case_that_became_confidential_since_is_not_told_outside(desk: Desk, post: MailServer) -> None:
    vendor = Party("vendor", "Oracle", contact="help@vendor.example")
    desk = under(desk, routes=(Route(channels=("mail",), is_outside=True),))
    desk = replace(desk, policy=replace(desk.policy, parties=(vendor,)))
    (case_id,) = given(desk)
    escalate(desk, ADA, case_id, target=desk.policy.matrix.path("checkout", desk.policy.default_severity)[1])
    triage.change(desk, LENA, case_id, {"confidential": True})
    assert deliver_due(desk, {"mail": post.setup}) == Delivered()
    assert post.mails == []


@pytest.mark.parametrize("hours", [None, Calendar("quiet", "UTC", (((12 * 60, 13 * 60),),) * 7)])
def test_the_ledger_looks_the_same_outside_the_circle(
    desk: Desk, post: MailServer, clock: Clock, hours: Calendar | None
) -> None:
    desk = under(desk, hours=hours, budget=2)
    seen = []
    for is_secret in (False, True):
        if is_secret:
            secret = a_secret(desk)
            escalate(desk, ADA, secret)
        given(desk, to=DAN)
        deliver_due(desk, {"mail": post.setup})
        found = items(desk, OLGA, tuple(State))
        seen.append([(item.delivery.state, item.delivery.reason) for item in found])
        assert all(item.case is None or not item.case.confidential for item in found)
    clock.now = at(hours=3)
    deliver_due(desk, {"mail": post.setup})

    assert seen[1] == seen[0] * 2
    assert items(desk, EVA, tuple(State)) == ()
    assert not any(WORD in bytes(mail).decode() for mail in post.mails)
    assert len(post.mails) == (3 if hours is None else 2)
    assert ledger(desk)
