"""Whatever is slow or killed wherever: every event is told, in turn, and twice only under the same key."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from console.desk import hook_standing as standing
from console.desk import taking
from console.desk.desk import Desk
from console.domain.arrival import Arrival
from console.domain.delivering import Came, Result, State
from console.notify import writing_back
from console.notify.hooks import Caller, Outlet
from console.notify.writing_back import WrittenBack
from tests.desk.conftest import Clock
from tests.notify.givens import ADA, LENA, OLGA
from tests.notify.hook_givens import deliver, ours
from tests.notify.servers import Hook, web_server


def test_a_slow_hook_holds_up_no_other(desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_back, "SLICE", 60.0)
    hook.gate = gate = threading.Event()
    told_before: list[int] = []

    def let_go() -> None:
        for _ in range(15):
            quick.arrived.get(timeout=30)
        told_before.append(len(hook.posted))
        gate.set()

    with web_server() as quick:
        slow = Outlet(ours("slow"), Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=60))
        fast = Outlet(ours("fast"), Caller(url=f"http://127.0.0.1:{quick.port}/", timeout=60))
        deliver(desk, slow, fast)
        for _ in range(15):
            taking.open_case(desk, LENA, Arrival("One more"))
        threading.Thread(target=let_go, daemon=True).start()
        came = deliver(desk, slow, fast)

    assert told_before == [1]
    assert came == WrittenBack(told=30)


def test_what_was_not_begun_in_time_is_told_in_the_next_turn(
    desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = Outlet(ours(), Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=5))
    deliver(desk, way)
    for _ in range(15):
        taking.open_case(desk, LENA, Arrival("One more"))
    monkeypatch.setattr(writing_back, "SLICE", -1.0)
    assert deliver(desk, way) == WrittenBack(is_more=True)
    monkeypatch.setattr(writing_back, "SLICE", 20.0)
    assert deliver(desk, way) == WrittenBack(told=15)
    assert deliver(desk, way) == WrittenBack()
    assert len(set(hook.keys)) == len(hook.posted) == 15


def test_what_was_claimed_and_not_begun_in_time_is_put_back(
    desk: Desk, hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = Outlet(ours(), Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=5))
    deliver(desk, way)
    for _ in range(3):
        taking.open_case(desk, LENA, Arrival("One more"))

    def slowly(*_: object) -> Result:
        time.sleep(0.3)
        return Result(Came.SENT)

    with monkeypatch.context() as patched:
        patched.setattr(writing_back, "SLICE", 0.2)
        patched.setattr(writing_back, "tell", slowly)
        assert deliver(desk, way) == WrittenBack(told=1, is_more=True)
    assert {row.tries for row in standing.rows(desk, OLGA, "all", [State.PENDING], 9)} == {0}
    assert deliver(desk, way) == WrittenBack(told=2)


def test_many_deliverers_at_once_tell_everything_once(desk: Desk, hook: Hook) -> None:
    way = Outlet(ours(rate=1_000), Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=5))
    deliver(desk, way)
    for _ in range(30):
        taking.open_case(desk, LENA, Arrival("One more"))
    came: list[WrittenBack] = []
    threads = [threading.Thread(target=lambda: came.append(deliver(desk, way))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(each.told for each in came) == len(hook.posted) == len(set(hook.keys)) == 30


POINTS = ("collect", "claim", "told", "settle")


def worker(desk: Desk, hook: Hook, point: str, minutes: float) -> int:
    """Run a deliverer that is killed at a point; give how it ended."""
    words = [str(desk.store.path), "writing", str(hook.port), str(minutes), point]
    return subprocess.run(
        [sys.executable, "-m", "tests.notify.hook_worker", *words], check=False, timeout=60
    ).returncode


@pytest.mark.parametrize("point", POINTS)
def test_a_deliverer_killed_anywhere_leaves_everything_to_the_next(
    desk: Desk, hook: Hook, clock: Clock, point: str
) -> None:
    way = Outlet(ours("writing"), Caller(url=f"http://127.0.0.1:{hook.port}/", timeout=5))
    deliver(desk, way)
    for _ in range(3):
        taking.open_case(desk, LENA, Arrival("One more"))
    assert worker(desk, hook, point, 0) == -signal.SIGKILL
    clock.forward(minutes=11)
    deliver(desk, way)
    assert len(set(hook.keys)) == 3
    assert len(hook.posted) == (4 if point == "told" else 3)
    assert {row.state for row in standing.rows(desk, OLGA, "writing", tuple(State), 9)} == {State.SENT}


@pytest.mark.full
@pytest.mark.timeout(900)
def test_deliverers_killed_at_any_moment_lose_nothing(desk: Desk, hook: Hook) -> None:
    deliver(desk, Outlet(ours("writing"), Caller(url="http://127.0.0.1:1/")))
    for _ in range(20):
        taking.open_case(desk, ADA, Arrival("One more"))
    minutes = 0.0
    while {row.state for row in standing.rows(desk, OLGA, "writing", tuple(State), 99)} != {State.SENT}:
        worker(desk, hook, str(400 + int.from_bytes(os.urandom(1)) * 12), minutes)
        minutes += 11
        assert minutes < 2_000
    assert len(set(hook.keys)) == 20
