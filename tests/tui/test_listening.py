"""The listener by itself: what it tells, and what it does where the database is not to be had."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta

from console.desk import presence, queues, triage, watch
from console.desk.desk import at as desk_at
from console.desk.triage import Said
from console.domain.case import CaseId
from console.domain.presence import Doing
from console.domain.watch import Reading
from console.tui.listening import Heard, Listener, Shown
from tests.tui.at_desk import Bench
from tests.tui.at_time import look, timed_desk, work_overdue


@contextlib.contextmanager
def listening(at: Bench, shown: list[Shown], told: list[Heard]) -> Iterator[Listener]:
    """Give a listener that looks when it is told to."""
    listener = Listener(desk_at(at.desk, "one"), at.ada, lambda: shown[-1], told.append)
    yield listener
    listener.stop(is_hung_up=False)


def test_it_hears_from_the_event_it_was_given(at: Bench) -> None:
    case_id = at.take_in()
    start = queues.newest_event(at.desk)
    triage.note(at.desk, at.bo, case_id, Said("before it looked"))
    told: list[Heard] = []
    with listening(at, [(None, Doing.LOOKING)], told) as listener:
        listener.start(start)
        listener.stop(is_hung_up=False)

    assert [event.kind for heard in told if heard.changes for event in heard.changes.events] == ["noted"]


def test_what_fails_is_tried_again_at_the_next_look(at: Bench) -> None:
    case_id = at.take_in()
    told: list[Heard] = []
    shown: list[Shown] = [(CaseId(99), Doing.LOOKING)]
    with listening(at, shown, told) as listener:
        listener.look()
        assert presence.here(at.desk, at.bo) == ()

        shown.append((case_id, Doing.EDITING))
        listener.look()
        assert [(each.case, each.doing) for each in presence.here(at.desk, at.bo)] == [(case_id, Doing.EDITING)]

        path = at.desk.store.path
        path.rename(path.with_suffix(".gone"))
        listener.look()
        path.with_suffix(".gone").rename(path)
        listener.look()
        assert [heard.strait.mark for heard in told if heard.strait] == ["database", ""]


def a_reading(at: Bench) -> Reading:
    """Read clocks that agree."""
    return Reading(at.clock.now, timedelta(hours=1), "this start")


def test_a_console_does_what_is_due_where_nobody_keeps_watch(at: Bench) -> None:
    case_id = timed_desk(at).take_in(due=None)
    at.clock.forward(minutes=10)
    told: list[Heard] = []
    with listening(at, [(None, Doing.LOOKING)], told) as listener:
        listener.look()
        assert "Breached" not in kinds(at, case_id)
        listener.clock = lambda: a_reading(at)
        listener.beat_soon()
        listener.look()
        assert kinds(at, case_id) == ["opened", "breached", "told"]

        listener.look()
        assert [event.kind for heard in told if heard.changes for event in heard.changes.events] == ["breached", "told"]


def test_a_console_that_only_reads_does_nothing_by_the_clock(at: Bench) -> None:
    case_id = timed_desk(at).take_in(due=None)
    with listening(at, [(None, Doing.LOOKING)], []) as listener:
        listener.clock = lambda: a_reading(at)
        listener.is_mute = True
        listener.look()
    assert kinds(at, case_id) == ["opened"]


def test_a_console_stands_back_where_somebody_keeps_watch(at: Bench) -> None:
    case_id = timed_desk(at).take_in(due=None)
    watch.keep(at.desk, "the watcher", lambda: a_reading(at))
    before = kinds(at, case_id)
    at.clock.forward(minutes=0.2)
    with listening(at, [(None, Doing.LOOKING)], []) as listener:
        listener.clock = lambda: a_reading(at)
        listener.look()
    assert kinds(at, case_id) == before


def test_an_alarm_is_told_once_and_its_end_too(at: Bench) -> None:
    work_overdue(at)
    told: list[Heard] = []
    with listening(at, [(None, Doing.LOOKING)], told) as listener:
        for _ in range(2):
            listener.beat_soon()
            listener.look()
        look(at)
        listener.beat_soon()
        listener.look()

    alarms = [heard.alarm for heard in told if heard.alarm is not None]
    assert len(alarms) == 2
    assert alarms[0].startswith("1 case has work overdue since 10:37; nobody keeps watch: start `triage watch`")
    assert not alarms[1]


def kinds(at: Bench, case_id: CaseId) -> list[str]:
    """Give what happened to a case."""
    return [event.kind.value for event in at.history(case_id)]


def test_a_console_whose_terminal_takes_nothing_says_no_more_that_it_lives(at: Bench) -> None:
    case_id = at.take_in()
    told: list[Heard] = []
    with listening(at, [(case_id, Doing.LOOKING)], told) as listener:
        triage.claim(desk_at(at.desk, "one"), at.ada, case_id)
        listener.look()
        told.clear()
        listener.is_frozen = lambda: True
        for _ in range(14):
            at.clock.forward(minutes=0.5)
            listener.beat_soon()
            listener.look()

        assert triage.claim(at.desk, at.bo, case_id).case.handler == "bo"
        assert told == []
        listener.is_frozen = lambda: False
        listener.look()
        assert [event.kind for heard in told if heard.changes for event in heard.changes.events] == [
            "released",
            "claimed",
        ]


def test_a_console_that_is_read_keeps_its_claims(at: Bench) -> None:
    case_id = at.take_in()
    with listening(at, [(case_id, Doing.LOOKING)], []) as listener:
        triage.claim(desk_at(at.desk, "one"), at.ada, case_id)
        for _ in range(14):
            at.clock.forward(minutes=0.5)
            listener.beat_soon()
            listener.look()

        assert at.case(case_id).handler == "ada"
