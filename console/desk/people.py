"""People: who is known to the desk."""

from __future__ import annotations

from console.desk.desk import Desk
from console.domain.access import Deed, must
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Person
from console.store import people


def everybody(desk: Desk) -> tuple[Person, ...]:
    """Give all people, by tier and id."""
    with desk.store.read() as tx:
        return people.everybody(tx)


def put(desk: Desk, actor: Actor, person: Person) -> Person:
    """Add a person, or change the one of this id. Refused: anybody but an admin, a bad id, an unknown tier or team."""
    must(actor, Deed.PEOPLE)
    if not (person.id.isascii() and person.id.replace("-", "").replace("_", "").replace(".", "").isalnum()):
        raise Refused(
            f"'{person.id}' cannot be a person's id; use the login name: ASCII letters, digits, - _ and dots.",
            RefusalCode.BAD_INPUT,
        )
    desk.policy.tier(person.tier)
    for team in person.teams:
        desk.policy.team(team)
    with desk.store.write() as tx:
        people.put(tx, person)
    return person
