"""Tests of the sample data: it is complete, its parts fit together, and it shows what the console is for."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.domain.brief import from_words, missing_parts
from console.domain.case import Severity, Status
from console.domain.checklist import Factor
from console.domain.escalation import ReturnReason
from console.domain.people import Role
from console.domain.policy import GuardKind, TierKind
from console.domain.policy_file import faults, read
from console.domain.safe import safe

FOLDER = Path(__file__).parents[1] / "sample_data"
POLICY_TEXT = (FOLDER / "policy.toml").read_text(encoding="utf-8")
POLICY = read(POLICY_TEXT, "policy.toml")
NEWEST = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
KEYS = {
    *(
        "source",
        "ref",
        "title",
        "body",
        "requester",
        "organisation",
        "category",
        "item",
        "channel",
        "impact",
        "urgency",
    ),
    *("severity", "affected", "created", "updated", "status", "tier", "team", "owner", "handler", "waiting_for"),
    *("due", "resolution", "tags"),
}
ACTS: dict[str, tuple[set[str], set[str]]] = {
    "claim": (set(), set()),
    "attempt": ({"what", "result"}, {"error", "article", "worked"}),
    "note": ({"voice", "text"}, {"supervisor"}),
    "answer": (set(), set(Factor)),
    "escalate": (set(), {"to", "brief", "reason"}),
    "accept": (set(), set()),
    "return": ({"reason", "text"}, set()),
    "wait": ({"for", "until_minutes"}, set()),
}
"""The fields of each act besides case, by, minutes_ago and act: those it needs, and those it may have."""


def lines(name: str) -> list[dict[str, Any]]:
    """Give the objects of a JSON Lines file."""
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def rows(name: str) -> list[dict[str, str]]:
    """Give the rows of a CSV file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = {case["ref"]: case for case in lines("cases.jsonl")}
PEOPLE = {person["name"]: person for person in rows("people.csv")}
DONE = lines("acts.jsonl")


def time(case: dict[str, Any], key: str) -> datetime:
    """Give one of a case's times."""
    return datetime.fromisoformat(case[key])


def said(text: str) -> str:
    """Give a text as its words alone, so that phrases can be looked for."""
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def test_the_policy_has_nothing_to_be_said_about() -> None:
    assert faults(POLICY_TEXT, "policy.toml") == ()


def test_the_policy_is_a_complete_one() -> None:
    assert [tier.kind for tier in POLICY.tiers] == [TierKind.FUNCTIONAL] * 3 + [TierKind.HIERARCHICAL]
    assert len(POLICY.teams) >= 7
    assert len(POLICY.categories) >= 12
    assert len(POLICY.stops) >= 7
    assert {guard.kind for guard in POLICY.guards} == set(GuardKind)
    assert len(POLICY.parties) == 2
    assert sum(category.duty is not None for category in POLICY.categories) == 2
    assert all(
        (category.id, severity) in POLICY.matrix.cells for category in POLICY.categories for severity in Severity
    )
    assert (POLICY.checklist.weights, POLICY.checklist.threshold) == ((2, 2, 1, 1), 9)
    assert POLICY.brief_requires == ("issue", "consequences")


def test_every_team_has_people_and_a_manager_who_is_a_lead() -> None:
    staffed = {team for person in PEOPLE.values() for team in person["teams"].split(";") if team}

    assert staffed == {team.id for team in POLICY.teams}
    assert {PEOPLE[team.manager]["role"] for team in POLICY.teams} == {Role.LEAD}


def test_people_stand_in_the_tier_of_their_teams() -> None:
    for person in PEOPLE.values():
        Role(person["role"])
        teams = [POLICY.team(team) for team in person["teams"].split(";") if team]
        assert {str(team.tier) for team in teams} <= {person["tier"]}
    assert Counter(person["role"] for person in PEOPLE.values()) == {"agent": 12, "lead": 2, "admin": 1, "auditor": 1}


