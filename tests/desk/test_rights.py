"""The access table at the desk: every role, deed and situation, as it is written down here by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from console.desk import answering, assignment, closing, confiding, reviewing, triage, undo
from console.desk import escalation as escalating
from console.desk import people as desk_people
from console.desk.desk import Desk
from console.domain.access import Deed, may, must
from console.domain.case import Case, CaseId, CaseText, Choice, PersonId, Status
from console.domain.changes import changes
from console.domain.checklist import Factor
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import ReturnReason
from console.domain.events import Kind, fingerprint
from console.domain.people import Actor, Person, Role
from console.domain.review import review_of
from console.domain.roster import Roster
from console.log import Level
from console.store import cases, events, people, sight
from tests.builders import MORNING, a_case, a_person, an_event
from tests.desk.givens import FULL
from tests.figures import counted, figure

PEER, GONE, ME = PersonId("peer"), PersonId("gone"), PersonId("me")
EVERYBODY = (
    a_person("peer", tier=2, teams=("database",)),
    a_person("gone", tier=2, teams=("database",), is_absent=True),
    a_person("max", Role.LEAD, tier=3, teams=("lab",)),
    a_person("olga", Role.ADMIN),
)
HERE: dict[str, Any] = {"tier": 2, "team": "database", "status": Status.OPEN, "owner": PersonId("kim")}
SITUATIONS: Mapping[str, dict[str, Any]] = {
    "mine": HERE | {"handler": ME, "owner": ME},
    "free": HERE,
    "peer": HERE | {"handler": PEER},
    "away": HERE | {"handler": GONE},
    "below": HERE | {"tier": 1, "team": "", "handler": PEER},
    "above": HERE | {"tier": 3, "team": "lab", "handler": PEER},
    "hidden": HERE | {"confidential": True, "circle": (PEER,)},
    "circle": HERE | {"confidential": True, "circle": (PEER, ME), "handler": PEER},
}
"""Cases as they look to `me`, who is of tier 2 and the team `database`."""

TABLE = """
            agent     lead      admin     auditor
