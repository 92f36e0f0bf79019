"""Tests of `intake --map` and `intake --suggest`, and of a past that comes in on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell
from tests.template import a_copy

TABLE = "Nr;Betreff;Priorität\n1;Drucker;hoch\n2;Netz;niedrig\n"


def test_what_is_suggested_takes_the_table_in(empty: Shell) -> None:
    table = empty.write("t.csv", TABLE)
    by = empty.write("t.toml", empty.done("intake", "--suggest", table).out)

    said = empty.done("intake", "--map", by, table, "--json").json

    assert (said["new"], said["rejected"], said["formats"]) == (2, 0, ["mapped"])
    assert {case["severity"] for case in empty.done("list", "--json").json} == {"S2", "S4"}


def test_a_map_with_faults_is_refused_and_nothing_is_taken_in(empty: Shell) -> None:
    a_copy(empty.database)
    by = empty.write("t.toml", "[columns]\ntitel = 'Betreff'\n")

    said = empty("intake", "--map", by, empty.write("t.csv", TABLE))

    assert said.code == 1
    assert "t.toml:2: columns.titel: There is no field 'titel'; did you mean 'title'?" in said.err
    assert "There is no map file" in empty("intake", "--map", "nowhere.toml", "x").err
    assert empty.done("list", "--json").json == []


def test_a_map_is_suggested_for_one_table(empty: Shell) -> None:
    assert "Name the one file" in empty("intake", "--suggest", "a.csv", "b.csv").err
    assert "is no table" in empty("intake", "--suggest", empty.write("x", "hello\n")).err


def test_a_past_comes_in_batch_by_batch(empty: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.cli.taking.STEPS", 3)
    rows = "".join(
        f"{case},2025-01-01 0{hour}:00,{event},ada\n"
        for case in range(5)
        for hour, event in enumerate(("opened", "claimed", "escalated", "resolved"))
    )
    log = empty.write("log.csv", f"case,time,event,person\n{rows}")

    said = empty.done("intake", log, "--json").json

    assert (said["new"], said["formats"]) == (5, ["events-csv"])
    told = empty.done("history", "1").out
    assert "ada escalated it to tier 2" in " ".join(told.split())
    assert empty.done("doctor").code == 0
    assert empty.done("intake", log, "--json").json["known"] == 5
