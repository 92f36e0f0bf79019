"""How an arrival becomes a case."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.arrival import Arrival, Message, Own, Voice
from console.domain.case import Severity, SeverityFrom, Status
from console.domain.errors import RefusalCode, Refused
from console.domain.opening import on_case, opened
from console.domain.policy import Tier
from tests.builders import MORNING, a_case, a_policy, at


def arriving(**facts: Any) -> Arrival:  # noqa: ANN401 - any field of an arrival
    """Give an arrival with a title."""
    return Arrival(**({"title": "Checkout returns 502"} | facts))


def test_what_the_source_did_not_say_takes_the_policys_default() -> None:
    case = opened(arriving(title="  Checkout\nreturns  502 "), a_policy(), MORNING)
    assert case.title == "Checkout returns 502"
    assert (case.tier, case.team, case.status) == (1, "", Status.NEW)
    assert (case.severity, case.severity_from) == (Severity.S3, SeverityFrom.DEFAULT)
    assert (case.created, case.updated, case.owner, case.handler) == (MORNING, MORNING, None, None)
    numbered = opened(arriving(), a_policy(), MORNING, 12)
    assert (numbered.id, numbered.version) == (12, 1)


def test_the_lowest_tier_is_the_first_rung_whatever_it_is_called() -> None:
    tiers = (Tier(3, "Lab"), Tier(2, "Desk"))
    assert opened(arriving(), a_policy(tiers=tiers), MORNING).tier == 2


def test_severity_is_stated_or_follows_from_impact_and_urgency() -> None:
    stated = opened(arriving(severity="s1", impact=4, urgency=4), a_policy(), MORNING)
    derived = opened(arriving(impact=1, urgency=2), a_policy(), MORNING)
    assert (stated.severity, stated.severity_from) == (Severity.S1, SeverityFrom.STATED)
    assert (derived.severity, derived.severity_from) == (Severity.S1, SeverityFrom.MATRIX)


def test_a_status_follows_from_who_has_it() -> None:
    assert opened(arriving(handler=" bo "), a_policy(), MORNING).status is Status.OPEN
    assert opened(arriving(waiting_for="vendor"), a_policy(), MORNING).status is Status.WAITING
    waiting = opened(arriving(status="Waiting"), a_policy(), MORNING)
    assert (waiting.status, waiting.waiting_for) == (Status.WAITING, "customer")


def test_a_handler_without_an_owner_is_the_owner_too() -> None:
    case = opened(arriving(handler="bo"), a_policy(), MORNING)
    assert (case.handler, case.owner) == ("bo", "bo")
    assert opened(arriving(handler="bo", owner="ada"), a_policy(), MORNING).owner == "ada"


def test_a_team_says_its_tier_and_a_tier_may_be_named() -> None:
    case = opened(arriving(team="network"), a_policy(), MORNING)
    assert (case.tier, case.team) == (2, "network")
    assert opened(arriving(tier=3), a_policy(), MORNING).tier == 3


def test_a_category_is_known_by_id_or_name_and_kept_when_unknown() -> None:
    for said, known in (("CHECKOUT", "checkout"), ("Network ", "network"), ("billing", "billing"), ("", "")):
        assert opened(arriving(category=said), a_policy(), MORNING).category == known


def test_times_never_run_backwards_and_tags_are_named_once() -> None:
    case = opened(arriving(created=at(hours=-1), updated=at(hours=-2), tags=("a", " a ", "", "b")), a_policy(), MORNING)
    assert (case.created, case.updated, case.tags) == (at(hours=-1), at(hours=-1), ("a", "b"))
    assert opened(arriving(updated=at(hours=-2)), a_policy(), MORNING).created == at(hours=-2)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"title": " "}, "The title is empty"),
        ({"severity": "high"}, "The severity 'high' is unknown; it is one of S1, S2, S3, S4"),
        ({"impact": 5}, "The impact '5' is unknown; it is one of 1, 2, 3, 4"),
        ({"impact": 0}, "The impact '0'"),
        ({"urgency": 9}, "The urgency '9'"),
        ({"status": "done"}, "The status 'done' is unknown; it is one of new, open, waiting, resolved, closed"),
        ({"team": "network", "tier": 1}, "Team network is in tier 2, not in tier 1"),
    ],
)
def test_words_the_policy_does_not_know_are_refused(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        opened(arriving(**facts), a_policy(), MORNING)
    assert refused.value.code is RefusalCode.BAD_INPUT


@pytest.mark.parametrize(("facts", "says"), [({"team": "x"}, "no team 'x'"), ({"tier": 9}, "no tier 9")])
def test_places_the_policy_does_not_have_are_refused(facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        opened(arriving(**facts), a_policy(), MORNING)


@pytest.mark.parametrize(
    ("requester", "by", "voice", "counts_as"),
    [
        ("kim", "kim", Voice.REQUESTER, Voice.REQUESTER),
        ("lee", "lee", Voice.REQUESTER, Voice.OUTBOUND),
        ("lee", "kim", Voice.OUTBOUND, Voice.REQUESTER),
        ("lee", "lee", Voice.INTERNAL, Voice.INTERNAL),
    ],
)
def test_a_message_counts_as_the_requesters_only_when_they_wrote_it(
    requester: str, by: str, voice: Voice, counts_as: Voice
) -> None:
    message = Message(by=by, at=MORNING, text="hello", voice=voice)
    assert on_case(message, arriving(requester=requester), a_case(requester="kim")).voice is counts_as


def test_an_exported_case_is_what_it_was_whatever_the_policy_would_say() -> None:
    own = Own(severity="S3", severity_from="override", answers=(3, None, 0, 1), subjects=("bo",), has_ref=False)

    case = opened(arriving(source="mail", ref="content-1", impact=1, urgency=1, own=own), a_policy(), MORNING)

    assert (case.severity, case.severity_from) == (Severity.S3, SeverityFrom.OVERRIDE)
    assert (case.answers, case.subjects, case.source, case.ref) == ((3, None, 0, 1), ("bo",), "mail", "")


def test_what_an_export_does_not_say_follows_as_ever() -> None:
    case = opened(arriving(source="jsonl", impact=1, urgency=1, own=Own(has_source=False)), a_policy(), MORNING)

    assert (case.severity, case.severity_from, case.source) == (Severity.S1, SeverityFrom.MATRIX, "")
    assert case.answers == (None, None, None, None)
