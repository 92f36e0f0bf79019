"""The fold: events become clocks. What was done counts in its order, what was said when it was said.

Mail and comments of a source come in late and out of order, dated when they were written; acts of the desk do not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from console.domain.case import Case, Status
from console.domain.clock_moves import ESCALATION, Moves, untold
from console.domain.clock_state import MOVING, Standing, Strands, standing_before
from console.domain.contacts import Contact, contact_of, seen
from console.domain.escalation import Escalation
from console.domain.events import Event, Kind, annulled
from console.domain.strand import Step, Strand
from console.domain.timing import ClockName, Timing


class Entry(NamedTuple):
    """One thing to be folded: an event as what it did (first) or as what was said in it."""

    at: datetime
    version: int
    is_said: bool
    event: Event
    contact: Contact | None = None


def may_move(event: Event, case: Case) -> bool:
    """Say whether an event can have moved a clock of its case, which is given as it stands now.

    Whoever takes on a case that was moved to its tier closes a clock; a new one of the first tier came there by itself.
    """
    changed = event.changes
    if event.annuls is not None or event.kind is Kind.OPENED or any(name.startswith(ESCALATION) for name in changed):
        return True
    if contact_of(event, "") is not None or not MOVING.isdisjoint(changed.keys() - {"status"}):
        return True
    taken_up = changed.get("status") == (Status.NEW, Status.OPEN) and case.tier == 1
    return ("status" in changed or "handler" in changed or "promised_at" in changed) and not taken_up


def folded(case: Case, history: Sequence[Event], escalations: Sequence[Escalation], timing: Timing) -> list[Strand]:
    """Give every clock of a case, oldest first."""
    if not timing.targets:
        return _stated_only(case, timing)
    return _Fold(case, history, escalations, timing).strands()


def _stated_only(case: Case, timing: Timing) -> list[Strand]:
    """Give the clock of a stated due time, which is all there is under a policy without targets."""
    if case.due is None:
        return []
    strands = Strands(timing, case.requester, standing_before(case, ()))
    return [strands.begin(ClockName.RESOLUTION, "1", Step(case.created, "opened", 1))]


class _Fold:
    """The fold of one case."""

    def __init__(self, case: Case, history: Sequence[Event], escalations: Sequence[Escalation], timing: Timing) -> None:
        self.history, self.timing, self.requester = history, timing, case.requester
        self.gone = annulled(tuple(history)) if any(event.annuls is not None for event in history) else frozenset()
        self.is_fresh = len(history) == 1 and history[0].kind is Kind.OPENED
        self.standing: Standing = standing_before(case, () if self.is_fresh else history)
        self.strands_of = Strands(timing, case.requester, self.standing)
        self.moves = Moves(self.strands_of, untold(escalations, history))
        first = history[0] if history and history[0].kind is Kind.OPENED else None
        self.start = self._counted(case.created, first)
        self.pending: list[tuple[datetime, int]] = []
        self.contacted: datetime | None = None
        self.case = case

    def strands(self) -> list[Strand]:
        """Fold everything."""
        if self.is_fresh or not (self.history and self.history[0].kind is Kind.OPENED):
            self._open(Step(self.start, "opened", 1))
        for entry in () if self.is_fresh else sorted(self._entries(), key=_when):
            if entry.is_said:
                self._said(entry)
            else:
                self._done(entry)
        self.moves.finish()
        self._fired()
        return self.strands_of.every

    def _entries(self) -> Iterator[Entry]:
        """Give what was done, never before what was done before it, and what was said."""
        last = self.case.created
        for event in self.history:
            if event.kind in FIRED:
                continue
            last = max(last, event.at)
            if event.changes or event.annuls is not None:
                yield Entry(last, event.version, is_said=False, event=event)
            contact = None if event.version in self.gone else contact_of(event, self.requester)
            if contact is not None:
                at = max(event.at, self.case.created) if contact.is_from_source else last
                yield Entry(at, event.version, is_said=True, event=event, contact=contact)

    def _open(self, step: Step) -> None:
        """Start the clocks that run from the beginning; nobody waits for a first answer to an action of a review."""
        self.strands_of.begin(ClockName.RESOLUTION, str(step.event), step)
        if not self.standing.action_of:
            self._heard(step)
        if self.standing.promised_at is not None:
            self._promised(step, self.standing.promised_at)

    def _done(self, entry: Entry) -> None:
        """Fold what an event did to the case."""
        event = entry.event
        was = (self.standing.tier, self.standing.promised_at)
        touched = self.standing.change(event.changes)
        step = Step(max(entry.at, self.start), _cause(event, self.standing), event.version)
        if event.kind is Kind.OPENED:
            self._open(Step(self.start, "opened", event.version))
            return
        if event.kind is Kind.UNDONE:
            self._unsaid(event, entry.at)
        self.moves.follow(event, step, was_tier=was[0])
        self.strands_of.follow(touched, step)
        if "promised_at" in touched and self.standing.promised_at != was[1] and not self._is_contact(event):
            self._promised(step, self.standing.promised_at)

    def _said(self, entry: Entry) -> None:
        """Fold what was said: by the requester, who then waits, or to them, which answers what they said before."""
        event, contact = entry.event, entry.contact
        at = max(self.start, self._counted(event.at if contact and contact.is_from_source else entry.at, event))
        step = Step(at, CAUSES.get(event.kind, "told the requester"), event.version)
        if contact is not None and contact.is_from_requester:
            self._heard(Step(at, "the requester wrote", event.version))
            return
        self.contacted = at
        self._answered(step, is_from_source=contact is not None and contact.is_from_source)
        promised = event.changes.get("promised_at", (None, None))[1]
        self._promised(step, datetime.fromisoformat(str(promised)) if promised else None)

    def _heard(self, step: Step) -> None:
        """Let the requester wait for an answer, since the oldest thing they said that has none."""
        self.pending.append((step.at, step.event))
        if self.strands_of.of(ClockName.RESPONSE) is None:
            self.strands_of.begin(ClockName.RESPONSE, str(step.event), step)

    def _answered(self, step: Step, *, is_from_source: bool) -> None:
        """Close the response clock; what the desk had not read when it wrote stays open, with a clock of its own."""
        self.pending = [] if is_from_source else [each for each in self.pending if each[1] > step.event]
        response = self.strands_of.of(ClockName.RESPONSE)
        if response is not None:
            self.strands_of.end(response, step)
        if self.pending:
            at, version = self.pending[0]
            self.strands_of.begin(ClockName.RESPONSE, str(version), Step(at, "the requester wrote", version))

    def _promised(self, step: Step, promise: datetime | None) -> None:
        """Start the clock of the next update: until the promise, or by the target since the last contact."""
        old = self.strands_of.of(ClockName.UPDATE)
        if old is not None:
            self.strands_of.end(old, step)
        if promise is None and self.contacted is None:
            return
        begun = step if promise is not None else Step(self.contacted or step.at, step.cause, step.event)
        made = self.strands_of.begin(ClockName.UPDATE, str(step.event), begun, promise=promise)
        if begun.at < step.at:
            made.blind = (begun.at, step.at)

    def _unsaid(self, event: Event, at: datetime) -> None:
        """Let what was thought answered until it was taken back be due no sooner than that."""
        taken_back = next((each for each in self.history if each.version == event.annuls), None)
        response = self.strands_of.of(ClockName.RESPONSE)
        if taken_back is not None and taken_back.version in self.gone and response is not None:
            response.blind = (taken_back.at, at)

    def _is_contact(self, event: Event) -> bool:
        contact = None if event.version in self.gone else contact_of(event, self.requester)
        return contact is not None and not contact.is_from_requester

    def _counted(self, at: datetime, event: Event | None) -> datetime:
        """Give the time since which something counts: what came in as old backlog counts since it came in."""
        came = seen(event) if event is not None else None
        return came if came is not None and came - at > self.timing.backlog else at

    def _fired(self) -> None:
        """Note on each clock what was warned of, and its breach."""
        for event in self.history:
            if event.kind in FIRED:
                strand = self._named(event)
                deadline, step = event.detail.get("deadline"), event.detail.get("step")
                if strand is not None and event.kind is Kind.BREACHED:
                    strand.breached_at = strand.breached_at or event.at
                elif strand is not None and isinstance(deadline, str) and isinstance(step, int):
                    strand.warned.add((step, datetime.fromisoformat(deadline)))

    def _named(self, event: Event) -> Strand | None:
        """Give the clock that a warning or breach is about: by its key, else the newest of its name at that time."""
        name, key = str(event.detail.get("source", "")).removeprefix("clock:"), event.detail.get("key")
        of_name = [strand for strand in self.strands_of.every if strand.name == name]
        if key is not None:
            return next((strand for strand in of_name if strand.key == str(key)), None)
        return next((strand for strand in reversed(of_name) if strand.began.at <= event.at), None)


FIRED = frozenset({Kind.WARNED, Kind.BREACHED})
"""Kinds that say what happened to a clock, and move none."""

CAUSES = {
    Kind.NOTED: "told the requester",
    Kind.ESCALATED: "told the requester that it was escalated",
    Kind.WAITING: "told the requester that it waits",
}
"""Why the response clock closed, by the kind of event in which the requester was told."""


def _when(entry: Entry) -> tuple[datetime, int, bool]:
    return entry.at, entry.version, entry.is_said


def _cause(event: Event, standing: Standing) -> str:
    """Say in a few words what an event did to the clocks."""
    if event.kind is Kind.WAITING:
        return f"waiting for {standing.waiting_for}"
    if event.kind is Kind.MOVED:
        return f"moved to tier {standing.tier}"
    if event.kind in SAID:
        return SAID[event.kind]
    for name in ("severity", "category", "due", "organisation") if event.kind in STATED else ():
        if name in event.changes:
            return f"{name} {event.changes[name][1] or 'none'}"
    return event.kind.value


SAID = {Kind.ASKED: "asked back", Kind.NOTED: "the requester answered"}
STATED = frozenset({Kind.CHANGED, Kind.UPDATED})
"""Kinds whose cause is the fact that they changed."""
