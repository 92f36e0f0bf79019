"""`policy backtest` tells what a policy would have done with what is recorded, and changes nothing."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from console.cli import call as calling
from console.settings import sample_data
from tests.builders import MORNING
from tests.cli.conftest import Shell

HEAD = "case,time,event,person,status,tier,severity\n"
LOG = HEAD + "".join(
    f"{number},{day}T09:00Z,opened,ada,new,1,{severity}\n"
    f"{number},{day}T09:10Z,taken,ada,open,1,\n"
    + (f"{number},{day}T10:00Z,sent up,ada,open,2,\n" if goes else "")
    + f"{number},{day}T12:00Z,done,ada,resolved,,\n"
    for number, day, severity, goes in (
        ("A", "2026-11-02", "S1", True),
        ("B", "2026-11-02", "S3", False),
        ("C", "2026-11-03", "S1", False),
        ("D", "2026-11-04", "S4", True),
    )
)


@pytest.fixture
def recorded(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A desk that took in four cases of the past."""
    monkeypatch.setattr(calling, "clock", lambda: MORNING)
    empty.done("intake", empty.write("log.csv", LOG))
    return empty


def draft(shell: Shell, threshold: int) -> str:
    """Write a policy with another threshold."""
    text = (sample_data() / "policy.toml").read_text("utf-8")
    return shell.write("draft.toml", text.replace("\nthreshold = 9\n", f"\nthreshold = {threshold}\n"))


def figures(page: str) -> dict[str, list[str]]:
    """Give the rows of the first table, by their name."""
    rows = [line.split("  ") for line in page.split("\n\n", maxsplit=1)[0].splitlines()]
    return {row[0]: [cell.strip() for cell in row[1:] if cell.strip()] for row in rows}


def test_the_page_holds_the_policy_against_what_happened(recorded: Shell) -> None:
    told = figures(recorded.done("policy", "backtest").out)

    assert told["cases"] == ["4"]
    assert told["missed"] == ["2"]
    assert told["rightly left below"] == ["2"]
    assert told["precision"] == ["-"]
    assert told["recall"] == ["0 % (0-66)"]


def test_a_draft_is_held_against_the_policy_in_force(recorded: Shell) -> None:
    page = recorded.done("policy", "backtest", draft(recorded, 3)).out

    assert figures(page)["would go up, and had to"] == ["0", "1"]
    assert figures(page)["would go up in vain"] == ["0", "1"]
    assert "2 cases would go another way under the draft:" in page
    assert "What would have come to teams (draft):" in page
    assert "needed" in page.split("\n\n")[-1]
    assert all(len(line) <= 80 for line in page.splitlines())


def test_a_draft_under_which_nothing_goes_another_way_flips_nothing(recorded: Shell) -> None:
    text = Path(draft(recorded, 9)).read_text("utf-8")
    page = recorded.done("policy", "backtest", recorded.write("other.toml", f"{text}\n[evidence]\nleast = 101\n")).out

    assert page.endswith("\nNo case would go another way under the draft.\n")


def test_a_draft_that_says_what_is_in_force_is_not_tried_beside_it(recorded: Shell) -> None:
    done = recorded.done("policy", "backtest", "--policy", draft(recorded, 9), "--json")

    assert len(done.out.splitlines()) == 4
    assert "there is nothing to compare" in done.err


