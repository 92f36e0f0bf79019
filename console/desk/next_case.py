"""The next case: which of the free ones is for whom, and which were passed over by choosing by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from console.desk.desk import Desk
from console.domain.case import Case, CaseId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Person
from console.domain.policy import Policy
from console.domain.sharing import NEVER, fits, has_room, skill_for
from console.store import loads
from console.store.engine import Reading, Tx

LOOKED_AT = 200
"""How many of the most urgent free cases are looked at for one that the person knows something about."""

COUNTED = 100
"""How many passed-over cases are counted at most."""


def next_for(desk: Desk, tx: Tx, actor: Actor) -> Case:
    """Give the free case that fits the person: the worst; among those, one they know about; then the first due.

    Refused: when there is none, or when they have as many as they can carry.
    """
    person = actor.person
    load = loads.of_person(tx, actor.id)
    if not has_room(person, load):
        raise Refused(f"You have {load} of {person.capacity} cases already; finish one, or claim by number.")
    found = [case for case in _free(desk, tx, person) if fits(case, person)]
    if not found:
        raise Refused(f"Nothing in tier {person.tier} waits for somebody to take it.", RefusalCode.NOT_FOUND)
    return min(found, key=lambda case: _rank(case, person, desk.policy))


def _rank(case: Case, person: Person, policy: Policy) -> tuple[int, bool, datetime, CaseId]:
    return case.severity, not skill_for(case, person, policy), case.next_due or NEVER, case.id


def passed_over(tx: Reading, actor: Actor, case: Case) -> int:
    """Count the free cases that fit the person as well and are more urgent, of the tier of the one they chose."""
    return loads.free_before(tx, case, _teams(actor.person, is_own_tier=True), COUNTED)


def _free(desk: Desk, tx: Tx, person: Person) -> list[Case]:
    """Give the most urgent free cases of the person's tier and of the tiers of their teams."""
    tiers = {team.tier for team in desk.policy.teams if team.id in person.teams}
    return [
        case
        for tier in sorted(tiers | {person.tier})
        for case in loads.free(tx, tier, _teams(person, is_own_tier=tier == person.tier), LOOKED_AT)
    ]


def _teams(person: Person, *, is_own_tier: bool) -> tuple[str, Mapping[str, str]]:
    """Give the condition for a case of one of the person's teams, or in their own tier of none."""
    names = {f"team{place}": team for place, team in enumerate([*([""] if is_own_tier else []), *person.teams])}
    return f"c.team IN ({', '.join(f':{name}' for name in names)})", names
