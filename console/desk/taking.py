"""Taking cases in: arrivals become cases and notes, whole or not at all, and the same one twice is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.desk import evidence, outbox
from console.desk.belonging import Belongs, acquainted, awaited_by, counted, found_by, refs_of, staff_addresses
from console.desk.bringing import brought_back
from console.desk.desk import Desk
from console.desk.going_on import go_on
from console.desk.retelling import Past, chained, news, retold
from console.desk.rights import allow_opening
from console.desk.said import Saying
from console.desk.timing import timed, timed_by
from console.domain.arrival import Arrival, Message, Voice
from console.domain.case import Case, CaseId, CaseText, altered
from console.domain.errors import Refused
from console.domain.escalation import Escalation
from console.domain.events import Event, Kind
from console.domain.follow_up import AfterEnd, followed_up
from console.domain.joining import as_confidential, asked_first, begun_anew, bridge, hears, leads_to, written_in
from console.domain.opening import on_case, opened
from console.domain.people import Actor
from console.store import cases, escalations, events
from console.store.engine import Tx

BATCH = 250
"""How many arrivals one transaction takes at most, so that nobody's key waits for it."""

FARTHEST = 100_000
"""How far ahead of the next number that of an exported case may be, for the case to be called by it again."""


class Outcome(StrEnum):
    """What became of an arrival."""

    NEW = "new"
    JOINED = "joined"
    KNOWN = "known"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one arrival: its case, how many of its messages became notes, or why it was rejected."""

    outcome: Outcome
    case: CaseId | None = None
    notes: int = 0
    reason: str = ""


def take_in(desk: Desk, actor: Actor, arrivals: Sequence[Arrival]) -> list[Taken]:
    """Take a batch in, in one transaction; give what became of each, in order.

    An arrival known by source and reference, or by one of its messages, adds only the messages that are new to its
    case. Refused: more than `BATCH` at once, a person who may not open cases.
    """
    if len(arrivals) > BATCH:
        message = f"a batch holds at most {BATCH} arrivals"
        raise ValueError(message)
    with desk.write(actor) as tx:
        allow_opening(desk, tx, actor)
        return _Taking(desk, tx, actor, arrivals).all()


def open_case(desk: Desk, actor: Actor, arrival: Arrival) -> CaseId:
    """Open one case by hand. Refused: what `opened` refuses, and a reference that a case already has."""
    (taken,) = take_in(desk, actor, [arrival])
    if taken.case is None:
        raise Refused(taken.reason)
    if taken.outcome is not Outcome.NEW:
        raise Refused(f"Case {taken.case} is already there for {arrival.source} {arrival.ref}.")
    return taken.case


class _Taking:
    """One batch on its way in: which references are known, and the rows to be written together."""

    def __init__(self, desk: Desk, tx: Tx, actor: Actor, arrivals: Sequence[Arrival]) -> None:
        self.desk, self.tx, self.actor, self.arrivals = desk, tx, actor, acquainted(tx, arrivals)
        self.next_id = cases.next_id(tx)
        self.staff = staff_addresses(tx)
        self.known: dict[tuple[str, str], CaseId] = {}
        self.cases: dict[CaseId, tuple[Case, CaseText]] = {}
        self.came: dict[CaseId, Arrival] = {}
        self.events: list[Event] = []
        self.messages: list[tuple[str, str, CaseId]] = []
        self.histories: dict[CaseId, list[Event]] = {}
        self.moves: list[Escalation] = []
        self.done: list[tuple[Case, Event]] = []
        self.brought: set[CaseId] = set()

    def all(self) -> list[Taken]:
        """Take every arrival and write them in a few statements."""
        for source in {arrival.source for arrival in self.arrivals}:
            refs = [ref for each in self.arrivals if each.source == source for ref in refs_of(each)]
            found = events.messages_known(self.tx, source, refs)
            self.known |= {(source, ref): case for ref, case in found.items()}
        self._read_ahead()
        taken = [self._one(arrival) for arrival in self.arrivals]
        self._write()
        outbox.put(self.desk, self.tx, self.done)
        return taken

    def _read_ahead(self) -> None:
        """Read the cases that arrivals are known for, in a few statements."""
        found = {self.known[key] for each in self.arrivals if (key := (each.source, each.ref)) in self.known}
        if found:
            cases.read_ahead(self.tx, found)
            cases.read_texts_ahead(self.tx, found)
            events.read_histories_ahead(self.tx, found)

    def _write(self) -> None:
        """Write the cases that are new so far, so that what comes after them finds them in the store."""
        cases.add(self.tx, [(self._timed(case), text) for case, text in self.cases.values()])
        escalations.add_all(self.tx, self.moves)
        events.append(self.tx, self.events)
        evidence.keep(self.desk, self.tx, self.events)
        events.add_messages(self.tx, self.messages)
        made = [(self.cases[event.case][0], event) for event in self.events if event.case not in self.brought]
        past = {case_id for case_id, arrival in self.came.items() if arrival.steps}
        self.done += [each for each in made if each[0].id not in past]
        self.done += news(self.desk, [each for each in made if each[0].id in past])
        for kept in (self.cases, self.came, self.events, self.messages, self.histories, self.moves, self.brought):
            kept.clear()

    def _one(self, arrival: Arrival) -> Taken:
        belongs = found_by(self.desk, self.tx, arrival, self.known, self.cases)
        if belongs.case is None:
            return self._new(arrival, belongs)
        if self.came.get(belongs.case) == arrival:
            return Taken(Outcome.KNOWN, belongs.case)
        goes_on = bool(arrival.steps) or (belongs.is_itself and arrival.envelope is None and belongs.led is None)
        if goes_on and belongs.case in self.cases:
            self._write()
        written = written_in(arrival, self.desk.now())
        fresh = [m for m in written if m.ref and (arrival.source, m.ref) not in self.known]
        if not fresh and not goes_on:
            return Taken(Outcome.KNOWN, belongs.case)
        if fresh and not arrival.steps and belongs.case not in self.cases:
            case = cases.get(self.tx, belongs.case)
            said = counted(self.tx, case, arrival, fresh, self.staff)
            is_heard = any(message.voice is Voice.REQUESTER for message in said)
            if is_heard and not arrival.status and self.desk.policy.follow_up.after(case) is AfterEnd.NEW:
                return self._open(begun_anew(arrival, fresh, case), closed=case)
        if goes_on:
            return self._go_on(arrival, belongs, [each for each in fresh if each.ref != arrival.ref])
        if belongs.sees:
            fresh.append(bridge(belongs.sees, fresh))
        joined = self._join(arrival, belongs, fresh)
        self._number(arrival)
        return joined

    def _new(self, arrival: Arrival, belongs: Belongs) -> Taken:
        """Make a case of an arrival that belongs to none."""
        if arrival.own and arrival.own.history:
            return self._bring(arrival)
        if belongs.after is not None:
            return self._open(replace(arrival, confidential=True), closed=belongs.after)
        return self._open(arrival, belongs.sees)

    def _open(self, arrival: Arrival, sees: CaseId | None = None, closed: Case | None = None) -> Taken:
        """Open a case for an arrival, with its messages; it names one it `sees`, or goes on from a `closed` one."""
        number = self._number(arrival)
        try:
            case = opened(arrival, self.desk.policy, self.desk.now(), number)
            case = as_confidential(case, arrival, self.actor.id, closed)
            saying = Saying(self.desk, self.actor, arrival)
            messages = [on_case(message, arrival, case, self.staff) for message in arrival.messages]
            case, past = retold(
                self.desk, self.tx, case, self.actor, arrival, map(saying.note, messages if arrival.steps else ())
            )
        except Refused as refused:
            return Taken(Outcome.REJECTED, reason=refused.sentence)
        for ref in (*arrival.names, *awaited_by(arrival)):
            self._remember(arrival.source, ref, case.id)
        if arrival.about:
            self._remember(arrival.source, arrival.about, case.id, is_newest=True)
        self.came[case.id] = arrival
        first = saying.opening(case, is_live=past.case.status.is_live)
        if arrival.steps:
            return self._past(arrival, past, first)
        if leads := leads_to(sees, closed):
            messages.append(Message("triage", case.created, leads, Voice.INTERNAL))
        said = self._said(saying, case, first.hash, messages)
        self.events += [first, *said]
        self.histories[case.id] = [first, *said]
        text = "\n".join(message.text for message in messages)
        case = altered(case, version=1 + len(said)) if said else case
        self.cases[case.id] = case, CaseText(arrival.body, text)
        return Taken(Outcome.NEW, case.id, len(said))

    def _bring(self, arrival: Arrival) -> Taken:
        """Take an exported case with its whole history; nobody is told of any of it."""
        try:
            found = brought_back(self.desk, self.tx, self.actor, arrival, (self._number(arrival), self.cases))
        except Refused as refused:
            return Taken(Outcome.REJECTED, reason=refused.sentence)
        for ref in (arrival.ref, *found.refs):
            self._remember(arrival.source, ref, found.case.id)
        self.cases[found.case.id] = found.case, found.text
        self.histories[found.case.id] = [*found.history]
        self.events += found.history
        self.moves += found.moves
        self.came[found.case.id] = arrival
        self.brought.add(found.case.id)
        return Taken(Outcome.NEW, found.case.id, found.notes)

    def _past(self, arrival: Arrival, past: Past, first: Event) -> Taken:
        """Take a case with its past: nobody is told of what happened long ago."""
        case = past.case
        self.histories[case.id] = [first, *chained(past.told, first, self.actor, first.cause)]
        self.events += self.histories[case.id]
        self.moves += past.moves
        self.cases[case.id] = case, CaseText(arrival.body, "\n".join(past.texts))
        for message in arrival.messages:
            self._remember(arrival.source, message.ref, case.id)
        return Taken(Outcome.NEW, case.id, len(past.texts))

    def _go_on(self, arrival: Arrival, belongs: Belongs, fresh: Sequence[Message]) -> Taken:
        """Have a case that is there hear of what is new."""
        try:
            case, new = go_on(self.desk, self.tx, self.actor, arrival, belongs, fresh)
        except Refused as refused:
            return Taken(Outcome.REJECTED, reason=refused.sentence)
        self.done += news(self.desk, [(case, event) for event in new])
        for ref in arrival.names:
            self._remember(arrival.source, ref, (belongs.is_itself and belongs.led) or case.id)
        for message in fresh:
            self._remember(arrival.source, message.ref, case.id)
        notes = sum(event.kind is Kind.NOTED for event in new)
        return Taken(Outcome.JOINED if new else Outcome.KNOWN, case.id, notes)

    def _number(self, arrival: Arrival) -> CaseId:
        """Give the arrival its number; one that is rejected, or joins a case, leaves it unused (`store.sight`)."""
        was = arrival.own.number if arrival.own else None
        if was is not None and self.next_id <= was < self.next_id + FARTHEST:
            self.next_id = CaseId(was + 1)
            return CaseId(was)
        if arrival.confidential:
            return cases.confidential_id(self.tx, was)
        number, self.next_id = self.next_id, CaseId(self.next_id + 1)
        return number

    def _join(self, arrival: Arrival, belongs: Belongs, fresh: Sequence[Message]) -> Taken:
        """Add messages that a case does not hold yet; one from the requester resumes it if it waits for them."""
        case_id = CaseId(belongs.case or 0)
        for ref in awaited_by(arrival):
            self._remember(arrival.source, ref, case_id)
        text, saying = "\n".join(message.text for message in fresh), Saying(self.desk, self.actor, arrival, belongs.led)
        if case_id in self.cases:
            case, texts = self.cases[case_id]
            fresh = [on_case(message, arrival, case, self.staff) for message in fresh]
            said = self._said(saying, case, self.histories[case_id][-1].hash, fresh)
            self.events += said
            self.histories[case_id] += said
            notes = f"{texts.notes}\n{text}".strip()
            self.cases[case_id] = replace(case, version=case.version + len(said)), CaseText(texts.body, notes)
            return Taken(Outcome.JOINED, case_id, len(said))
        before = cases.get(self.tx, case_id)
        case = asked_first(before, arrival) if belongs.is_awaited else before
        fresh = counted(self.tx, case, arrival, fresh, self.staff)
        is_heard = hears(arrival) and any(message.voice is Voice.REQUESTER for message in fresh)
        after = followed_up(case, self.desk.policy.follow_up) if is_heard else case
        last = events.last_hash(self.tx, case_id)
        said = self._said(saying, before, last, fresh, after)
        newest = max(case.updated, *(event.at for event in said))
        after = timed(self.desk, self.tx, replace(after, version=case.version + len(said), updated=newest), said)
        cases.save(self.tx, after, case.version)
        cases.add_notes(self.tx, case_id, text)
        events.append(self.tx, said)
        evidence.keep(self.desk, self.tx, said)
        self.done += [(after, event) for event in said]
        return Taken(Outcome.JOINED, case_id, len(fresh))

    def _said(
        self, saying: Saying, case: Case, before: str, messages: Sequence[Message], after: Case | None = None
    ) -> list[Event]:
        """Give messages as notes, and remember whose they are."""
        for message in messages:
            self._remember(saying.arrival.source, message.ref, case.id)
        return saying.notes(case, before, messages, after)

    def _timed(self, case: Case) -> Case:
        """Give a new case with what its clocks come to; one that was in the store is timed where it is saved."""
        return timed_by(self.desk, case, self.histories[case.id])

    def _remember(self, source: str, ref: str, case_id: CaseId, *, is_newest: bool = False) -> None:
        key = (source, ref)
        if ref and (key not in self.known or (is_newest and self.known[key] != case_id)):
            self.known[key] = case_id
            self.messages.append((source, ref, case_id))
