"""The desk: a store, the policy in force, and a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from console.desk import holidays, standing
from console.desk.standing import Ruling
from console.domain import policy_file
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Person, Role
from console.domain.policy import Policy
from console.domain.words import listed
from console.log import Level, Note, unheard
from console.store import people, policies
from console.store.engine import Reading, Snapshot, Store, Tx
from console.store.sight import OUTSIDE, Sight


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an act needs besides what the person says; `now` gives an aware time.

    `policy` is the one in force: each transaction begins by looking whether somebody has turned another on meanwhile,
    and goes by that, so that nobody acts by one that is no longer in force. `turn` is the last one turned on that was
    taken account of, None at a desk that goes by a file come what may; `filed` is the version of the policy's file, and
    `file` reads that file anew.
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
    filed: str = ""
    turn: int | None = 0
    file: Callable[[], str] | None = None

    def denied(self, told: str) -> None:
        """Have it written down that somebody may not do something."""
        self.note(Level.WARNING, f"denied: {told}")

    def __post_init__(self) -> None:
        """Take the policy for that of the file, where nothing else is said."""
        if not self.filed:
            object.__setattr__(self, "filed", self.policy.version)

    @contextmanager
    def read(self, viewer: Actor | Sight | None = None) -> Iterator[Snapshot]:
        """Open a snapshot of what a person may see; of what everybody may, without one."""
        with self.store.read(_sight(viewer)) as tx:
            self._follow(tx)
            yield tx

    @contextmanager
    def write(self, viewer: Actor | Sight | None = None) -> Iterator[Tx]:
        """Open the transaction that writes, for a person; see `read`."""
        with self.store.write(_sight(viewer)) as tx:
            self._follow(tx)
            yield tx

    @contextmanager
    def jot(self, viewer: Actor | Sight | None = None) -> Iterator[Snapshot]:
        """Open a small transaction that writes what consoles say of themselves; see `read`."""
        with self.store.jot(_sight(viewer)) as tx:
            self._follow(tx)
            yield tx

    def go_by(self, ruling: Ruling) -> None:
        """Go by another policy from now on; the one thing of a desk that changes."""
        for name, value in (
            ("policy_text", ruling.text), ("filed", ruling.filed), ("policy", ruling.policy), ("turn", ruling.turn),
        ):  # fmt: skip
            object.__setattr__(self, name, value)

    def _follow(self, tx: Reading) -> None:
        """Go by what was turned on meanwhile. Refused: a policy that this program cannot read."""
        if self.turn is not None and (ruling := standing.newer(tx, self.turn, self.now())):
            self.go_by(ruling)


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
    ruling = _standing(store, policy_text, policy_name, now(), note=note, keeps=not is_readonly)
    return Desk(store, ruling.policy, ruling.text, now, note=note, filed=ruling.filed, turn=ruling.turn)


def open_bound(
    path: Path,
    policy_text: str,
    policy_name: str,
    now: Callable[[], datetime],
    *,
    is_readonly: bool = False,
    note: Note = unheard,
) -> Desk:
    """Open the desk like `open_desk`, bound to this policy whatever is turned on."""
    store = Store(path)
    note_migration(path, *store.migrate(), note)
    policy = _of_file(store, policy_text, policy_name, now(), note=note, keeps=not is_readonly)
    return Desk(store, policy, policy_text, now, note=note, turn=None)


def note_migration(path: Path, before: int, after: int, note: Note) -> None:
    """Have it written down that a database was made, or brought up to date."""
    if before != after:
        note(
            Level.INFO, f"the schema of {path} is now {after}{f', and was {before}' if before else ', a new database'}"
        )


def note_policy(policy: Policy, note: Note) -> None:
    """Have it written down that another policy is in force."""
    note(Level.INFO, f"the policy {policy.name} ({policy.version}) is in force")


def _standing(store: Store, text: str, name: str, now: datetime, *, note: Note, keeps: bool = True) -> Ruling:
    """Give the policy in force: the one that was turned on in the place of this file, else the file's."""
    with store.read() as tx:
        ruling, turn = standing.turned_on(tx, text, now), policies.newest(tx)
    if ruling is not None:
        return ruling
    policy = _of_file(store, text, name, now, note=note, keeps=keeps)
    return Ruling(policy, text, policy.version, turn)


def _of_file(store: Store, text: str, name: str, now: datetime, *, note: Note, keeps: bool = True) -> Policy:
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
    return _of_file(desk.store, policy_text, policy_name, desk.now(), note=unheard, keeps=False)


def under(desk: Desk, policy_text: str, policy_name: str) -> Desk:
    """Give the desk under what its policy's file says now, unless another was turned on in its place.

    Refused: a file with errors.
    """
    if desk.turn is None:
        policy = _of_file(desk.store, policy_text, policy_name, desk.now(), note=desk.note)
        return replace(desk, policy=policy, policy_text=policy_text, filed=policy.version)
    found = replace(desk)
    found.go_by(_standing(desk.store, policy_text, policy_name, desk.now(), note=desk.note))
    return found


def reread(desk: Desk) -> None:
    """Go by the policy's file where it was changed; one that cannot be read now, or has errors, is left for later."""
    with suppress(Refused):
        if desk.file is not None and desk.turn is not None:
            text = desk.file()
            if policy_file.version_of(text) != desk.filed:
                ruling = _standing(desk.store, text, standing.FILE, desk.now(), note=desk.note)
                with desk.store.jot():  # while nothing else is being written, here or elsewhere
                    desk.go_by(ruling)


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


def _sight(viewer: Actor | Sight | None) -> Sight:
    if isinstance(viewer, Sight):
        return viewer
    return Sight(viewer.id) if viewer and viewer.enters_circles else OUTSIDE
