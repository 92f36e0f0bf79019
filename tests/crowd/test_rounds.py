"""Many clock sides on one database: everything happens once, an answer stops it, and a kill loses nothing."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from console.desk import clock_checkup, rounds, watch
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.changes import differences, replayed
from console.domain.events import Event, Kind
from console.store import cases, events
from console.store.sight import WHOLE
from tests.crowd.clock_givens import a_database, clients, crowd, heard
from tests.crowd.clockwork import SMALL, a_desk
from tests.figures import figure


def by_the_clock(desk: Desk, number: int) -> dict[int, list[Event]]:
    """Check that all is whole, and give what the clock side did to each case."""
    with desk.store.read(WHOLE) as tx:
        assert tx.rows("PRAGMA integrity_check") == [("ok",)]
        assert list(events.broken_chains(tx)) == []
        histories = {place: events.of_case(tx, CaseId(place)) for place in range(1, number + 1)}
        for place, history in histories.items():
            assert differences(cases.get(tx, CaseId(place)), replayed(history)) == []
        done = {case: [e for e in history if e.actor.startswith("rule:")] for case, history in histories.items()}
        fired = Counter((case, version) for case, version in tx.rows("SELECT case_id, version FROM firing"))
    assert fired == Counter((event.case, event.version) for each in done.values() for event in each)
    return done


def each_timer_fires_once(path: Path, heads: int, number: int, *, is_full: bool = False) -> None:
    """Let a crowd make rounds when every case is half an hour old, and two of it again when the hour is over."""
    desk = a_desk(a_database(path, number), 0)
    for many, minutes, kinds in ((heads, 31, ["warned"]), (2, 61, ["warned", "breached"])):
        told = crowd(path, {f"r{n}": "rounds" for n in range(many)}, minutes)
        done = by_the_clock(desk, number)
        seen = [[event.kind.value for event in done[case]] for case in range(1, number + 1)]
        assert seen == [kinds] * number
        assert [said for said in told if "left" in said] == []
        assert len({said["hash"] for said in told}) == len(told) == number
        what = f"{many} watchers find the same {number:,} timers due"
        figure(6, what, f"{len(told):,} fired, each once, 0 left", is_full=is_full)
    assert list(clock_checkup.overlooked(a_desk(path, 61))) == []


@pytest.mark.timeout(300)
def test_eight_who_make_rounds_fire_two_hundred_timers_once_each(tmp_path: Path) -> None:
    each_timer_fires_once(tmp_path / "triage.db", 8, 200)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_twenty_who_make_rounds_fire_five_thousand_timers_once_each(tmp_path: Path) -> None:
    each_timer_fires_once(tmp_path / "triage.db", 20, 5_000, is_full=True)


def an_answer_or_a_firing_never_both(path: Path, heads: int, number: int, *, is_full: bool = False) -> tuple[int, int]:
    """Let some make rounds while others accept; give how often a step came before the answer, and how often none."""
    desk = a_desk(a_database(path, number, are_escalated=True), 0)
    modes = {f"{mode[0]}{n}": mode for n in range(heads) for mode in ("rounds", "answer")}
    crowd(path, modes, 10)
    done = by_the_clock(desk, number)
    with desk.store.read(WHOLE) as tx:
        answers = {
            case: [event.version for event in events.of_case(tx, CaseId(case)) if event.kind is Kind.ACCEPTED]
            for case in done
        }
    steps = {case: [e.version for e in each if e.kind is Kind.ENGAGED] for case, each in done.items()}
    assert all(len(each) == 1 for each in answers.values())
    assert all(len(each) <= 1 for each in steps.values())
    assert [case for case, each in steps.items() if each and each[0] > answers[case][0]] == []
    before = sum(bool(each) for each in steps.values())
    late = sum(each[0] > answers[case][0] for case, each in steps.items() if each)
    told = f"of {number:,} steps {before:,} before the answer, {late} after it"
    figure(6, f"{heads} accept what {heads} watchers are about to escalate further", told, is_full=is_full)
    return before, number - before


@pytest.mark.timeout(300)
def test_an_answer_stops_a_step_or_finds_it_done(tmp_path: Path) -> None:
    assert sum(an_answer_or_a_firing_never_both(tmp_path / "triage.db", 3, 80)) == 80


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_of_two_thousand_steps_none_comes_after_its_answer(tmp_path: Path) -> None:
    before, after = an_answer_or_a_firing_never_both(tmp_path / "triage.db", 4, 2_000, is_full=True)
    assert before > 0
    assert after > 0


def killed_rounds(path: Path, number: int, *, is_full: bool = False) -> int:
    """Kill two who make rounds at a random moment, until all is done; give how many were killed."""
    desk, chance = a_desk(a_database(path, number), 61), random.Random(number)
    acknowledged: list[str] = []
    kills = 0
    while rounds.make_rounds(desk, most=1).is_cut:
        with clients(path, {"k1": "rounds", "k2": "rounds"}, 61) as made:
            lines = [heard(made["k1"]) for _ in range(chance.randint(1, 2 * SMALL))]
            for client in made.values():
                client.kill()
                lines += client.communicate()[0].splitlines()
        kills += 2
        acknowledged += [json.loads(line)["hash"] for line in lines if '"hash"' in line and line.rstrip().endswith("}")]
    done = by_the_clock(desk, number)
    assert {tuple(event.kind for event in each) for each in done.values()} == {(Kind.BREACHED,)}
    hashes = {event.hash for each in done.values() for event in each}
    assert set(acknowledged) <= hashes
    assert list(clock_checkup.overlooked(desk)) == []
    told = f"{kills} kills, {len(done):,} timers fired once each, 0 lost"
    figure(6, "watchers killed in the middle of their rounds", told, is_full=is_full)
    return kills


@pytest.mark.timeout(300)
def test_a_kill_in_the_middle_of_rounds_does_nothing_twice_and_loses_nothing(tmp_path: Path) -> None:
    assert killed_rounds(tmp_path / "triage.db", 240) >= 2


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_many_kills_in_the_middle_of_rounds_do_nothing_twice_and_lose_nothing(tmp_path: Path) -> None:
    assert killed_rounds(tmp_path / "triage.db", 3_000, is_full=True) >= 10


@pytest.mark.timeout(120)
def test_a_watcher_that_is_killed_is_followed_when_its_lease_is_over(tmp_path: Path) -> None:
    """The lease is a fifteenth of the usual here; who looks twice within it takes over within one and a half."""
    with clients(a_database(tmp_path / "triage.db", 3), {"one": "watch", "two": "watch"}, 0) as made:
        first = json.loads(heard(made["one"]))["watch"]
        second = "two" if first == "one" else "one"
        made[first].kill()
        killed = json.loads(heard(made[second]))["at"]
        while (said := json.loads(heard(made[second])))["watch"] != second:
            pass
    took, lease = said["at"] - killed, watch.HELD.total_seconds()
    assert took <= 1.5 * lease / 15 + 1
    figure(
        7, "a watcher killed", f"taken over {took:.1f} s later with a lease of {lease / 15:g} s; usual are {lease:g} s"
    )
