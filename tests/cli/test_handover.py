"""Tests of the shift handover."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def shift(shell: Shell) -> Shell:
    """A shell in which ada, bo and cy lead the first tier, and ada handles both cases."""
    for name in ("ada", "bo", "cy"):
        shell.done("people", "add", name, "--role", "admin" if name == "ada" else "lead", "--tier", "1")
    shell.done("claim", "1")
    shell.done("claim", "2")
    return shell


def test_a_shift_hands_over_and_the_next_accepts_row_by_row(shift: Shell) -> None:
    said = shift.done("handover", "write", "1", "--open", "refund open", "--promised", "+2h", "--asks", "call Kim")
    assert "ada handed it over: 'refund open', promised by" in said.out
    shift.done("handover", "write", "2")

    listed = shift.done("handover", "list", person="bo").out
    assert "refund open" in listed
    assert "Printer on floor 2" in listed
    assert [row["case"] for row in shift.done("handover", "--json", person="bo").json] == [1, 2]

    assert "bo took it on at the handover from ada" in shift.done("handover", "accept", "1", person="bo").out
    assert shift.case()["handler"] == "bo"
    late = shift("handover", "accept", "1", person="cy")
    assert (late.code, late.err) == (3, "Case 1 was taken on by bo already.\n")
    shift.done("handover", "accept", "--all", person="cy")
    assert shift.case(2)["handler"] == "cy"
    assert "Nothing is handed over to you" in shift("handover", "accept", "--all", person="cy").err
    assert "Nothing is handed over to you" in shift.done("handover", "list", person="cy").err


def test_without_words_every_case_of_mine_says_itself_how_it_stands(shift: Shell) -> None:
    shift.done("wait", "2", "--for", "customer")
    shift.done("handover", "write", "--to", "bo")
    rows = shift.done("handover", "list", "--json", person="bo").json
    assert [(row["case"], row["to"]) for row in rows] == [(1, "bo"), (2, "bo")]
    assert rows[1]["open"] == "waits for customer"
    assert shift.done("handover", "list", "--json", person="cy").json == []


def test_what_cannot_be_handed_over_is_refused(shift: Shell) -> None:
    assert "You handle no case" in shift("handover", "write", person="bo").err
    assert "Name the cases you take on, or say --all." in shift("handover", "accept").err
    assert shift("handover", "write", "--readonly").code == 1
    assert shift("handover", "accept", "x").code == 2


def test_the_report_prints_the_handover(shift: Shell) -> None:
    shift.done("handover", "write", "1", "--open", "refund *open*", "--promised", "+2h", "--asks", "call Kim")
    shift.done("handover", "write", "2", "--open", "toner", "--to", "bo")
    shift.done("handover", "accept", "2", person="bo")

    text = shift.done("report", "handover").out
    assert text.startswith("2 cases handed over, 1 not taken on yet\n\n1  S1  Checkout returns 502\n  from     ada, ")
    assert "  open     refund *open*\n" in text
    assert "  promised " in text
    assert "  asks     call Kim\n" in text
    assert "  taken on not yet, it is with ada\n" in text
    assert "  from     ada to bo, " in text
    assert "  taken on bo, " in text

    markdown = shift.done("report", "handover", "--format", "markdown").out
    assert markdown.startswith("# Shift handover\n\n2 cases handed over")
    assert "## 1 `Checkout returns 502` (S1)\n\n* from: `ada, " in markdown
    assert "* open: `refund *open*`\n" in markdown

    rows = shift.done("report", "handover", "--since", "1h", "--json").json
    assert [(row["case"], row["state"], row["taken_by"]) for row in rows] == [(1, "pending", None), (2, "taken", "bo")]
    assert shift.done("report", "handover", "--since", "2100-01-01", "--json").json == []


def test_nothing_in_the_report_is_a_mention_or_a_link(shift: Shell) -> None:
    shift.done("handover", "write", "1", "--open", "ask @ada at http://evil.example", "--asks", "#12 <b>")
    markdown = shift.done("report", "handover", "--format", "markdown").out
    assert "* open: `ask @ada at http://evil.example`\n" in markdown
    assert "* asks: `#12 <b>`\n" in markdown


def test_the_report_says_for_whom_a_lead_wrote(shift: Shell) -> None:
    shift.done("handover", "write", "1", "--open", "ada fell ill", person="bo")
    assert "  from     bo for ada, " in shift.done("report", "handover").out


def test_an_unknown_report_is_wrong_usage(shift: Shell) -> None:
    assert shift("report", "weather").code == 2
    assert shift("report", "handover", "--since", "then").code == 2
