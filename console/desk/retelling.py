"""Retelling: the past that a source tells of its cases becomes their history here, dated when it happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from console.desk.desk import Desk
from console.desk.timing import timed
from console.domain.arrival import Arrival
from console.domain.case import Case, CaseId, altered
from console.domain.changes import changes
from console.domain.concern import NEWS
from console.domain.escalation import Escalation
from console.domain.escalation_changes import escalation_changes
from console.domain.events import Event, Kind, fingerprint
from console.domain.people import Actor, is_rule
from console.domain.retold import Retelling, Told, fresh_steps
from console.store import cases, escalations, events
from console.store.engine import Tx


@dataclass(frozen=True, slots=True)
class Past:
    """What the past of a case comes to: how it stands after it, what happened, and its escalations, oldest first."""

    case: Case
    told: tuple[Told, ...] = ()
    moves: tuple[Escalation, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Give what was written in it, for search."""
        return tuple(str(each.detail["text"]) for each in self.told if each.kind is Kind.NOTED)


def retold(desk: Desk, case: Case, actor: Actor, arrival: Arrival) -> Past:
    """Give the past of a new case as an arrival tells it. Refused: a tier that the policy does not have."""
    retelling = Retelling(case, desk.policy, actor.id, arrival.source)
    return _past(retelling, tuple(retelling.tell(arrival.steps)))


def go_on(desk: Desk, tx: Tx, actor: Actor, arrival: Arrival, case_id: CaseId) -> tuple[Case, list[Event]]:
    """Tell on the past of a case in the store; give the case and the events that made.

    Where anybody has worked on the case here, what is new comes as notes, and nothing that was done is overwritten.
    """
    case, cause = cases.get(tx, case_id), f"intake {arrival.source}"
    history = events.of_case(tx, case_id)
    steps = fresh_steps(arrival.steps, history, cause)
    before = {each.id: each for each in escalations.of_case(tx, case_id)}
    retelling = Retelling(case, desk.policy, actor.id, arrival.source, before.values())
    is_ours = any(event.cause != cause and not is_rule(event.actor) for event in history)
    past = _past(retelling, tuple(retelling.notes(steps) if is_ours else retelling.tell(steps)))
    new = list(chained(past.told, history[-1], actor, cause))
    if not new:
        return case, new
    escalations.add_all(tx, [each for each in past.moves if each.id not in before])
    for each in past.moves:
        if each.id in before and each != before[each.id]:
            escalations.save(tx, each)
    after = timed(desk, tx, past.case, new)
    cases.save(tx, after, case.version)
    if past.texts:
        cases.add_notes(tx, case_id, "\n".join(past.texts))
    events.append(tx, new)
    return after, new


def news(desk: Desk, done: Iterable[tuple[Case, Event]]) -> list[tuple[Case, Event]]:
    """Give those events that somebody may still have to hear of, not what happened long ago."""
    return [(case, event) for case, event in done if desk.now() - event.at <= NEWS]


def chained(told: Iterable[Told], last: Event, actor: Actor, cause: str) -> Iterable[Event]:
    """Give what happened as events, dated then, each chained to the one before it."""
    signer, on_behalf_of = actor.signature
    for each in told:
        noted = dict(changes(each.before, each.after))
        for old, new in each.escalations:
            noted |= escalation_changes(old, new)
        event = Event(
            case=last.case, version=last.version + 1, at=each.at, actor=signer, on_behalf_of=on_behalf_of,
            kind=each.kind, changes=noted, detail=each.detail, cause=cause,
        )  # fmt: skip
        last = replace(event, hash=fingerprint(event, last.hash))
        yield last


def _past(retelling: Retelling, told: tuple[Told, ...]) -> Past:
    case = retelling.case
    updated = max((case.updated, *(each.at for each in told)))
    after = altered(case, version=case.version + len(told), updated=updated)
    return Past(after, told, tuple(retelling.moves.values()))