see         ++++++.+  ++++++.+  ++++++.+  ++++++.+
claim       ++++--.+  ++++++.+  ++++++.+  ------.-
take over   ---+--.-  +++++-.+  ++++++.+  ------.-
release     ++----.-  ++++++.+  ++++++.+  ------.-
assign      ++----.-  +++++-.+  ++++++.+  ------.-
move        ++----.-  +++++-.+  ++++++.+  ------.-
answer      ++++--.+  ++++++.+  ++++++.+  ------.-
decide      ++++--.+  ++++++.+  ++++++.+  ------.-
escalate    ++++--.+  ++++++.+  ++++++.+  ------.-
accept      ++++--.+  +++++-.+  ++++++.+  ------.-
ask         ++++--.+  +++++-.+  ++++++.+  ------.-
reply       ++++--.+  ++++++.+  ++++++.+  ------.-
acknowledge ++++++.+  ++++++.+  ++++++.+  ------.-
remind      ++++--.+  ++++++.+  ++++++.+  ------.-
return      ++++--.+  +++++-.+  ++++++.+  ------.-
review      ++++--.+  ++++++.+  ++++++.+  ------.-
attempt     ++++--.+  ++++++.+  ++++++.+  ------.-
note        ++++--.+  ++++++.+  ++++++.+  ------.-
wait        ++++--.+  ++++++.+  ++++++.+  ------.-
resolve     ++++--.+  ++++++.+  ++++++.+  ------.-
close       ++++--.+  ++++++.+  ++++++.+  ------.-
reopen      ++++--.+  ++++++.+  ++++++.+  ------.-
merge       ++++--.+  ++++++.+  ++++++.+  ------.-
change      ++++--.+  ++++++.+  ++++++.+  ------.-
confide     +-----.-  ++++++.+  ++++++.+  ------.-
undo        ++++++.+  ++++++.+  ++++++.+  ------.-
"""
"""A column for each situation in their order: `+` may, `-` may not, `.` there is no such case."""

EXPECTED = {
    (Deed(line[:12].strip()), role): line[12:].split()[place]
    for line in TABLE.strip("\n").splitlines()[1:]
    for place, role in enumerate((Role.AGENT, Role.LEAD, Role.ADMIN, Role.AUDITOR))
}
DENIED = {RefusalCode.NOT_ALLOWED: "-", RefusalCode.NOT_FOUND: "."}

ACTS: Mapping[Deed, Callable[[Desk, Actor, CaseId], object]] = {
    Deed.CLAIM: triage.claim,
    Deed.TAKE_OVER: lambda desk, who, case: assignment.take_over(desk, who, case, "they are ill"),
    Deed.RELEASE: triage.release,
    Deed.ASSIGN: lambda desk, who, case: assignment.assign(desk, who, case, "max"),
    Deed.MOVE: lambda desk, who, case: assignment.move(desk, who, case, (2, "network")),
    Deed.ANSWER: lambda desk, who, case: triage.answer(desk, who, case, {Factor.SCOPE: 2}),
    Deed.DECIDE: lambda desk, who, case: triage.decide(desk, who, case, Choice.HANDLE, triage.Reason("vip")),
    Deed.ESCALATE: lambda desk, who, case: escalating.escalate(
        desk, who, case, escalating.Order(brief=FULL, reason=triage.Reason("vip"))
    ),
    Deed.ATTEMPT: lambda desk, who, case: triage.attempt(desk, who, case, triage.Tried("restarted it")),
    Deed.NOTE: lambda desk, who, case: triage.note(desk, who, case, triage.Said("seen")),
    Deed.WAIT: lambda desk, who, case: triage.wait(desk, who, case, "customer"),
    Deed.RESOLVE: lambda desk, who, case: closing.resolve(desk, who, case, "restarted"),
    Deed.CLOSE: closing.close,
    Deed.REOPEN: closing.reopen,
    Deed.MERGE: lambda desk, who, case: closing.merge(desk, who, case, CaseId(1)),
    Deed.CHANGE: lambda desk, who, case: triage.change(desk, who, case, {"affected": 7}),
    Deed.CONFIDE: lambda desk, who, case: triage.change(desk, who, case, {"confidential": True}),
    Deed.UNDO: undo.undo,
}
"""What can be done to a case that nobody has escalated."""

FORCED = {Deed.TAKE_OVER, Deed.RELEASE, Deed.ASSIGN, Deed.MOVE}
"""Deeds by which somebody loses a case."""

RECEIVED: Mapping[Deed, Callable[[Desk, Actor, CaseId], object]] = {
    Deed.ACCEPT: escalating.accept,
    Deed.ASK: lambda desk, who, case: escalating.ask_back(desk, who, case, "Which pool?"),
    Deed.REPLY: lambda desk, who, case: escalating.reply(desk, who, case, "The second."),
    Deed.ACKNOWLEDGE: answering.acknowledge,
    Deed.REMIND: answering.remind,
    Deed.REVIEW: lambda desk, who, case: reviewing.review(
        desk, who, case, review_of("it stood", "no access", "access: a login")
    ),
    Deed.RETURN: lambda desk, who, case: escalating.hand_back(desk, who, case, ReturnReason.NOT_NEEDED),
}
"""What can be done to a case that was escalated; nobody has escalated these, and that is refused in other words."""


def me(role: Role) -> Person:
    """Give the person the table is about."""
    return a_person("me", role, tier=2, teams=("database",))


def lay(desk: Desk, number: int, facts: Mapping[str, Any]) -> CaseId:
    """Lay a case on the desk as it stands, with its first event."""
    case: Case = a_case(id=CaseId(number), **facts)
    first = an_event(Kind.OPENED, case=case.id, version=1, actor=PEER, changes=changes(None, case))
    first = replace(first, hash=fingerprint(first, ""))
    with desk.store.write(sight.WHOLE) as tx:
        cases.add(tx, [(case, CaseText())])
        events.append(tx, [first])
    return case.id


def outcome(act: Callable[[], object]) -> str:
    """Say what came of an act: `+` for done, or refused for another reason than rights."""
    try:
        act()
    except Refused as refused:
        return DENIED.get(refused.code, "+")
    return "+"


def test_the_table_has_every_deed_on_a_case() -> None:
    assert {deed for deed, _ in EXPECTED} == set(Deed) - {Deed.OPEN, Deed.PEOPLE, Deed.POLICY, Deed.DELIVER}
    assert {*ACTS, *RECEIVED, Deed.SEE} == {deed for deed, _ in EXPECTED}
    assert sum(len(cells) for cells in EXPECTED.values()) > 700


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", sorted({deed for deed, _ in EXPECTED}))
def test_the_domain_says_what_the_table_says(deed: Deed, role: Role) -> None:
    roster, actor = Roster((me(role), *EVERYBODY), MORNING), Actor(me(role))
    for name, expected in zip(SITUATIONS, EXPECTED[deed, role], strict=True):
        case: Case = a_case(**SITUATIONS[name])

        assert may(actor, deed, case, roster) == (expected == "+"), name
        assert outcome(partial(must, actor, deed, case, roster)) == expected, name
    counted(17, "role x deed x situation, asked of the domain", len(SITUATIONS), "cells, 0 wrong")


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("deed", sorted({*ACTS, *RECEIVED}))
def test_the_desk_does_what_the_table_says(desk: Desk, deed: Deed, role: Role) -> None:
    act, actor = {**ACTS, **RECEIVED}[deed], Actor(me(role))
    with desk.store.write() as tx:
        for person in (me(role), *EVERYBODY):
            people.put(tx, person)
    lay(desk, 1, SITUATIONS["free"])
    found = ""
    for number, facts in enumerate(SITUATIONS.values(), start=2):
        case_id = lay(desk, number, facts)
        found += outcome(partial(act, desk, actor, case_id))

    assert found == expected_at_the_desk(deed, role)
    counted(17, "role x deed x situation, done at the desk", len(found), "cells, 0 wrong")
    if deed in FORCED:
        counted(18, "taking, releasing, assigning and moving without the right", found.count("-"), "refused, 0 done")


def expected_at_the_desk(deed: Deed, role: Role) -> str:
    """Give the row of the table; nothing of one's own can be undone where nothing was done, whoever asks."""
    return "++++++++" if deed is Deed.UNDO else EXPECTED[deed, role]


