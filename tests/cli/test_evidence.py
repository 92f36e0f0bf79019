"""`evidence`: what is counted, told and as a document, and counting anew."""

from __future__ import annotations

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
    assert shell.done("evidence", "--json").json == []
    assert shell("evidence", "--anew", "--readonly").code == 1
    assert "All cases are counted anew." in shell.done("evidence", "--anew").err
    assert shell.done("evidence").out == "Nothing is known yet.\n"
