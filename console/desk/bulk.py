"""Acts on many cases at once: the same acts as on one, in one transaction, undone as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from console.desk.act import Act, prepared
from console.desk.assignment import assigning, moving
from console.desk.batch import Batch, many
from console.desk.closing import merging, resolving
from console.desk.desk import Desk
from console.desk.tagging import adding, changing, removing
from console.desk.triage import Said, noting, releasing, setting_waiting
from console.domain.case import CaseId
from console.domain.people import Actor
from console.domain.tags import Tagging
from console.store import cases

Seen = Mapping[CaseId, int]
"""The version in which the person saw a case; one that has changed since in what matters is refused."""

NOTHING_SEEN: Seen = MappingProxyType({})


def versions(desk: Desk, actor: Actor, ids: Iterable[CaseId]) -> Seen:
    """Give the versions in which cases stand now, for an act that asks first whether it is meant."""
    with desk.read(actor) as tx:
        return cases.versions(tx, ids)


def assign(desk: Desk, actor: Actor, ids: Iterable[CaseId], person: str, seen: Seen = NOTHING_SEEN) -> Batch:
    """Make a person the handler of cases."""
    return each(desk, actor, ids, assigning(desk, actor, person), seen)


def move(desk: Desk, actor: Actor, ids: Iterable[CaseId], place: tuple[int, str], seen: Seen = NOTHING_SEEN) -> Batch:
    """Move cases to a tier and team. Refused: a place the policy does not have."""
    return each(desk, actor, ids, moving(desk, place), seen)


def release(desk: Desk, actor: Actor, ids: Iterable[CaseId], seen: Seen = NOTHING_SEEN) -> Batch:
    """Give cases back to the queue. Refused: those that nobody handles."""
    return each(desk, actor, ids, releasing(), seen)


def wait(
    desk: Desk, actor: Actor, ids: Iterable[CaseId], waiting_for: str, until: datetime | None = None, told: str = ""
) -> Batch:
    """Let cases wait for the customer, a vendor or a name. Refused: until a time that has passed."""
    return each(desk, actor, ids, setting_waiting(desk, waiting_for, until, told))


def note(desk: Desk, actor: Actor, ids: Iterable[CaseId], said: Said, seen: Seen = NOTHING_SEEN) -> Batch:
    """Write the same note on cases. Refused: an empty one."""
    return each(desk, actor, ids, noting(said), seen)


def resolve(desk: Desk, actor: Actor, ids: Iterable[CaseId], resolution: str, seen: Seen = NOTHING_SEEN) -> Batch:
    """Resolve cases that were solved in the same way."""
    return each(desk, actor, ids, resolving(desk, resolution), seen)


def merge(desk: Desk, actor: Actor, ids: Iterable[CaseId], into: CaseId, seen: Seen = NOTHING_SEEN) -> Batch:
    """Close cases as duplicates of another, which stays even where it is among them."""
    return each(desk, actor, [case_id for case_id in ids if case_id != into], merging(desk, into), seen)


def tag(desk: Desk, actor: Actor, ids: Iterable[CaseId], tags: Sequence[str]) -> Batch:
    """Put tags on cases. Refused: no tag, one with a semicolon."""
    return each(desk, actor, ids, adding(tags))


def untag(desk: Desk, actor: Actor, ids: Iterable[CaseId], tags: Sequence[str]) -> Batch:
    """Take tags off cases. Refused: no tag."""
    return each(desk, actor, ids, removing(tags))


def retag(desk: Desk, actor: Actor, ids: Iterable[CaseId], wanted: Tagging) -> Batch:
    """Put tags on cases and take others off, as one act."""
    return each(desk, actor, ids, changing(wanted))


def each(desk: Desk, actor: Actor, ids: Iterable[CaseId], act: Act, seen: Seen = NOTHING_SEEN) -> Batch:
    """Do an act on each case."""
    return many(desk, actor, ids, lambda tx, case_id: prepared(desk, tx, actor, act, case_id, seen.get(case_id)))
