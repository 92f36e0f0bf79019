"""Concern: who is to hear of an event, and what it is to them; pure, so that every act tells the same people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from console.domain.arrival import Voice
from console.domain.case import Case, EscalationId, PersonId
from console.domain.circle import sees
from console.domain.escalation import AWAITING
from console.domain.events import Event, Kind
from console.domain.matrix import target
from console.domain.notice import Notice, NoticeKind
from console.domain.people import is_rule
from console.domain.phrases import old_value, texts
from console.domain.policy import Policy
from console.domain.roster import Roster, contact

BY_THE_CLOCK: Mapping[Kind, NoticeKind] = {
    Kind.WARNED: NoticeKind.WARNED,
    Kind.BREACHED: NoticeKind.LATE,
    Kind.REMINDED: NoticeKind.REMINDED,
    Kind.TOLD: NoticeKind.TOLD,
    Kind.ENGAGED: NoticeKind.ENGAGED,
    Kind.EXHAUSTED: NoticeKind.EXHAUSTED,
}
"""Events of the clock side, which name in their detail whom they are for (`to`, `outside`)."""

FROM_OUTSIDE = frozenset({Kind.OPENED, Kind.NOTED})
"""Events that intake dates when they happened; what it brings of long ago is no news."""

NEWS = timedelta(days=1)

SETTLED_BY_AN_ANSWER = frozenset(NoticeKind) - {
    NoticeKind.ASSIGNED,
    NoticeKind.RETURNED,
    NoticeKind.OUTCOME,
    NoticeKind.TOLD,
}
"""Kinds that are no news any more once the escalation they are about has been answered."""

SETTLED_BY_THE_END = SETTLED_BY_AN_ANSWER | {NoticeKind.ASSIGNED}
"""Kinds that are no news any more once the case is done."""

Concern = tuple[NoticeKind, str | None]
"""What an event is to a person, who may be nobody."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What an event settles: notices of these kinds about its case, or those about one escalation of it alone.

    `only` is the one person for whom it does, `version` the one event whose notices it does; None is for all.
    """

    kinds: frozenset[NoticeKind]
    escalation: EscalationId | None = None
    only: PersonId | None = None
    version: int | None = None


def may_concern(event: Event) -> bool:
    """Say at a glance whether anybody could have to hear of an event; most concern nobody, and need nothing read."""
    return event.kind in TELLING or "handler" in event.changes or _is_heard(event)


def notices_of(
    event: Event, case: Case, there: Roster, policy: Policy, asked_by: PersonId | None = None
) -> tuple[Notice, ...]:
    """Give whoever is to hear of an event one notice each: the weightiest of what it is to them.

    `case` is as the event left it, `asked_by` who had asked what a reply answers. Nobody hears of their own act, nobody
    who may not know of the case, and nobody at all where one person works alone.
    """
    if event.kind in FROM_OUTSIDE and there.now is not None and there.now - event.at > NEWS:
        return ()
    concerns = [*_by_the_clock(event, case, there, policy)] or [
        *_by_people(event, case, there, policy, asked_by),
        *_handlers(event, there),
    ]
    told = {person: kind for kind, person in reversed(concerns) if person and _hears(person, event, case, there)}
    inside = [_notice(event, case, policy, kind, PersonId(person)) for person, kind in reversed(told.items())]
    return (*inside, *(_outside(event, case, policy) if there.people else ()))


def settled_by(event: Event, case: Case) -> tuple[Settled, ...]:
    """Give what is no news any more after an event: what it answers, or everything about a case that is done."""
    if event.kind is Kind.OPENED:
        return ()
    if "status" in event.changes and not case.status.is_live:
        return (Settled(SETTLED_BY_THE_END),)
    found = [Settled(frozenset(NoticeKind), version=event.annuls)] if event.annuls is not None else []
    for name, (old, new) in event.changes.items():
        match name.split("."):
            case ["handler"] if old:
                found.append(Settled(frozenset({NoticeKind.ASSIGNED}), only=PersonId(str(old))))
            case ["escalation", number, "state"] if new not in AWAITING:
                found.append(Settled(SETTLED_BY_AN_ANSWER, EscalationId(int(number))))
            case ["escalation", number, "question"]:
                over = SETTLED_BY_AN_ANSWER if new else frozenset({NoticeKind.ASKED})
                found.append(Settled(over, EscalationId(int(number))))
    if event.kind is Kind.ACKNOWLEDGED:
        found.append(Settled(SETTLED_BY_AN_ANSWER, _escalation(event), None if _stops(event) else event.person))
    return tuple(found)


def _by_the_clock(event: Event, case: Case, there: Roster, policy: Policy) -> Iterator[Concern]:
    """Give those whom an event of the clock side names; where it names nobody, those who work on the case."""
    kind = BY_THE_CLOCK.get(event.kind)
    if kind is None:
        return
    named = texts(event, "to")
    yield from ((kind, person) for person in named)
    if not named and kind in {NoticeKind.WARNED, NoticeKind.LATE, NoticeKind.EXHAUSTED}:
        at_work = case.handler or case.owner
        team = next((team.manager for team in policy.teams if team.id == case.team), None)
        leading = [team] if kind is NoticeKind.EXHAUSTED or not at_work else []
        yield from ((kind, person) for person in _with_deputies([at_work, *leading], there))


def _by_people(event: Event, case: Case, there: Roster, policy: Policy, asked_by: PersonId | None) -> Iterator[Concern]:
    """Give whom an act of a person, or of a rule in a person's stead, concerns besides its handlers."""
    back = [*(_text(event, "outcome_to") or "").split(", "), case.handler if event.kind is Kind.ASKED else None]
    match event.kind:
        case Kind.ESCALATED:
            asked = texts(event, "to") or _receivers(event, case, there, policy)
            yield from ((NoticeKind.ESCALATED, person) for person in asked)
            yield from (
                (NoticeKind.OUTCOME, person) for person in _with_deputies([old_value(event, "escalated_by")], there)
            )
            if is_rule(event.person):
                yield from ((NoticeKind.TOLD, person) for person in _with_deputies([case.handler], there))
        case Kind.ASKED:
            yield from ((NoticeKind.ASKED, person) for person in _with_deputies(back, there))
        case Kind.REPLIED:
            yield from ((NoticeKind.REPLIED, person) for person in _with_deputies([asked_by], there))
        case Kind.RETURNED:
            yield from ((NoticeKind.RETURNED, person) for person in _with_deputies([*back, case.handler], there))
        case Kind.HANDED_OVER:
            yield NoticeKind.ASSIGNED, _text(event, "to")
        case Kind.NOTED if _is_heard(event):
            yield from ((NoticeKind.TOLD, person) for person in _with_deputies([case.handler or case.owner], there))
        case Kind.RESUMED if is_rule(event.person):
            yield from ((NoticeKind.TOLD, person) for person in _with_deputies([case.handler], there))
        case _:
            yield from ((NoticeKind.OUTCOME, person) for person in _with_deputies(back, there))


