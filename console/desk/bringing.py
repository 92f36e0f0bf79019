"""Bringing back: an exported case with its whole history, told by whoever takes it in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.desk.desk import Desk
from console.desk.timing import timed_by
from console.domain import timeline
from console.domain.arrival import Arrival
from console.domain.case import Case, CaseId, CaseText, PersonId, altered
from console.domain.chronicle import brought, without_link
from console.domain.chronicle_case import case_of, moves_of, renumbered
from console.domain.contacts import seen
from console.domain.errors import RefusalCode, Refused
from console.domain.escalation import Escalation
from console.domain.events import Event, Kind
from console.domain.facts import Facts
from console.domain.past import Past
from console.domain.people import Actor
from console.domain.sentences import sentence
from console.store import cases, events
from console.store.engine import Tx

New = Mapping[CaseId, tuple[Case, CaseText]]


@dataclass(frozen=True, slots=True)
class Brought:
    """An exported case as it is here: its text, its history, its escalations, oldest first."""

    case: Case
    text: CaseText
    history: tuple[Event, ...]
    moves: tuple[Escalation, ...]

    @property
    def notes(self) -> int:
        """Count what was said on it."""
        return sum(event.kind is Kind.NOTED for event in self.history)

    @property
    def refs(self) -> list[str]:
        """Give the references of what was said on it, in its source."""
        named = [event.detail.get("ref") for event in self.history if event.kind is Kind.NOTED]
        return [ref for ref in named if isinstance(ref, str) and ref]


def brought_back(desk: Desk, tx: Tx, actor: Actor, arrival: Arrival, place: tuple[CaseId, New]) -> Brought:
    """Give an exported case; `place` is its number here, and the batch's cases that are not in the store yet.

    Refused: a history that makes no case, and one that does not fit the policy.
    """
    number, new = place
    own = arrival.own.history if arrival.own else ()
    try:
        history = brought(renumbered(own, number), actor)
        case = case_of(history)
        for link in LINKS:
            if getattr(case, link) is not None and not _is_here(tx, case, link, history, new):
                history = without_link(history, link)
                case = altered(case, **{link: None})
        moves = moves_of(history, case)
        _tried(desk, case, history, moves)
    except events.UNREADABLE as error:
        raise Refused(f"It cannot be taken in as it was: {error}.", RefusalCode.BAD_INPUT) from None
    if case.confidential != arrival.confidential:
        raise Refused("It is confidential in one place and not in another; export it anew.", RefusalCode.BAD_INPUT)
    _must_fit(desk, case, moves)
    updated = max(arrival.updated or case.updated, case.created)
    return Brought(altered(_confided(case, arrival, actor), updated=updated), _text(arrival, history), history, moves)


LINKS = {"duplicate_of": Kind.MERGED, "action_of": Kind.OPENED}
"""The fields of a case that lead to another, and the kind of event that tells of its title."""


def _is_here(tx: Tx, case: Case, link: str, history: Sequence[Event], new: New) -> bool:
    """Say whether the case that it leads to is the one that is called so here: it must have its title too."""
    into = CaseId(getattr(case, link))
    found = new[into][0] if into in new else next(iter(cases.some(tx, [into])), None)
    titles = [event.detail.get("title") for event in history if event.kind is LINKS[link]]
    return found is not None and (into < case.id or link == "action_of") and found.title in titles


def _confided(case: Case, arrival: Arrival, actor: Actor) -> Case:
    """Give a confidential case with its circle: that of its history, else the one it was exported with."""
    if not case.confidential or case.circle:
        return case
    said = (arrival.own.circle if arrival.own else ()) or (actor.id,)
    return altered(case, circle=tuple(map(PersonId, said)))


def _tried(desk: Desk, case: Case, history: tuple[Event, ...], moves: tuple[Escalation, ...]) -> None:
    """Read a history in every way in which it is read later; what cannot be is refused now."""
    for event in history:
        sentence(event)
    _ = [(seen(event) or event.at) - event.at for event in history]
    timeline.attempts(history)
    timeline.notes(history)
    timed_by(desk, case, history)
    past = Past(Facts(case=case, history=history, escalations=moves), desk.policy)
    for stretch in past.stretches():
        past.full(stretch, with_clocks=False)


def _must_fit(desk: Desk, case: Case, moves: Sequence[Escalation]) -> None:
    """Refuse a case whose places the policy does not have."""
    desk.policy.tier(case.tier)
    if case.team and desk.policy.team(case.team).tier != case.tier:
        told = (
            f"Team {case.team} is in another tier than {case.tier}; take it in under the policy it was exported under."
        )
        raise Refused(told, RefusalCode.BAD_INPUT)
    for each in moves:
        desk.policy.tier(each.from_tier)
        desk.policy.tier(each.target.tier)
        if case.escalation == each.id and each.state.value != case.escalation_state:
            raise Refused("Its escalation is not in the state that it says itself.", RefusalCode.BAD_INPUT)


def _text(arrival: Arrival, history: Sequence[Event]) -> CaseText:
    """Give what the case is found by: its body, and what was said, tried and learned on it."""
    said = [str(event.detail.get(name) or "") for event in history for name in FOUND_BY.get(event.kind, ())]
    return CaseText(arrival.body, "\n".join(filter(None, said)))


FOUND_BY = {
    Kind.NOTED: ("text",),
    Kind.ATTEMPTED: ("what", "result", "error"),
    Kind.REVIEWED: ("happened", "why", "needs"),
}
