"""What keeps the desk from keeping what is done: one line on every console, in words, until it is over."""

from __future__ import annotations

import pytest

from console.desk import leases, strait
from console.desk.desk import Desk
from console.desk.strait import SCARCE
from console.domain.presence import Doing
from console.domain.strait import Strait
from console.store import damage, faults
from console.store.room import Room
from console.tui import listening
from console.tui.listening import Heard, Listener
from tests.tui.at_desk import Bench
from tests.tui.at_queue import AtQueue, a_small_queue, at_queue
from tests.tui.golden import must_be_golden


def have(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """Let the disk have so much room."""
    monkeypatch.setattr(strait, "room", lambda _: Room(free, 2 * 10**12))


async def half_a_minute_later(console: AtQueue) -> None:
    """Let the listener look as it does twice a minute."""
    console.app.listener.beat_soon()
    await console.hear()


async def test_a_disk_that_is_nearly_full_is_said_on_the_queue_until_there_is_room(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        before = console.text
        have(monkeypatch, 10**8)
        await half_a_minute_later(console)
        must_be_golden(console.app, "queue-disk-scarce-80x24")

        console.app.say("Copied.")
        await console.settle()
        assert console.text.splitlines()[-2] == " ! disk scarce  Copied."
        assert "! disk scarce" in console.text.splitlines()[0]

        have(monkeypatch, 10**12)
        await half_a_minute_later(console)
        assert console.said == "What is done here can be saved again."
        assert "scarce" not in console.text
        assert "scarce" not in before
        console.app.sayings.clear()


async def test_damage_is_said_on_every_screen_that_is_opened_meanwhile(at: Bench) -> None:
    a_small_queue(at)
    async with at_queue(at) as console:
        damage.mark(at.desk.store.path, "page 3 is bad")
        await half_a_minute_later(console)
        assert "! damaged" in console.text.splitlines()[0]
        await console.press("enter")
        assert console.text.splitlines()[-2].startswith(
            " !! The database is damaged, and nothing is written any more: "
        )
        await console.press("q", "b")
        assert "! damaged" in console.text.splitlines()[0]

        damage.clear(at.desk.store.path)
        await half_a_minute_later(console)
        assert "damaged" not in console.text
        console.app.sayings.clear()


async def test_writes_that_a_full_disk_refuses_are_said(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise faults.full()

    a_small_queue(at)
    async with at_queue(at) as console:
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(leases, "beat", full)
            await half_a_minute_later(console)
            await console.hear()
        assert "! not saved" in console.text.splitlines()[0]
        assert console.text.splitlines()[-2].startswith(" !! Nothing can be saved: The disk is full; nothing was")

        await half_a_minute_later(console)
        assert "not saved" not in console.text
        console.app.sayings.clear()


def test_a_calm_disk_is_looked_at_twice_a_minute_only_and_its_strait_told_once(
    at: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "monotonic", lambda: 1.0)
    told: list[Heard] = []
    looked: list[Strait] = []
    look = strait.strait

    def counting(desk: Desk, refused: BaseException | None) -> Strait:
        looked.append(look(desk, refused))
        return looked[-1]

    monkeypatch.setattr(strait, "strait", counting)
    listener = Listener(at.desk, at.ada, lambda: (None, Doing.LOOKING), told.append)
    for _ in range(3):
        listener.look()
    assert looked == [Strait()]

    have(monkeypatch, 10**8)
    listener.beat_soon()
    for _ in range(3):
        listener.look()
    assert [heard.strait for heard in told] == [Strait("disk scarce", SCARCE)]

    have(monkeypatch, 10**12)
    listener.look()
    assert [heard.strait for heard in told][1:] == [Strait()]
    listener.stop(is_hung_up=False)
