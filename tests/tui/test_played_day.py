"""A console on a played day: the top line has its time, and others keep the clock side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.desk import triage, watch
from console.desk.triage import Said
from console.domain.presence import Doing
from console.tui.listening import Listener
from console.tui.opening import Around
from console.tui.screens.queue_words import standing
from console.tui.widgets.header_line import HeaderLine
from tests.tui.at_desk import Bench
from tests.tui.at_queue import a_small_queue, at_queue


def test_the_top_line_has_the_time_on_a_played_day_only(at: Bench) -> None:
    time = f"{at.desk.now().astimezone():%H:%M}"
    place = standing(at.desk, at.ada, Around()).place

    assert time not in place
    assert standing(replace(at.desk, pace=310), at.ada, Around()).place == f"{time}  {place}"


def test_a_console_stands_in_for_nobody_on_a_played_day(at: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(watch, "alarm", lambda *_: asked.append(0))
    for pace, times in ((310.0, 0), (1.0, 1)):
        Listener(replace(at.desk, pace=pace), at.ada, lambda: (None, Doing.LOOKING), asked.append).look()
        assert len(asked) == times


async def test_time_goes_on_with_every_act_of_the_others(at: Bench) -> None:
    ids = a_small_queue(at)
    at.desk = replace(at.desk, pace=310)
    async with at_queue(at) as console:
        await console.hear()
        at.clock.forward(minutes=90)
        triage.note(at.desk, at.bo, ids[1], Said("still at it"))

        await console.hear()
        await console.rest()

        assert console.queue.table.now == at.desk.now()
        assert f"{at.desk.now().astimezone():%H:%M}" in console.queue.query_one(HeaderLine).standing.place
