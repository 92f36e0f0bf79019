"""Tests of the everyday acts."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Shell


def test_an_act_is_told_in_one_sentence(shell: Shell) -> None:
    assert shell.done("claim", "#1").out == "Case 1: ada claimed it and became its owner.\n"


def test_an_act_as_json_is_the_case_with_its_event(shell: Shell) -> None:
    done = shell.done("claim", "1", "--json").json

    event = done.pop("event")
    assert done | {name: [] for name in ("similar", "merged", "solved", "actions", "articles")} == shell.case()
    assert event["changes"]["handler"] == [None, "ada"]


def test_a_case_is_released(shell: Shell) -> None:
    shell.done("claim", "1")
    shell.done("release", "1")

    assert (shell.case()["handler"], shell.case()["owner"]) == (None, "ada")


def test_an_answer_can_be_taken_back(shell: Shell) -> None:
    assert "Now: " in shell.done("answer", "2", "scope=2").out
    assert shell.case(2)["checklist"]["scope"]["value"] == 2
    shell.done("answer", "2", "scope=-", "impact=1")

    checklist = shell.case(2)["checklist"]
    assert checklist["scope"] == {"value": None, "source": None, "evidence": None, "by": None, "at": None}
    assert checklist["impact"]["source"] == "person"


@pytest.mark.parametrize("wrong", ["scope=4", "scope", "size=2", "scope=x"])
def test_an_answer_that_is_none_is_wrong_usage(wrong: str, shell: Shell) -> None:
    assert shell("answer", "1", wrong).code == 2


def test_attempts_are_logged_and_counted(shell: Shell) -> None:
    shell.done("attempt", "1", "restart", "of", "it", "--result", "no effect", "--error", "502", "--article", "KB7")
    done = shell.done("attempt", "1", "cache", "cleared", "--worked", "--json").json

    assert [each["what"] for each in done["attempts"]] == ["restart of it", "cache cleared"]
    assert [each["worked"] for each in done["attempts"]] == [False, True]
    assert done["checklist"]["attempts"]["evidence"] == "1 failed attempt logged"


def test_a_note_says_which_way_it_went(shell: Shell) -> None:
    shell.done("note", "1", "internal", "words")
    shell.done("note", "1", "--to-requester", "we are on it", "--promise", "2030-01-01T09:00Z")
    shell.done("note", "1", "--from-requester", "--asks-for-supervisor", "hurry")
    shell.done("note", "1", "--conversation", "Kim, by phone", "she will send the log")

    case = shell.case()
    assert [note["voice"] for note in case["notes"]] == ["internal", "outbound", "requester", "conversation"]
    assert case["notes"][2]["by"] == "kim@acme.example"
    assert (case["notes"][3]["with"], case["notes"][3]["text"]) == ("Kim, by phone", "she will send the log")
    assert case["promised_at"] == "2030-01-01T09:00:00Z"
    assert case["checklist"]["expectations"]["evidence"] == "supervisor asked for once"


def test_a_long_text_comes_from_standard_input(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"line one\nline \xff two\n")))

    shell.done("note", "1", "-")

    assert shell.case()["notes"][0]["text"] == "line one\nline � two"


def test_a_waiting_case_resumes_when_the_customer_answers(shell: Shell) -> None:
    done = shell.done("wait", "1", "--for", "customer", "--until", "+2d", "--told", "send the log", "--json").json
    assert (done["status"], done["waiting_for"]) == ("waiting", "customer")
    left = datetime.fromisoformat(done["resume_at"]) - datetime.now(UTC)
    assert timedelta(days=1.9) < left < timedelta(days=2)

    shell.done("note", "1", "--from-requester", "here it is")
    assert shell.case()["status"] == "open"
    assert shell("resume", "1").code == 1
    shell.done("wait", "1", "--for", "vendor")
    shell.done("resume", "1")
    assert shell("wait", "1", "--for", "x", "--until", "2001-01-01").code == 1
    assert shell("wait", "1", "--for", "x", "--until", "soon").code == 2
    assert shell("wait", "1").code == 2


def test_facts_are_changed(shell: Shell) -> None:
    done = shell.done(
        "change", "2", "category=checkout", "item= checkout-api\t(EU)", "affected=1,200", "tags=vip;eu",
        "due=2030-01-01", "known_fix=KB7", "confidential=yes", "--json",
    ).json  # fmt: skip

    assert (done["category"], done["affected"], done["tags"]) == ("checkout", 1200, ["vip", "eu"])
    assert done["item"] == shell.case(2)["item"] == "checkout-api (EU)"
    assert done["confidential"] is True
    cleared = shell.done(
        "change", "2", "affected=", "item=", "tags=", "due=", "known_fix=", "confidential=no", "--json"
    ).json
    assert (cleared["affected"], cleared["item"], cleared["tags"], cleared["known_fix"]) == (None, "", [], "")
    assert (done["due"], cleared["due"]) == ("2030-01-01T00:00:00Z", cleared["clock"]["due"])


def test_a_stop_condition_escalates_at_once(shell: Shell) -> None:
    assert "ESCALATE" in shell.done("change", "2", "stop=safety").out
    assert shell.case(2)["stops"] == ["safety"]
    assert shell.case(2)["advice"]["stop"] == "safety"


def test_a_severity_needs_a_reason(shell: Shell) -> None:
    assert shell("change", "2", "severity=S1").code == 1
    done = shell.done("change", "2", "severity=s1", "--reason", "the board", "--json").json
    assert (done["severity"], done["severity_from"]) == ("S1", "override")


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ("colour=red", "is not a fact that can be changed"),
        ("stop=safty", "Did you mean 'safety'?"),
        ("category=chekout", "Did you mean 'checkout'?"),
        ("severity=S9", "It is one of S1, S2, S3, S4"),
        ("affected=many", "takes a whole number"),
        (f"item={'x' * 1001}", "takes at most 1,000"),
        ("due=soon", "is not a time"),
        ("confidential=perhaps", "no answer 'perhaps'"),
    ],
)
def test_a_fact_that_cannot_be_is_refused(fact: str, told: str, shell: Shell) -> None:
    said = shell("change", "2", fact)

    assert said.code == 1
    assert told in said.err


def test_several_cases_are_assigned_and_the_refused_ones_named(shell: Shell) -> None:
    shell.done("assign", "2", "bo")

    said = shell("assign", "1", "2", "99", "bo")

    assert said.code == 1
    assert "Case 1: ada assigned it to bo." in said.out
    assert "Case 2: Case 2 is already with bo." in said.err
    assert "Case 99: There is no case 99." in said.err
    assert "needs a reason" in shell("assign", "1", "me").err
    shell.done("claim", "1", "--take-over", "--reason", "bo is ill")
    assert shell.case()["handler"] == "ada"


def test_several_cases_as_json_say_which_were_done(shell: Shell) -> None:
    said = shell("move", "1", "2", "99", "2/database", "--json")

    assert said.code == 1
    assert [case["id"] for case in said.json["done"]] == [1, 2]
    assert {case["team"] for case in said.json["done"]} == {"database"}
    assert said.json["refused"] == [{"case": 99, "refused": "There is no case 99.", "code": "not-found", "by": None}]


def test_a_conflict_among_several_is_the_exit_code(shell: Shell) -> None:
    shell.done("answer", "1", "scope=3", "attempts=2")
    shell.done("escalate", "1")

    assert shell("move", "1", "2", "2/database").code == 3


def test_a_team_alone_says_its_tier(shell: Shell) -> None:
    shell.done("move", "2", "database")

    assert (shell.case(2)["tier"], shell.case(2)["team"]) == (2, "database")
    assert "There is no team 'kitchen'" in shell("move", "2", "kitchen").err
    assert "is not a target" in shell("move", "2", "2x").err
    assert "escalate it there" in shell("move", "2", "3@vendor").err


def test_a_duplicate_is_merged(shell: Shell) -> None:
    done = shell.done("merge", "2", "1", "--json").json

    assert (done["status"], done["duplicate_of"]) == ("closed", 1)
    assert shell("merge", "1", "1").code == 1


def test_an_act_is_undone_and_redone(shell: Shell) -> None:
    shell.done("claim", "1")
    assert "undid" in shell.done("undo", "1").out
    assert shell.case()["handler"] is None
    shell.done("redo")
    assert shell.case()["handler"] == "ada"
    assert "nothing of yours to undo" in shell("undo", person="bo").err


def test_what_was_changed_since_is_not_undone(shell: Shell) -> None:
    shell.done("claim", "1")
    shell.done("assign", "1", "cleo", person="bo")

    said = shell("undo", "1", "--json")

    assert (said.code, said.json["by"]) == (3, "bo")
