"""Duplicates: what a case is like, told by show and after an import; merges of several, and what they leave to see."""

from __future__ import annotations

import json

import pytest

from console.cli import arrived
from tests.cli.conftest import Shell

HEAD = "source,ref,title,body,requester,organisation,created\n"
CRM = (
    f"{HEAD}crm,1,Payroll export wrong for 3 sites,Lyon is missing,kim@acme.example,ACME,2026-11-23T10:00Z\n"
    "crm,2,Scanner jams,It eats paper,lee@acme.example,ACME,2026-11-23T10:00Z\n"
)
PORTAL = (
    f"{HEAD}portal,a,RE: payroll export wrong for 3 sites,Still so,Kim@acme.example,ACME,2026-11-23T10:12Z\n"
    "portal,b,Payroll export wrong for 3 sites,,kim@acme.example,ACME,2026-11-23T10:20Z\n"
)


@pytest.fixture
def twice(empty: Shell) -> Shell:
    """A shell with the same told by two systems."""
    empty.done("intake", empty.write("crm.csv", CRM))
    empty.done("intake", empty.write("portal.csv", PORTAL))
    return empty


def test_an_import_tells_what_looks_like_a_case_that_is_there(empty: Shell) -> None:
    first = empty.done("intake", empty.write("crm.csv", CRM))
    second = empty.done("intake", empty.write("portal.csv", PORTAL))
    again = empty.done("intake", empty.write("portal.csv", PORTAL), "--json").json

    assert "there already" not in first.out
    assert (
        "2 of them look like cases that are there already: 3 like 1 (same requester and subject, 12 min apart);"
        " 4 like 3 (same requester and subject, 8 min apart)" in second.out
    )
    assert again["duplicates"] == []


def test_an_import_tells_it_as_json_too(empty: Shell) -> None:
    empty.done("intake", empty.write("crm.csv", CRM))
    found = empty.done("intake", empty.write("portal.csv", PORTAL), "--json").json["duplicates"]

    told = [(each["case"], each["like"]["id"], each["like"]["likely"]) for each in found]
    assert told == [(3, 1, True), (4, 3, True)]


def test_of_many_only_the_last_are_looked_at(empty: Shell) -> None:
    most = arrived.LOOKED_AT
    row = "portal,{},Payroll export wrong,,kim@acme.example,ACME,2026-11-23T10:00Z\n"
    rows = "".join(map(row.format, range(most + 5)))

    said = empty.done("intake", empty.write("many.csv", HEAD + rows)).out

    assert f"{most} of the {most} that came last look like cases that are there already: 6 like 1 (" in said
    assert f"; and {most - arrived.SHOWN} more" in said


def test_what_is_opened_by_hand_is_told_what_it_is_like(twice: Shell) -> None:
    again = twice.done("add", "Payroll export wrong for 3 sites", "--requester", "kim@acme.example").out
    other = twice.done("add", "Scanner jams again", "--requester", "ann@acme.example", "--organisation", "acme").out
    named = twice.done("add", "As asked", "--body", "What became of #10?").out

    assert "It looks like case " in again
    assert "same requester and subject" in again
    assert "See also case 2, Scanner jams: same organisation and category, both about jams and scanner" in other
    assert "See also" not in named


def test_show_tells_what_a_case_is_like(twice: Shell) -> None:
    page, form = twice.done("show", "3").out, twice.case(3)

    assert "Like it\n  4  Payroll export wrong for 3 sites: likely the same" in page
    assert "`triage merge 4 3` closes 4 as a duplicate of 3." in page
    assert form["similar"][1] == {
        "id": 1, "title": "Payroll export wrong for 3 sites", "status": "new", "how": "subject", "likely": True,
        "score": 90, "reason": "same requester and subject, 12 min apart",
    }  # fmt: skip
    assert "Like it" not in twice.done("show", "2").out


def test_several_are_merged_and_taken_back_together(twice: Shell) -> None:
    twice.done("attempt", "3", "sent it anew", "--result", "still wrong")
    twice.done("note", "3", "they wait")
    done = twice.done("merge", "3,4", "1")

    assert "Case 3: ada merged it into 1" in done.out
    assert "`triage undo` takes them back together" in done.err
    page, form = twice.done("show", "1").out, twice.case(1)
    assert "Merged into it\n  3  RE: payroll export wrong for 3 sites, of Kim@acme.example; ada merged it" in page
    for said in ("Kim@acme.example: Still so", "ada: tried sent it anew: still wrong", "ada: they wait"):
        assert said in page
    assert [(each["id"], each["body"]) for each in form["merged"]] == [(3, "Still so"), (4, "")]
    assert twice.case(3)["duplicate_of"] == 1
    twice.done("undo")
    assert [twice.case(each)["status"] for each in (3, 4)] == ["open", "new"]
    assert twice.case(1)["merged"] == []


def test_what_was_merged_leads_on(twice: Shell) -> None:
    twice.done("merge", "3", "4")
    assert json.loads(twice.done("merge", "1", "3", "--json").out)["duplicate_of"] == 4
    assert "Case 3 was merged into case 4, so 4 is the one that stays." in twice("merge", "4", "3").err


def test_show_tells_what_solved_the_like_of_a_case(empty: Shell) -> None:
    empty.done("intake", empty.write("crm.csv", CRM))
    empty.done("claim", "1")
    empty.done("attempt", "1", "ran it anew", "--article", "KB-7", "--worked")
    empty.done("resolve", "1", "ran the export anew")
    empty.done("intake", empty.write("portal.csv", PORTAL))
    page, told = empty.done("show", "4").out, empty.done("show", "4", "--json").json

    assert (
        "Solved before\n  1  Payroll export wrong for 3 sites (tier 1): ran the export anew; article\n    KB-7\n"
        in page
    )
    assert "    same category; both say export, payroll and sites\n" in page
    (solved,) = told["solved"]
    assert (solved["id"], solved["tier"], solved["solved_so"], solved["article"]) == (1, 1, 1, "KB-7")
    assert empty.done("show", "2", "--json").json["solved"] == []
