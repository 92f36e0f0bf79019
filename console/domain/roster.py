"""The roster: who there is and who is away now, and which targets nobody could take a case at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.domain.case import Case, PersonId
from console.domain.matrix import Target
from console.domain.people import Person
from console.domain.policy import Policy, TierKind


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of the desk at one time; empty where one person works alone."""

    people: tuple[Person, ...] = ()
    now: datetime | None = None

    def find(self, person: str | None) -> Person | None:
        """Give the person of this id, or None."""
        return next((each for each in self.people if each.id == person), None)

    def is_away(self, person: str | None) -> bool:
        """Say whether somebody is known to be absent now."""
        found = self.find(person)
        return found is not None and self.now is not None and found.is_away(self.now)

    def stand_in(self, person: str | None) -> PersonId | None:
        """Give who stands in for somebody who is absent: their deputy, if that one is there."""
        found = self.find(person)
        deputy = found.deputy if found and self.is_away(person) else None
        return None if deputy is None or self.is_away(deputy) else deputy

    def is_reachable(self, person: str | None) -> bool:
        """Say whether somebody, or whoever stands in for them, is there."""
        return not self.is_away(person) or self.stand_in(person) is not None

    def at(self, target: Target) -> tuple[Person, ...]:
        """Give the people of a target's team, or of its whole tier where it names none."""
        if target.team:
            return tuple(each for each in self.people if target.team in each.teams)
        return tuple(each for each in self.people if each.tier == target.tier)


def contact(target: Target, policy: Policy) -> PersonId | None:
    """Give who is told of what is sent to a target: its team's manager."""
    team = next((team for team in policy.teams if team.id == target.team), None)
    return PersonId(team.manager) if team and team.manager and not target.party else None


def above(subjects: Iterable[PersonId], policy: Policy, roster: Roster) -> frozenset[PersonId]:
    """Give those through whom a case would reach its subjects: the managers of the teams they are in."""
    marked = frozenset(subjects)
    teams = {team for person in map(roster.find, marked) if person for team in person.teams}
    return frozenset(PersonId(team.manager) for team in policy.teams if team.id in teams and team.manager) - marked


def away_targets(policy: Policy, roster: Roster) -> dict[Target, str]:
    """Give the targets where nobody is there, each with its reason.

    Authority is its manager's alone; skill is anybody's of the team, and its manager's only where nobody else is known.
    """
    found = {}
    for target in targets(policy) if roster.people else ():
        manager, members = contact(target, policy), [each.id for each in roster.at(target)]
        is_authority = policy.tier(target.tier).kind is TierKind.HIERARCHICAL
        asked = [manager] if manager and (is_authority or not members) else members
        if asked and not target.party and not any(map(roster.is_reachable, asked)):
            found[target] = f"{asked[0]} is absent" if len(asked) == 1 else "everybody there is absent"
    return found


def barred_targets(case: Case, policy: Policy, roster: Roster) -> dict[Target, str]:
    """Give the targets where a subject would hear of the case, so that it must go round them.

    That is where everybody is a subject, or where the contact is one or is above one and was not let in by name.
    """
    if not case.subjects:
        return {}
    subjects = set(case.subjects)
    barred = subjects | (above(subjects, policy, roster) - set(case.named))
    mails = {each.mail for each in map(roster.find, subjects) if each and each.mail}
    strangers = {party.id for party in policy.parties if party.contact in subjects | mails}
    found = {}
    for target in targets(policy):
        members = {each.id for each in roster.at(target)}
        inside = contact(target, policy) in barred or bool(members and members <= subjects)
        if target.party in strangers if target.party else inside:
            found[target] = "a subject of the case would hear of it"
    return found


def unavailable(case: Case, policy: Policy, roster: Roster) -> Mapping[Target, str]:
    """Give the targets that this case cannot be sent to now, for `advise` and `way_up` to skip (domain section 2)."""
    return away_targets(policy, roster) | barred_targets(case, policy, roster)


def targets(policy: Policy) -> tuple[Target, ...]:
    """Give every target the policy names, each once."""
    named = [target for path in policy.matrix.cells.values() for target in path]
    return tuple(dict.fromkeys([*named, *(stop.target for stop in policy.stops)]))
