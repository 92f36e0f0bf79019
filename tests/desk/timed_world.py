"""A desk under a policy that says much of time: what people do at it, and a watch that does what is due."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from console.desk import answering, assignment, bulk, closing, people, skipping, taking, triage, undo
from console.desk import escalation as escalating
from console.desk.desk import Desk
from console.desk.rounds import make_rounds
from console.domain.arrival import Arrival, Voice
from console.domain.case import CaseId, PersonId
from console.domain.escalation import ReturnReason
from console.domain.people import Actor, Person, Role
from console.store import agenda
from console.store import people as store_people
from console.store.engine import Store
from console.store.sight import WHOLE
from tests.builders import MORNING, a_person
from tests.desk.conftest import Clock
from tests.desk.givens import FULL
from tests.desk.timed_policies import read
from tests.template import template

MOST_AT_ONCE = 120
"""So many rounds at one instant would be a fault."""

PEOPLE: Mapping[str, Person] = {
    each.id: each
    for each in (
        a_person("ada", tier=1, teams=("desk",), deputy=PersonId("lena")),
        a_person("lena", Role.LEAD, tier=1, teams=("desk",)),
        a_person("bo", tier=2, teams=("database",), deputy=PersonId("cy"), mail="bo@desk.example"),
        a_person("cy", tier=2, teams=("database", "network")),
        a_person("max", Role.LEAD, tier=2, teams=("database",), deputy=PersonId("bo")),
        a_person("kim", tier=3, teams=("lab",)),
        a_person("ina", Role.ADMIN, tier=4),
    )
}
ACTORS = {name: Actor(person) for name, person in PEOPLE.items()}
ADMIN = ACTORS["ina"]


@cache
def _peopled() -> bytes:
    """Give the file of a desk with these people and no case."""
    path = template().with_name("peopled.db")
    shutil.copy(template(), path)
    store = Store(path)
    with store.write() as tx:
        for person in PEOPLE.values():
            store_people.put(tx, person)
    store.close()
    return path.read_bytes()


class World:
    """The desk, the clock that it goes by, and the text of the policy in force."""

    def __init__(self, folder: Path, text: str) -> None:
        """Open it under a policy."""
        path = folder / "triage.db"
        path.write_bytes(_peopled())
        self.clock = Clock()
        self.desk = Desk(Store(path), read(text), text, self.clock)

    def under(self, text: str) -> None:
        """Put another policy in force from now on."""
        policy = read(text)
        if policy.version != self.desk.policy.version:
            policy = replace(policy, timing=replace(policy.timing, since=self.clock.now))
            self.desk = replace(self.desk, policy=policy, policy_text=text)

    def watch(self, until: datetime) -> None:
        """Do what is due at every moment at which the agenda says so, and at no other, until a time."""
        while self.rounds_until_nothing_is_due():
            with self.desk.store.read(WHOLE) as tx:
                at = agenda.next_at(tx, self.clock.now)
            if at is None or at > until:
                self.clock.now = max(self.clock.now, until)
                return
            self.clock.now = at

    def rounds_until_nothing_is_due(self) -> bool:
        """Make rounds until there is nothing to do at this moment; nothing may be left undone."""
        for _ in range(MOST_AT_ONCE):
            made = make_rounds(self.desk, between=lambda: True)
            assert made.left == ()
            if not made.done:
                with self.desk.store.read(WHOLE) as tx:
                    if not agenda.has_due(tx, self.desk.policy.version, self.clock.now):
                        return True
        message = "the rounds come to no end"
        raise AssertionError(message)


Deed = Callable[[Desk, Actor, CaseId, datetime], object]
"""What somebody does to a case; the time is one that they may name."""


def sent_up(desk: Desk, who: Actor, case: CaseId, at: datetime) -> object:
    """Send a case up, and promise news by a time."""
    order = escalating.Order(brief=FULL, reason=triage.Reason("vip"), told="it goes up", promised_at=at)
    return escalating.escalate(desk, who, case, order)


def _decide_by(desk: Desk, who: Actor, case: CaseId, at: datetime) -> object:
    brief = replace(FULL, decide_by=at)
    return escalating.escalate(desk, who, case, escalating.Order(brief=brief, reason=triage.Reason("vip")))


def _say(voice: Voice, *, is_promised: bool = False, asks: bool = False) -> Deed:
    def said(desk: Desk, who: Actor, case: CaseId, at: datetime) -> object:
        words = triage.Said("so it is", voice, asks, at if is_promised else None)
        return triage.note(desk, who, case, words)

    return said


def _change(**facts: object) -> Deed:
    return lambda desk, who, case, _: triage.change(desk, who, case, facts, "so it is")


def _absent(name: str, *, is_for_long: bool) -> Deed:
    def gone(desk: Desk, _: Actor, __: CaseId, at: datetime) -> object:
        until = None if is_for_long else at
        return people.put(desk, ADMIN, replace(PEOPLE[name], is_absent=True, absent_until=until))

    return gone


def _back(name: str) -> Deed:
    return lambda desk, *_: people.put(desk, ADMIN, PEOPLE[name])


def _soon_absent(name: str) -> Deed:
    def going(desk: Desk, _: Actor, __: CaseId, at: datetime) -> object:
        person = replace(PEOPLE[name], is_absent=True, absent_from=at, absent_until=at + timedelta(days=1))
        return people.put(desk, ADMIN, person)

    return going


DEEDS: tuple[Deed, ...] = (
    lambda desk, who, case, _: triage.claim(desk, who, case),
    lambda desk, who, case, _: triage.release(desk, who, case),
    sent_up,
    sent_up,
    _decide_by,
    lambda desk, who, case, _: skipping.skip_level(
        desk, who, case, escalating.Order(brief=FULL, reason=triage.Reason("vip"))
    ),
    lambda desk, who, case, _: escalating.accept(desk, who, case),
    lambda desk, who, case, _: escalating.ask_back(desk, who, case, "which one?"),
    lambda desk, who, case, _: escalating.reply(desk, who, case, "that one"),
    lambda desk, who, case, _: escalating.hand_back(desk, who, case, ReturnReason.NOT_NEEDED, "no"),
    lambda desk, who, case, _: answering.acknowledge(desk, who, case),
    lambda desk, who, case, _: answering.remind(desk, who, case),
    _say(Voice.OUTBOUND),
    _say(Voice.OUTBOUND, is_promised=True),
    _say(Voice.REQUESTER),
    _say(Voice.REQUESTER, asks=True),
    _say(Voice.INTERNAL),
    lambda desk, who, case, at: triage.wait(desk, who, case, "customer", at),
    lambda desk, who, case, _: triage.wait(desk, who, case, "customer"),
    lambda desk, who, case, at: triage.wait(desk, who, case, "vendor", at, "we wait"),
    lambda desk, who, case, _: triage.resume(desk, who, case),
    _change(severity="S1"),
    _change(severity="S3"),
    _change(category="network"),
    lambda desk, who, case, at: triage.change(desk, who, case, {"due": at}),
    _change(affected=60),
    lambda desk, who, case, _: triage.attempt(desk, who, case, triage.Tried("restart")),
    lambda desk, who, case, _: closing.resolve(desk, who, case, "done"),
    lambda desk, who, case, _: closing.reopen(desk, who, case),
    lambda desk, who, case, _: closing.merge(desk, who, case, CaseId(1)),
    lambda desk, who, case, _: assignment.move(desk, who, case, (2, "network")),
    lambda desk, who, case, _: assignment.assign(desk, who, case, "cy"),
    lambda desk, who, case, _: bulk.tag(desk, who, [case], ["vip"]),
    lambda desk, who, _, __: undo.undo(desk, who),
    _absent("bo", is_for_long=True),
    _absent("max", is_for_long=False),
    _soon_absent("cy"),
    _back("bo"),
    lambda desk, who, _, at: taking.open_case(
        desk, who, Arrival("Checkout returns 502", severity="S1", requester="kim@acme.example", due=at)
    ),
)


def two_cases(world: World) -> None:
    """Open an urgent case and one that says little."""
    for severity, category in (("S1", "checkout"), ("S3", "network")):
        arrival = Arrival(
            "No cable", severity=severity, category=category, requester="kim@acme.example", created=MORNING
        )
        taking.open_case(world.desk, ACTORS["ada"], arrival)
