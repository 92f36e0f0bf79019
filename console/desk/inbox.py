"""The inbox: what concerns a person, newest first, until they have seen it or somebody else has settled it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from console.desk.advising import lines
from console.desk.desk import Desk
from console.domain.case import CaseId
from console.domain.events import Event
from console.domain.notice import Notice, NoticeState
from console.domain.people import Actor
from console.domain.sentences import sentence
from console.domain.views import Line
from console.store import cases, events, notices

MOST = 200
SEEN = "they have seen it in the console"

Key = tuple[CaseId, int]
"""What names a notice to its person: the case, and the version of the event it tells of."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One notice with its case as that stands now, the event it tells of, and that event as a sentence."""

    notice: Notice
    line: Line
    event: Event
    sentence: str

    @property
    def key(self) -> Key:
        """Give what names it, for `see`."""
        return self.notice.case, self.notice.version

    @property
    def is_new(self) -> bool:
        """Say whether it has been neither seen nor settled."""
        return self.notice.state is NoticeState.NEW


def entries(desk: Desk, actor: Actor, *, is_all: bool = False, limit: int = MOST) -> tuple[Entry, ...]:
    """Give what concerns the actor, the newest first: what is new, or all, at most `limit`."""
    with desk.read(actor) as tx:
        found = notices.of_person(tx, actor.id, limit, is_all=is_all)
        if not found:
            return ()
        told = {(event.case, event.version): event for event in events.some(tx, [(n.case, n.version) for n in found])}
        of_id = {line.case.id: line for line in lines(desk, tx, cases.some(tx, {n.case for n in found}))}
    return tuple(
        Entry(notice, of_id[notice.case], event, sentence(event))
        for notice in found
        if (event := told.get((notice.case, notice.version)))
    )


def count(desk: Desk, actor: Actor) -> int:
    """Count what is new to the actor; one indexed read, for a header."""
    with desk.read(actor) as tx:
        return notices.count(tx, actor.id)


def see(desk: Desk, actor: Actor, which: Iterable[Key]) -> None:
    """Note that the actor has seen some of what concerns them; it is not sent to them any more."""
    with desk.jot(actor) as tx:
        notices.see(tx, actor.id, which, SEEN)


def see_case(desk: Desk, actor: Actor, case_id: CaseId) -> None:
    """Note that the actor has seen everything that concerns them about a case."""
    with desk.jot(actor) as tx:
        notices.see_case(tx, actor.id, [case_id], SEEN)


def see_all(desk: Desk, actor: Actor) -> None:
    """Note that the actor has seen everything that concerns them."""
    with desk.jot(actor) as tx:
        notices.see_all(tx, actor.id, SEEN)
