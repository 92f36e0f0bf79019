"""Who hears of an event, and what it is to them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.domain.case import Case, EscalationId, PersonId, Severity, Status
from console.domain.concern import (
    SETTLED_BY_AN_ANSWER,
    SETTLED_BY_THE_END,
    Settled,
    may_concern,
    notices_of,
    settled_by,
)
from console.domain.events import Event, Kind
from console.domain.notice import NoticeKind
from console.domain.notify import Notify
from console.domain.people import Person
from console.domain.policy import Party, Policy
from console.domain.roster import Roster
from tests.builders import MORNING, a_case, a_person, a_policy, an_event, an_open_case, at

DAN, EVA = a_person("dan", tier=2, teams=("database",)), a_person("eva", tier=2, teams=("database",))
LENA, CY = a_person("lena", tier=4), a_person("cy")
EVERYBODY = (a_person("ada"), a_person("bo"), CY, DAN, EVA, LENA)
MANAGED = a_policy(
    teams=tuple(replace(team, manager="lena") for team in a_policy().teams),
    parties=(Party("vendor", "Oracle", contact="help@vendor.example"),),
)


def told(
    event: Event, case: Case | None = None, people: tuple[Person, ...] = EVERYBODY, policy: Policy | None = None,
    asked_by: str | None = None,
) -> dict[str, NoticeKind]:  # fmt: skip
    """Give who hears of an event, and how."""
    there = Roster(people, MORNING)
    asker = PersonId(asked_by) if asked_by else None
    found = notices_of(event, case or an_open_case(), there, policy or a_policy(), asker)
    assert not found or may_concern(event)
    return {each.person or each.outside: each.kind for each in found}


def away(person: Person, deputy: str | None = None) -> tuple[Person, ...]:
    """Give everybody, with one person absent."""
    gone = replace(person, is_absent=True, deputy=PersonId(deputy) if deputy else None)
    return tuple(gone if each.id == person.id else each for each in EVERYBODY)


def by_clock(kind: Kind, **facts: Any) -> Event:  # noqa: ANN401 - any field of an event
    """Give an event of the clock side."""
    return an_event(kind, **({"actor": PersonId("rule:clock")} | facts))


@pytest.mark.parametrize(
    ("kind", "to_me"),
    [
        (Kind.WARNED, NoticeKind.WARNED),
        (Kind.BREACHED, NoticeKind.LATE),
        (Kind.REMINDED, NoticeKind.REMINDED),
        (Kind.TOLD, NoticeKind.TOLD),
        (Kind.ENGAGED, NoticeKind.ENGAGED),
        (Kind.EXHAUSTED, NoticeKind.EXHAUSTED),
    ],
)
def test_the_clock_side_names_whom_it_tells(kind: Kind, to_me: NoticeKind) -> None:
    event = by_clock(kind, detail={"to": ["dan", "eva", "nobody-known"], "outside": ["help@vendor.example"]})
    assert told(event) == {"dan": to_me, "eva": to_me, "help@vendor.example": to_me}


def test_what_is_late_without_a_name_is_told_to_who_works_on_it() -> None:
    assert told(by_clock(Kind.BREACHED)) == {"ada": NoticeKind.LATE}
    assert told(by_clock(Kind.WARNED), an_open_case(handler=None)) == {"ada": NoticeKind.WARNED}
    assert told(by_clock(Kind.BREACHED), people=away(EVERYBODY[0], "cy")) == {
        "ada": NoticeKind.LATE,
        "cy": NoticeKind.LATE,
    }


def test_what_is_late_and_nobodys_is_told_to_the_manager_of_its_team() -> None:
    free = a_case(tier=2, team="database")
    assert told(by_clock(Kind.BREACHED), free, policy=MANAGED) == {"lena": NoticeKind.LATE}
    assert told(by_clock(Kind.BREACHED), free) == {}
    assert told(by_clock(Kind.BREACHED), a_case()) == {}


def test_a_ladder_at_its_end_is_told_to_who_works_on_it_and_who_answers_for_the_team() -> None:
    case = an_open_case(tier=2, team="database")
    assert set(told(by_clock(Kind.EXHAUSTED), case, policy=MANAGED)) == {"ada", "lena"}


def test_a_reminder_without_a_name_is_told_to_nobody() -> None:
    assert told(by_clock(Kind.REMINDED)) == {}


def escalated(target: str = "2/database", **facts: Any) -> Event:  # noqa: ANN401 - any field of an event
    """Give the event of an escalation."""
    return an_event(Kind.ESCALATED, **({"detail": {"target": target, "escalation": 7001}} | facts))


def test_an_escalation_asks_the_manager_of_its_target_or_else_those_there() -> None:
    assert told(escalated(), policy=MANAGED) == {"lena": NoticeKind.ESCALATED}
    assert told(escalated()) == {"dan": NoticeKind.ESCALATED, "eva": NoticeKind.ESCALATED}
    assert told(escalated(), people=away(DAN)) == {"eva": NoticeKind.ESCALATED}
    assert set(told(escalated(), people=away(DAN, "cy"))) == {"dan", "cy", "eva"}


def test_a_manager_who_is_away_without_a_deputy_leaves_it_to_the_team() -> None:
    assert set(told(escalated(), people=away(LENA), policy=MANAGED)) == {"lena", "dan", "eva"}
    assert set(told(escalated(), people=away(LENA, "cy"), policy=MANAGED)) == {"lena", "cy"}


def test_an_escalation_to_a_whole_tier_asks_everybody_there() -> None:
    assert told(escalated("4")) == {"lena": NoticeKind.ESCALATED}


def test_an_escalation_that_names_whom_it_asks_asks_those() -> None:
    event = escalated(detail={"target": "2/database", "to": ["eva"]}, actor=PersonId("rule:s1-unanswered"))
    assert told(event) == {"eva": NoticeKind.ESCALATED, "ada": NoticeKind.TOLD}


def test_an_escalation_outside_tells_the_contact_there() -> None:
    assert told(escalated("3@vendor"), policy=MANAGED) == {"help@vendor.example": NoticeKind.ESCALATED}
    assert told(escalated("3@vendor")) == {}
    assert told(escalated("3@vendor"), people=(), policy=MANAGED) == {}
    secret = an_open_case(confidential=True, circle=(PersonId("ada"),))
    assert told(escalated("3@vendor"), secret, policy=MANAGED) == {}


def test_an_escalation_without_a_target_that_can_be_read_asks_nobody() -> None:
    assert told(escalated("?!")) == {}
    assert told(an_event(Kind.ESCALATED, detail={"target": 7})) == {}


def test_going_further_up_is_an_outcome_to_who_escalated_before() -> None:
    event = escalated(changes={"escalated_by": ("cy", "ada")})
    assert told(event)["cy"] is NoticeKind.OUTCOME


def test_the_weightiest_of_what_an_event_is_to_somebody_counts() -> None:
    event = escalated(changes={"escalated_by": ("dan", "ada"), "handler": ("eva", "dan")})
    assert told(event) == {"dan": NoticeKind.ESCALATED, "eva": NoticeKind.ESCALATED}


def test_questions_answers_and_returns_go_back() -> None:
    asked = an_event(Kind.ASKED, actor=PersonId("dan"), detail={"outcome_to": "cy"})
    assert told(asked) == {"cy": NoticeKind.ASKED, "ada": NoticeKind.ASKED}
    assert told(an_event(Kind.REPLIED), asked_by="dan") == {"dan": NoticeKind.REPLIED}
    assert told(an_event(Kind.REPLIED)) == {}
    back = an_event(Kind.RETURNED, actor=PersonId("dan"), detail={"outcome_to": "cy"})
    assert told(back) == {"cy": NoticeKind.RETURNED, "ada": NoticeKind.RETURNED}


@pytest.mark.parametrize("kind", [Kind.ACCEPTED, Kind.DECIDED, Kind.RESOLVED, Kind.CLOSED, Kind.MERGED])
def test_an_outcome_goes_to_everybody_who_escalated(kind: Kind) -> None:
    event = an_event(kind, actor=PersonId("dan"), detail={"outcome_to": "ada, cy"})
    assert told(event) == {"ada": NoticeKind.OUTCOME, "cy": NoticeKind.OUTCOME}
    assert told(replace(event, detail={})) == {}


def test_a_new_handler_and_the_one_before_hear_of_it() -> None:
    event = an_event(Kind.ASSIGNED, actor=PersonId("lena"), changes={"handler": ("ada", "cy")})
    assert told(event) == {"cy": NoticeKind.ASSIGNED, "ada": NoticeKind.TOLD}
    taken_back = an_event(Kind.RELEASED, actor=PersonId("rule:lease"), changes={"handler": ("ada", None)})
    assert told(taken_back) == {"ada": NoticeKind.TOLD}


def test_a_handover_meant_for_somebody_is_news_to_them() -> None:
    assert told(an_event(Kind.HANDED_OVER, detail={"to": "cy"})) == {"cy": NoticeKind.ASSIGNED}
    assert told(an_event(Kind.HANDED_OVER)) == {}


def test_a_wait_that_is_over_is_news_to_the_handler_where_nobody_ended_it() -> None:
    assert told(by_clock(Kind.RESUMED, actor=PersonId("rule:wait"))) == {"ada": NoticeKind.TOLD}
    assert told(an_event(Kind.RESUMED, actor=PersonId("cy"))) == {}


def test_nobody_hears_of_their_own_act_whoever_typed_it() -> None:
    event = an_event(
        Kind.ASSIGNED, actor=PersonId("cy"), on_behalf_of=PersonId("ada"), changes={"handler": (None, "cy")}
    )
    assert told(event) == {}
    assert told(replace(event, changes={"handler": (None, "ada")})) == {}


def test_what_the_requester_writes_is_news_to_who_works_on_the_case_while_it_is_new() -> None:
    event = an_event(Kind.NOTED, actor=PersonId("cy"), detail={"text": "When?", "voice": "requester"})
    assert told(event) == {"ada": NoticeKind.TOLD}
    assert told(event, an_open_case(handler=None, owner=PersonId("bo"))) == {"bo": NoticeKind.TOLD}
    assert told(event, a_case()) == {}
    assert told(replace(event, detail={"text": "hm", "voice": "internal"})) == {}
    assert told(replace(event, at=at(days=-2))) == {}


@pytest.mark.parametrize("kind", [Kind.NOTED, Kind.ANSWERED, Kind.ATTEMPTED, Kind.OPENED, Kind.WAITING])
def test_most_events_concern_nobody(kind: Kind) -> None:
    event = an_event(kind, actor=PersonId("cy"), detail={"text": "hm"})
    assert not may_concern(event)
    assert told(event) == {}


def test_a_confidential_case_is_for_its_circle() -> None:
    secret = an_open_case(confidential=True, circle=(PersonId("ada"), PersonId("eva")), subjects=(PersonId("dan"),))
    assert told(escalated(), secret) == {"eva": NoticeKind.ESCALATED}
    assert told(escalated(), secret, policy=MANAGED) == {"eva": NoticeKind.ESCALATED}
    named = by_clock(Kind.ENGAGED, detail={"to": ["dan", "cy", "eva"], "outside": ["help@vendor.example"]})
    assert told(named, secret) == {"eva": NoticeKind.ENGAGED}


def test_a_notice_knows_what_settles_it_and_whether_it_is_urgent() -> None:
    policy = a_policy(notify=Notify(urgent_severities=frozenset({Severity.S1})))
    case, there = an_open_case(severity=Severity.S1), Roster(EVERYBODY, MORNING)
    (dan, _) = notices_of(escalated(), case, there, policy)
    assert (dan.escalation, dan.is_urgent, dan.version, dan.at) == (7001, True, 2, MORNING)
    (cy,) = notices_of(escalated(changes={"escalated_by": ("cy", "ada")}), case, there, policy)[-1:]
    assert cy.escalation is None


ANY_KIND = frozenset(NoticeKind)


@pytest.mark.parametrize(
    ("event", "settled"),
    [
        (an_event(Kind.NOTED), ()),
        (
            an_event(Kind.ACCEPTED, changes={"escalation.7001.state": ("sent", "accepted")}),
            (Settled(SETTLED_BY_AN_ANSWER, EscalationId(7001)),),
        ),
        (an_event(Kind.EXHAUSTED, changes={"escalation.7001.state": ("sent", "exhausted")}), ()),
        (
            an_event(Kind.ASKED, changes={"escalation.7001.question": ("", "When?")}),
            (Settled(SETTLED_BY_AN_ANSWER, EscalationId(7001)),),
        ),
        (
            an_event(Kind.REPLIED, changes={"escalation.7001.question": ("When?", "")}),
            (Settled(frozenset({NoticeKind.ASKED}), EscalationId(7001)),),
        ),
        (an_event(Kind.CLAIMED, changes={"handler": (None, "ada"), "escalation.7001.brief": ("", "x")}), ()),
        (
            an_event(Kind.ASSIGNED, changes={"handler": ("cy", "ada")}),
            (Settled(frozenset({NoticeKind.ASSIGNED}), only=PersonId("cy")),),
        ),
        (an_event(Kind.UNDONE, annuls=4), (Settled(ANY_KIND, version=4),)),
    ],
)  # fmt: skip
def test_what_an_event_settles(event: Event, settled: tuple[Settled, ...]) -> None:
    assert settled_by(event, an_open_case()) == settled


def test_the_end_of_a_case_settles_everything_that_asked_for_something() -> None:
    done = an_open_case(status=Status.RESOLVED)
    event = an_event(Kind.RESOLVED, changes={"status": ("open", "resolved")})
    assert settled_by(event, done) == (Settled(SETTLED_BY_THE_END),)
    assert NoticeKind.OUTCOME not in SETTLED_BY_THE_END


@pytest.mark.parametrize(("stops", "only"), [({}, None), ({"stops": False}, "ada"), ({"stops": True}, None)])
def test_an_acknowledgement_settles_for_all_if_it_stops_the_ladder(stops: dict[str, bool], only: str | None) -> None:
    event = an_event(Kind.ACKNOWLEDGED, detail={"escalation": 7001} | stops)
    (settled,) = settled_by(event, an_open_case())
    assert (settled.escalation, settled.only) == (7001, only)
