"""The command that reviews: the timeline and the questions, then the review with its actions as cases of their own."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell

SAID = ("--happened", "a disk", "--why", "no access", "--needs", "access: restart rights")


@pytest.fixture
def solved(shell: Shell) -> Shell:
    """Give a desk whose first case was sent up and solved."""
    shell.done("change", "1", "stop=safety")
    shell.done("escalate", "1", "--incomplete", "no time")
    shell.done("resolve", "1", "new disk")
    return shell


def test_with_nothing_but_the_case_it_tells_how_it_went_and_what_is_asked(solved: Shell) -> None:
    said = solved.done("review", "1", "--readonly").out
    assert "sent it up" in said
    assert "--needs" in said
    assert "nothing was tried below before it went up" in said
    told = solved.done("review", "1", "--json").json
    assert (told["review"], told["actions"]) == (None, [])
    assert told["timeline"][0]["kind"] == "opened"
    assert "leave it out" in solved("review", "1", *SAID, "--readonly").err


def test_each_action_is_a_case_that_is_told_of_wherever_the_review_is(solved: Shell) -> None:
    done = solved.done(
        "review", "1", *SAID, "--action", "ask for rights; ada; +14d", "--action", "write; it; bo; 2099-01-01"
    )
    assert "2 actions asked for" in done.out
    first, second = solved.done("list", "is:action action:1", "--sort", "oldest", "--json").json
    assert (first["title"], first["owner"], second["title"]) == ("ask for rights", "ada", "write; it")

    assert "Reviewed by" in solved.done("review", "1").out
    shown = solved.done("show", "1").out
    assert f"Actions of its review\n  {first['id']}  open, ada, due" in shown
    assert [each["id"] for each in solved.done("show", "1", "--json").json["actions"]] == [first["id"], second["id"]]
    assert "action of     1" in solved.done("show", str(first["id"])).out
    written = solved.done("export", "--format", "markdown", "id:1").out
    assert "## Review of escalation 1001" in written
    assert f"* action {first['id']}, open, `ada`" in written
    assert "undid their own review" in solved.done("undo", "1").out
    assert f"{first['id']}  closed, ada" in solved.done("show", "1").out


@pytest.mark.parametrize("action", ["a", "a; b", "a; ; +3d", "; b; +3d", "a; b; soon"])
def test_an_action_that_does_not_say_all_of_it_is_wrong_usage(solved: Shell, action: str) -> None:
    assert solved("review", "1", *SAID, "--action", action).code == 2


def test_a_review_is_filed_as_json_with_its_actions(solved: Shell) -> None:
    told = solved.done("review", "1", *SAID, "--action", "write it; bo; +3d", "--json").json
    assert told["event"]["kind"] == "reviewed"
    assert [(each["owner"], each["status"]) for each in told["actions"]] == [("bo", "open")]
