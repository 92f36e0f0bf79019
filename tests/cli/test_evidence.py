"""`evidence`: what is counted, told and as a document, and counting anew."""

from __future__ import annotations

import pytest

from console.domain import policy_lint
from console.settings import sample_data
from console.store.engine import Store
from tests.cli.conftest import Shell


def test_it_says_how_often_cases_needed_a_higher_tier(shell: Shell) -> None:
    assert shell.done("evidence").out == "Nothing is known yet.\n"
    assert shell.done("evidence", "--json").json == []
    for number in range(7):
        shell.done("add", f"Case {number}", "--category", "checkout", "--organisation", f"Org {number}")
        shell.done("escalate", str(number + 3), "--incomplete", "at night", "--reason", "other: urgent")

    told = shell.done("evidence").out.splitlines()
    assert told[:3] == [
        "tier 1: 7 of 7 needed a higher tier",
        "  category checkout: 7 of 7",
        "  organisation Org 0: 1 of 1",
    ]
    assert told[-1] == "  organisation: 2 more"
    tier = shell.done("evidence", "--json").json[0]
    assert (tier["tier"], tier["needed"], tier["of"]) == (1, 7, 7)
    assert tier["like"][0] == {"fact": "category", "says": "checkout", "needed": 7, "of": 7}


def test_cases_from_before_are_counted_once_somebody_asks_for_it(shell: Shell) -> None:
    shell.done("add", "It is slow")
    store = Store(shell.database)
    with store.write() as tx:
        tx.rows("DELETE FROM evidence_kept")
    store.close()

    assert "`triage evidence --anew`" in shell.done("evidence").out
    assert "`triage evidence --anew`" in shell.done("migrate").err
    assert shell.done("migrate", "--json").json["counted"] is False
    (told,) = [each for each in shell.done("doctor", "--json").json["findings"] if each["part"] == "evidence"]
    assert told["grade"] == "remark"
    assert told["sentence"].startswith("Not all cases are counted for local evidence yet.")
    assert shell.done("evidence", "--json").json == []
    assert shell("evidence", "--anew", "--readonly").code == 1
    assert "All cases are counted anew." in shell.done("evidence", "--anew").err
    assert shell.done("evidence").out == "Nothing is known yet.\n"


def test_a_tick_counts_cases_from_before(shell: Shell) -> None:
    store = Store(shell.database)
    with store.write() as tx:
        tx.rows("DELETE FROM evidence_kept")
    store.close()
    shell.done("tick")

    assert shell.done("evidence").out == "Nothing is known yet.\n"


def test_what_earlier_cases_came_to_is_told_alike_wherever_a_case_is(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy_lint, "FEW", 1)
    text = (sample_data() / "policy.toml").read_text("utf-8") + "\n[evidence]\nweight = 1\nleast = 3\n"
    monkeypatch.setenv("TRIAGE_POLICY", shell.write("policy.toml", text))
    assert "  here     no local evidence yet" in shell.done("show", "1").out
    for number in (3, 4, 5):
        shell.done("add", "It is slow", "--category", "checkout")
        shell.done("escalate", str(number), "--incomplete", "at night", "--reason", "other: urgent")

    told = "3 of 3 earlier checkout cases needed tier 2: +3"
    for command in ("show", "why"):
        assert f"  here     {told}" in shell.done(command, "1").out
    assert "with +3 from here" in shell.done("why", "1").out
    advised = shell.done("advise", "1", "--json").json
    found = advised["evidence"]
    assert found.pop("rate") == pytest.approx(0.9)
    assert found == {
        "known": 3,
        "count": 3,
        "of": 3,
        "fact": "category",
        "says": "checkout",
        "points": 3,
        "late": False,
    }
    (listed,) = shell.done("list", "id:1", "--json").json
    why = shell.done("why", "1", "--json").json
    for form in (listed["advice"], shell.case()["advice"], why):
        assert form["evidence"] == found | {"rate": form["evidence"]["rate"]}
        assert form["score"] == advised["score"]
    assert shell.done("why", "1", "--at", "+1m", "--json").json["evidence"] == why["evidence"]