def test_a_denied_deed_names_who_could_do_it(desk: Desk) -> None:
    with desk.store.write() as tx:
        for person in (me(Role.AGENT), *EVERYBODY):
            people.put(tx, person)
    below, above = lay(desk, 1, SITUATIONS["below"]), lay(desk, 2, SITUATIONS["above"])
    jun = Actor(a_person("jun", tier=1))

    with pytest.raises(Refused, match="Case 1 is peer's; ask peer, max or olga to release it"):
        triage.release(desk, jun, below)
    with pytest.raises(Refused, match="Case 2 is in tier 3 lab, not in yours; ask peer, max or olga to answer it"):
        triage.answer(desk, jun, above, {Factor.SCOPE: 2})
    with pytest.raises(Refused, match="ask max or olga to take it over"):
        assignment.take_over(desk, jun, below, "no reason")


def test_a_right_that_was_taken_away_is_gone_at_once(desk: Desk) -> None:
    with desk.store.write() as tx:
        people.put(tx, me(Role.AUDITOR))
    case_id = lay(desk, 1, SITUATIONS["free"])

    with pytest.raises(Refused, match="auditor"):
        triage.claim(desk, Actor(me(Role.ADMIN)), case_id)


def test_who_stands_in_for_somebody_absent_acts_on_their_cases(desk: Desk) -> None:
    deputy = Actor(a_person("jun", tier=1))
    with desk.store.write() as tx:
        people.put(tx, deputy.person)
        people.put(tx, a_person("gone", tier=2, is_absent=True, deputy=PersonId("jun")))
    case_id = lay(desk, 1, SITUATIONS["away"])

    triage.note(desk, deputy, case_id, triage.Said("they asked again"))
    done = assignment.take_over(desk, deputy, case_id, "gone is on leave")

    assert (done.case.handler, done.event.reason_text) == ("jun", "gone is on leave")


def test_taking_over_needs_a_reason_and_somebody_to_take_it_from(desk: Desk) -> None:
    lead = Actor(me(Role.LEAD))
    case_id = lay(desk, 1, SITUATIONS["peer"])
    with pytest.raises(Refused, match="needs a reason"):
        assignment.take_over(desk, lead, case_id, " ")
    with pytest.raises(Refused, match="taking it over needs a reason"):
        assignment.assign(desk, lead, case_id, "me")
    with pytest.raises(Refused, match="Nobody handles case 2"):
        assignment.take_over(desk, lead, lay(desk, 2, SITUATIONS["free"]), "I know it")
    with pytest.raises(Refused, match="Nobody handles case 2"):
        assignment.to_take_over(desk, lead, CaseId(2))
    with pytest.raises(Refused, match="ask"):
        assignment.to_take_over(desk, Actor(a_person("jun", tier=2)), case_id)
    assert assignment.to_take_over(desk, lead, case_id).handler == "peer"
    done = assignment.take_over(desk, lead, case_id, "I know it")
    assert (done.case.handler, done.event.reason_text) == ("me", "I know it")
    figure(18, "taking over without a reason", "refused; with one, history says who and why")


def test_only_whoever_sees_a_case_may_let_others_see_it(desk: Desk) -> None:
    hidden = lay(desk, 1, SITUATIONS["hidden"])
    with pytest.raises(Refused, match="There is no case 1"):
        confiding.let_in(desk, Actor(me(Role.ADMIN)), hidden, "me")


def test_a_denied_deed_is_told_to_the_log_without_a_word_of_the_case(desk: Desk) -> None:
    told: list[tuple[Level, str]] = []
    heard = replace(desk, note=lambda *noted: told.append(noted))
    below, hidden = lay(desk, 1, SITUATIONS["below"]), lay(desk, 2, SITUATIONS["hidden"])
    own = lay(desk, 3, SITUATIONS["below"] | {"confidential": True, "circle": (PersonId("jun"),)})
    jun = Actor(a_person("jun", tier=2))

    for act in (
        partial(triage.release, heard, jun, below),
        partial(triage.release, heard, replace(jun, hand=PersonId("olga")), below),
        partial(triage.release, heard, jun, hidden),
        partial(triage.release, heard, jun, own),
        partial(desk_people.put, heard, jun, jun.person),
    ):
        with pytest.raises(Refused):
            act()

    what = ["jun may not release case 1", "olga (for jun) may not release case 1"]
    what += ["jun may not release a confidential case", "jun may not change people"]
    assert told == [(Level.WARNING, f"denied: {each}") for each in what]
