"""A crowd on one database: every acknowledged act is in history once, a case has one winner, and time runs one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.store import cases, events
from tests.crowd.givens import a_database, all_in, crowd
from tests.crowd.linear import Act, at_once, broken, is_linearizable
from tests.crowd.worker import a_desk
from tests.figures import figure


def everything_acknowledged_is_in_history_once(
    path: Path, heads: int, seconds: float, number: int = 40, *, is_full: bool = False
) -> int:
    """Let a crowd act, compare what it was told with history, and give how many acts there were."""
    told = crowd(a_database(path, number), all_in("mixed", heads), seconds, number)
    acknowledged = Counter(said["hash"] for lines in told.values() for said in lines if "hash" in said)
    desk = a_desk(str(path))
    with desk.store.read() as tx:
        assert tx.rows("PRAGMA integrity_check") == [("ok",)]
        assert list(events.broken_chains(tx)) == []
        stored = Counter(digest for (digest,) in tx.rows("SELECT hash FROM event WHERE kind <> 'opened'"))
        for place in range(1, number + 1):
            history = events.of_case(tx, CaseId(place))
            assert differences(cases.get(tx, CaseId(place)), replayed(history)) == []
            assert [event.version for event in history] == list(range(1, len(history) + 1))
    assert stored == acknowledged
    what, count = f"{heads} people who do everything for {seconds:g} s", acknowledged.total()
    figure(2, what, f"{count:,} acknowledged acts, each in history once, 0 others", is_full=is_full)
    return count


def no_case_is_claimed_twice(path: Path, heads: int, number: int, *, is_full: bool = False) -> None:
    """Let a crowd claim the same cases, and look for a second winner."""
    told = crowd(a_database(path, number), all_in("claims", heads), 0, number)
    winners: dict[int, list[str]] = {}
    for person, lines in told.items():
        assert len(lines) == number
        for said in lines:
            if "hash" in said:
                winners.setdefault(said["case"], []).append(person)
    assert [case for case, people in winners.items() if len(people) > 1] == []
    assert sorted(winners) == list(range(1, number + 1))
    assert all(
        said["lost_to"] == winners[said["case"]][0] for lines in told.values() for said in lines if "lost_to" in said
    )
    claims, twice = sum(map(len, told.values())), sum(len(people) > 1 for people in winners.values())
    figure(1, f"{heads} people claim the same cases", f"{claims:,} claims, {twice} double", is_full=is_full)


def histories(path: Path, modes: Mapping[str, str], turns: int, number: int) -> list[Act]:
    """Let a crowd claim, release and look, and give what it was told when."""
    told = crowd(a_database(path, number), modes, turns, number)
    acts = [Act(client=person, **said) for person, lines in told.items() for said in lines]
    assert len(acts) == len(modes) * turns * number
    return acts


def every_history_fits_one_order(path: Path, heads: int, turns: int, number: int, *, is_full: bool = False) -> None:
    """Look for an order that explains what a crowd was told of each case."""
    acts = histories(path, all_in("register", heads), turns, number)
    assert broken(acts) == []
    assert at_once(acts) > number
    each = len(acts) // number
    told = f"{number:,} histories of {each} acts, {len(broken(acts))} without an order"
    figure(1, "Wing and Gong's check of what people were told", told, is_full=is_full)


@pytest.mark.timeout(300)
def test_six_clients_for_two_seconds_lose_nothing(tmp_path: Path) -> None:
    assert everything_acknowledged_is_in_history_once(tmp_path / "triage.db", 6, 2) > 20


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_fifty_clients_for_a_minute_lose_nothing(tmp_path: Path) -> None:
    assert everything_acknowledged_is_in_history_once(tmp_path / "triage.db", 50, 60, 200, is_full=True) > 2_000


@pytest.mark.timeout(300)
def test_six_hundred_claims_have_one_winner_a_case(tmp_path: Path) -> None:
    no_case_is_claimed_twice(tmp_path / "triage.db", 6, 100)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_claims_have_one_winner_a_case(tmp_path: Path) -> None:
    no_case_is_claimed_twice(tmp_path / "triage.db", 50, 2_000, is_full=True)


@pytest.mark.timeout(300)
def test_what_everybody_was_told_of_a_case_fits_one_order_of_events(tmp_path: Path) -> None:
    every_history_fits_one_order(tmp_path / "triage.db", 4, 30, 5)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_a_thousand_histories_fit_one_order_of_events(tmp_path: Path) -> None:
    every_history_fits_one_order(tmp_path / "triage.db", 8, 45, 1_000, is_full=True)


@pytest.mark.timeout(300)
def test_the_checker_finds_out_a_crowd_that_claims_naively(tmp_path: Path) -> None:
    number = 5
    found = broken(histories(tmp_path / "triage.db", all_in("naive", 4), 20, number))
    assert found
    figure(1, "the same check of a crowd that claims naively", f"found out in {len(found)} of {number} histories")


def test_the_checker_knows_what_one_order_explains_and_what_none_does() -> None:
    claim = Act("ada", "claim", 1, "done", 0, 10)
    lost = Act("bo", "claim", 1, "ada", 5, 15)
    seen_free = Act("cy", "look", 1, "", 2, 8)
    release = Act("ada", "release", 1, "done", 20, 30)

    assert is_linearizable([])
    assert is_linearizable([lost, claim, seen_free, release])
    assert is_linearizable([claim, replace(claim, client="bo", began=25, ended=40), release])
    assert not is_linearizable([claim, replace(lost, said="cy")])
    assert not is_linearizable([claim, replace(seen_free, began=11, ended=12)])
    assert not is_linearizable([claim, replace(release, client="bo")])
    assert not is_linearizable([claim, release, replace(lost, began=31, ended=40)])
    assert not is_linearizable([claim, replace(release, said="refused")])