def test_cases_are_many_and_no_two_are_alike() -> None:
    assert 60 <= len(CASES) <= 80
    assert len(CASES) == len(lines("cases.jsonl"))
    for key in ("title", "body"):
        assert len({case[key] for case in CASES.values()}) == len(CASES)
    assert {case["channel"] for case in CASES.values()} == {"mail", "phone", "portal", "chat", "monitoring"}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_case_fits_the_native_form_the_policy_and_the_people(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    assert safe(case["title"]) == case["title"]
    assert case.get("category", "") in {"", *(category.id for category in POLICY.categories)}
    assert {case.get("owner"), case.get("handler")} <= {None, *PEOPLE}
    assert case.get("severity", "S3") in Severity.__members__
    assert {case.get("impact", 1), case.get("urgency", 1)} <= {1, 2, 3, 4}
    if "team" in case:
        assert POLICY.team(case["team"]).tier == case["tier"]
    assert (case["status"] == Status.WAITING) == ("waiting_for" in case)
    assert (case["status"] in {Status.RESOLVED, Status.CLOSED}) == ("resolution" in case)
    assert NEWEST - timedelta(days=10) <= time(case, "created") <= time(case, "updated") <= NEWEST
    if "due" in case:
        assert time(case, "created") < time(case, "due") <= NEWEST + timedelta(days=3)


def test_a_handler_works_in_the_tier_of_the_case() -> None:
    for case in CASES.values():
        if "handler" in case and case["status"] in {Status.OPEN, Status.WAITING}:
            assert int(PEOPLE[case["handler"]]["tier"]) == case["tier"], case["ref"]


def test_the_cases_show_every_state_and_some_are_late() -> None:
    assert {case["status"] for case in CASES.values()} == set(Status)
    assert {case["tier"] for case in CASES.values()} == {1, 2, 3, 4}
    assert {case["category"] for case in CASES.values() if "category" in case} == {
        each.id for each in POLICY.categories
    }
    late = [c for c in CASES.values() if "due" in c and time(c, "due") < NEWEST and c["status"] in {"new", "open"}]
    assert 5 <= len(late) <= 15
    assert max(time(case, "created") for case in CASES.values()) == NEWEST
    assert [len({"severity", "impact"} & set(case)) for case in CASES.values()].count(0) == 1


def test_only_the_cases_that_mean_it_speak_of_a_stop_condition() -> None:
    found = {
        case["ref"]: [
            stop.id
            for stop in POLICY.stops
            if any(said(word) in said(case["title"] + "\n" + case["body"]) for word in stop.words)
        ]
        for case in CASES.values()
    }

    assert {ref: stops for ref, stops in found.items() if stops} == {
        "HL-2120": ["safety"],
        "HL-2131": ["fraud"],
        "HL-2136": ["breach"],
        "HL-2151": ["safety"],
        "HL-2158": ["data-loss"],
        "HL-2162": ["legal"],
        "HL-2163": ["card-data"],
        "HL-2164": ["conduct"],
        "HL-2165": ["fraud"],
    }


@pytest.mark.parametrize("act", DONE, ids=[f"{act['case']}-{act['act']}-{act['minutes_ago']}" for act in DONE])
def test_each_act_is_complete_and_by_somebody_on_a_case_that_was_there(act: dict[str, Any]) -> None:
    needs, may = ACTS[act["act"]]
    fields = set(act) - {"case", "by", "minutes_ago", "act"}
    assert needs <= fields <= needs | may
    assert act["by"] in PEOPLE
    case = CASES[act["case"]]
    assert time(case, "updated") <= NEWEST - timedelta(minutes=act["minutes_ago"])
    if "brief" in act:
        assert missing_parts(from_words(act["brief"]), POLICY.brief_requires) == ()
    if act["act"] == "return":
        assert act["reason"] in set(ReturnReason)


def test_acts_are_in_the_order_of_time_and_show_a_whole_day() -> None:
    assert [act["minutes_ago"] for act in DONE] == sorted((act["minutes_ago"] for act in DONE), reverse=True)
    counts = Counter(act["act"] for act in DONE)
    assert counts["attempt"] >= 6
    assert counts["note"] >= 4
    assert counts["escalate"] >= 2
    assert counts["return"] == 1
    assert set(counts) == set(ACTS)
    assert len({act["case"] for act in DONE}) >= 15


def test_escalations_are_sent_accepted_and_returned_in_turn() -> None:
    told: dict[str, list[str]] = {}
    for act in DONE:
        if act["act"] in {"escalate", "accept", "return"}:
            told.setdefault(act["case"], []).append(act["act"])

    assert sorted(told.values()) == [
        ["escalate"],
        ["escalate", "accept"],
        ["escalate", "accept"],
        ["escalate", "return"],
    ]


def test_the_file_for_the_first_intake_has_one_row_that_is_rejected() -> None:
    new = rows("import_me.csv")

    assert len(new) == 12
    assert [row["ref"] for row in new if not row["title"]] == ["SHOP-5007"]
    assert set(new[0]) <= KEYS
    assert all(row["category"] in {"", *(category.id for category in POLICY.categories)} for row in new)
