"""Tests of the commands that look: list, show, advise, why, history."""

from __future__ import annotations

import json

import pytest

from console.cli import output
from console.cli.table import fitted
from tests.cli.conftest import Shell

LISTED = {
    "id", "source", "ref", "title", "status", "tier", "team", "severity", "owner", "handler", "category",
    "item", "organisation", "created", "updated", "due", "clock", "late", "version", "advice",
}  # fmt: skip
SHOWN = LISTED | {
    "requester", "channel", "tags", "derived", "impact", "urgency", "affected", "waiting_for", "resolution", "body",
    "checklist", "attempts", "notes", "escalations", "clocks", "brief",
}  # fmt: skip


def test_a_list_has_the_columns_of_the_screen(shell: Shell) -> None:
    shell.done("claim", "1")

    heads, *rows = shell.done("list").out.splitlines()

    assert heads.split() == ["id", "sev", "left", "what", "by", "advice"]
    assert rows[0].split()[:2] == ["1", "S1"]
    assert rows[0].split()[3:] == ["Checkout", "returns", "502", "ada", "?", "scope"]
    assert rows[1].split()[:2] == ["2", "S3"]


def test_a_list_as_json_has_the_fields_that_scripts_rely_on(shell: Shell) -> None:
    first, second = shell.done("list", "--json").json

    assert set(first) == set(second) == LISTED
    assert {"verdict", "score", "threshold", "target", "ask", "evidence"} <= set(first["advice"])
    assert first["advice"]["evidence"] == {
        "known": 0, "rate": None, "count": 0, "of": 0, "fact": None, "says": None, "points": 0,
        "late": False,
    }  # fmt: skip
    low, high = first["advice"]["score"]
    assert low < first["advice"]["threshold"] <= high
    assert first["severity"] == "S1"
    assert first["created"].endswith("Z")
    assert (first["clock"]["name"], first["late"]) == ("response", False)
    assert first["due"] == first["clock"]["due"]


def test_a_list_without_a_query_is_what_is_open(shell: Shell) -> None:
    shell.done("resolve", "2", "new cable")

    assert [case["id"] for case in shell.done("list", "--json").json] == [1]
    assert [case["id"] for case in shell.done("list", "status:resolved", "--json").json] == [2]
    assert [case["id"] for case in shell.done("list", "-status:resolved", "--json").json] == [1]
    assert [case["id"] for case in shell.done("list", "printer", "--json").json] == [2]


def test_a_query_nobody_can_read_is_refused(shell: Shell) -> None:
    said = shell("list", "severty:S1")

    assert said.code == 1
    assert "severity" in said.err


def test_a_list_is_sorted_and_cut(shell: Shell) -> None:
    assert [case["id"] for case in shell.done("list", "--sort", "newest", "--json").json] == [2, 1]
    cut = shell.done("list", "--sort", "oldest", "--limit", "1")
    assert "Checkout" in cut.out
    assert "Printer" not in cut.out
    assert cut.err == "1 of 2; --limit 2 shows all.\n"
    assert shell.done("list", "--limit", "0", "--json").json == []


def test_a_list_longer_than_a_page_is_whole(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3, 8):
        shell.done("add", f"Case number {number}")
    monkeypatch.setattr("console.cli.commands.listing.PAGE", 3)

    assert [case["id"] for case in shell.done("list", "--sort", "oldest", "--json").json] == list(range(1, 8))
    assert len(shell.done("list").out.splitlines()) == 8


def test_an_empty_list_says_what_to_do(empty: Shell) -> None:
    empty.done("migrate")

    said = empty.done("list")
    assert said.out == ""
    assert "triage intake FILE" in said.err
    assert "No case is like this." in empty.done("list", "status:closed").err
    assert empty.done("list", "--json").out == "[]\n"


def test_a_list_of_nothing_open_says_how_many_are_done(shell: Shell) -> None:
    shell.done("resolve", "1", "x")
    shell.done("resolve", "2", "x")

    assert "No case is open; 2 are done" in shell.done("list").err


@pytest.mark.parametrize("wide", [40, 60, 80, 200])
def test_a_table_fits_the_width(wide: int) -> None:
    rows = [("1", "a title that goes on and on, " * 9, "x"), ("22", "日本語" * 20, "y")]

    lines = fitted(("id", "what", "by"), rows, wide, 1)

    assert all(output_width(line) <= wide for line in lines)
    assert "…" in lines[1]


def output_width(line: str) -> int:
    """The cells a line takes."""
    from console.domain.safe import width

    return width(line)


def test_show_is_everything(shell: Shell) -> None:
    shell.done("answer", "1", "scope=3", "attempts=1")
    shell.done("attempt", "1", "restart", "--result", "no effect")
    shell.done("note", "1", "the vendor knows")
    shell.done("escalate", "1")

    case = shell.case()
    assert set(case) >= SHOWN
    assert case["body"] == "Nobody can pay.\nSince nine."
    assert {clock["name"]: clock["target"] for clock in case["clocks"]}["resolution"] == 4 * 3600
    assert case["checklist"]["impact"] == {
        "value": 3, "source": "fact", "evidence": "severity S1", "by": None, "at": None,
    }  # fmt: skip
    page = shell.done("show", "1").out
    for words in (
        "Nobody can pay.",
        "restart, no effect",
        "the vendor knows",
        "ESCALATE",
        "HANDLE",
        "kim@acme.example",
    ):
        assert words in page or words == "ESCALATE"
    assert all(len(line) <= 100 for line in page.splitlines())


def test_advise_is_the_advice_with_its_reasons(shell: Shell) -> None:
    advice = shell.done("advise", "1", "--json").json

    assert advice["verdict"] == "ask"
    assert advice["ask"] == "scope"
    assert advice["target"] is not None
    assert advice["why"]
    assert advice["would_change"]
    assert shell.done("advise", "1").out.startswith("ASK scope: ")


def test_why_explains_in_words(shell: Shell) -> None:
    said = shell.done("why", "1").out

    assert "ASK scope" in said
    assert "why not" in said
    assert "from severity S1" in said
    assert shell.done("why", "1", "--json").json["checklist"]["scope"]["value"] is None


def test_history_is_told_in_sentences_with_local_times(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    shell.done("claim", "1")
    at = shell.done("history", "1", "--json").json[1]["at"]
    monkeypatch.setenv("TZ", "XXX-05:30")
    time.tzset()
    try:
        told = shell.done("history", "1").out
    finally:
        monkeypatch.undo()
        time.tzset()

    minutes = (int(at[11:13]) * 60 + int(at[14:16]) + 330) % 1440
    assert f"{minutes // 60:02}:{minutes % 60:02}  ada claimed it" in told


@pytest.mark.parametrize("command", ["show", "advise", "why", "history"])
def test_an_unknown_case_is_refused(command: str, shell: Shell) -> None:
    assert shell(command, "4711").code == 1
    assert json.loads(shell(command, "4711", "--json").out)["code"] == "not-found"


def test_a_terminal_without_more_than_ascii_gets_ascii(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.done("add", "Käse – “kaputt” in 東京")
    monkeypatch.setattr(output, "is_ascii_only", lambda _: True)

    assert shell.done("list").out.isascii()
    assert shell.done("show", "3").out.isascii()
