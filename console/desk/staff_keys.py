"""Keys of people: who comes in with which, over SSH to the one account that all share."""

from __future__ import annotations

from collections.abc import Sequence

from console.desk.desk import Desk
from console.desk.rights import allow
from console.domain.access import Deed
from console.domain.case import PersonId
from console.domain.errors import RefusalCode, Refused
from console.domain.people import Actor, Role
from console.domain.public_keys import StaffKey, is_fingerprint, public_keys
from console.store import people, staff_keys
from console.store.engine import Reading

MOST = 20
"""How many keys a person may have."""


def keys_of(desk: Desk, actor: Actor, name: str | None = None) -> tuple[StaffKey, ...]:
    """Give the keys of a person, or everybody's. Refused: others' to anybody but an admin or an auditor."""
    with desk.read(actor) as tx:
        me = people.find(tx, actor.id) or actor.person
        if name != me.id and me.role not in {Role.ADMIN, Role.AUDITOR}:
            told = f"{me.id} is {me.role} and sees their own keys only: `triage people keys list {me.id}`."
            raise Refused(told, RefusalCode.NOT_ALLOWED)
        if name is None:
            return staff_keys.everybodys(tx)
        _must_be_there(tx, name)
        return staff_keys.of(tx, PersonId(name))


def add_keys(desk: Desk, actor: Actor, name: str, text: str) -> tuple[StaffKey, ...]:
    """Let a person in with the public keys of a text, and give them; one they have already gets its new comment.

    Refused: anybody but an admin, somebody nobody knows, what is no sound key, a key that is somebody else's, and more
    keys than a person may have. Then none is added.
    """
    keys = public_keys(text)
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.PEOPLE)
        _must_be_there(tx, name)
        added = tuple(_added(tx, StaffKey(PersonId(name), key, desk.now(), actor.id)) for key in keys)
        for key in added:
            staff_keys.put(tx, key)
        if len(staff_keys.of(tx, PersonId(name))) > MOST:
            raise Refused(f"{name} would have more than {MOST} keys; remove those that are not used any more.")
    return added


def remove_keys(desk: Desk, actor: Actor, name: str, prints: Sequence[str]) -> tuple[StaffKey, ...]:
    """Let a person in no more with the keys of these fingerprints, or with any where none is named; give the keys.

    The beginning of a fingerprint is enough. Refused: anybody but an admin, and a fingerprint that means no key of
    theirs or several.
    """
    with desk.write(actor) as tx:
        allow(desk, tx, actor, Deed.PEOPLE)
        _must_be_there(tx, name)
        theirs = staff_keys.of(tx, PersonId(name))
        gone = [_meant(theirs, name, fingerprint) for fingerprint in dict.fromkeys(prints)] if prints else theirs
        for key in gone:
            staff_keys.drop(tx, key.public.fingerprint)
    return tuple(gone)


def _added(tx: Reading, key: StaffKey) -> StaffKey:
    """Give the key as it is to be kept: since when and by whom stays, where it was theirs already."""
    old = staff_keys.find(tx, key.public.fingerprint)
    if old is None:
        return key
    if old.person != key.person:
        told = f"The key {key.public.fingerprint} is {old.person}'s; a key says who somebody is, so nobody shares one."
        raise Refused(told)
    return StaffKey(key.person, key.public, old.added_at, old.added_by)


def _meant(theirs: Sequence[StaffKey], name: str, fingerprint: str) -> StaffKey:
    if not is_fingerprint(fingerprint):
        told = f"'{fingerprint}' is no fingerprint; name one as `triage people keys list {name}` shows it."
        raise Refused(told, RefusalCode.BAD_INPUT)
    found = [key for key in theirs if key.public.fingerprint.startswith(fingerprint)]
    if len(found) != 1:
        told = f"{name} has {'several keys' if found else 'no key'} of which the fingerprint begins so"
        raise Refused(f"{told}; `triage people keys list {name}` shows them.", RefusalCode.NOT_FOUND)
    return found[0]


def _must_be_there(tx: Reading, name: str) -> None:
    if people.find(tx, PersonId(name)) is None:
        raise Refused(f"Nobody is called '{name}'; `triage people add {name}` adds them.", RefusalCode.NOT_FOUND)
