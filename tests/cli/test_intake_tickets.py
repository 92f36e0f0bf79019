"""Tickets of other systems on their way into the store: once, whole, and with what happened to them there."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Shell
from tests.intake import tickets

FILES = {
    "jira": json.dumps(tickets.JIRA_ISSUE),
    "jira table": tickets.JIRA_TABLE,
    "zendesk": json.dumps({"tickets": [tickets.ZENDESK_TICKET]}),
    "zendesk table": tickets.ZENDESK_TABLE,
    "servicenow": json.dumps({"result": [tickets.SERVICENOW_RECORD]}),
    "servicenow table": tickets.SERVICENOW_TABLE,
    "freshdesk": json.dumps([tickets.FRESHDESK_TICKET]),
    "freshdesk table": tickets.FRESHDESK_TABLE,
    "osticket table": tickets.OSTICKET_TABLE,
}


@pytest.mark.parametrize("name", FILES)
def test_what_comes_twice_is_there_once(empty: Shell, name: str) -> None:
    path = empty.write("tickets", FILES[name])

    first = empty("intake", path, "--json").json
    again = empty("intake", path, "--json").json

    assert first["formats"] == [name.split(maxsplit=1)[0]]
    assert first["new"] == first["read"] > 0
    assert first["notes"] > 0
    assert (again["new"], again["notes"], again["known"]) == (0, 0, first["read"])


def test_audits_that_come_later_join_their_ticket(empty: Shell) -> None:
    ticket = empty.write("tickets.json", FILES["zendesk"])
    audits = empty.write("audits.json", json.dumps({"audits": tickets.ZENDESK_AUDITS}))

    empty.done("intake", ticket)
    joined = empty.done("intake", audits, "--json").json

    assert (joined["new"], joined["joined"], joined["rejected"]) == (0, 1, 0)
    told = empty.done("history", "1").out
    assert "Which invoice?" in told
    assert "Ask finance" in told


def test_a_ticket_that_moved_on_tells_so_when_it_comes_again(empty: Shell) -> None:
    moved = tickets.ZENDESK_TICKET | {"status": "solved", "updated_at": "2026-02-05T08:00:00Z"}

    empty.done("intake", empty.write("one.json", FILES["zendesk"]))
    again = empty.done("intake", empty.write("two.json", json.dumps({"tickets": [moved]})), "--json").json

    assert (again["new"], again["joined"]) == (0, 1)
    assert " 5 Feb 08:00" in empty.done("history", "1").out
    assert empty.done("show", "1", "--json").json["status"] == "resolved"


def test_a_past_comes_in_once_with_its_comments_in_between(empty: Shell) -> None:
    path = empty.write(
        "ticket.json", json.dumps({"tickets": [tickets.ZENDESK_TICKET | {"audits": tickets.ZENDESK_AUDITS}]})
    )

    empty.done("intake", path)
    again = empty.done("intake", path, "--json").json

    told = empty.done("history", "1").out
    assert (again["joined"], again["known"]) == (0, 1)
    assert told.index("Which invoice?") < told.index("waiting for customer") < told.index("Ask finance")


def test_an_issue_from_both_exports_is_one_case(empty: Shell) -> None:
    empty.done("intake", empty.write("issues.csv", tickets.JIRA_TABLE))

    joined = empty.done("intake", empty.write("issue.json", FILES["jira"]), "--json").json

    assert (joined["new"], joined["joined"]) == (0, 1)
