"""Recipients: the words by which a policy names whom to tell, and the people they stand for now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from console.domain.case import PersonId
from console.domain.circle import sees
from console.domain.escalation import Escalation
from console.domain.facts import Facts
from console.domain.matrix import Target
from console.domain.matrix import target as target_of
from console.domain.people import Role
from console.domain.policy import Policy
from console.domain.recommendation import stop_for, way_up
from console.domain.roster import Roster, above, contact, unavailable

WORDS = ("handler", "owner", "team", "manager", "receiver", "escalated-by", "up")
"""Words with a meaning of their own: who handles the case, who owns it, the people of its team (of its tier where it
has none), the manager of its team, who was asked by the open escalation (the manager of its target, else its people),
who escalated it, and who the matrix gives one level up. Anything else is a person (`ada`), a place (`2/database`: its
people) or a party outside (`3@nordpay`)."""

MAIL = re.compile(r"[^\s,;<>@]+@[^\s,;<>@]+\.[^\s,;<>@]+")
"""A mail address in what a policy says of how to reach a party."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told, each once: people inside, contacts outside, and who could not be, each with the reason.

    Absent people are replaced by their deputies; subjects of the case, and those through whom it would reach them, are
    left out (and not even named, where the case is confidential). `outside` are mail addresses.
    """

    people: tuple[PersonId, ...] = ()
    outside: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()


def recipients(to: Sequence[str], facts: Facts, policy: Policy, there: Roster) -> Recipients:
    """Give whom the words of a policy stand for, for this case, now; in the order of the words, then of the roster."""
    asked = _Asked(facts, policy, there)
    for word in to:
        asked.take(word)
    people = tuple(dict.fromkeys(asked.people))
    absent = tuple((who, why) for who, why in dict.fromkeys(asked.absent) if who not in people)
    return Recipients(people, tuple(dict.fromkeys(asked.outside)), absent)


def place_of(word: str) -> Target | None:
    """Give the place or party that a word names, or None where it names people."""
    try:
        return target_of(word)
    except ValueError:
        return None


class _Asked:
    """Who has been asked for so far."""

    def __init__(self, facts: Facts, policy: Policy, there: Roster) -> None:
        self.facts, self.policy, self.there = facts, policy, there
        self.case = case = facts.case
        self.people: list[PersonId] = []
        self.outside: list[str] = []
        self.absent: list[tuple[str, str]] = []
        self.barred = above(case.subjects, policy, there) - {*case.circle} if case.subjects else frozenset()
        here = Target(case.tier, case.team)
        self.words: Mapping[str, Callable[[], None]] = {
            "handler": lambda: self._one(case.handler, "handler", "nobody handles the case"),
            "owner": lambda: self._one(case.owner, "owner", "nobody owns the case"),
            "team": partial(self._place, here),
            "manager": lambda: self._one(contact(here, policy), "manager", "the case is with no team that has one"),
            "receiver": self._receiver,
            "escalated-by": lambda: self._one(case.escalated_by, "escalated-by", "no escalation is open"),
            "up": self._up,
        }

    def take(self, word: str) -> None:
        """Take in whom one word stands for."""
        place = place_of(word)
        if word in self.words:
            self.words[word]()
        elif place is not None:
            self._place(place)
        else:
            self._person(PersonId(word))

    def _one(self, person: PersonId | None, word: str, otherwise: str) -> None:
        if person is None:
            self.absent.append((word, otherwise))
        else:
            self._person(person)

    def _receiver(self) -> None:
        """Ask who was asked by the open escalation."""
        escalation = self._escalation
        if escalation is None:
            self.absent.append(("receiver", "no escalation is open"))
        else:
            self._authority(escalation.target)

    def _up(self) -> None:
        """Ask whom the matrix gives one level up, past those who cannot be asked now."""
        closed_off = unavailable(self.case, self.policy, self.there)
        way = way_up(self.case, self.policy, stop_for(self.case, self.policy), closed_off)
        if way.target is None:
            self.absent.append(("up", "no level above can be reached"))
        else:
            self._authority(way.target)

    def _authority(self, place: Target) -> None:
        """Ask the manager of a place, or where it has none its people."""
        manager = contact(place, self.policy)
        if manager is None:
            self._place(place)
        else:
            self._person(manager)

    def _place(self, place: Target) -> None:
        """Ask the people of a place who work on cases; where nobody is known there, its manager; or a party."""
        if place.party:
            self._party(place)
            return
        people = [each.id for each in self.there.at(place) if each.role is not Role.AUDITOR]
        manager = contact(place, self.policy)
        people = people or ([manager] if manager else [])
        self._everybody(people)
        if not people:
            self.absent.append((str(place), "nobody is known there"))

    def _everybody(self, people: Iterable[PersonId]) -> None:
        """Ask several; a deputy of one of them who is asked anyway counts once."""
        for person in people:
            self._person(person)

    def _person(self, person: PersonId) -> None:
        """Ask one, or whoever stands in for them; who must not know of the case is not even named."""
        if self._must_not_know(person):
            return
        if self.there.people and self.there.find(person) is None:
            self.absent.append((person, "nobody of that name is known"))
        elif not self.there.is_away(person):
            self._if_seen(person, person)
        elif (deputy := self.there.stand_in(person)) is None or self.there.find(deputy) is None:
            self.absent.append((person, "is absent, and nobody stands in"))
        elif not self._must_not_know(deputy):
            self._if_seen(deputy, person)

    def _if_seen(self, person: PersonId, instead_of: PersonId) -> None:
        is_deputy = person != instead_of
        if sees(person, self.case):
            self.people.append(person)
            why = f"is absent; {person} stands in" if is_deputy else ""
        else:
            why = "is absent, and nobody in the circle stands in" if is_deputy else "is not in the circle of the case"
        if why:
            self.absent.append((instead_of, why))

    def _must_not_know(self, person: PersonId) -> bool:
        return person in self.case.subjects or person in self.barred

    def _party(self, place: Target) -> None:
        """Ask a party outside; about a confidential case only the one it was sent to."""
        party = next((each for each in self.policy.parties if each.id == place.party), None)
        asked = self._escalation
        mail = MAIL.search(party.contact) if party else None
        if self.case.confidential and (asked is None or asked.target.party != place.party):
            self.absent.append((str(place), "the case is confidential"))
        elif mail is None:
            how = f"; its contact is {party.contact}" if party and party.contact else ""
            self.absent.append((str(place), f"has no mail address{how}"))
        elif not self._is_of_subject(mail[0]):
            self.outside.append(mail[0])

    def _is_of_subject(self, mail: str) -> bool:
        subjects = [self.there.find(each) for each in self.case.subjects]
        return mail in {each.mail for each in subjects if each}

    @property
    def _escalation(self) -> Escalation | None:
        """Give the open escalation of the case."""
        return next((each for each in self.facts.escalations if each.id == self.case.escalation), None)
