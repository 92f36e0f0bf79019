"""Turning a policy on from the command line: what is told, what is refused, and what everybody goes by then."""

from __future__ import annotations

import argparse
import io
import sys

import pytest

from console.cli.call import Call
from console.cli.catalogue import COMMANDS
from console.cli.options import UNSET
from console.cli.watching import Watcher
from console.settings import sample_data
from tests.cli.conftest import Shell

TEXT = (sample_data() / "policy.toml").read_text()


def with_threshold(number: int) -> str:
    """Give the policy with another threshold."""
    return TEXT.replace("threshold = 9", f"threshold = {number}")


@pytest.fixture
def office(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Give a shell with a policy's file of its own."""
    monkeypatch.setenv("TRIAGE_POLICY", shell.write("policy.toml", TEXT))
    shell.done("migrate")
    return shell


def threshold(shell: Shell, *how: str) -> int:
    """Give the threshold of the policy in force."""
    return int(shell.done("policy", "show", "--json", *how).json["checklist"]["threshold"])


def test_a_policy_is_turned_on_for_the_next_command_and_turned_back(office: Shell) -> None:
    before = office.done("policy", "show", "--json").json
    assert before["in_force"] == {
        "version": before["version"], "by": None, "on_behalf_of": None, "at": None, "why": None,
        "file": before["version"],
    }  # fmt: skip

    on = office.done("policy", "use", office.write("draft.toml", with_threshold(8)), "--why", "too  much\nwaits")
    assert on.out == "checklist.threshold 8 instead of 9\n"
    assert "is in force now, for everybody" in on.err
    assert threshold(office) == 8
    assert "turned on by ada, because: too much waits" in office.done("policy").out
    assert office.done("policy", "show", "--toml").out == with_threshold(8)

    back = office.done("policy", "back", "--why", "no", "--json").json
    assert (back["changes"], back["in_force"]["version"]) == (["checklist.threshold 9 instead of 8"], before["version"])
    assert threshold(office) == 9
    nothing = office("policy", "back", "--why", "no")
    assert (nothing.code, nothing.out) == (1, "")
    assert "nothing to turn back from" in nothing.err


def test_history_tells_who_turned_what_on_and_why(office: Shell) -> None:
    office.done("policy", "use", office.write("draft.toml", with_threshold(8)), "--why", "too much waits")
    version = office.done("policy", "show", "--json").json["version"]
    office.done("policy", "back", "--why", "too little waits")

    head, second, first = office.done("policy", "history").out.splitlines()
    assert head.split() == ["at", "by", "version", "turned", "why"]
    assert second.startswith("*")
    assert second.endswith("back    too little waits")
    assert first.endswith(f"ada  {version}  on      too much waits")
    told = office.done("policy", "history", "--json").json
    assert [(each["takes_back"], each["is_in_force"], each["by"]) for each in told] == [
        (1, True, "ada"), (None, False, "ada"),
    ]  # fmt: skip
    assert office.done("policy", "show", "--toml", "--of", version).out == with_threshold(8)
    assert office("policy", "show", "--of", "nonsense").code == 1

    office.write("policy.toml", with_threshold(7))
    assert office.done("policy", "history").out.splitlines()[1].endswith("file    what the policy's file says")


def test_everything_that_is_wrong_is_told_by_line_and_nothing_is_turned_on(office: Shell) -> None:
    path = office.write("draft.toml", with_threshold(99).replace("weight = 2", "weight = -2"))
    said = office("policy", "use", path, "--why", "so")
    assert said.code == 1
    assert said.err.count(path) > 1
    assert "Nothing was turned on" in said.err
    said = office("policy", "use", path, "--why", "so", "--json")
    assert said.json["code"] == "policy"
    assert threshold(office) == 9


def test_a_change_to_another_policy_than_the_one_in_force_is_a_conflict(office: Shell) -> None:
    version = office.done("policy", "show", "--json").json["version"]
    office.done("policy", "use", office.write("one.toml", with_threshold(8)), "--why", "so", "--instead-of", version)
    said = office("policy", "use", office.write("two.toml", with_threshold(7)), "--why", "so", "--instead-of", version)
    assert said.code == 3
    assert "ada was first" in said.err


def test_a_policy_named_on_the_command_line_wins_for_that_call(office: Shell) -> None:
    office.done("policy", "use", office.write("draft.toml", with_threshold(8)), "--why", "so")
    own = office.write("own.toml", with_threshold(7))
    assert threshold(office, "--policy", own) == 7
    said = office("policy", "use", office.write("other.toml", with_threshold(6)), "--why", "so", "--policy", own)
    assert "leave that out" in said.err
    assert threshold(office) == 8


def test_a_watch_with_a_policy_of_its_own_says_that_it_heeds_no_other(office: Shell) -> None:
    own = office.write("own.toml", with_threshold(7))
    given = {**UNSET, "database": str(office.database), "person": "ada", "policy": own}
    watcher = Watcher(Call(COMMANDS["watch"], argparse.Namespace(**given)), 15)
    watcher.bell.set()
    office.capture.readouterr()

    assert watcher.run() == 0

    assert (
        office.capture.readouterr().err == f"Acts by the clock go by {own} whatever is turned on: --policy names it.\n"
    )


def test_a_draft_is_put_printed_turned_on_and_dropped(office: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "You have no draft" in office("policy", "draft").err
    assert "You have no draft" in office("policy", "use", "--why", "so").err

    typed = io.TextIOWrapper(io.BytesIO(with_threshold(8).encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    office.done("policy", "draft", "-")
    assert office.done("policy", "draft").out.strip() == with_threshold(8).strip()
    assert (
        office.done("policy", "draft", "--json").json["base"] == office.done("policy", "show", "--json").json["version"]
    )

    assert "0 cases would go another way under the draft" in office.done("policy", "backtest", "--draft").out
    office.done("policy", "use", "--why", "so")
    assert threshold(office) == 8
    assert "You have no draft" in office("policy", "backtest", "--draft").err
    office.done("policy", "draft", office.write("next.toml", "half a poli"))
    office.done("policy", "draft", "--drop")
    assert office("policy", "draft").code == 1


def test_a_draft_that_began_before_somebody_elses_policy_does_not_undo_that(office: Shell) -> None:
    office.done("policy", "draft", office.write("draft.toml", with_threshold(8)))
    office.done("policy", "use", office.write("other.toml", with_threshold(7)), "--why", "so")
    assert office("policy", "use", "--why", "so").code == 3


@pytest.mark.parametrize("deed", [("use", "x.toml", "--why", "so"), ("back", "--why", "so"), ("draft", "--drop")])
def test_nothing_is_turned_on_read_only(office: Shell, deed: tuple[str, ...]) -> None:
    assert "With --readonly nothing is changed" in office("policy", *deed, "--readonly").err


def test_a_new_time_for_evidence_says_that_cases_are_to_be_counted_anew(office: Shell) -> None:
    path = office.write("draft.toml", f'{TEXT}\n[evidence]\nhandled_after = "8h"\n')
    assert "counted anew by and by" in office.done("policy", "use", path, "--why", "so").err


def test_the_policy_is_shown_where_there_is_no_database(shell: Shell) -> None:
    shell.database.unlink()
    assert shell.done("policy", "show", "--json").json["in_force"] is None
    assert not shell.database.exists()
