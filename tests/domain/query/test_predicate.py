"""What conditions find, one by one, and how they are explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.domain.case import CaseId, CaseText, Choice, EscalationId, PersonId, Severity, Status
from console.domain.query import Asking, Beside, Finding, explained, matches, parse
from tests.builders import ADA, BO, a_case, a_person, a_policy, an_open_case, at

TEXT = Beside(CaseText("The disk is full again.", "Überweisung: rebooted c++ service"), frozenset({ADA}))
LATER = Asking(a_person("ada", tier=2, teams=("database",)), at(hours=0.5), a_policy())
NOW = replace(LATER, now=at())
FACTS: dict[str, Any] = {
    "severity": Severity.S2, "affected": 50, "tags": ("vip", "a b"), "owner": ADA, "handler": BO, "tier": 2,
    "team": "database", "due": at(hours=5), "organisation": "ACME GmbH", "escalation": EscalationId(4),
    "escalated_by": ADA, "escalation_state": "accepted", "decision": Choice.ESCALATE, "category": "checkout",
}  # fmt: skip
FOUND = [
    "", "id:7", "severity>=S2", "severity>=S3", "severity:S2", "severity<=S2", "severity<S1", "affected<=50",
    "tag:vip", 'tag:"a b"', "owner:me", "handler:bo", "handler!=me", "tier>1", "team:database", "due<6h",
    "due:2026-11-23", "due>=2026-11-23T14:00", "due<=2026-11-23T14:00", "due=2026-11-23T14:00:00Z", "due>2026-11-22",
    "organisation:gmbh", 'organisation="ACME GmbH"', "sent:me", "escalation:accepted", "decision:escalate",
    "impact:none", "age<1h", "age>=0h", "created<2026-11-24", "live:yes", "late:no", "merged:no", "returned:none",
    "-sent:none", "category:checkout or tier:9", "disk", "DISK ful", '"disk is full"', "uberweisung", "c++",
    "tier:mine", "team:mine", "tier<=mine", "has:draft", "has:note", "has:due", "has:owner", "has:tag", "advice:handle",
    "-has:brief", "has!=attempt",
    "-(tier:1 or tier:3)", "channel:none", "owner:ADA or owner:ada", "impact!=1", "-late:yes", "checkout",
]  # fmt: skip
NOT_FOUND = [
    "tier!=mine", "tier>mine", 'team:"mine"', "has:brief", "has:attempt", "has:fix", "advice:escalate", "advice:ask",
    "id:8", "severity>=S1", "severity>S2", "severity!=S2", "affected>50",
    "tag:vi", "tag:none", "owner:bo", "owner:none",
    "tier!=2", "team:none", "due<4h", "due<2026-11-23T14:00", "due>2026-11-23", "due:none",
    "organisation=acme", "sent:bo", "sent:none", "escalation:sent", "impact>0", "age>1h", "live:no", "late:yes",
    "merged:yes", "-disk", '"disk full"', '"is disk"', '"disk ful"', "ful disk", "category:Checkout", "resume<1w",
]  # fmt: skip


@pytest.mark.parametrize("text", FOUND)
def test_a_condition_finds_the_case_it_describes(text: str) -> None:
    assert matches(parse(text), an_open_case(**FACTS), TEXT, LATER)


@pytest.mark.parametrize("text", NOT_FOUND)
def test_a_condition_does_not_find_another(text: str) -> None:
    assert not matches(parse(text), an_open_case(**FACTS), TEXT, LATER)


def test_late_is_what_somebody_could_still_act_on() -> None:
    late = a_case(due=at(hours=-1))
    assert matches(parse("late:yes"), late, TEXT, NOW)
    assert not matches(parse("late:yes"), a_case(due=at(hours=-1), status=Status.WAITING), TEXT, NOW)
    assert not matches(parse("late:yes"), a_case(), TEXT, NOW)


def test_merged_is_closed_as_a_duplicate() -> None:
    merged = a_case(status=Status.CLOSED, duplicate_of=CaseId(3))
    assert matches(parse("merged:yes duplicate_of:3"), merged, TEXT, NOW)
    assert not matches(parse("merged:yes"), a_case(duplicate_of=CaseId(3)), TEXT, NOW)


def test_a_person_called_none_is_found_by_quoting_the_name() -> None:
    assert matches(parse('owner:"none"'), a_case(owner=PersonId("none")), TEXT, NOW)
    assert not matches(parse("owner:none"), a_case(owner=PersonId("none")), TEXT, NOW)


def test_each_condition_is_explained_with_what_the_case_has_there() -> None:
    query = parse(
        'tier:3 -owner:none (tag:vip or late:yes) severity>=S1 "disk" due<1h impact:2 sent:me has:note advice:ask'
    )
    assert explained(query, an_open_case(**FACTS), TEXT, NOW) == [
        Finding("tier:3", holds=False, value="2"),
        Finding("owner:none", holds=False, value="ada"),
        Finding("tag:vip", holds=True, value="vip, a b"),
        Finding("late:yes", holds=False, value="2026-11-23 14:00 UTC"),
        Finding("severity>=S1", holds=False, value="S2"),
        Finding('"disk"', holds=True, value=""),
        Finding("due<1h", holds=False, value="2026-11-23 14:00 UTC"),
        Finding("impact:2", holds=False, value="none"),
        Finding("sent:me", holds=True, value="ada"),
        Finding("has:note", holds=True, value=""),
        Finding("advice:ask", holds=False, value="handle"),
    ]
