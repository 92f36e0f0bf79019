"""The listener by itself: what it tells, and what it does where the database is not to be had."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from console.desk import presence, queues, triage
from console.desk.desk import at as desk_at
from console.desk.triage import Said
from console.domain.case import CaseId
from console.domain.presence import Doing
from console.tui.listening import Heard, Listener, Shown
from tests.tui.at_desk import Bench


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
        listener.beat_soon()
        listener.look()
        path.with_suffix(".gone").rename(path)
        listener.look()
        assert told == []
