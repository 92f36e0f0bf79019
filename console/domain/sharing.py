"""Who takes what: which case fits whom, and how many cases are spread over the people present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from console.domain.acts import is_in_hand
from console.domain.case import Case, CaseId, PersonId, Status
from console.domain.circle import sees
from console.domain.escalation import AWAITING
from console.domain.hours import hours
from console.domain.people import Person, Role, called
from console.domain.policy import Policy

USUAL = 10
"""How many cases somebody without a capacity is taken to carry, so that their load compares with that of others."""

STRANGE = Fraction(1, 2)
"""How much of a capacity it counts to know nothing of a case: one who does takes it until they are that much fuller."""

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Share:
    """One case of a plan: who is to take it, or None where nobody can, why, and who handles it now."""

    case: CaseId
    person: PersonId | None
    why: str
    now_with: PersonId | None = None

    @property
    def is_new(self) -> bool:
        """Say whether the plan gives the case to somebody who does not have it."""
        return self.person is not None and self.person != self.now_with


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases somebody carries before and after a plan, of how many they can; which the plan gives them."""

    person: Person
    now: int
    then: int
    given: tuple[CaseId, ...] = ()

    @property
    def is_over(self) -> bool:
        """Say whether they would carry more than they can."""
        return self.person.capacity is not None and self.then > self.person.capacity


def fits(case: Case, person: Person) -> bool:
    """Say whether a case is one for this person: of their team, or of their tier where it names no team.

    A confidential case fits its circle only.
    """
    if person.role is Role.AUDITOR or not sees(person.id, case):
        return False
    return case.team in person.teams if case.team else case.tier == person.tier


def skill_for(case: Case, person: Person, policy: Policy) -> str:
    """Give the skill, the person's own or one of their teams', that speaks for them, or the empty word.

    A skill speaks for a case that has it as category, as one of its category's words, or as tag.
    """
    category = policy.category(case.category)
    about = {case.category, *case.tags, *((category.name, *category.words) if category else ())} - {""}
    asked = {word.casefold() for word in about}
    teams = [skill for team in policy.teams if team.id in person.teams for skill in team.skills]
    return next((skill for skill in (*person.skills, *teams) if skill.casefold() in asked), "")


def is_there(person: Person, now: datetime) -> bool:
    """Say whether a person is at work at this time: not absent, and within their hours where they have any."""
    return not person.is_away(now) and (not person.hours or hours(person.hours).cover(now))


def has_room(person: Person, load: int) -> bool:
    """Say whether a person who carries so many cases can take one more."""
    return person.capacity is None or load < person.capacity


def plan_shares(
    cases: Iterable[Case], people: Iterable[Person], loads: Mapping[PersonId, int], policy: Policy
) -> tuple[Share, ...]:
    """Spread cases over the people present: the worst first, each to whom it fits and who then carries least.

    `people` are those who are there; `loads` are the cases they carry now, and one of them counts to whoever has it
    until it is its turn, so that nobody is given more than their capacity even where it stays. What nobody could take
    is tried again once others have moved; a case that nobody can take says why.
    """
    wanted = sorted(cases, key=lambda case: (case.severity, case.next_due or NEVER, case.id))
    present = sorted(people, key=lambda person: person.id)
    carried = {person.id: loads.get(person.id, 0) for person in present}
    shares: dict[CaseId, Share] = {}
    left: list[Case] | None = None
    while left is None or 0 < len(left) < len(wanted):
        wanted = wanted if left is None else left
        shares |= {case.id: _share(case, present, carried, policy) for case in wanted}
        left = [case for case in wanted if shares[case.id].person is None]
    return tuple(shares.values())


def loads_then(
    shares: Iterable[Share], cases: Mapping[CaseId, Case], people: Iterable[Person], loads: Mapping[PersonId, int]
) -> tuple[Load, ...]:
    """Give what each of these people carries now and after the shares that are new, who is given most first."""
    then = dict(loads)
    given: dict[PersonId, list[CaseId]] = {}
    for share in shares:
        if share.person is None or not share.is_new:
            continue
        if share.now_with is not None and is_in_hand(cases[share.case]):
            then[share.now_with] = then.get(share.now_with, 0) - 1
        then[share.person] = then.get(share.person, 0) + counts(cases[share.case])
        given.setdefault(share.person, []).append(share.case)
    found = [Load(each, loads.get(each.id, 0), then.get(each.id, 0), tuple(given.get(each.id, ()))) for each in people]
    return tuple(sorted(found, key=lambda load: (-len(load.given), load.person.id)))


def counts(case: Case) -> bool:
    """Say whether a case counts to the load of whoever handles it: one that waits for somebody else does not."""
    return case.status in {Status.NEW, Status.OPEN}


def _share(case: Case, present: Sequence[Person], carried: dict[PersonId, int], policy: Policy) -> Share:
    """Give one case to the best of those who can take it, and count it to their load."""
    barred = _barred(case)
    if barred:
        return Share(case.id, None, barred, case.handler)
    others = dict(carried)
    if case.handler is not None and case.handler in carried and is_in_hand(case):
        others[case.handler] -= 1
    fitting = [person for person in present if fits(case, person)]
    if not fitting:
        where = f"tier {case.tier} {case.team}".rstrip()
        return Share(case.id, None, f"nobody of {where} is present", case.handler)
    able = [person for person in fitting if has_room(person, others[person.id])]
    if not able:
        full = ", ".join(f"{person.id} has {carried[person.id]} of {person.capacity}" for person in fitting)
        return Share(case.id, None, f"everybody it fits is full: {full}", case.handler)
    skills = {person.id: skill_for(case, person, policy) for person in able}

    def cost(person: Person) -> tuple[Fraction, bool, PersonId]:
        fullness = Fraction(others[person.id], person.capacity or USUAL)
        return fullness + (0 if skills[person.id] else STRANGE), person.id != case.handler, person.id

    best = min(able, key=cost)
    carried.update(others)
    carried[best.id] += counts(case)
    return Share(case.id, best.id, _why(best, skills[best.id], carried[best.id]), case.handler)


def _barred(case: Case) -> str:
    """Say what keeps a case from being given to anybody now."""
    if not case.status.is_live:
        return f"it is {case.status}"
    if case.escalation_state in AWAITING:
        return f"it was escalated by {called(case.escalated_by)} and waits to be accepted"
    return ""


def _why(person: Person, skill: str, load: int) -> str:
    """Say what speaks for a person: what they know, and what they carry then."""
    of = f" of {person.capacity}" if person.capacity is not None else ""
    return f"{f'knows {skill}; ' if skill else ''}{load}{of} then"