TELLING = frozenset(BY_THE_CLOCK) | {
    Kind.ESCALATED,
    Kind.ACCEPTED,
    Kind.ASKED,
    Kind.REPLIED,
    Kind.RETURNED,
    Kind.DECIDED,
    Kind.RESOLVED,
    Kind.CLOSED,
    Kind.MERGED,
    Kind.HANDED_OVER,
    Kind.RESUMED,
    Kind.ACKNOWLEDGED,
    Kind.REVIEWED,
}
"""Kinds of events that may concern others than those who handle the case."""


def _handlers(event: Event, there: Roster) -> Iterator[Concern]:
    """Give who handles a case from now on, and who does no longer."""
    if "handler" in event.changes:
        before, after = (str(each) if each else None for each in event.changes["handler"])
        yield from ((NoticeKind.ASSIGNED, person) for person in _with_deputies([after], there))
        yield from ((NoticeKind.TOLD, person) for person in _with_deputies([before], there))


def _is_heard(event: Event) -> bool:
    """Say whether an event is a message of the requester."""
    return event.kind is Kind.NOTED and event.detail.get("voice") == Voice.REQUESTER


def _receivers(event: Event, case: Case, there: Roster, policy: Policy) -> list[str]:
    """Give whom an escalation asks: the manager of its target or whoever stands in; else those there who can see it."""
    try:
        place = target(_text(event, "target") or "")
    except ValueError:
        return []
    if place.party:
        return []
    manager = contact(place, policy)
    if manager is not None and there.is_reachable(manager) and sees(there.stand_in(manager) or manager, case):
        return [*_with_deputies([manager], there)]
    members = [person.id for person in there.at(place) if there.is_reachable(person.id) and sees(person.id, case)]
    return [*_with_deputies([manager, *members], there)]


def _outside(event: Event, case: Case, policy: Policy) -> Iterator[Notice]:
    """Give notices to contacts outside: never about a confidential case."""
    if case.confidential:
        return
    named = texts(event, "outside")
    kind = BY_THE_CLOCK.get(event.kind, NoticeKind.ESCALATED)
    if event.kind is Kind.ESCALATED and not named:
        _, _, party = (_text(event, "target") or "").partition("@")
        named = [each.contact for each in policy.parties if each.id == party and each.contact]
    for each in dict.fromkeys(named):
        yield _notice(event, case, policy, kind, None, each)


def _notice(
    event: Event, case: Case, policy: Policy, kind: NoticeKind, person: PersonId | None, outside: str = ""
) -> Notice:
    return Notice(
        case=case.id, version=event.version, person=person, outside=outside, kind=kind, at=event.at,
        is_urgent=policy.notify.is_urgent(kind, case.severity),
        escalation=_escalation(event) if kind in SETTLED_BY_AN_ANSWER else None,
    )  # fmt: skip


def _hears(person: str, event: Event, case: Case, there: Roster) -> bool:
    """Say whether somebody is to hear of an event: not of their own act, and of nothing they may not know."""
    is_own = person in {event.person, event.actor}
    return not is_own and there.find(person) is not None and sees(PersonId(person), case)


def _with_deputies(people: Iterable[str | None], there: Roster) -> Iterator[str]:
    """Give people, each followed by whoever stands in for them while they are away."""
    for person in people:
        if person:
            yield person
            if deputy := there.stand_in(person):
                yield deputy


def _text(event: Event, key: str) -> str | None:
    value = event.detail.get(key)
    return value if isinstance(value, str) and value else None


def _escalation(event: Event) -> EscalationId | None:
    value = event.detail.get("escalation")
    return EscalationId(value) if isinstance(value, int) else None


def _stops(event: Event) -> bool:
    """Say whether an acknowledgement is the one that stops the ladder, as its event tells."""
    return event.detail.get("stops", True) is not False
