"""The desk: a store, the policy in force, and a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from console.desk import holidays
from console.domain import policy_file
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Person, Role
from console.domain.policy import Policy
from console.domain.words import listed
from console.log import Level, Note, unheard
from console.store import people
from console.store.engine import Snapshot, Store, Tx
from console.store.sight import OUTSIDE, Sight


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an act needs besides what the person says; `now` gives an aware time.

    `session` names the console that the desk is at, where it is at one: cases taken there are bound to it.
    `pace` is how much faster than life its clock runs, where a day is played: how often consoles say something of
    themselves is meant in seconds of whoever sits there. `note` is told what the log keeps, in sentences without any
    case's text. `articles` is the folder that the files of knowledge articles are in.
    """

    store: Store
    policy: Policy
    policy_text: str
    now: Callable[[], datetime]
    session: str = ""
    pace: float = 1.0
    note: Note = unheard
    articles: Path | None = None

    def denied(self, told: str) -> None:
        """Have it written down that somebody may not do something."""
        self.note(Level.WARNING, f"denied: {told}")

    def read(self, viewer: Actor | None = None) -> AbstractContextManager[Snapshot]:
        """Open a snapshot of what a person may see; of what everybody may, without one."""
        return self.store.read(_sight(viewer))

    def write(self, viewer: Actor | None = None) -> AbstractContextManager[Tx]:
        """Open the transaction that writes, for a person; see `read`."""
        return self.store.write(_sight(viewer))

    def jot(self, viewer: Actor | None = None) -> AbstractContextManager[Snapshot]:
        """Open a small transaction that writes what consoles say of themselves; see `read`."""
        return self.store.jot(_sight(viewer))


def open_desk(
    path: Path,
    policy_text: str,
    policy_name: str,
    now: Callable[[], datetime],
    *,
    is_readonly: bool = False,
    note: Note = unheard,
) -> Desk:
    """Open the desk on a database file, made or brought up to date where that is due.

    To be read only, it keeps neither that this policy is in force nor dates it had to fetch. Refused: a database of a
    newer program, a policy with errors.
    """
    store = Store(path)
    note_migration(path, *store.migrate(), note)
    policy = _in_force(store, policy_text, policy_name, now(), note=note, keeps=not is_readonly)
    return Desk(store, policy, policy_text, now, note=note)


def note_migration(path: Path, before: int, after: int, note: Note) -> None:
    """Have it written down that a database was made, or brought up to date."""
    if before != after:
        note(
            Level.INFO, f"the schema of {path} is now {after}{f', and was {before}' if before else ', a new database'}"
        )


def note_policy(policy: Policy, note: Note) -> None:
    """Have it written down that another policy is in force."""
    note(Level.INFO, f"the policy {policy.name} ({policy.version}) is in force")


def _in_force(store: Store, text: str, name: str, now: datetime, *, note: Note, keeps: bool = True) -> Policy:
    """Read a policy that knows its holidays, and since when it has been in force here.

    The first policy of a desk has been so always: what came before it was brought in under it. A later one makes
    nothing late that was not late while it was not in force.
    """
    policy = holidays.provided(store, policy_file.read(text, name), now, keeps=keeps)
    with store.read() as tx:
        since, first = people.policy_since(tx, policy.version), people.first_policy(tx)
    if since is None:
        since = now
        if keeps:
            with suppress(Refused), store.jot() as tx:  # one that cannot be written is looked at all the same
                people.note_policy(tx, policy.version, policy.name, text, now)
                note_policy(policy, note)
    is_first = first in {"", policy.version}
    return replace(policy, timing=replace(policy.timing, since=None if is_first else since))


def tried(desk: Desk, policy_text: str, policy_name: str) -> Policy:
    """Read a policy that is only tried: nothing is kept of it. Refused: one with errors."""
    return _in_force(desk.store, policy_text, policy_name, desk.now(), note=unheard, keeps=False)


def under(desk: Desk, policy_text: str, policy_name: str) -> Desk:
    """Give the desk under another policy. Refused: one with errors."""
    policy = _in_force(desk.store, policy_text, policy_name, desk.now(), note=desk.note)
    return replace(desk, policy=policy, policy_text=policy_text)


def at(desk: Desk, session: str) -> Desk:
    """Give the desk at a console, where one is named."""
    return replace(desk, session=session) if session else desk


def actor(desk: Desk, name: str) -> Actor:
    """Give the person who acts: as `people` knows them; where it knows nobody, the owner with every right.

    Refused: a stranger, as soon as anybody is known.
    """
    with desk.read() as tx:
        known = people.find(tx, PersonId(name))
        if known is None and (others := people.everybody(tx)):
            desk.denied(f"{name} may not come in, being none of the people")
            raise _strange(name, others)
    return Actor(known) if known else owner(name)


def owner(name: str) -> Actor:
    """Give the owner of the database: whoever works alone, or has its file, with every right."""
    return Actor(Person(id=PersonId(name), name=name, role=Role.ADMIN))


def _strange(name: str, others: tuple[Person, ...]) -> Refused:
    admins = [person.id for person in others if person.role is Role.ADMIN]
    told = f"{name} is not among the people of this desk; ask {listed(admins[:3], 'or') or 'its owner'} for"
    return Refused(f"{told} `triage people add {name}`.", RefusalCode.NOT_ALLOWED)


def _sight(viewer: Actor | None) -> Sight:
    return Sight(viewer.id) if viewer and viewer.enters_circles else OUTSIDE
