"""Many leads turn policies on at once: each policy has one that follows it, and nobody acts by one that has passed."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from console.desk import policies
from console.desk.desk import open_desk
from tests.crowd.givens import ROOT
from tests.crowd.turning import TEXT
from tests.template import a_copy

HEADS, TURNS = 8, 4


def test_of_those_who_saw_the_same_policy_one_turns_another_on_and_the_others_hear_who(tmp_path: Path) -> None:
    path = a_copy(tmp_path / "triage.db")
    command = [sys.executable, "-m", "tests.crowd.turning", str(path)]
    heads = {
        f"p{head}": subprocess.Popen(
            [*command, f"p{head}", str(TURNS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        for head in range(HEADS)
    }
    for each in heads.values():
        assert each.stdout is not None
        assert "is_ready" in each.stdout.readline()
    for each in heads.values():
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    told = {head: list(map(json.loads, each.communicate()[0].splitlines())) for head, each in heads.items()}
    assert not any(each.returncode for each in heads.values())

    desk = open_desk(path, TEXT, "policy.toml", lambda: datetime.now(UTC))
    turns = policies.history(desk)[::-1]
    filed = desk.filed
    desk.store.close()
    won = {said["turn"]: (head, said["version"]) for head, all_of in told.items() for said in all_of if "turn" in said}
    assert won == {turn.id: (turn.by, turn.version) for turn in turns}, "what was acknowledged is there, once"
    assert [turn.before for turn in turns] == [filed, *(turn.version for turn in turns[:-1])], "none is passed over"
    refused = [said for all_of in told.values() for said in all_of if "refused" in said]
    assert len(refused) == HEADS * TURNS - len(turns)
    assert {said["refused"] for said in refused} <= {"conflict"}
    assert all(said["by"] in heads for said in refused)
    went_by = [said for all_of in told.values() for said in all_of if "went_by" in said]
    assert all(said["went_by"] == said["newest"] for said in went_by)
