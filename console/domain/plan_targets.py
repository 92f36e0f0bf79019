"""Where the clock side sends a case: the matrix with what it has to go round, and where it must not."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.look import Look
from console.domain.matrix import Route, Target
from console.domain.ping_pong import bounces, braked
from console.domain.recommendation import stop_for, way_up
from console.domain.roster import contact, targets, unavailable


def closed_off(seen: Look) -> Mapping[Target, str]:
    """Give the targets that a case cannot be sent to by the clock side, each with the reason.

    Besides those where nobody is there and those where a subject would hear of it: where nobody would see a
    confidential case, and from where it came back too often.
    """
    case, known = seen.case, targets(seen.policy)
    found = bounces(seen.facts.escalations, seen.policy, seen.now)
    return dict(unavailable(case, seen.policy, seen.there)) | {
        **braked(case, known, found, seen.policy),
        **{each: "nobody there is in its circle" for each in known if not _sees(seen, each)},
    }


def way_of(seen: Look, named: Target | None) -> Route:
    """Give where a case goes up to: the place that is named, else the stop condition's or the matrix's."""
    if named is not None:
        return Route(named)
    return way_up(seen.case, seen.policy, stop_for(seen.case, seen.policy), closed_off(seen))


def _sees(seen: Look, place: Target) -> bool:
    """Say whether somebody would see a case there: its manager is let in, anybody else has to be in its circle."""
    if not seen.case.confidential or place.party or contact(place, seen.policy) or not seen.there.people:
        return True
    return any(person.id in seen.case.circle for person in seen.there.at(place))
