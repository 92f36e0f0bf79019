"""What was known when cases came in ranks them, from the file of a log to the lines of a back-test."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from console.settings import sample_data
from tests.cli.conftest import Shell, empty
from tests.replay import service_desk
from tests.replay.line_one import a_log
from tests.replay.replaying import auc

__all__ = ["empty"]

LOGS = os.environ.get("TRIAGE_LOGS", "")
"""The folder of real logs, which are not part of this repository."""

REAL = {"bpi2013-closed-problems.csv.xz": 0.65, "italian-helpdesk.csv.xz": 0.8}
"""Real logs, and what what was known when their cases came in is worth at least."""


NEEDED = {"needed", "late"}


def ranked(shell: Shell, log: str, late: str = "false") -> Mapping[str, float]:
    """Take a log in by the map that is suggested for it; give the AUC of the score, and of the checklist alone."""
    taken = shell.write("map.toml", shell.done("intake", log, "--suggest").out)
    shell.done("intake", log, "--map", taken)
    text = (sample_data() / "policy.toml").read_text("utf-8")
    mine, bare = (
        shell.write(f"{weight}.toml", f"{text}\n[evidence]\nweight = {weight}\nlate = {late}\n") for weight in (2, 0)
    )
    shell.done("policy", "use", mine, "--why", "to see how it ranks")
    lines = [json.loads(line) for line in shell.done("policy", "backtest", bare, "--json").out.splitlines()]
    known = [each for each in lines if each["happened"] != "unsettled"]
    first = next(each["policy"] for each in lines)
    return {
        name: auc((each[score], each["happened"] in NEEDED) for each in known if (each["policy"] == first) is is_mine)
        for name, score, is_mine in (
            ("first", "first_score", True), ("last", "score", True), ("bare", "first_score", False),
        )
    }  # fmt: skip


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("is_graded", [False, True])
def test_a_first_line_of_seven_thousand_cases_is_ranked(empty: Shell, *, is_graded: bool) -> None:
    """Where the impact counts as severity, which says nothing of these cases, the checklist knows less than before."""
    text = a_log(7_000)
    if is_graded:
        text = re.sub("(?m),impact,", ",severity,", text, count=1)

    found = ranked(empty, empty.write("log.csv", text))

    assert min(found["first"], found["last"]) > 0.8
    assert found["bare"] == pytest.approx(0.5, abs=0.02)


def test_a_first_line_that_has_just_begun_is_ranked_better_than_by_chance(empty: Shell) -> None:
    found = ranked(empty, empty.write("log.csv", a_log(800)))

    assert min(found["first"], found["last"]) > 0.65
    assert found["bare"] == 0.5


def test_a_service_desk_that_has_just_begun_ranks_what_runs_late(empty: Shell) -> None:
    found = ranked(empty, empty.write("log.csv", service_desk.a_log(700)), late="true")

    assert min(found["first"], found["last"]) > 0.62
    assert found["first"] > found["bare"]


@pytest.mark.full
@pytest.mark.timeout(900)
def test_what_runs_late_at_a_service_desk_of_five_thousand_incidents_is_ranked(empty: Shell) -> None:
    found = ranked(empty, empty.write("log.csv", service_desk.a_log(5_000)), late="true")

    assert min(found["first"], found["last"]) > 0.71
    assert found["first"] > found["bare"] + 0.1


@pytest.mark.full
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", REAL)
def test_a_real_log_is_ranked(empty: Shell, name: str) -> None:
    log = Path(LOGS) / name
    if not LOGS or not log.is_file():
        pytest.skip("TRIAGE_LOGS names no folder of real logs")

    found = ranked(empty, str(log))

    assert found["first"] > REAL[name]
    assert found["first"] > found["bare"]
