"""Names in addresses and bodies stand for facts, and no fact means anything there."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.brief import Brief, Option
from console.domain.case import PersonId
from console.domain.events import Kind, Plain
from console.domain.placeholders import NAMES, Telling, address, as_words, facts, filled, filled_body, named
from console.domain.write_back import is_echo
from tests.builders import a_case, an_event

CASE = a_case(source="jira", ref="OPS-12", tier=2, team="database", owner=PersonId("ada"))
EVENT = an_event(Kind.ESCALATED, detail={"target": "2/database"}, reason="vip", changes={"tier": (1, 2)})
TOLD = Telling(hook="jira", key="k", case=CASE, event=EVENT, verdict="escalate", parts={"number": "12"}, tries=1)


def test_names_stand_for_facts() -> None:
    text = "{case.id} {case.ref} {case.severity} {case.owner} {case.handler}{event.kind} {{x}} {ref.number} {advice}"
    assert filled(text, facts(TOLD)) == "7 OPS-12 S3 ada escalated {x} 12 escalate"
    assert filled("{event.sentence}/{brief}", facts(TOLD)) == "ada escalated it to tier 2 database: vip/"
    briefed = facts(replace(TOLD, brief=Brief(issue="All is down")))
    assert "All is down" in briefed["brief"]
    assert set(NAMES) | {"ref.number"} == set(facts(TOLD))


def test_every_name_in_a_text_is_found_and_a_lone_brace_is_none() -> None:
    assert list(named("{a} {{b}} {c.d} } {")) == ["a", "c.d", "}", "{"]


def test_a_body_is_filled_text_by_text_and_marked_as_a_whole() -> None:
    body: Plain = {
        "ticket": {"comment": {"body": "Hm: {event.sentence}\n{mark}", "public": False}, "tags": ["t{case.tier}", 3]}
    }
    found: Any = filled_body(body, TOLD, facts(TOLD))
    comment = found["ticket"]["comment"]
    assert is_echo(comment["body"])
    assert comment["body"].startswith("Hm: ada escalated it")
    assert comment["public"] is False
    assert found["ticket"]["tags"] == ["t2", 3]


@given(st.text())
def test_no_title_breaks_out_of_a_body(title: str) -> None:
    told = replace(TOLD, case=replace(CASE, title=title))
    found = filled_body({"a": "{case.title}", "b": 1}, told, facts(told))
    assert json.loads(json.dumps(found)) == {"a": title, "b": 1}


@given(st.text())
def test_no_reference_leads_elsewhere(ref: str) -> None:
    told = {"case.ref": ref}
    found = address("https://jira.example/rest/{case.ref}/comment?q={case.ref}", told)
    if found is None:
        assert ref in {"", ".", ".."}
        return
    parts = urlsplit(found)
    assert (parts.netloc, parts.fragment) == ("jira.example", "")
    _, rest, quoted, last = parts.path.split("/")
    assert (rest, last) == ("rest", "comment")
    assert unquote(quoted, errors="surrogatepass") == ref.encode("utf-8", "replace").decode()


@pytest.mark.parametrize("ref", ["", ".", ".."])
def test_a_reference_that_makes_no_address_is_not_sent(ref: str) -> None:
    assert address("https://jira.example/rest/{case.ref}/comment", {"case.ref": ref}) is None


def test_without_a_body_everything_is_told() -> None:
    option = Option("failover", "quick", "", is_recommended=True)
    words: Any = as_words(replace(TOLD, brief=Brief(issue="All is down", options=(option,))))
    found = json.loads(json.dumps(words))
    assert found["case"]["ref"] == "OPS-12"
    assert found["case"]["created"] == "2026-11-23T09:00:00+00:00"
    assert found["event"]["id"] == "7.2"
    assert found["event"]["changes"] == {"tier": [1, 2]}
    assert found["brief"]["options"][0]["recommended"] is True
    assert is_echo(f"{found['event']['sentence']} {found['mark']}")
    assert "seq" not in found["event"]
    assert as_words(TOLD)["brief"] is None
