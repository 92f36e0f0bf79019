"""Tests of `tick` and `watch`."""

from __future__ import annotations

import argparse
import os
import signal
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from console.cli import call as calling
from console.cli import posting, run, waking, watching
from console.cli.call import Call
from console.cli.catalogue import COMMANDS
from console.cli.options import UNSET
from console.desk import watch
from console.domain.errors import Refused
from console.settings import sample_data
from tests.builders import MORNING
from tests.cli.conftest import Shell, logged
from tests.desk.conftest import Clock
from tests.figures import figure

CLOCKS = """
[clocks]
warn = [50, 100]
[clock.response]
S1 = "1h"
always = ["S1"]
"""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the clock of the command line."""
    clock = Clock()
    monkeypatch.setattr(calling, "clock", clock)
    return clock


@pytest.fixture
def timed(clock: Clock, empty: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Give a shell with one S1, under a policy that wants an answer within the hour."""
    policy = (sample_data() / "policy.toml").read_text(encoding="utf-8")
    monkeypatch.setenv("TRIAGE_POLICY", empty.write("policy.toml", policy.partition("\n[clocks]")[0] + CLOCKS))
    empty.done("add", "Checkout returns 502", "--impact", "1", "--urgency", "1")
    assert clock
    return empty


def steadily(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the steady clock of the machine run with the one on the wall."""
    monkeypatch.setattr("time.clock_gettime", lambda _: (clock.now - MORNING).total_seconds() + 86_400)


def test_a_tick_does_what_is_due_and_says_it_in_a_line_each(
    timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    steadily(clock, monkeypatch)
    assert timed.done("tick").err == "Nothing is due.\n"
    clock.forward(minutes=30)
    said = timed.done("tick")
    assert "     1  The clock warned" in said.out
    clock.forward(minutes=35)
    document = timed.done("tick", "--json").json
    assert (document["watcher"], document["held"], document["left"]) == ("", None, [])
    (done,) = document["done"]
    assert (done["case"], done["kind"], done["source"], done["late"]) == (1, "breached", "clock:response", 300)
    assert [event["kind"] for event in timed.done("history", "1", "--json").json] == ["opened", "warned", "breached"]


def test_a_rehearsal_says_what_would_happen_and_does_nothing(timed: Shell, clock: Clock) -> None:
    until = f"{MORNING + timedelta(hours=2):%Y-%m-%dT%H:%MZ}"
    said = timed.done("tick", "--at", until, "--readonly")
    assert ["warned" in said.out, "ran out" in said.out] == [True, True]
    assert said.err == "That is what would happen; nothing was done.\n"
    moments = timed.done("tick", "--at", until, "--json").json
    assert [(each["at"], each["done"][0]["kind"]) for each in moments] == [
        ("2026-11-23T09:30:00Z", "warned"),
        ("2026-11-23T10:00:00Z", "breached"),
    ]
    assert len(timed.done("history", "1", "--json").json) == 1

    early = f"{MORNING + timedelta(minutes=5):%Y-%m-%dT%H:%MZ}"
    assert timed.done("tick", "--at", early).err == "Nothing would happen until then.\n"
    clock.forward(hours=1)
    assert "has passed" in timed("tick", "--at", early).err


def test_what_cannot_be_asked_of_a_tick_is_refused(timed: Shell) -> None:
    assert "--at only rehearses" in timed("tick", "--at", "+1h", "--go").err
    assert "With --readonly nothing is done" in timed("tick", "--readonly").err
    timed.done("people", "add", "ada", "--role", "admin")
    timed.done("people", "add", "bo")
    assert "Only a lead or an admin" in timed("tick", "--go", person="bo").err


def test_after_a_jump_a_tick_does_nothing_until_somebody_says_go(
    timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    steadily(Clock(), monkeypatch)
    timed.done("tick")
    clock.forward(hours=26)

    said = timed("tick")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Nothing is done: the clock jumped ahead by 1 d 2 h. Put it right, or say")
    assert timed("tick", "--json").json["held"]["why"] == "the clock jumped ahead by 1 d 2 h"
    assert "Acts by the clock are held since" in timed("doctor").out
    assert "jumped ahead" in timed.done("info").out

    said = timed.done("tick", "--go")
    assert said.err.startswith("Acts by the clock go on.")
    assert "its response time ran out" in said.out
    assert timed.done("tick", "--go").err.startswith("Acts by the clock were not held.")
    figure(8, "a clock that is set by 26 h", "0 acts until somebody says go, and doctor says why")


def a_call(shell: Shell, **options: object) -> Call:
    """Give a call of `watch`."""
    given = {**UNSET, "database": str(shell.database), "person": "ada", **options}
    return Call(COMMANDS["watch"], argparse.Namespace(**given))


def watched(
    shell: Shell, between: Sequence[Callable[[], object]], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, str, str]:
    """Keep watch, doing something in between two steps instead of sleeping; give exit code and what was said."""
    watcher, left = watching.Watcher(a_call(shell), 15), [*between]

    def doze(*_: object) -> None:
        if left:
            left.pop(0)()
        else:
            watcher.bell.set()

    monkeypatch.setattr(watching, "doze", doze)
    monkeypatch.setattr(posting.Post, "run", lambda _: None)
    shell.capture.readouterr()
    code = watcher.run()
    watcher.call.close()
    return code, *shell.capture.readouterr()


def test_a_watch_does_what_is_due_whenever_it_wakes_and_ends_in_good_order(
    timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    steadily(clock, monkeypatch)
    code, out, err = watched(timed, [lambda: clock.forward(minutes=30), lambda: clock.forward(hours=1)], monkeypatch)
    assert (code, err) == (0, "Keeping watch.\n")
    assert ["warned" in out, "ran out" in out] == [True, True]
    assert "nobody keeps watch" in timed.done("info").out


def test_a_second_watch_stands_by_and_says_so_once(timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    steadily(clock, monkeypatch)
    desk = a_call(timed).desk
    from console.tui.terminal.clocks import reading

    watch.keep(desk, "another", lambda: reading(clock.now))
    stay = [lambda: clock.forward(minutes=0.1)] * 2
    code, out, err = watched(timed, [*stay, lambda: clock.forward(minutes=1)], monkeypatch)
    assert (code, out) == (0, "")
    assert err == "another keeps watch; this one stands by.\nKeeping watch.\n"
    assert logged(timed)[-2:] == ["info watch: another keeps watch; this one stands by.", "info watch: Keeping watch."]
    assert "another keeps watch" in _kept(timed, desk, clock)


def _kept(shell: Shell, desk: object, clock: Clock) -> str:
    """Let another keep watch, and give what a tick says."""
    from console.tui.terminal.clocks import reading

    watch.keep(desk, "another", lambda: reading(clock.now))  # type: ignore[arg-type]
    return shell.done("tick").err


def test_a_watch_goes_by_the_policy_as_its_file_has_it_now(
    timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    steadily(clock, monkeypatch)
    file = timed.folder / "policy.toml"
    good = file.read_text(encoding="utf-8")
    changes = [
        lambda: file.write_text("nonsense", encoding="utf-8"),
        lambda: clock.forward(minutes=1),
        lambda: file.write_text(good.replace('S1 = "1h"', 'S1 = "10min"'), encoding="utf-8"),
        lambda: clock.forward(minutes=10),
    ]
    _, out, err = watched(timed, changes, monkeypatch)
    assert err.count("The policy stays as it was") == 1
    assert err.count("has changed; acts by the clock go by it from now on") == 1
    assert "its response time ran out" in out


def test_a_watch_goes_by_the_policy_that_somebody_turns_on_meanwhile(
    timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    steadily(clock, monkeypatch)
    good = (timed.folder / "policy.toml").read_text(encoding="utf-8")
    sooner = timed.write("sooner.toml", good.replace('S1 = "1h"', 'S1 = "10min"'))
    deeds = [lambda: run(["--db", str(timed.database), "policy", "use", sooner, "--why", "so"])]
    _, out, err = watched(timed, [*deeds, *[lambda: clock.forward(minutes=1)] * 11], monkeypatch)
    assert err.count("turned on another policy: clock.response.S1 10min instead of 1h; acts by the clock go by it") == 1
    assert "its response time ran out" in out
    assert sum("turned on another policy" in line for line in logged(timed)) == 1, "who turned it on wrote that down"


def test_a_watch_that_fails_again_and_again_ends_so_that_it_is_started_anew(
    timed: Shell, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise Refused("The disk is full.")

    monkeypatch.setattr("console.desk.watch.keep", refused)
    code, _, err = watched(timed, [lambda: clock.forward(minutes=1)] * 9, monkeypatch)
    assert code == 1
    assert err.count("Not done: The disk is full.") == watching.TRIES
    assert logged(timed).count("warning watch: not done: The disk is full.") == watching.TRIES


def test_notices_are_sent_beside_the_watch_by_whoever_may(timed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    call, bell = a_call(timed), Event()
    sent: list[str] = []

    class Came:
        is_more = False

    def deliver(*_: object) -> Came:
        sent.append("once")
        if len(sent) == 2:
            raise Refused("The mail server is gone.")
        return Came()

    def doze(*_: object) -> None:
        if len(sent) == 2:
            bell.set()

    monkeypatch.setattr("console.notify.delivery.deliver_due", deliver)
    monkeypatch.setattr(posting, "doze", doze)
    posting.Post(call, lambda: call.desk, bell).run()
    assert sent == ["once", "once"]
    assert "Notices are not sent: The mail server is gone." in timed.capture.readouterr().err

    timed.done("people", "add", "ada", "--role", "admin")
    timed.done("people", "add", "bo")
    other = a_call(timed, person="bo")
    posting.Post(other, lambda: other.desk, Event()).run()
    assert "No notices are sent:" in timed.capture.readouterr().err
    assert len(sent) == 2


def test_a_nap_ends_when_something_is_due_when_the_database_changes_and_when_the_bell_rings(
    timed: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, bell = a_call(timed).desk, Event()
    monkeypatch.setattr(waking, "LOOKS_EVERY", 0.001)
    waking.doze(desk, bell, 0.002)
    assert not bell.is_set()
    versions = iter([1, 1, 2])
    monkeypatch.setattr(type(desk.store), "data_version", lambda _: next(versions))
    waking.doze(desk, bell, 60)
    versions = iter([1])
    bell.set()
    waking.doze(desk, bell, 60)


def test_signals_ring_the_bell_and_break_nothing_off() -> None:
    bell, before = Event(), signal.getsignal(signal.SIGTERM)
    with waking.ended_by_signals(bell):
        os.kill(os.getpid(), signal.SIGTERM)
        assert bell.wait(5)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.parametrize("every", ["0", "x", "3600"])
def test_a_watch_sleeps_neither_too_short_nor_too_long(every: str, timed: Shell) -> None:
    said = timed("watch", "--every", every)
    assert said.code == 2
    assert "is not a number of seconds from 1 to 20" in said.err


def test_watch_is_a_command_that_runs_the_watcher(timed: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def run(watcher: watching.Watcher) -> int:
        seen.append(watcher.every)
        return 0

    monkeypatch.setattr(watching.Watcher, "run", run)
    timed.done("watch", "--every", "5")
    assert seen == [5.0]
    assert Path(timed.database).exists()
