"""The desk: a store, the policy in force, and a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from console.domain import policy_file
from console.domain.case import PersonId
from console.domain.people import Actor, Person, Role
from console.domain.policy import Policy
from console.store import people
from console.store.engine import Store


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an act needs besides what the person says; `now` gives an aware time."""

    store: Store
    policy: Policy
    policy_text: str
    now: Callable[[], datetime]


def open_desk(path: Path, policy_text: str, policy_name: str, now: Callable[[], datetime]) -> Desk:
    """Open the desk on a database file, made or brought up to date where that is due.

    Refused: a database of a newer program, a policy with errors.
    """
    store = Store(path)
    store.migrate()
    return Desk(store, policy_file.read(policy_text, policy_name), policy_text, now)


def actor(desk: Desk, name: str, on_behalf_of: str | None = None) -> Actor:
    """Give the person who acts: as `people` knows them, else the owner of the database with every right."""
    with desk.store.read() as tx:
        known = people.find(tx, PersonId(name))
    person = known or Person(id=PersonId(name), name=name, role=Role.ADMIN)
    return Actor(person, PersonId(on_behalf_of) if on_behalf_of else None)
