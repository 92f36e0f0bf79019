"""Known as: which person of the desk another system means by a name or an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from console.domain.case import PersonId
from console.domain.mail_address import address_of
from console.domain.people import Person


@dataclass(frozen=True, slots=True)
class Names:
    """The ids of the desk's people, and what else means just one of them, in small letters."""

    ids: frozenset[str] = frozenset()
    others: Mapping[str, PersonId] = field(default_factory=dict)

    def id_of(self, said: str) -> str:
        """Give the id of whom a name or an address means; what means nobody, or more than one, stays as it is."""
        said = said.strip()
        return said if said in self.ids else self.others.get(address_of(said) or said.casefold(), said)


def names_of(people: Iterable[Person]) -> Names:
    """Give what people are known as: by id, name and mail address."""
    meant: defaultdict[str, set[PersonId]] = defaultdict(set)
    ids: set[str] = set()
    for person in people:
        ids.add(person.id)
        for name in (person.id.casefold(), person.name.strip().casefold(), address_of(person.mail)):
            meant[name].add(person.id)
    return Names(frozenset(ids), {name: min(found) for name, found in meant.items() if name and len(found) == 1})
