"""How every act is written down: the case saved if its version is unchanged, and one event chained to the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from console.desk import agenda, evidence, outbox
from console.desk.desk import Desk
from console.desk.holding import bind
from console.desk.secrecy import kept
from console.desk.timing import shown, timed
from console.domain.case import Case, CaseId, PersonId, altered
from console.domain.changes import changes, touched
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation
from console.domain.escalation_changes import escalation_changes
from console.domain.events import Changes, Event, Kind, Plain, fingerprint
from console.domain.people import Actor
from console.domain.segments import Pressing
from console.domain.sentences import who
from console.store import cases, escalations, events, people
from console.store.engine import Tx

STANDING = frozenset({"status", "tier", "team", "handler", "escalation", "escalation_state", "duplicate_of"})
"""The fields that most acts rest on: when one of them has changed, what the person saw is no longer true."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happened, in the words of its event.

    `escalations` are pairs of before (None: new) and after; `findable` is what search is to find the case by from now
    on; `also` writes what goes with the event, in the same transaction. `at` is when it happened, now where it is None;
    `clocks` is what the clocks of the case come to then, where that is known already.
    """

    kind: Kind
    detail: Mapping[str, Plain] = field(default_factory=dict)
    reason: str = ""
    reason_text: str = ""
    cause: str = "manual"
    batch: str = ""
    annuls: int | None = None
    escalations: tuple[tuple[Escalation | None, Escalation], ...] = ()
    findable: str = ""
    also: Callable[[Tx, Event], None] | None = None
    at: datetime | None = None
    clocks: Pressing | None = None


Change = tuple[Case, Case]
"""A case as it stands, and as an act leaves it."""


@dataclass(frozen=True, slots=True)
class Done:
    """An act that was acknowledged: the case as it stands now, and the event that says so."""

    case: Case
    event: Event


def take(
    tx: Tx,
    case_id: CaseId,
    seen: int | None = None,
    rests_on: frozenset[str] = STANDING,
    by: Actor | None = None,
) -> Case:
    """Give the case for an act that rests on these fields.

    Refused: when somebody else than `by` has changed one of them since the version the person saw, naming the fields
    and who. Changes to other fields, and what the person did meanwhile, do not matter: both stand.
    """
    case = cases.get(tx, case_id)
    if seen is None or seen == case.version:
        return case
    later = [event for event in events.of_case(tx, case_id, since=seen) if not _is_by(event, by)]
    clash = sorted(touched(event.changes for event in later) & rests_on)
    if clash:
        last = next(event for event in reversed(later) if set(event.changes) & set(clash))
        raise Refused(
            f"{who(last)} was first: {', '.join(clash)} of case {case_id} changed at {last.at:%H:%M} UTC;"
            " look at it again.",
            RefusalCode.CONFLICT,
            last.person,
        )
    return case


def _is_by(event: Event, actor: Actor | None) -> bool:
    """Say whether an event is this person's act, whoever's hand typed it."""
    return actor is not None and event.person == actor.id


def record(desk: Desk, tx: Tx, actor: Actor, change: Change, told: Told) -> Done:
    """Save the case and its escalations and append the event, all in the transaction at hand."""
    return record_all(desk, tx, actor, [(change, told)])[0]


def record_all(desk: Desk, tx: Tx, actor: Actor, steps: Iterable[tuple[Change, Told]]) -> tuple[Done, ...]:
    """Save many cases, each once, append their events, and note when something will be due for them."""
    done = written(desk, tx, actor, steps)
    agenda.keep(desk, tx, [(each.case, each.event) for each in done])
    return done


def written(desk: Desk, tx: Tx, actor: Actor, steps: Iterable[tuple[Change, Told]]) -> tuple[Done, ...]:
    """Save many cases, each once, and append their events, in a few statements of the transaction at hand.

    For whoever plans them anew by itself; everybody else uses `record_all`.
    """
    saved: list[Change] = []
    done: list[Done] = []
    also: list[Callable[[Tx, Event], None] | None] = []
    for (before, wanted), told in steps:
        after = kept(desk, tx, before, wanted)
        after = altered(after, updated=max(desk.now(), before.updated), version=before.version + 1)
        noted = dict(changes(before, after))
        for old, new in told.escalations:
            noted |= escalation_changes(old, new)
            (escalations.add if old is None else escalations.save)(tx, new)
        if told.findable:
            cases.add_notes(tx, after.id, told.findable)
        event = chained(tx, _event(desk, actor, after, noted, told))
        after = shown(after, told.clocks) if told.clocks else timed(desk, tx, after, [event])
        saved.append((before, after))
        also.append(told.also)
        done.append(Done(after, event))
    if not cases.save_all(tx, saved):
        which = ", ".join(str(each.case.id) for each in done[:12])
        raise Refused(f"Case {which} was changed at this very moment; try again.", RefusalCode.CONFLICT)
    events.append(tx, [each.event for each in done])
    evidence.keep(desk, tx, [each.event for each in done])
    for act, change, each in zip(also, saved, done, strict=True):
        bind(desk, tx, change, actor.id)
        if act is not None:
            act(tx, each.event)
    outbox.put(desk, tx, [(each.case, each.event) for each in done])
    return tuple(done)


def chained(tx: Tx, event: Event) -> Event:
    """Give the event with the hash that chains it to the last one of its case."""
    return replace(event, hash=fingerprint(event, events.last_hash(tx, event.case)))


def _event(desk: Desk, actor: Actor, after: Case, noted: Changes, told: Told) -> Event:
    """Give the event of one act, not yet chained."""
    signer, on_behalf_of = actor.signature
    return Event(
        case=after.id, version=after.version, at=told.at or desk.now(), actor=signer, on_behalf_of=on_behalf_of,
        kind=told.kind, changes=noted, detail=told.detail, cause=told.cause, reason=told.reason,
        reason_text=told.reason_text, batch=told.batch, annuls=told.annuls,
    )  # fmt: skip


def open_escalation(tx: Tx, case: Case) -> Escalation | None:
    """Give the escalation that is open on a case, or None."""
    return None if case.escalation is None else escalations.get(tx, case.escalation)


def person_known(tx: Tx, name: str, now: datetime) -> PersonId:
    """Give the id of a person work can be given to. Refused: somebody nobody knows, somebody absent now."""
    found = people.find(tx, PersonId(name))
    known = () if found else people.everybody(tx)
    if known:
        names = ", ".join(person.id for person in known[:12])
        raise Refused(f"Nobody is called '{name}'; people are {names}. `triage people add` adds one.", NOT_FOUND)
    if found is not None and found.is_away(now):
        instead = f"{found.deputy} stands in for them" if found.deputy else "choose somebody else"
        raise Refused(f"{name} is absent; {instead}.")
    return PersonId(name)


NOT_FOUND = RefusalCode.NOT_FOUND