def test_more_flips_than_are_named_are_counted(recorded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.cli.backtest_page.SHOWN", 1)

    page = recorded.done("policy", "backtest", draft(recorded, 3)).out

    assert page.endswith("and 1 more; --json gives every one\n")


def test_json_has_a_line_for_each_case_and_policy(recorded: Shell) -> None:
    said = recorded.done("policy", "backtest", draft(recorded, 3), "--json").out
    lines = [json.loads(line) for line in said.splitlines()]

    assert len(lines) == 8
    assert {each["policy"] for each in lines} == {lines[0]["policy"], lines[1]["policy"]}
    assert {name: lines[1][name] for name in ("case", "at", "low", "recommendation", "decided", "happened")} == {
        "case": 1, "at": "2026-11-02T09:00:00Z", "low": 6, "recommendation": "escalate", "decided": "escalate",
        "happened": "needed",
    }  # fmt: skip
    assert [each["result"] for each in lines] == [
        "missed", "found", "spared", "spared", "spared", "unnecessary", "missed", "missed",
    ]  # fmt: skip


def test_only_cases_since_a_time_count(recorded: Shell) -> None:
    said = recorded.done("policy", "backtest", "--since", "2026-11-03T00:00Z", "--json").out

    assert [json.loads(line)["case"] for line in said.splitlines()] == [3, 4]


def test_nothing_is_written(recorded: Shell) -> None:
    before = recorded.database.read_bytes()
    name = draft(recorded, 3)

    recorded.done("policy", "backtest", name)
    recorded.done("policy", "backtest", "--policy", name)

    assert recorded.database.read_bytes() == before


def test_a_draft_may_be_named_by_the_option_too(recorded: Shell) -> None:
    named = draft(recorded, 3)

    assert recorded.done("policy", "backtest", "--policy", named).out == recorded.done("policy", "backtest", named).out


def test_of_two_policies_that_are_named_the_one_of_the_option_is_in_force(recorded: Shell) -> None:
    strict = recorded.write("strict.toml", Path(draft(recorded, 3)).read_text("utf-8"))

    page = recorded.done("policy", "backtest", draft(recorded, 12), "--policy", strict).out

    assert figures(page)["would go up, and had to"] == ["1", "0"]


def test_a_line_names_the_case_as_its_source_does_and_how_it_ranks(recorded: Shell) -> None:
    said = recorded.done("policy", "backtest", "--json").out
    lines = [json.loads(line) for line in said.splitlines()]

    assert [each["ref"] for each in lines] == ["A", "B", "C", "D"]
    assert [each["first_score"] for each in lines] == [12.0, 8.0, 12.0, 6.0]


def test_without_cases_it_says_where_they_come_from(recorded: Shell) -> None:
    said = recorded.done("policy", "backtest", "--since", (MORNING + timedelta(days=1)).isoformat())

    assert said.out == ""
    assert said.err == "There is no case to replay; `triage intake FILE` takes in a history.\n"


def test_a_draft_with_errors_is_refused(recorded: Shell) -> None:
    said = recorded("policy", "backtest", recorded.write("bad.toml", "name = 3"))

    assert said.code == 1
    assert "bad.toml" in said.err


def many(shell: Shell) -> str:
    """Write a log of 360 cases: the worse went up, but of those that reach widely only half, as of all others."""
    rows = []
    for number in range(360):
        date, severity = f"2026-{1 + number // 40:02}-{1 + number % 28:02}", f"S{1 + number % 4}"
        rows.append(f"{number},{date}T09:00Z,opened,ada,new,1,{severity},{number * 7 % 90}\n")
        rows += [f"{number},{date}T10:00Z,sent up,ada,open,2,,\n"] if severity < "S3" else []
        rows.append(f"{number},{date}T12:00Z,done,ada,resolved,,,\n")
    return shell.write("many.csv", HEAD.replace("\n", ",affected\n") + "".join(rows))


def test_weights_are_suggested_as_a_change_to_the_policy(recorded: Shell) -> None:
    recorded.done("intake", many(recorded))

    said = recorded.done("policy", "backtest", "--suggest")

    assert "impact        2                 1\n" in said.out
    assert "\n-threshold = 9\n+threshold = 2\n" in said.out
    assert said.err.startswith("Nothing is changed: put these lines into a draft")
    assert all(len(line) <= 80 for line in said.out.split("\n\n")[0].splitlines())
    told = recorded.done("policy", "backtest", "--suggest", "--json").json
    assert told["suggested"]["weights"] == {"scope": 0, "impact": 1, "attempts": 0, "expectations": 0}
    assert told["better"] is (told["suggested"]["auc"]["value"] > told["now"]["auc"]["value"])
    assert told["diff"].count("\n+") == 6


def test_too_little_history_is_refused_with_the_number_needed(recorded: Shell) -> None:
    said = recorded("policy", "backtest", "--suggest")

    assert said.code == 1
    assert "needs 40 cases that had to go up and 40 that had not; it has 1 and 2." in said.err
