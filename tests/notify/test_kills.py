"""Whatever is killed wherever: every notice goes out, and what goes out twice carries the same key twice."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping

import pytest

from console.desk import taking
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.delivering import State
from console.domain.notify import Notify, Route
from console.notify.channels import Setup
from console.notify.delivery import Delivered, deliver_due
from tests.desk.conftest import Clock
from tests.notify.givens import LENA, given, ledger, routed, states
from tests.notify.servers import Hook, MailServer

OUT = Notify(routes=(Route(channels=("out",)),))


@pytest.fixture
def out(desk: Desk) -> Desk:
    """Give a desk whose notices go out by the channel that the worker knows."""
    return routed(desk, OUT)


def killed(desk: Desk, point: str, way: tuple[str, int], minutes: float = 0) -> None:
    """Run a worker until it is killed at a point."""
    assert run(desk, point, way, minutes) == -signal.SIGKILL


def run(desk: Desk, point: str, way: tuple[str, int], minutes: float = 0) -> int:
    """Run a worker and give how it ended."""
    words = [str(desk.store.path), way[0], str(way[1]), str(minutes), point]
    return subprocess.run([sys.executable, "-m", "tests.notify.worker", *words], check=False, timeout=60).returncode


def test_what_was_decided_by_somebody_killed_right_after_goes_out_once(out: Desk, post: MailServer) -> None:
    taking.open_case(out, LENA, Arrival("Checkout returns 502"))

    killed(out, "decided", ("mail", post.port))

    assert deliver_due(out, {"out": post.setup}) == Delivered(sent=1)
    assert post.to == ["ada@desk.example"]


@pytest.mark.parametrize("channel", ["mail", "hook"])
def test_a_deliverer_killed_before_sending_leaves_it_to_the_next(
    out: Desk, post: MailServer, hook: Hook, clock: Clock, channel: str
) -> None:
    given(out, number=2)
    port, setup = (post.port, post.setup) if channel == "mail" else (hook.port, hook.setup)

    killed(out, "claimed", (channel, port))

    ways: Mapping[str, Setup] = {"out": setup}
    assert deliver_due(out, ways) == Delivered()  # the dead one still has its lease
    clock.forward(minutes=10)
    assert deliver_due(out, ways) == Delivered(sent=2)
    assert len(post.mails) + len(hook.posted) == 2


def test_a_deliverer_killed_before_writing_it_down_has_it_sent_again_under_the_same_key(
    out: Desk, post: MailServer, clock: Clock
) -> None:
    given(out)

    killed(out, "sent", ("mail", post.port))
    clock.forward(minutes=10)
    assert deliver_due(out, {"out": post.setup}) == Delivered(sent=1)

    assert len(post.mails) == 2
    assert post.mails[0]["Message-ID"] == post.mails[1]["Message-ID"]


def test_a_deliverer_killed_after_writing_it_down_has_it_sent_once(out: Desk, hook: Hook, clock: Clock) -> None:
    given(out, number=2)

    killed(out, "settled", ("hook", hook.port))
    clock.forward(minutes=10)
    assert deliver_due(out, {"out": hook.setup}) == Delivered(sent=1)

    assert len(hook.posted) == len(set(hook.keys)) == 2


def test_what_kills_everybody_who_tries_it_is_given_up(out: Desk, hook: Hook, clock: Clock) -> None:
    given(out)
    with out.store.write() as tx:
        tx.rows("UPDATE delivery SET tries = 29")
    killed(out, "claimed", ("hook", hook.port))
    clock.forward(minutes=10)

    assert deliver_due(out, {"out": hook.setup}) == Delivered(dead=1)

    assert (states(out), hook.posted) == ([State.DEAD], [])
    assert ledger(out)[0].delivery.reason == "nobody who tried to send it came back"


def test_many_deliverers_at_once_send_everything_once(out: Desk, hook: Hook) -> None:
    given(out, number=50)
    came: list[Delivered] = []
    threads = [threading.Thread(target=lambda: came.append(deliver_due(out, {"out": hook.setup}))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(each.sent for each in came) == len(hook.posted) == len(set(hook.keys)) == 50


@pytest.mark.full
def test_deliverers_killed_at_any_moment_lose_nothing(out: Desk, hook: Hook) -> None:
    given(out, number=30)
    chance, minutes = random.Random(7), 0.0
    while set(states(out)) != {State.SENT} and minutes < 2_000:
        run(out, str(chance.randint(300, 900)), ("hook", hook.port), minutes)
        minutes += 11

    assert set(states(out)) == {State.SENT}
    assert set(hook.keys) == {item.delivery.key for item in ledger(out)}
    assert max(Counter(hook.keys).values()) <= 30
