"""Tests of acts on several cases: named one by one, or found by a query."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def desk(shell: Shell) -> Shell:
    """A shell with four cases; the third and fourth are tagged vpn."""
    shell.done("add", "VPN drops", "--tags", "vpn")
    shell.done("add", "VPN slow", "--tags", "vpn")
    return shell


def handlers(shell: Shell) -> list[str | None]:
    """Who handles each case."""
    return [case["handler"] for case in shell.done("list", "id<=4", "--sort", "oldest", "--json").json]


def answer(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    """Let a person sit at the terminal who answers."""

    class Person:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return said

    monkeypatch.setattr(sys, "stdin", Person())
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


ACTS: dict[str, tuple[list[str], str, Any]] = {
    "assign": (["assign", "3", "4", "bo"], "handler", "bo"),
    "move": (["move", "3,4", "2/database"], "team", "database"),
    "wait": (["wait", "3", "4", "--for", "vendor"], "waiting_for", "vendor"),
    "resolve": (["resolve", "3,4", "line", "repaired"], "resolution", "line repaired"),
    "tag": (["tag", "outage;eu", "3", "4"], "tags", ["vpn", "outage", "eu"]),
    "untag": (["tag", "--remove", "vpn", "3", "4"], "tags", []),
}


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_several_cases_is_undone_with_one_word(desk: Shell, act: str) -> None:
    words, field, value = ACTS[act]
    before = desk.case(3)[field]

    said = desk.done(*words)

    assert "Case 3: ada" in said.out
    assert "2 cases done; `triage undo` takes them back together." in said.err
    assert [desk.case(number)[field] for number in (3, 4)] == [value, value]
    assert "2 cases done" in desk.done("undo").err
    assert [desk.case(number)[field] for number in (3, 4)] == [before, before]
    desk.done("redo")
    assert desk.case(4)[field] == value


@pytest.mark.parametrize("act", ACTS)
def test_an_act_on_what_a_query_finds_needs_a_yes(desk: Shell, act: str) -> None:
    words, field, value = ACTS[act]
    words = ["tag:vpn" if word in {"3", "3,4"} else word for word in words if word != "4"]

    refused = desk(*words)
    assert (refused.code, refused.out) == (1, "")
    assert "2 cases would be changed; add --yes if that is meant." in refused.err
    assert desk.case(3)[field] != value

    desk.done(*words, "--yes")
    assert [desk.case(number)[field] for number in (3, 4)] == [value, value]


def test_the_same_note_goes_on_every_case_a_query_finds(desk: Shell) -> None:
    desk.done("note", "tag:vpn live:yes", "the", "line", "is", "back", "--to-requester", "--yes")
    assert [note["text"] for note in desk.case(4)["notes"]] == ["the line is back"]
    assert desk.case(2)["notes"] == []


def test_a_person_at_a_terminal_is_asked(desk: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, "n\n")
    said = desk("assign", "tag:vpn", "bo")
    assert said.code == 1
    assert "Assign to bo: 2 cases? [y/N]" in said.err
    assert handlers(desk) == [None] * 4
    answer(monkeypatch, "y\n")
    desk.done("assign", "tag:vpn", "bo")
    assert handlers(desk) == [None, None, "bo", "bo"]


def test_one_case_that_a_query_finds_needs_no_yes(desk: Shell) -> None:
    desk.done("assign", '"VPN slow"', "bo")
    assert handlers(desk) == [None, None, None, "bo"]


def test_a_query_that_finds_nothing_changes_nothing(desk: Shell) -> None:
    said = desk("resolve", "tag:nowhere", "done", "--yes")
    assert (said.code, said.err) == (1, "No case is like this; nothing was changed.\n")


@pytest.mark.parametrize("word", ["printer", "471l", "1,x"])
def test_a_bare_word_is_no_query(desk: Shell, word: str) -> None:
    said = desk("resolve", word, "done", "--yes")
    assert said.code == 2
    assert "is neither the number of a case nor a query" in said.err


def test_a_denial_may_stand_in_a_query(desk: Shell) -> None:
    desk.done("tag", "rest", "live:yes", "-tag:vpn", "--yes")
    assert [desk.case(number)["tags"] for number in (1, 2, 3)] == [["rest"], ["rest"], ["vpn"]]


def test_very_many_are_told_in_part(desk: Shell) -> None:
    for number in range(21):
        desk.done("add", f"Scanner {number}", "--tags", "scan")
    said = desk.done("tag", "floor2", "tag:scan", "--yes")
    assert said.out.count("ada changed tags") == 20
    assert "and 1 more case." in said.out


def test_a_batch_as_json_says_what_was_done_and_refused(desk: Shell) -> None:
    desk.done("resolve", "3", "done")
    said = desk("move", "3", "4", "2/database", "--json")
    assert said.code == 1
    assert ([case["id"] for case in said.json["done"]], said.json["refused"][0]["case"]) == ([4], 3)
    assert said.json["batch"]


def test_the_next_case_is_claimed(desk: Shell) -> None:
    assert desk.done("claim", "next", "--json").json["id"] == 1
    assert desk("claim", "nxt").code == 2


def test_a_share_out_shows_its_plan_and_changes_nothing_until_it_is_meant(desk: Shell) -> None:
    desk.done("people", "add", "ada", "--role", "admin", "--tier", "4")
    for name in ("bo", "cy"):
        desk.done("people", "add", name, "--tier", "1")

    plan = desk.done("share-out", "live:yes")
    assert "bo 2 (carries 0, 2 then), cy 2 (carries 0, 2 then)" in plan.out
    assert "Nothing is changed yet; add --yes to do it." in plan.err
    assert desk.done("share-out", "1", "--json").json["plan"][0]["person"] == "bo"
    assert handlers(desk) == [None] * 4

    done = desk.done("share-out", "live:yes", "--yes")
    assert "Case 1: ada assigned it to bo (shared out)." in done.out
    assert sorted(map(str, handlers(desk))) == ["bo", "bo", "cy", "cy"]
    desk.done("undo")
    assert handlers(desk) == [None] * 4

    told = desk.done("share-out", "3", "4", "--yes", "--json").json
    assert [share["person"] for share in told["plan"]] == [case["handler"] for case in told["done"]]


def test_a_share_out_says_what_nobody_can_take(desk: Shell) -> None:
    desk.done("people", "add", "ada", "--role", "admin", "--tier", "4")
    desk.done("people", "add", "bo", "--tier", "1")
    desk.done("move", "3", "2/database")
    said = desk.done("share-out", "3")
    assert "nobody of tier 2 database is present" in said.out
    assert "nobody gets any; 1 left" in said.out
