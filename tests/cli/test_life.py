"""The whole life of a case on the command line."""

from __future__ import annotations

import json

from tests.cli.conftest import Shell


def go_up(shell: Shell) -> None:
    """Answer, and escalate with a completed brief; nobody else can after that."""
    answered = shell.done("answer", "1", "scope=3", "impact=3", "attempts=1", "expectations=2", "--json").json
    assert answered["advice"]["verdict"] == "escalate"
    assert answered["event"]["kind"] == "answered"
    assert answered["checklist"]["scope"] == {
        "value": 3, "source": "person", "evidence": None, "by": "ada", "at": answered["event"]["at"],
    }  # fmt: skip

    brief = shell.done("show", "1", "--brief").json
    brief |= {"help": "restart the payment cluster", "consequences": "nobody can pay"}
    sent = shell.done("escalate", "1", "--brief", shell.write("brief.json", json.dumps(brief)), "--json").json
    assert (sent["tier"], sent["owner"], sent["handler"]) == (int(sent["escalations"][0]["target"][0]), "ada", "ada")
    assert sent["brief"]["help"] == "restart the payment cluster"

    assert shell("escalate", "1", person="bo").code == 3


def come_back(shell: Shell) -> None:
    """Ask back, reply, accept, and return."""
    shell.done("ask", "1", "which", "region?", person="dana")
    shell.done("reply", "1", "all of them")
    accepted = shell.done("accept", "1", "--json", person="dana").json
    assert (accepted["handler"], accepted["owner"]) == ("dana", "ada")

    returned = shell.done("return", "1", "--reason", "solvable-below", "--note", "see KB7", person="dana")
    assert "dana returned it to tier 1: solvable-below, 'see KB7'" in returned.out
    assert shell.case()["tier"] == 1


def test_a_case_goes_the_whole_way(shell: Shell) -> None:
    assert shell.done("advise", "1", "--json").json["verdict"] == "ask"
    go_up(shell)
    come_back(shell)
    shell.done("decide", "1", "handle", "--reason", "skill-here")
    assert shell("resolve", "1").code == 1
    shell.done("resolve", "1", "restarted", "by", "hand")
    shell.done("close", "1")
    reopened = shell.done("reopen", "1", "--reason", "it is back", "--json").json
    assert (reopened["status"], reopened["reopened"], reopened["resolution"]) == ("open", 1, "")

    history = shell.done("history", "1", "--json").json
    kinds = "opened answered escalated asked replied accepted returned decided resolved closed reopened"
    assert [event["kind"] for event in history] == kinds.split()
    assert [event["version"] for event in history] == list(range(1, 12))
    assert {"seq", "at", "actor", "on_behalf_of", "kind", "changes", "cause", "reason", "version", "sentence"} <= set(
        history[0]
    )
    told = shell.done("history", "1").out
    assert "ada opened it" in told
    assert "dana asked back: 'which region?'" in told
    assert "ada reopened it: 'it is back'" in told
    assert shell.done("doctor").out.endswith("All is well.\n")


def test_whoever_was_asked_is_reminded_says_that_they_are_on_it_or_is_passed_over(shell: Shell) -> None:
    go_up(shell)
    assert shell.done("remind", "1", "please", "look").out.startswith("Case 1: ada reminded ")
    assert shell.done("acknowledge", "1", person="dana").out == "Case 1: dana acknowledged it and is on it.\n"
    assert shell.case()["escalations"][-1]["acknowledged"] == ["dana"]
    assert "on it: dana" in shell.done("show", "1").out

    assert shell("escalate", "1", "--skip").code == 1
    skipped = shell.done("escalate", "1", "--skip", "--reason", "other: nobody answers", "--json").json
    assert [each["state"] for each in skipped["escalations"]] == ["expired", "sent"]
    assert skipped["tier"] > 2


def test_an_override_needs_a_reason_and_keeps_it(shell: Shell) -> None:
    shell.done("answer", "1", "scope=3", "attempts=2")

    said = shell("decide", "1", "handle")
    assert (said.code, "needs a reason" in said.err) == (1, True)
    assert shell("decide", "1", "handle", "--reason", "because").code == 1

    done = shell.done("decide", "1", "handle", "--reason", "other: the fix is on its way", "--json").json
    assert (done["event"]["reason"], done["event"]["reason_text"]) == ("other", "the fix is on its way")


def test_an_incomplete_brief_is_refused_by_its_parts(shell: Shell) -> None:
    shell.done("answer", "1", "scope=3", "attempts=2")
    empty = shell.write("brief.toml", 'issue = ""\nconsequences = "much"\n')

    said = shell("escalate", "1", "--brief", empty, "--json")
    assert (said.code, said.json["code"]) == (1, "incomplete")
    assert "lacks issue" in said.json["refused"]

    done = shell.done("escalate", "1", "--brief", empty, "--incomplete", "nobody to ask", "--json").json
    assert done["escalations"][0]["incomplete"] == "nobody to ask"


def test_a_brief_that_is_no_brief_is_refused(shell: Shell) -> None:
    for text, told in (("{", "neither JSON nor TOML"), ('{"isue": "x"}', "no part 'isue'"), ("= 5", "neither")):
        said = shell("escalate", "1", "--brief", shell.write("brief", text))
        assert (said.code, told in said.err) == (1, True)
    assert "no brief file at" in shell("escalate", "1", "--brief", "nowhere.json").err


def test_a_case_is_sent_where_the_person_says(shell: Shell) -> None:
    shell.done("answer", "1", "scope=3", "attempts=2")

    done = shell.done(
        "escalate", "1", "--to", "2/database", "--told", "it is with the experts", "--promise", "+2h", "--json"
    )

    assert (done.json["tier"], done.json["team"]) == (2, "database")
    assert done.json["promised_at"] is not None
    assert shell("escalate", "2", "--to", "database").code == 2
    assert shell("escalate", "2", "--to", "2/nobody", "--reason", "other: try").code == 1


def test_a_closed_escalation_is_reviewed(shell: Shell) -> None:
    shell.done("change", "1", "stop=safety")
    shell.done("escalate", "1", "--incomplete", "no time")
    what = ("review", "1", "--happened", "a disk", "--why", "no access", "--needs", "article: how to restart it")
    assert "still open" in shell(*what).err
    shell.done("resolve", "1", "new disk")

    assert "reviewed its escalation: 'a disk'" in shell.done(*what).out
    assert "reviewed already" in shell(*what).err
    assert "needs what happened" in shell("review", "1", "--happened", " ", "--why", "x", "--needs", "y").err
